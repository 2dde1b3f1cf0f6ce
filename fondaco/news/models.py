"""Who follows which calls, in which language and how soon."""

from django.db import models

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.news.rules.following import Pace
from fondaco.programmes.models import Programme


class Follow(models.Model):
    """Somebody follows one call, or all calls that have what is named; ended, it is gone.

    Whoever is not signed in follows by e-mail, once the address has said yes.
    """

    code = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="follows")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    zone = models.CharField(max_length=50)
    call = models.ForeignKey(Call, null=True, on_delete=models.CASCADE, related_name="follows")
    programme = models.ForeignKey(
        Programme, null=True, on_delete=models.CASCADE, related_name="follows"
    )
    kinds = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    ecosystems = models.JSONField(default=list)
    pace = models.CharField(max_length=8)
    since = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["pace", "told_until"])]
        constraints = [
            models.CheckConstraint(
                name="follow_is_a_person_or_an_address",
                condition=models.Q(person__isnull=False, email="")
                | (models.Q(person__isnull=True) & ~models.Q(email="")),
            ),
            models.CheckConstraint(
                name="follow_pace_known", condition=models.Q(pace__in=list(Pace))
            ),
            models.UniqueConstraint(
                fields=["person", "call"],
                condition=models.Q(person__isnull=False, call__isnull=False),
                name="follow_call_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["email", "call"],
                condition=models.Q(person__isnull=True, call__isnull=False),
                name="follow_call_once_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def address(self) -> str:
        """Where its letters go."""
        return self.person.email if self.person else self.email

    @property
    def spoken(self) -> str:
        """The language in which its reader reads."""
        return self.person.language if self.person else self.language
