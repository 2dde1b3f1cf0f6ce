"""Calls with their timetable, money, rules and grid."""

from django.db import models

from fondaco.calls.states import (
    ActKind,
    Counts,
    DecidedBy,
    Intake,
    Kind,
    Next,
    Over,
    QueueOrder,
    Scale,
    StepKind,
    Support,
    Test,
)
from fondaco.programmes.models import Partner, Programme
from fondaco.questionnaires.models import FormVersion
from fondaco.web.fields import TextsField


class Call(models.Model):
    """What organisations answer; its code stands in its address and never changes."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="calls")
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12)
    intake = models.CharField(max_length=10, default=Intake.DEADLINE)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.SET_NULL, related_name="calls")
    form = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="calls")
    form_languages = models.JSONField(default=list)
    ecosystems = models.JSONField(default=list)
    website = models.URLField(blank=True)
    title = TextsField()
    summary = TextsField()
    about = TextsField()
    unknown = TextsField()
    not_found = models.JSONField(default=list)
    who = TextsField()
    contact = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)

    zone = models.CharField(max_length=50, default="Europe/Brussels")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    cut_offs = models.JSONField(default=list)
    holidays = models.JSONField(default=list)
    reminders = models.JSONField(default=list)
    """On which days before the deadline whoever has a draft is written to."""
    queue_order = models.CharField(max_length=8, default=QueueOrder.ARRIVAL)
    queue_window = models.PositiveIntegerField(null=True)
    stage_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="next_stages"
    )
    invites = models.PositiveSmallIntegerField(null=True)

    currency = models.CharField(max_length=3, default="EUR")
    support = models.CharField(max_length=8, default=Support.NONE)
    amount_cents = models.PositiveBigIntegerField(null=True)
    total_cents = models.PositiveBigIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    per_organisation = models.PositiveSmallIntegerField(null=True)
    per_organisation_in_programme = models.PositiveSmallIntegerField(null=True)
    next_application = models.CharField(max_length=12, default=Next.REFUSED)
    consortium_least = models.PositiveSmallIntegerField(default=0)
    consortium_most = models.PositiveSmallIntegerField(null=True)
    consortium_confirm = models.BooleanField(default=True)
    consortium_counts = models.CharField(max_length=4, default=Counts.LEAD)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    least_cents = models.PositiveBigIntegerField(null=True)
    asks = models.SlugField(max_length=60, blank=True)
    scheme = models.SlugField(max_length=60, blank=True)
    scheme_country = models.CharField(max_length=80, blank=True)
    most_items = models.PositiveSmallIntegerField(null=True)
    ceiling_cents = models.PositiveBigIntegerField(null=True)
    over_ceiling = models.CharField(max_length=8, default=Over.REFUSED)
    money_note = TextsField()

    scale = models.CharField(max_length=8, default=Scale.POINTS)
    mark_step = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    experts = models.PositiveSmallIntegerField(default=0)
    threshold = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    tie_breaks = models.JSONField(default=list)
    shows_scores = models.BooleanField(default=True)
    shows_comments = models.BooleanField(default=True)

    decided_by = models.CharField(max_length=6, default=DecidedBy.TWO)
    deciding_partners = models.JSONField(default=list)
    redress_days = models.PositiveSmallIntegerField(null=True)
    redress_ground = TextsField()
    redress_grounds = models.JSONField(default=list)
    redress_answer_days = models.PositiveSmallIntegerField(null=True)
    completion_days = models.PositiveSmallIntegerField(null=True)
    evidence = TextsField()
    claim_hours = models.PositiveSmallIntegerField(null=True)
    question_rule = models.JSONField(default=dict)
    counts_working_days = models.BooleanField(default=False)
    weekend = models.JSONField(default=list)

    edition_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="editions"
    )
    is_demonstration = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="call_kind_known", condition=models.Q(kind__in=list(Kind))),
            models.CheckConstraint(
                name="call_intake_known", condition=models.Q(intake__in=list(Intake))
            ),
            models.CheckConstraint(
                name="call_queue_order_known",
                condition=models.Q(queue_order__in=list(QueueOrder)),
            ),
            models.CheckConstraint(
                name="call_support_known", condition=models.Q(support__in=list(Support))
            ),
            models.CheckConstraint(
                name="call_decided_by_known", condition=models.Q(decided_by__in=list(DecidedBy))
            ),
            models.CheckConstraint(
                name="call_over_ceiling_known", condition=models.Q(over_ceiling__in=list(Over))
            ),
            models.CheckConstraint(
                name="call_next_application_known",
                condition=models.Q(next_application__in=list(Next)),
            ),
            models.CheckConstraint(
                name="call_consortium_counts_known",
                condition=models.Q(consortium_counts__in=list(Counts)),
            ),
            models.CheckConstraint(
                name="call_opens_before_it_closes",
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(opens_at__lt=models.F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Act(models.Model):
    """What was recorded about a call since its publication, with its reason."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="acts")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14)
    at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    reason = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="act_number_once"),
            models.CheckConstraint(
                name="act_kind_known", condition=models.Q(kind__in=list(ActKind))
            ),
            models.CheckConstraint(
                name="act_extension_has_deadline",
                condition=~models.Q(kind=ActKind.EXTENSION) | models.Q(closes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Step(models.Model):
    """What comes after the deadline: results, agreements, work; some only officers see.

    Its day stands in `on`, or is counted from the deadline as `after` days of the call's calendar.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, blank=True)
    on = models.DateField(null=True)
    after = models.PositiveSmallIntegerField(null=True)
    is_internal = models.BooleanField(default=False)
    label = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="step_kind_known", condition=models.Q(kind__in=["", *StepKind])
            ),
            models.CheckConstraint(
                name="step_has_one_day",
                condition=models.Q(on__isnull=True) | models.Q(after__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.position}"


class Item(models.Model):
    """One service of a menu, with its fixed price."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    name = TextsField()
    amount_cents = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="item_code_once")]

    def __str__(self) -> str:
        return self.code


