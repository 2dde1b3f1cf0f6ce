"""The availability log, what it gives back, attempts that came to nothing, and claims."""

from django.db import models

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.documents.models import Upload
from fondaco.incidents.rules.attempts import Kind, Result
from fondaco.incidents.rules.minutes import Status
from fondaco.incidents.states import INITIAL, State


class Minute(models.Model):
    """What was seen from outside in one minute; `waiting` is the spool, `free` bytes of disk."""

    at = models.DateTimeField(unique=True)
    status = models.CharField(max_length=8)
    milliseconds = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    free = models.PositiveBigIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="minute_status_known", condition=models.Q(status__in=list(Status))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.status}"


class Proposal(models.Model):
    """An extension that the log proposes: what was lost before which deadline, and the new one."""

    code = models.CharField(max_length=80, unique=True)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="proposals")
    before = models.DateTimeField()
    closes_at = models.DateTimeField()
    lost = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(default=0)
    outages = models.JSONField(default=list)
    state = models.CharField(max_length=8, default=INITIAL)
    made_at = models.DateTimeField()
    counted_until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "before"], name="proposal_once_a_deadline"),
            models.CheckConstraint(
                name="proposal_state_known", condition=models.Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="proposal_is_later", condition=models.Q(closes_at__gt=models.F("before"))
            ),
            models.CheckConstraint(
                name="proposal_refused_has_reason",
                condition=~models.Q(state=State.REFUSED) | ~models.Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Attempt(models.Model):
    """What somebody tried with an application that came to nothing; `request` names it once."""

    request = models.CharField(max_length=32, unique=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attempts")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    result = models.CharField(max_length=8)
    status = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["application", "at"])]
        constraints = [
            models.CheckConstraint(
                name="attempt_kind_known", condition=models.Q(kind__in=list(Kind))
            ),
            models.CheckConstraint(
                name="attempt_result_known", condition=models.Q(result__in=list(Result))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.result}"


class Claim(models.Model):
    """Somebody was kept from sending: what they say, a file, and what the platform recorded."""

    code = models.CharField(max_length=80, unique=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="claims")
    text = models.TextField()
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    attempts = models.JSONField(default=list)
    outages = models.JSONField(default=list)
    is_late = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, default=INITIAL)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reasons = models.TextField(blank=True)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="claim_state_known", condition=models.Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="claim_answered_has_reasons",
                condition=models.Q(state=State.WAITING) | ~models.Q(reasons=""),
            ),
            models.CheckConstraint(
                name="claim_granted_has_a_deadline",
                condition=~models.Q(state=State.GRANTED) | models.Q(until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code
