"""Panels, assignments, marks, rankings and decisions."""

from django.db import models

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.evaluation.states import (
    ASSIGNMENT_INITIAL,
    DECISION_INITIAL,
    REDRESS_INITIAL,
    AssignmentState,
    DecisionState,
    Group,
    RedressState,
)
from fondaco.programmes.models import Partner


class PanelSeat(models.Model):
    """An expert on the panel of a call, with the organisations the expert is tied to."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="panel")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="panel_seats")
    tied_to = models.ManyToManyField(Organisation, related_name="+")
    most = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="panel_seat_once")]

    def __str__(self) -> str:
        return f"{self.person} for {self.call}"


class Assignment(models.Model):
    """One evaluator's work on one application."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="assignments"
    )
    evaluator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=12, default=ASSIGNMENT_INITIAL)
    due_on = models.DateField(null=True)
    conflict_why = models.TextField(blank=True)
    reopened_why = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    assigned_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    released_for = models.ForeignKey(
        "Decision", null=True, on_delete=models.SET_NULL, related_name="files_released"
    )
    released_from = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["evaluator", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "evaluator"], name="assignment_once_per_evaluator"
            ),
            models.CheckConstraint(
                name="assignment_state_known", condition=models.Q(state__in=list(AssignmentState))
            ),
            models.CheckConstraint(
                name="assignment_locked_is_dated",
                condition=~models.Q(state=AssignmentState.LOCKED)
                | models.Q(locked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.evaluator_id}"


class Mark(models.Model):
    """One evaluator's mark and comment on one criterion."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="marks")
    criterion = models.SlugField(max_length=60)
    value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "criterion"], name="mark_once_per_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Ranking(models.Model):
    """One computed list with everything it was computed from."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rankings")
    number = models.PositiveSmallIntegerField()
    cut_off = models.PositiveSmallIntegerField(null=True)
    facts = models.JSONField()
    terms = models.JSONField()
    lines = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="ranking_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"


class Draw(models.Model):
    """A list of receipts, its hash published before the seed, and the seed that orders it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    receipts = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    seed_from = models.TextField()
    seed = models.CharField(max_length=100, blank=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="draw_number_once"),
            models.CheckConstraint(
                name="draw_seed_comes_after_the_list",
                condition=models.Q(seed="", drawn_at__isnull=True)
                | (~models.Q(seed="") & models.Q(drawn_at__gt=models.F("frozen_at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"


class Decision(models.Model):
    """What is decided on one or many applications; confirmed when all who must have said yes."""

    code = models.CharField(max_length=90, unique=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decisions")
    ranking = models.ForeignKey(
        Ranking, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    state = models.CharField(max_length=10, default=DECISION_INITIAL)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="decision_state_known", condition=models.Q(state__in=list(DecisionState))
            ),
            models.CheckConstraint(
                name="decision_confirmed_is_dated",
                condition=~models.Q(state=DecisionState.CONFIRMED)
                | models.Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Outcome(models.Model):
    """What a decision says of one application."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="outcomes")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="outcomes")
    group = models.CharField(max_length=16)
    place = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(null=True)
    score = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    amount_cents = models.PositiveBigIntegerField(null=True)
    reasons = models.JSONField(default=list)
    is_final = models.BooleanField(default=False)
    renounced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "application"], name="outcome_once_per_decision"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(is_final=True),
                name="outcome_final_once",
            ),
            models.CheckConstraint(
                name="outcome_renounced_is_not_final",
                condition=models.Q(renounced_at__isnull=True) | models.Q(is_final=False),
            ),
            models.CheckConstraint(
                name="outcome_group_known", condition=models.Q(group__in=list(Group))
            ),
            models.CheckConstraint(
                name="outcome_reserve_has_position",
                condition=models.Q(position__isnull=True) | models.Q(group=Group.RESERVE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.group}"


class Approval(models.Model):
    """One person's yes to a decision, and for which partner it was said."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="approvals")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="approval_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.decision}"


class Redress(models.Model):
    """An applicant's request to look at a decision again for how it was made; one a decision."""

    code = models.CharField(max_length=80, unique=True)
    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="redress")
    ground = models.SlugField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, default=REDRESS_INITIAL)
    is_late = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answer_by = models.DateField(null=True)
    reasons = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="redress_answered"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="redress_state_known", condition=models.Q(state__in=list(RedressState))
            ),
            models.CheckConstraint(
                name="redress_closed_is_dated",
                condition=models.Q(state=RedressState.ASKED, closed_at__isnull=True)
                | (~models.Q(state=RedressState.ASKED) & models.Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="redress_answer_has_its_person",
                condition=models.Q(state__in=[RedressState.ASKED, RedressState.WITHDRAWN])
                | models.Q(answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code
