"""The trail: entries that are only ever added, the seals over them, and who has read how far."""

from django.db import models


class Entry(models.Model):
    """One thing that happened: who did what to which subject, when, and what it was decided on."""

    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    programme = models.CharField(max_length=60, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_mark = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"]),
            models.Index(fields=["programme", "id"]),
            models.Index(fields=["verb", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Sealed(models.Model):
    """An entry's place in the sealed order, and the hash of it and all before it."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sealed")
    number = models.PositiveBigIntegerField(unique=True)
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.chain[:12]}"


class Seal(models.Model):
    """A signed head: the chain up to `number`, signed with the key named by `key_id`."""

    number = models.PositiveBigIntegerField(unique=True)
    chain = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=32)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {self.chain[:12]}"


class SealKey(models.Model):
    """The public half of a key that has sealed; it stays published when a new key follows."""

    key_id = models.CharField(max_length=16, unique=True)
    public = models.CharField(max_length=64)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id


class Heard(models.Model):
    """What one reaction did about one entry; the row makes it once only.

    `due_at` empty: it is done with, for good where `error` is empty too. Otherwise it is tried
    again from that moment on.
    """

    reaction = models.CharField(max_length=120)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["reaction", "entry"], name="heard_once_per_reaction")
        ]

    def __str__(self) -> str:
        return f"{self.reaction} {self.entry_id}"


class PersonKey(models.Model):
    """The key of a person's marks in the trail; destroying it erases the person from the story."""

    person_id = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.person_id)
