from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_recipients_in_scope"),
        ("decisions", "0005_what_happened_since"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="basisrow",
            name="basis_layer_known",
        ),
        migrations.AlterField(
            model_name="basisrow",
            name="layer",
            field=models.CharField(
                choices=[
                    ("L1", "What lets you use the information"),
                    ("ANNEX1", "Which recognised interest"),
                    ("L2", "What lets you use sensitive information"),
                    ("SCHEDULE1", "Which condition for sensitive information"),
                    ("SCHEDULE8", "Which condition for sensitive information in police work"),
                    ("L3", "The power or duty to share"),
                    ("L4", "What lifts the duty of confidence"),
                    ("L5", "Why it is necessary and no more than needed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="basisrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "layer__in",
                        [
                            "ANNEX1",
                            "L1",
                            "L2",
                            "L3",
                            "L4",
                            "L5",
                            "SCHEDULE1",
                            "SCHEDULE8",
                        ],
                    )
                ),
                name="basis_layer_known",
            ),
        ),
    ]
