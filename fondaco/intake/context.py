"""What the pages of an application show of what was received and not taken in whole."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from fondaco.directory.models import Person
from fondaco.intake import phrases, selectors
from fondaco.intake.rules.bringing import Outcome

PAGES = frozenset({"applications:detail", "applications:section", "applications:review"})
Notices = list[tuple[object, list[str], list[selectors.Typed]]]


def notices(request: HttpRequest) -> dict[str, Callable[[], Notices]]:
    """`received_notices`: asked for only where a page of an application shows them."""
    match, person = request.resolver_match, getattr(request, "user", None)
    if match is None or match.view_name not in PAGES or not isinstance(person, Person):
        return {}
    code = str(match.kwargs["code"])

    @cache
    def found() -> Notices:
        return [
            (
                row,
                phrases.reason_words(row.reasons) if row.outcome == Outcome.REFUSED else [],
                selectors.typed_in(row),
            )
            for row in selectors.to_be_told(person, code)
        ]

    return {"received_notices": found}
