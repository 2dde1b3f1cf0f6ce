"""Questions about calls, and the answers that were published."""

from django.db import models

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.enquiries.states import INITIAL, State
from fondaco.web.fields import TextsField


class Enquiry(models.Model):
    """A question about a call; `asked` are the words of whoever asked, which nobody else reads.

    `question` and `answer` are what the office works on; what everybody reads stands in versions.
    """

    code = models.CharField(max_length=24, unique=True)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="enquiries")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="enquiries")
    language = models.CharField(max_length=8)
    asked = models.TextField()
    at = models.DateTimeField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=12, default=INITIAL)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    question = TextsField()
    answer = TextsField()
    drafted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_in = models.JSONField(default=list)
    """The languages that two officers have read; the others are translations of them."""
    refused_in = TextsField()
    """The words of the rule with which it was refused, as they were then."""

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["pk"]
        indexes = [models.Index(fields=["call", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="enquiry_number_once"),
            models.CheckConstraint(
                name="enquiry_state_known", condition=models.Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="enquiry_duplicate_names_another",
                condition=models.Q(state=State.DUPLICATE, same_as__isnull=False)
                | (~models.Q(state=State.DUPLICATE) & models.Q(same_as__isnull=True)),
            ),
            models.CheckConstraint(
                name="enquiry_approved_by_another",
                condition=models.Q(approved_by__isnull=True)
                | models.Q(drafted_by__isnull=True)
                | ~models.Q(approved_by=models.F("drafted_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """A question with its answer as everybody read it from a moment on."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    question = TextsField()
    answer = TextsField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
