from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("programmes", "0004_ceiling_per_organisation"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="question_rule",
            field=models.JSONField(default=dict),
        ),
    ]
