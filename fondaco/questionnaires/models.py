"""Forms as versioned data; a version never changes once made."""

from django.db import models


class FormVersion(models.Model):
    """One frozen version of a form; `form` is the code of the call it belongs to."""

    form = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    schema = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"
