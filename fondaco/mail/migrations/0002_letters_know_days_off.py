from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0001_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='days_off',
            field=models.JSONField(default=list),
        ),
    ]
