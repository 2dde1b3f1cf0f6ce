"""What is the reader's own: the applications of their organisations, the letters to them."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from fondaco.applications.models import Application
from fondaco.applications.selectors import applications_of
from fondaco.directory.models import Organisation, Person
from fondaco.mail.models import Letter
from fondaco.mail.selectors import letters_to
from fondaco.web import words

LETTER_ORDERS = {
    "subject": "subject",
    "programme": "programme__acronym",
    "released": "released_at",
}


def applications(
    organisations: Iterable[Organisation], *, search: str = ""
) -> Sequence[Application] | QuerySet[Application]:
    """The applications of the reader's organisations, the last edited first.

    Searching looks at the title of the call in every language, as people write it.
    """
    rows = applications_of(organisations)
    wanted = words.folded(search).split()
    if not wanted:
        return rows
    return [row for row in rows if all(word in _searched(row) for word in wanted)]


def _searched(row: Application) -> str:
    call = row.call
    told = [row.code, row.organisation.name, call.code, call.programme.acronym]
    return words.folded(" ".join([*told, *call.title.values()]))


def letters(person: Person, *, search: str = "", sort: str = "") -> QuerySet[Letter]:
    """The letters to a person, the newest first unless asked otherwise."""
    rows = letters_to(person.pk)
    if search:
        found = Q(subject__icontains=search) | Q(programme__acronym__icontains=search)
        rows = rows.filter(found | Q(code__icontains=search) | Q(subject_code__icontains=search))
    name = LETTER_ORDERS.get(sort.removeprefix("-"))
    if name is None:
        return rows
    return rows.order_by(f"{'-' if sort.startswith('-') else ''}{name}", "pk")
