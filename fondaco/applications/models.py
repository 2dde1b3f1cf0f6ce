"""Working copies, frozen submissions, and what each rule of the call found."""

from django.db import models

from fondaco.applications.states import INITIAL, TAKING_PART, Sheet, Standing, State, Verdict
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.questionnaires.models import FormVersion

LONG_TEXTS = (
    *("form__schema", "call__summary", "call__about", "call__unknown", "call__not_found"),
    *("call__who", "call__contact", "call__source", "call__facts", "call__money_note"),
    *("call__programme__summary", "call__programme__about", "call__programme__stated"),
    *("call__programme__contact", "call__programme__money", "call__programme__source"),
    *("call__programme__countries", "call__programme__ecosystems", "call__programme__mark"),
)
"""What hardly any page of an application shows; whoever needs one of them asks once more."""


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
    forgotten = models.JSONField(default=list)
    """The questions whose personal answers have had their time and were taken away."""
    moved_from = models.ForeignKey(
        FormVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The version of the form that the draft was written in before it was moved; until it is sent.
    """
    aside = models.JSONField(default=list)
    """Answers to questions that the form does not ask any more, as they were typed."""

    class Meta:
        indexes = [
            models.Index(fields=["call", "state", "id"]),
            models.Index(fields=["organisation", "id"]),
            models.Index(
                fields=["call", "submitted_at", "id"],
                name="application_as_received",
                condition=models.Q(submitted_at__isnull=False),
            ),
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

    is_own = False
    """Whether its reader works for who applies; said by `application_for`."""
    is_partner = False
    """Whether its reader works for a partner that confirmed; said by `application_for`."""

    def __str__(self) -> str:
        return self.code


class Guest(models.Model):
    """Who was invited to a call that nobody else can answer: an organisation, or an address."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="guests")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="guests"
    )
    email = models.EmailField(blank=True)
    answers_from = models.ForeignKey(
        Application, null=True, on_delete=models.SET_NULL, related_name="guests"
    )
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=models.Q(withdrawn_at__isnull=True, organisation__isnull=False),
                name="guest_once_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["call", "email"],
                condition=models.Q(withdrawn_at__isnull=True) & ~models.Q(email=""),
                name="guest_once_per_address",
            ),
            models.CheckConstraint(
                name="guest_is_for_somebody",
                condition=models.Q(organisation__isnull=False) | ~models.Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.organisation_id or self.email}"


class Member(models.Model):
    """A partner of a consortium: asked by the lead, and answering for itself."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="consortia"
    )
    email = models.EmailField(blank=True)
    standing = models.CharField(max_length=10, default=Standing.INVITED)
    task = models.TextField(blank=True)
    """What the lead asks of it."""
    promise = models.TextField(blank=True)
    """What it promises, in its own words."""
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    letter_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_name = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"],
                condition=models.Q(standing__in=sorted(TAKING_PART)),
                name="member_once_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=models.Q(standing__in=sorted(TAKING_PART)) & ~models.Q(email=""),
                name="member_once_per_address",
            ),
            models.CheckConstraint(
                name="member_standing_known", condition=models.Q(standing__in=list(Standing))
            ),
            models.CheckConstraint(
                name="member_is_somebody",
                condition=models.Q(organisation__isnull=False) | ~models.Q(email=""),
            ),
            models.CheckConstraint(
                name="member_confirmed_says_who_and_when",
                condition=~models.Q(standing=Standing.CONFIRMED)
                | models.Q(organisation__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.organisation_id or self.email}"


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


class ReminderStop(models.Model):
    """Somebody wants no more reminders about an application."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="reminder_stops"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="reminder_stopped_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"


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


class Export(models.Model):
    """The applications of a call as a table, with their answers: asked for, made, removed again."""

    code = models.SlugField(max_length=24, unique=True)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=4)
    query = models.CharField(max_length=500, blank=True)
    """What the address of the list asked for: search, filters, order."""
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    rows_all = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="export_kind_known", condition=models.Q(kind__in=list(Sheet))
            ),
            models.CheckConstraint(
                name="export_made_has_an_end",
                condition=models.Q(made_at__isnull=True, kept_until__isnull=True)
                | models.Q(made_at__isnull=False, kept_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_there(self) -> bool:
        """Whether its file can be taken."""
        return self.made_at is not None and self.removed_at is None

    @property
    def is_in_hand(self) -> bool:
        """Whether it is asked for and neither made nor refused yet."""
        return self.made_at is None and self.refused_at is None
