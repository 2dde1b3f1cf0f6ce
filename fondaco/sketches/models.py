"""Calls as their officers build them: the sketch, every edit that led there, and trials of it."""

from django.db import models

from fondaco.calls.models import Call
from fondaco.directory.models import Person


class Sketch(models.Model):
    """The working copy of a call: the data of its folder, with a mark for each row.

    `base` is the data of the call as it stood when the sketch last agreed with it.
    """

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="sketch")
    content = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sketch {self.call_id}"


class Revision(models.Model):
    """What one save changed; an undo is a revision that names the one it takes back."""

    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    edits = models.JSONField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undoes = models.PositiveIntegerField(null=True)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sketch", "number"], name="sketch_revision_once")
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"


class Trial(models.Model):
    """What an officer types into the form of a sketch to try it; nothing of it counts.

    `cleared` holds what stood there before it was emptied, so that it can be brought back.
    """

    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="trials")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    cleared = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sketch", "person"], name="trial_once_for_each_officer")
        ]

    def __str__(self) -> str:
        return f"trial of sketch {self.sketch_id}"
