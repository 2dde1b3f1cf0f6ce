"""The words of what a file or a decision still lacks."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from fondaco.evaluation.rules.assignment import Unplaced
from fondaco.evaluation.rules.consent import Awaited
from fondaco.web import words


def unplaced_in_words(lack: Unplaced) -> str:
    """Why a file did not find its evaluators."""
    return gettext(
        "%(file)s lacks %(lacks)s: %(tied)s on the panel are tied to it, %(full)s have no room."
    ) % {
        "file": lack.file,
        "lacks": words.number(lack.lacks),
        "tied": words.number(lack.tied),
        "full": words.number(lack.full),
    }


def awaited_in_words(awaited: Awaited, partners: Mapping[str, str]) -> list[str]:
    """Who must still say yes."""
    if awaited.partners:
        return [partners.get(code, code) for code in awaited.partners]
    if not awaited.people:
        return []
    return [
        ngettext("one more person who decides", "%(number)s people who decide", awaited.people)
        % {"number": words.number(awaited.people)}
    ]
