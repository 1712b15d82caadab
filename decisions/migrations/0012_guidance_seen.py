import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0011_law_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidanceSeen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=10)),
                ("passage", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=10)),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "guidance",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="guidanceseen",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="guidance_seen", to="decisions.decision"
            ),
        ),
        migrations.AddField(
            model_name="guidanceseen",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="guidanceseen",
            constraint=models.UniqueConstraint(
                fields=("decision", "page", "passage"), name="guidance_seen_once_on_a_page"
            ),
        ),
    ]
