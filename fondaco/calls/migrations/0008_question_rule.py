from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("calls", "0007_ways_of_intake"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="question_rule",
            field=models.JSONField(default=dict),
        ),
    ]
