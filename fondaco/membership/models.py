"""Memberships that a confirmed decision made; the bond itself is written in the directory."""

from django.db import models

from fondaco.directory.models import Bond
from fondaco.evaluation.models import Outcome
from fondaco.programmes.models import Programme


class Membership(models.Model):
    """An organisation's place in the cluster of a programme, by letter of commitment."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="membership")
    bond = models.OneToOneField(
        Bond, null=True, on_delete=models.PROTECT, related_name="membership"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"membership {self.pk}"

    @property
    def is_standing(self) -> bool:
        """Whether it has not ended, neither by itself nor with its bond."""
        return self.ended_at is None and (self.bond is None or self.bond.until is None)
