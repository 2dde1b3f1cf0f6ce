"""Plumbing of the jobs: who works, and which turns have been taken."""

from django.db import models


class WorkerBeat(models.Model):
    """A job worker that says it is alive."""

    worker = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Turn(models.Model):
    """One turn of a periodic job: the row lets any number of workers take it once."""

    job = models.CharField(max_length=120)
    slot = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="turn_taken_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.slot}"
