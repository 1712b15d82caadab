import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("decisions", "0010_asked_again_about_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="LawNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("commenced", "It has begun"),
                            ("not_begun", "It has not begun after all"),
                            ("local", "A row of our own"),
                            ("retired", "Not used here any more"),
                            ("kept", "Used here after all"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=30)),
                ("on_day", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=500)),
                ("why", models.TextField(blank=True, max_length=1000)),
                ("row", models.JSONField(blank=True, default=dict)),
                ("made_code", models.CharField(blank=True, max_length=30, null=True)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="lawnotice",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="law_notices", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="lawnotice",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.UniqueConstraint(
                fields=("organisation", "made_code"), name="law_notice_makes_a_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_code", models.F("code")), ("made_code__isnull", False), ("what", "local")),
                    models.Q(models.Q(("what", "local"), _negated=True), ("made_code__isnull", True)),
                    _connector="OR",
                ),
                name="law_notice_local_makes_its_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on_day__isnull", False), ("what__in", ["commenced", "local", "retired"])),
                    models.Q(("on_day__isnull", True), ("what__in", ["not_begun", "kept"])),
                    _connector="OR",
                ),
                name="law_notice_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("source", ""), _negated=True), models.Q(("code", ""), _negated=True)),
                name="law_notice_has_a_source",
            ),
        ),
    ]
