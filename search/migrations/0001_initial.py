import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('decisions', '0001_initial'),
        ('families', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation')),
                ('family', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.family')),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.person')),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='decisions.decision')),
                ('urgent', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='decisions.urgentrecord')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', True), ('family__isnull', False), ('person__isnull', True), ('urgent__isnull', True)), models.Q(('decision__isnull', True), ('family__isnull', True), ('person__isnull', False), ('urgent__isnull', True)), models.Q(('decision__isnull', False), ('family__isnull', True), ('person__isnull', True), ('urgent__isnull', True)), models.Q(('decision__isnull', True), ('family__isnull', True), ('person__isnull', True), ('urgent__isnull', False)), _connector='OR'), name='search_row_finds_one')],
            },
        ),
    ]