class Envelope(models.Model):
    """A named part of the money, for the applications of which a fact says one of the values."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="envelopes")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    name = TextsField()
    fact = models.CharField(max_length=80)
    value = models.JSONField(default=list)
    most_cents = models.PositiveBigIntegerField(null=True)
    least_cents = models.PositiveBigIntegerField(null=True)
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="envelope_code_once")]

    def __str__(self) -> str:
        return self.code


class Quota(models.Model):
    """A named part of the places; what it needs keeps it closed until a dated act opens it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="quotas")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    name = TextsField()
    fact = models.CharField(max_length=80)
    value = models.JSONField(default=list)
    most = models.PositiveIntegerField(null=True)
    least = models.PositiveIntegerField(null=True)
    needs = TextsField()
    opened_on = models.DateField(null=True)
    opened_because = TextsField()
    is_invented = models.BooleanField(default=False)
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="quota_code_once")]

    def __str__(self) -> str:
        return self.code


class Rule(models.Model):
    """One condition of eligibility: a fact, a test, a value, and the sentence people read."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    fact = models.CharField(max_length=80)
    of = models.CharField(max_length=60, blank=True)
    group = models.SlugField(max_length=60, blank=True)
    branch = models.SlugField(max_length=60, blank=True)
    test = models.CharField(max_length=10)
    value = models.JSONField(default=list)
    stops = models.BooleanField(default=False)
    of_partners = models.BooleanField(default=False)
    says = TextsField()
    proof = TextsField()
    is_invented = models.BooleanField(default=False)
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="rule_code_once"),
            models.CheckConstraint(name="rule_test_known", condition=models.Q(test__in=list(Test))),
        ]

    def __str__(self) -> str:
        return self.code


class Criterion(models.Model):
    """One line of the grid."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    name = TextsField()
    asks = TextsField()
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    threshold = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    is_invented = models.BooleanField(default=False)
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="criterion_code_once")]

    def __str__(self) -> str:
        return self.code
