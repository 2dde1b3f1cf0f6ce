from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0001_calls'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='counts_working_days',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='call',
            name='weekend',
            field=models.JSONField(default=list),
        ),
    ]
