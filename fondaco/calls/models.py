"""Calls with their timetable, money, rules and grid."""

from django.db import models

from fondaco.calls.states import ActKind, DecidedBy, Intake, Kind, Scale, Support, Test
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

    currency = models.CharField(max_length=3, default="EUR")
    support = models.CharField(max_length=8, default=Support.NONE)
    amount_cents = models.PositiveBigIntegerField(null=True)
    total_cents = models.PositiveBigIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    per_organisation = models.PositiveSmallIntegerField(null=True)
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
                name="call_support_known", condition=models.Q(support__in=list(Support))
            ),
            models.CheckConstraint(
                name="call_decided_by_known", condition=models.Q(decided_by__in=list(DecidedBy))
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
    """What comes after the deadline: results, agreements, work."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    on = models.DateField(null=True)
    label = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]

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


class Rule(models.Model):
    """One condition of eligibility: a fact, a test, a value, and the sentence people read."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    fact = models.CharField(max_length=80)
    of = models.CharField(max_length=60, blank=True)
    test = models.CharField(max_length=10)
    value = models.JSONField(default=list)
    stops = models.BooleanField(default=False)
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
