from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0008_able_and_at_risk"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="detriment",
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="decision",
            name="discovered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="duty_helps",
            field=models.CharField(
                blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=7
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="duty_holds",
            field=models.CharField(
                blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=7
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="duty_relevant",
            field=models.CharField(
                blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=7
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="how_discovered",
            field=models.CharField(
                blank=True,
                choices=[
                    ("GIRL_TOLD", "She told me"),
                    ("SIGNS_SEEN", "I saw signs on her body"),
                    ("SUSPECTED", "Neither: I suspect it, or somebody else told me"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="neither_confirmed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="order_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="order_to",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="starts_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="dated_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="dated_to",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decisionrecipient",
            name="in_scope_16la",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("order_from__isnull", True),
                    ("order_to__isnull", True),
                    ("order_to__gte", models.F("order_from")),
                    _connector="OR",
                ),
                name="decision_order_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dated_from__isnull", True),
                    ("dated_to__isnull", True),
                    ("dated_to__gte", models.F("dated_from")),
                    _connector="OR",
                ),
                name="decision_item_ends_after_it_begins",
            ),
        ),
    ]
