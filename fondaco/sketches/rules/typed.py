"""What an officer types into a field of the builder, as the value that a file would have.

What cannot be read stays as it was typed: it is never lost, and the check names it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.rules.answers import typed_text
from fondaco.questionnaires.rules.reading import day_in, money_in, number_in, western
from fondaco.sketches.states import Kind

Value = str | bool | int | list[str | bool | int] | None
ON = "yes"
MARK_LENGTH = 16
_COUNT = re.compile(r"\d{1,9}")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
_SEPARATORS = re.compile(r"[,;،\n]")
_TRUE, _FALSE = "true", "false"


def mark(value: object) -> str:
    """A short mark of a value, to see later whether somebody changed it; nothing is one thing."""
    return fingerprint("" if value in (None, "", [], {}) else value)[:MARK_LENGTH]


def value_of(kind: Kind, typed: Sequence[str]) -> Value:
    """The value that was typed; None where nothing was."""
    if kind == Kind.YES:
        return ON in typed
    if kind == Kind.WORDS:
        return [word for word in dict.fromkeys(typed) if word] or None
    if kind == Kind.WANTED:
        return _wanted(",".join(typed)) or None
    text = typed_text(typed[-1]).strip() if typed else ""
    return _of_text(kind, text) if text else None


def _of_text(kind: Kind, text: str) -> Value:
    read = _READ.get(kind)
    return read(text) if read else text


def _figure(found: object, text: str) -> str:
    return f"{found.normalize():f}" if isinstance(found, Decimal) else text


def _day(text: str) -> str:
    day = day_in(text)
    return day.isoformat() if isinstance(day, date) else text


def _count(text: str) -> str | int:
    digits = western(text)
    return int(digits) if _COUNT.fullmatch(digits) else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(western(text)).isoformat()
    except ValueError:
        return text


def _wanted(text: str) -> list[str | bool | int]:
    """What a rule compares with: words with commas between, numbers, true and false."""
    return [_one(part) for part in _parts(text)]


def _one(text: str) -> str | bool | int:
    if text in (_TRUE, _FALSE):
        return text == _TRUE
    return _count(text)


_READ: Mapping[Kind, Callable[[str], Value]] = {
    Kind.MONEY: lambda text: _figure(money_in(text), text),
    Kind.NUMBER: lambda text: _figure(number_in(text), text),
    Kind.COUNT: _count,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.MOMENTS: lambda text: [_moment(part) for part in _parts(text)],
    Kind.WEB: lambda text: f"https://{text}" if _HOST.fullmatch(text) else text,
    Kind.CODE: lambda text: text.lower().replace(" ", "-"),
    Kind.CODES: lambda text: list(_parts(text)),
    Kind.LONG_TEXTS: lambda text: f"{text}\n",
}
"""How each kind is read; the others are texts as they stand."""


def typed_of(kind: Kind, value: object) -> str:
    """The text that stands in the field for a value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(value, list):
        return ", ".join(typed_of(kind, one) for one in value)
    if kind == Kind.MOMENT:
        text = str(value).partition(".")[0]
        return text.removesuffix(":00") if text.count(":") > 1 else text
    return str(value)
