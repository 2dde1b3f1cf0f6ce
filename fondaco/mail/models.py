"""Letter templates of programmes, and the outbox."""

from django.db import models

from fondaco.directory.models import Person
from fondaco.mail.states import INITIAL, HeldBack, Occasion, State
from fondaco.programmes.models import Programme


class LetterTemplate(models.Model):
    """The words of a letter on one occasion in one language; `call` empty means the programme's."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="letter_templates"
    )
    call = models.SlugField(max_length=60, blank=True)
    occasion = models.CharField(max_length=24)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "call", "occasion", "language"], name="letter_template_once"
            ),
            models.CheckConstraint(
                name="letter_template_occasion_known",
                condition=models.Q(occasion__in=list(Occasion)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.language}"


class Letter(models.Model):
    """A letter to one person; it stands in the portal from the moment an officer releases it."""

    code = models.CharField(max_length=24, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, on_delete=models.CASCADE, related_name="letters"
    )
    call = models.SlugField(max_length=60, blank=True)
    subject_code = models.CharField(max_length=60, blank=True, db_index=True)
    occasion = models.CharField(max_length=24, blank=True)
    to = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="letters")
    address = models.EmailField()
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=12, default=INITIAL)
    counted = models.JSONField(default=dict)
    zone = models.CharField(max_length=50, blank=True)
    days_off = models.JSONField(default=list)
    written_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    message_id = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    held_back = models.CharField(max_length=24, blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    """Where its reader ends such letters in one step (RFC 8058); empty where it is no news."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["call", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="letter_released_has_moment",
                condition=models.Q(state__in=[State.WRITTEN, State.DISCARDED])
                | models.Q(released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_state_known", condition=models.Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="letter_held_back_is_discarded",
                condition=models.Q(held_back="")
                | models.Q(held_back__in=list(HeldBack), state=State.DISCARDED),
            ),
            models.UniqueConstraint(
                fields=["subject_code", "occasion", "to"],
                condition=~models.Q(occasion="") & ~models.Q(state=State.DISCARDED),
                name="letter_once_per_occasion",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class MailboxMessage(models.Model):
    """What a demonstration sent instead of mailing it; shown on the mailbox page."""

    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject
