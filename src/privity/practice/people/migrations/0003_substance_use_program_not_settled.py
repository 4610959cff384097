from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_numbers_to_call'),
    ]

    operations = [
        migrations.AddField(
            model_name='practice',
            name='part2_unsettled',
            field=models.BooleanField(default=False),
        ),
    ]
