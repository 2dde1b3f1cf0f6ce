"""Reading the invented people of a demonstration, and the addresses they sign in at."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from fondaco.directory.models import Person

DEMONSTRATION_SALT = "fondaco.directory.demonstration"
DEMONSTRATION_LIFE = 7 * 24 * 3600


def invented_people() -> QuerySet[Person]:
    """The people of the demonstration, by name."""
    return Person.objects.filter(is_invented=True, is_active=True).order_by("name", "pk")


def demonstration_address(person: Person) -> str:
    """Where an invented person signs in with one button; works on this machine alone."""
    token = signing.dumps(person.pk, salt=DEMONSTRATION_SALT)
    with translation.override(person.language):
        return settings.ADDRESS + reverse("directory:demonstration", args=[token])


def demonstration_links(people: Iterable[Person] | None = None) -> list[tuple[Person, str]]:
    """Each invented person with the address to sign in at."""
    wanted = invented_people() if people is None else people
    return [(person, demonstration_address(person)) for person in wanted]


def person_of_token(token: str) -> Person | None:
    """The invented person a demonstration link was made for."""
    try:
        pk = signing.loads(token, salt=DEMONSTRATION_SALT, max_age=DEMONSTRATION_LIFE)
    except signing.BadSignature:
        return None
    return invented_people().filter(pk=pk).first()
