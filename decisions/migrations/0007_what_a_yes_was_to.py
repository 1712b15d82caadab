import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0006_police_conditions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentCovers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "consent covers",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="consentevent",
            name="limits",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="yes_to_confidence",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="yes_to_service",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="yes_to_sharing",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="consent_limits",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="consent_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="yes_to_confidence",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="yes_to_service",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="yes_to_sharing",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="consentcovers",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="decisions.decision"
            ),
        ),
        migrations.AddField(
            model_name="consentcovers",
            name="giver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="covers", to="decisions.decisionperson"
            ),
        ),
        migrations.AddField(
            model_name="consentcovers",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="consentcovers",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="covered_by", to="decisions.decisionperson"
            ),
        ),
        migrations.AddConstraint(
            model_name="consentcovers",
            constraint=models.UniqueConstraint(fields=("giver", "person"), name="consent_covers_once"),
        ),
    ]
