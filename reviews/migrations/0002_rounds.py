from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0001_verdicts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='review',
            options={'ordering': ['round', 'pk']},
        ),
        migrations.RemoveConstraint(
            model_name='review',
            name='review_one_verdict',
        ),
        migrations.AddField(
            model_name='review',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('decision', 'round'), name='review_one_a_round'),
        ),
    ]
