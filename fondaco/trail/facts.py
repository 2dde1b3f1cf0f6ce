"""What the trail keeps about a person, told on request."""

from django.utils.translation import gettext as _

from fondaco.kernel.plain import plain
from fondaco.kernel.told import told_about_person
from fondaco.trail import selectors


def tell(person_id: int) -> object:
    """Every act of the person, in order."""
    return plain(
        [
            {"verb": entry.verb, "subject": entry.subject, "at": entry.at}
            for entry in selectors.acts_of_person(person_id)
        ]
    )


def erase(person_id: int) -> list[str]:
    """The trail is only added to: what stays says no more than a number once the key is gone."""
    if not selectors.acts_of_person(person_id).exists():
        return []
    return [
        _(
            "The trail still says that somebody did these things: it is the proof that calls were "
            "run fairly. It names nobody; the key that tied the acts to the person is destroyed."
        )
    ]


told_about_person("trail", tell=tell, erase=erase)
