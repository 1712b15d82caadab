from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0009_orders_duties_and_transfers"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="share_anyway",
            field=models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3),
        ),
    ]
