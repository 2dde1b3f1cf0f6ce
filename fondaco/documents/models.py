"""Files that people gave; they have no address of their own."""

from django.db import models

from fondaco.directory.models import Person


class Upload(models.Model):
    """One file as it was received; `owner` names what it belongs to, such as an application."""

    code = models.CharField(max_length=24, unique=True)
    owner = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=180)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.FileField(upload_to="files/%Y/%m", max_length=200)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
