"""A programme, who runs it with whom, and who may do what in it: the root of confidentiality."""

from django.db import models

from fondaco.directory.models import Organisation, Person, Picture
from fondaco.programmes.states import PartnerRole, RoleKind
from fondaco.web.fields import TextsField


class Programme(models.Model):
    """A cluster programme as its folder describes it."""

    code = models.SlugField(max_length=60, unique=True)
    acronym = models.CharField(max_length=40)
    title = TextsField()
    summary = TextsField()
    about = TextsField()
    languages = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    ecosystems = models.JSONField(default=list)
    weekend = models.JSONField(default=list)
    website = models.URLField(blank=True)
    stated = models.JSONField(default=dict)
    funder = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, default="EUR")
    budget_cents = models.PositiveBigIntegerField(null=True)
    contribution_cents = models.PositiveBigIntegerField(null=True)
    rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    money = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    ceiling = models.JSONField(default=dict)
    """The most one organisation may get over all calls: amount, since, note, source; or nothing."""
    outage_rule = models.JSONField(default=dict)
    question_rule = models.JSONField(default=dict)
    """Until when one may ask about a call, how soon it is answered, what is never answered."""
    look = models.JSONField(default=dict)
    mark = models.TextField(blank=True)
    mark_picture = models.ForeignKey(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)
    added_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["acronym"]

    def __str__(self) -> str:
        return self.acronym


class Period(models.Model):
    """When the programme runs, as one page says it; pages that contradict each have a row."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="periods")
    position = models.PositiveSmallIntegerField()
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    note = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.starts} to {self.ends}"


class KeyFact(models.Model):
    """A line of the key facts: thematic objective, priority, grant agreement."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="key_facts")
    position = models.PositiveSmallIntegerField()
    label = TextsField()
    value = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"key fact {self.position}"


class Partnership(models.Model):
    """A group of partners inside a programme, such as one of the 30 Euroclusters."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partnerships")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    title = TextsField()
    scope = models.CharField(max_length=10, blank=True)
    ecosystems = models.JSONField(default=list)
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    partners_stated = models.PositiveSmallIntegerField(null=True)
    contribution_cents = models.PositiveBigIntegerField(null=True)
    note = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="partnership_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation's part in a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parts")
    partnership = models.ForeignKey(
        Partnership, null=True, on_delete=models.CASCADE, related_name="partners"
    )
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    role = models.CharField(max_length=12)
    described = models.JSONField(default=dict)
    does = TextsField()
    note = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                condition=models.Q(partnership__isnull=True),
                name="partner_code_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "code", "partnership"], name="partner_code_once_a_partnership"
            ),
            models.CheckConstraint(
                name="partner_role_known", condition=models.Q(role__in=list(PartnerRole))
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class WorkPackage(models.Model):
    """A work package and the partner who leads it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="work_packages")
    number = models.PositiveSmallIntegerField()
    title = TextsField()
    leader = models.ForeignKey(Partner, null=True, on_delete=models.SET_NULL, related_name="leads")
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="work_package_number_once")
        ]

    def __str__(self) -> str:
        return f"work package {self.number}"


class Result(models.Model):
    """What the programme promised, and what was reported of it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    title = TextsField()
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    operator = models.CharField(max_length=12, blank=True)
    unit = TextsField()
    reported = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    reported_text = TextsField()
    source = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="result_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class Role(models.Model):
    """What a person does in a programme, and for which partner; `until` empty means still.

    `given_by` is empty where whoever runs the machine gave the role.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.SET_NULL, related_name="roles")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="roles_given"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_kind_known", condition=models.Q(kind__in=list(RoleKind))
            ),
            models.UniqueConstraint(
                fields=["programme", "person", "kind"],
                condition=models.Q(until__isnull=True),
                name="role_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person}"
