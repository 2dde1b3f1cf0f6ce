"""Accepted profiles of hosts and visitors."""

from django.db import models

from fondaco.directory.models import Organisation
from fondaco.evaluation.models import Outcome
from fondaco.programmes.models import Programme


class Profile(models.Model):
    """An organisation accepted as host or visitor, by a confirmed decision."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="profiles")
    call = models.SlugField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="profiles"
    )
    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="profile")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"profile {self.pk}"
