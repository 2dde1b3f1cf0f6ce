import django.db.models.deletion
from django.db import migrations, models

import fondaco.calls.states


class Migration(migrations.Migration):

    dependencies = [
        ("calls", "0006_money_forms"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="call", name="call_intake_known"),
        migrations.AddField(
            model_name="call", name="cut_offs", field=models.JSONField(default=list)
        ),
        migrations.AddField(
            model_name="call", name="holidays", field=models.JSONField(default=list)
        ),
        migrations.AddField(
            model_name="call",
            name="queue_order",
            field=models.CharField(
                default=fondaco.calls.states.QueueOrder["ARRIVAL"], max_length=8
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="queue_window",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="stage_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="next_stages",
                to="calls.call",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="invites",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "intake__in",
                        [
                            "deadline",
                            "always",
                            "cut-offs",
                            "first-come",
                            "lottery",
                            "staged",
                            "invitation",
                        ],
                    )
                ),
                name="call_intake_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("queue_order__in", ["arrival", "random"])),
                name="call_queue_order_known",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="kind",
            field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="step",
            name="after",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="step", name="is_internal", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "evaluation",
                            "results",
                            "agreement",
                            "work",
                            "report",
                            "payment",
                        ],
                    )
                ),
                name="step_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("on__isnull", True), ("after__isnull", True), _connector="OR"),
                name="step_has_one_day",
            ),
        ),
    ]
