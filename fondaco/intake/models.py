"""What was brought in from the spool, each record once, and what became of it."""

from django.db import models

from fondaco.applications.models import Application
from fondaco.directory.models import Person
from fondaco.intake.rules.bringing import Outcome
from fondaco.intake.rules.records import Kind


class BroughtIn(models.Model):
    """One record of the spool; the row stands in the transaction of what it did.

    `kept` has what was sent where it was not taken in whole, `steps` the marks of each answer
    before and after a save. `seen_at` is when the person has read what became of it.
    """

    identity = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=8)
    application = models.ForeignKey(
        Application, null=True, on_delete=models.CASCADE, related_name="brought_in"
    )
    code = models.CharField(max_length=60)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    section = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    brought_at = models.DateTimeField()
    outcome = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)
    receipt = models.CharField(max_length=70, blank=True)
    steps = models.JSONField(default=dict)
    kept = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["application", "id"])]
        constraints = [
            models.CheckConstraint(
                name="brought_in_kind_known", condition=models.Q(kind__in=list(Kind))
            ),
            models.CheckConstraint(
                name="brought_in_outcome_known", condition=models.Q(outcome__in=list(Outcome))
            ),
            models.CheckConstraint(
                name="brought_in_refused_has_reasons",
                condition=~models.Q(outcome=Outcome.REFUSED) | ~models.Q(reasons=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.outcome}"
