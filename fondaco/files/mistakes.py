"""A mistake in a folder: the file, the line, what is wrong and what would be right."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake, where it stands, and its remedy; in the reader's language."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


class FolderRefused(Exception):
    """A folder with mistakes is not loaded, not even in part."""

    def __init__(self, found: Iterable[Mistake]) -> None:
        self.mistakes = sorted(found)
        super().__init__("\n".join(map(str, self.mistakes)))


def nearest(word: str, known: Iterable[str]) -> str:
    """What was probably meant, or what there is to choose from."""
    choices = sorted(known)
    close = get_close_matches(word, choices, n=1)
    if close:
        return _("Write %(meant)s.") % {"meant": close[0]}
    shown = ", ".join(choices[:12])
    return _("Write one of: %(choices)s.") % {"choices": shown} if choices else _("Take it out.")


Place = tuple[str | int, ...]
_BRANCH = re.compile(r"^(bool|int|float|str|date|datetime|decimal|function-.*|.*\[.*\])$")


def by_place(errors: Iterable[Any]) -> dict[Place, dict[str, Any]]:
    """What pydantic found, once for each place of the file: of several readings the first."""
    found: dict[Place, dict[str, Any]] = {}
    for error in errors:
        place = tuple(error["loc"])
        while len(place) > 1 and _BRANCH.match(str(place[-1])):
            place = place[:-1]
        found.setdefault(place, dict(error))
    return found


def said(place: Place, error: dict[str, Any], known: Iterable[str]) -> tuple[str, str]:
    """What pydantic found at a place, in the words of a person who writes such files."""
    name, kind = str(place[-1]), error["type"]
    if kind == "extra_forbidden":
        return _("“%(name)s” is not known here.") % {"name": name}, nearest(name, known)
    if kind == "missing":
        return (
            _("“%(name)s” is missing.") % {"name": name},
            _("Add a line: %(name)s = …") % {"name": name},
        )
    if kind in {"enum", "literal_error"}:
        wanted = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        given = str(error["input"])
        return (
            _("“%(given)s” is no value for “%(name)s”.") % {"given": given, "name": name},
            nearest(given, wanted.split(", ")),
        )
    return (
        _("The value of “%(name)s” cannot be read: %(given)s.")
        % {"name": name, "given": str(error["input"])[:80]},
        _remedy(error),
    )


def _remedy(error: dict[str, Any]) -> str:
    """The remedy for a value of the wrong form."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch" and context["pattern"] in PATTERNS:
        return PATTERNS[context["pattern"]]()
    for beginnings, remedy in KINDS.items():
        if kind.startswith(beginnings):
            return remedy() % {"said": error["msg"], "most": context.get("max_length", "")}
    return _("See docs/reference/programme-files.md: %(said)s.") % {"said": error["msg"]}


KINDS: dict[tuple[str, ...], Callable[[], str]] = {
    ("no_time",): lambda: _("Add the time on the clock of the call, such as 2023-04-12T17:00:00."),
    ("date",): lambda: _("Write a date that exists, such as 2023-04-12 or 2023-04-12T17:00:00."),
    ("int", "decimal", "float"): lambda: _("Write a number without quotation marks, such as 0.5."),
    ("bool",): lambda: _("Write true or false."),
    ("string_type",): lambda: _("Write a text in quotation marks."),
    ("string_too_long",): lambda: _("Write at most %(most)s characters."),
    ("dict", "model"): lambda: _('Write a text for each language: title.en = "…"'),
    ("greater", "less"): lambda: _("The number is outside what is allowed: %(said)s."),
}
PATTERNS: dict[str, Callable[[], str]] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": lambda: _(
        "Write lower-case words joined by hyphens: blue-economy."
    ),
    r"^[a-z]{2,3}$": lambda: _("Write a language code: en, fr, ar."),
    r"^[A-Z]{3}$": lambda: _("Write a currency code of three capitals: EUR, TND."),
    r"^[A-Z]{2}$": lambda: _("Write a country code of two capitals: TN, IT."),
    r"^\d{4}(-\d{2}(-\d{2})?)?$": lambda: _('Write "2022", "2022-04" or "2022-04-01".'),
    r"^#[0-9a-fA-F]{6}$": lambda: _('Write a colour as "#0b3d5c".'),
    r"^https?://\S+$": lambda: _("Write a whole address that begins with https://."),
}
