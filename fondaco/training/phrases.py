"""The words of training."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.documents.phrases import REASONS as ABOUT_FILES
from fondaco.training.rules import Reason
from fondaco.web import words

REASONS: dict[str, str | Promise] = {
    **{str(code): words for code, words in ABOUT_FILES.items()},
    Reason.IN_THE_FUTURE: _("This day has not come yet."),
    Reason.MARKED_ALREADY: _("This place is marked as completed already."),
    Reason.GIVEN_BACK: _("This place was freed: what gave it does not hold any more."),
}


def _completed(data: Mapping[str, Any], zone: str) -> str:
    """The day of completion."""
    return words.day(date.fromisoformat(data["completed_on"]))


PLACE_NAMED = _("Place %(number)s")
VERBS: dict[str, str | Promise] = {
    "place.given": _("A place on the course was given"),
    "place.freed": _("The place on the course was freed"),
    "place.completed": _("The course was completed"),
}
VERB_KINDS = {"place": _("Places")}
VERB_DETAILS = {"place.completed": _completed}
