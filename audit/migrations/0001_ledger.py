"""The ledger's table. There is no way back: undoing this would throw away the record of everything done here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serialized_data', models.JSONField(null=True)),
                ('changes_text', models.TextField(blank=True, verbose_name='change message')),
                ('remote_addr', models.GenericIPAddressField(blank=True, null=True, verbose_name='remote address')),
                ('remote_port', models.PositiveIntegerField(blank=True, null=True, verbose_name='remote port')),
                ('actor_email', models.CharField(blank=True, max_length=254, null=True, verbose_name='actor email')),
                ('organisation', models.BigIntegerField(help_text="Whose chain; 0 is the site's own. Outlives the row.")),
                ('seq', models.BigIntegerField()),
                ('recorded_at', models.DateTimeField(help_text='When it entered the chain; timestamp is when it happened.')),
                ('event', models.CharField(max_length=100)),
                ('subject', models.CharField(blank=True, help_text='Which kind of record, such as accounts.team.', max_length=100)),
                ('object_pk', models.CharField(max_length=255, null=True)),
                ('object_id', models.BigIntegerField(null=True)),
                ('object_repr', models.TextField(help_text="The record's reference. Never a name.")),
                ('action', models.PositiveSmallIntegerField(choices=[(0, 'create'), (1, 'update'), (2, 'delete'), (3, 'access')])),
                ('changes', models.JSONField(default=dict)),
                ('cid', models.CharField(help_text='The request; made by the server.', max_length=255, null=True)),
                ('timestamp', models.DateTimeField()),
                ('additional_data', models.JSONField(default=dict)),
                ('nonces', models.TextField(help_text="One of each leaf, in the leaves' order; dashes where it was blanked.")),
                ('digests', models.TextField(help_text="One of each leaf, in the leaves' order.")),
                ('prev_hash', models.CharField(max_length=64)),
                ('content_hash', models.CharField(max_length=64)),
                ('entry_hash', models.CharField(max_length=64)),
                ('actor', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'ledger entry',
                'verbose_name_plural': 'ledger entries',
                'default_permissions': (),
                'indexes': [models.Index(fields=['organisation', 'subject', 'object_pk'], name='ledger_record'), models.Index(condition=models.Q(('event', 'ledger.verified')), fields=['organisation', 'seq'], name='ledger_verified')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'seq'), name='ledger_chain')],
            },
        ),
        # Without a reverse, so `migrate audit zero` is refused: what proves what was done cannot be dropped by a slip.
        migrations.RunPython(migrations.RunPython.noop),
    ]
