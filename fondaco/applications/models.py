"""Working copies, frozen submissions, and what each rule of the call found."""

from django.db import models

from fondaco.applications.states import INITIAL, State, Verdict
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.questionnaires.models import FormVersion


class Application(models.Model):
    """An organisation's answer to a call: one working copy, numbered frozen submissions."""

    code = models.CharField(max_length=60, unique=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="applications"
    )
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="applications")
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=INITIAL)
    started_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)
    refused_why = models.TextField(blank=True)
    asked = models.JSONField(default=list)
    asked_until = models.DateTimeField(null=True)
    extended_until = models.DateTimeField(null=True)
    extended_why = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["call", "state", "id"]),
            models.Index(fields=["organisation", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=models.Q(state=State.DRAFT),
                name="application_one_draft",
            ),
            models.CheckConstraint(
                name="application_state_known", condition=models.Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="application_sent_is_dated",
                condition=models.Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | models.Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_extension_has_reason",
                condition=models.Q(extended_until__isnull=True) | ~models.Q(extended_why=""),
            ),
            models.CheckConstraint(
                name="application_completion_has_a_date",
                condition=~models.Q(state=State.COMPLETION) | models.Q(asked_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SectionAnswers(models.Model):
    """The working copy of one section; `revision` counts its changes."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="section_answers"
    )
    section = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "section"], name="section_answers_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.section}"


class ReceiptKey(models.Model):
    """The public half of a key that has signed receipts; it stays published for ever."""

    key_id = models.CharField(max_length=16, unique=True)
    public = models.CharField(max_length=64)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id


class Submission(models.Model):
    """One frozen version; the last one received in time counts."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField()
    receipt = models.CharField(max_length=70, unique=True)
    key = models.CharField(max_length=64)
    content = models.JSONField()
    salt = models.CharField(max_length=32)
    fingerprint = models.CharField(max_length=64)
    signature = models.CharField(max_length=88, blank=True)
    signed_with = models.ForeignKey(
        ReceiptKey,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        to_field="key_id",
        db_column="key_id",
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="submission_number_once"
            ),
            models.UniqueConstraint(fields=["application", "key"], name="submission_key_once"),
            models.CheckConstraint(
                name="submission_signature_has_its_key",
                condition=models.Q(signature="", signed_with__isnull=True)
                | (~models.Q(signature="") & models.Q(signed_with__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class Finding(models.Model):
    """What a rule of the call found at submission, and how an officer overruled it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    rule = models.SlugField(max_length=60)
    verdict = models.CharField(max_length=8)
    told = models.JSONField(null=True)
    source = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)
    overruled = models.CharField(max_length=8, blank=True)
    overruled_why = models.TextField(blank=True)
    overruled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="finding_once_per_rule"),
            models.CheckConstraint(
                name="finding_verdict_known", condition=models.Q(verdict__in=list(Verdict))
            ),
            models.CheckConstraint(
                name="finding_overruled_has_reason",
                condition=models.Q(overruled="") | ~models.Q(overruled_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict}"
