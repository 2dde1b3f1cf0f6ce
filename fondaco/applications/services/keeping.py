"""The key that a browser is given for the copies it keeps of what a person types."""

from base64 import b64encode
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from fondaco.directory.models import Person
from fondaco.trail import services as trail

PURPOSE = "copies in browsers"


@dataclass(frozen=True, slots=True)
class CopyKey:
    """By which name a browser knows whose copy it is, and the key (AES, 256 bits, Base64)."""

    person: str
    letters: str


def copy_key_of(person: Person) -> CopyKey:
    """Made of the house's secret and the person's own; gone with the person's erasure."""
    own = trail.secret_of(person.pk, PURPOSE).hex()
    name = salted_hmac("fondaco.copies.person", own, algorithm="sha256").hexdigest()
    key = salted_hmac("fondaco.copies.key", own, algorithm="sha256").digest()
    return CopyKey(name[:32], b64encode(key).decode())
