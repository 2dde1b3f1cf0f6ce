import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("calls", "0007_ways_of_intake"),
        ("evaluation", "0002_redress"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ranking",
            name="cut_off",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("receipts", models.JSONField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
                ("seed_from", models.TextField()),
                ("seed", models.CharField(blank=True, max_length=100)),
                ("drawn_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draws",
                        to="calls.call",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "number"), name="draw_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drawn_at__isnull", True), ("seed", "")),
                            models.Q(
                                models.Q(("seed", ""), _negated=True),
                                ("drawn_at__gt", models.F("frozen_at")),
                            ),
                            _connector="OR",
                        ),
                        name="draw_seed_comes_after_the_list",
                    ),
                ],
            },
        ),
    ]
