"""Places on courses; an officer marks a place completed, with date and proof."""

from django.db import models

from fondaco.directory.models import Person
from fondaco.documents.models import Upload
from fondaco.evaluation.models import Outcome
from fondaco.programmes.models import Programme


class Place(models.Model):
    """A place of a person on a course, given by a confirmed decision."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="places")
    call = models.SlugField(max_length=60)
    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="place_given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="places")
    given_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)
    completed_on = models.DateField(null=True)
    proof = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    marked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_completed_has_proof",
                condition=models.Q(completed_on__isnull=True) | models.Q(proof__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"
