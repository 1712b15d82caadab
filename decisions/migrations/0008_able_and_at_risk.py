from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0007_what_a_yes_was_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionperson",
            name="best_interests",
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="cannot_protect",
            field=models.CharField(
                blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=7
            ),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="competence_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="competence_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="may_be_harmed",
            field=models.CharField(
                blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=7
            ),
        ),
        migrations.AddField(
            model_name="decisionperson",
            name="needs_support",
            field=models.CharField(
                blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=7
            ),
        ),
    ]
