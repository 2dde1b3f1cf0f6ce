import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_pictures_and_logos'),
        ('programmes', '0001_programmes'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='mark_picture',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.picture'),
        ),
    ]
