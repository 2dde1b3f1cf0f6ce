"""What people typed, what it means, and everything that is wrong or missing.

A working copy keeps answers *as typed*, so that nothing is ever lost; what they mean is read out.
Typed is a text; for choices a list of codes; for a file the code of its upload; for a signature
`{"name", "by", "at", "of"}`, where `of` is the fingerprint of everything that was signed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.rules.reading import (
    Unreadable,
    day_in,
    email_in,
    money_in,
    number_in,
    web_in,
)
from fondaco.questionnaires.rules.schema import Kind, Question

Typed = str | list[str] | dict[str, str]
Table = dict[str, list[dict[str, str]]]
"""A group as it is meant: its `rows`, each with its code, and one row of `totals`."""
Value = str | bool | list[str] | dict[str, str] | Table | None
YES = "yes"
MARK_LENGTH = 16
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control signs and halves of signs; a tab and a line break are none."""


class Reason(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    NOT_DECLARED = "not-declared"
    NOT_SIGNED = "not-signed"
    CHANGED_SINCE_SIGNED = "changed-since-signed"
    TOO_LONG = "too-long"
    NOT_A_NUMBER = "not-a-number"
    NUMBER_DOUBTFUL = "number-doubtful"
    NOT_CENTS = "not-cents"
    NOT_A_DATE = "not-a-date"
    NO_SUCH_DAY = "no-such-day"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_WEB_ADDRESS = "not-a-web-address"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    NO_SUCH_OPTION = "no-such-option"
    NO_SUCH_COUNTRY = "no-such-country"
    TOO_FEW_ROWS = "too-few-rows"
    TOO_MANY_ROWS = "too-many-rows"
    OVER_CEILING = "over-ceiling"
    OVER_SHARE = "over-share"


LACKS = frozenset(
    {Reason.MISSING, Reason.NOT_DECLARED, Reason.NOT_SIGNED, Reason.CHANGED_SINCE_SIGNED}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one answer, and the figures that its words need."""

    question: str
    reason: Reason
    limit: str = ""
    given: str = ""
    key: str = ""
    """The cell of a group that it is about; else it is about the question."""
    option: str = ""
    percent: str = ""


def length(text: str) -> int:
    """The characters of a text as the browser counts them: code points, a line break being one."""
    return len(text.replace("\r\n", "\n"))


def typed_text(text: str) -> str:
    """The text as it is kept: line breaks of one sign, no control signs."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def mark(typed: Typed | None) -> str:
    """A short mark of what was typed, to see later whether it changed; empty and absent are one."""
    return fingerprint(typed or "")[:MARK_LENGTH]


def is_answered(typed: Typed | None) -> bool:
    """Whether anything was typed."""
    return bool(typed.strip() if isinstance(typed, str) else typed)


def value_of(question: Question, typed: Typed | None) -> Value:
    """What the typed answer means; None where there is none or it cannot be read."""
    if not is_answered(typed):
        return None
    return None if problems_of(question, typed) else _read(question, typed)


def _read(question: Question, typed: Typed | None) -> Value:
    if isinstance(typed, dict):
        return typed
    if isinstance(typed, list):
        return [code for code in question.option_codes if code in typed]
    text = (typed or "").strip()
    if question.kind == Kind.DECLARATION:
        return text == YES
    found = _understood(question, text)
    if isinstance(found, Decimal):
        return f"{found:f}" if question.kind == Kind.MONEY else f"{found.normalize():f}"
    return found.isoformat() if isinstance(found, date) else str(found)


def _understood(question: Question, text: str) -> str | Decimal | date | Unreadable:
    match question.kind:
        case Kind.NUMBER:
            return number_in(text)
        case Kind.MONEY:
            return money_in(text)
        case Kind.DATE:
            return day_in(text)
        case Kind.EMAIL:
            return email_in(text)
        case Kind.WEB:
            return web_in(text)
    return text.upper() if question.kind == Kind.COUNTRY else text


def problems_of(question: Question, typed: Typed | None) -> list[Problem]:
    """Everything wrong with what was typed; an empty answer is never wrong here, only missing."""
    if not is_answered(typed) or isinstance(typed, dict):
        return []
    if isinstance(typed, list):
        return _problems_of_choices(question, typed)
    return _problems_of_text(question, str(typed).strip())


def _problems_of_text(question: Question, text: str) -> list[Problem]:
    if question.kind == Kind.CHOICE:
        return _if(question, text not in question.option_codes, Reason.NO_SUCH_OPTION)
    if question.kind == Kind.COUNTRY:
        is_code = len(text) == 2 and text.isascii() and text.isalpha()  # noqa: PLR2004
        return _if(question, not is_code, Reason.NO_SUCH_COUNTRY)
    if question.limit is not None and length(text) > question.limit:
        return [Problem(question.code, Reason.TOO_LONG, str(question.limit), str(length(text)))]
    found = _understood(question, text)
    if isinstance(found, Unreadable):
        return [Problem(question.code, Reason(found.value), given=text[:80])]
    return _problems_of_bounds(question, found)


def _problems_of_bounds(question: Question, found: str | Decimal | date) -> list[Problem]:
    if isinstance(found, Decimal):
        at_least = _least(question)
        least, most = _figure(at_least), _figure(question.at_most)
        return [
            *_if(question, least is not None and found < least, Reason.TOO_SMALL, at_least),
            *_if(question, most is not None and found > most, Reason.TOO_LARGE, question.at_most),
        ]
    if isinstance(found, date):
        day = found.isoformat()
        return [
            *_if(question, day < question.at_least, Reason.TOO_EARLY, question.at_least),
            *_if(question, day > (question.at_most or day), Reason.TOO_LATE, question.at_most),
        ]
    return []


def _problems_of_choices(question: Question, chosen: Sequence[str]) -> list[Problem]:
    known = {code for code in chosen if code in question.option_codes}
    least, most = _figure(question.at_least), _figure(question.at_most)
    return [
        *_if(question, len(known) < len(set(chosen)), Reason.NO_SUCH_OPTION),
        *_if(question, least is not None and len(known) < least, Reason.TOO_FEW, question.at_least),
        *_if(question, most is not None and len(known) > most, Reason.TOO_MANY, question.at_most),
    ]


def _if(question: Question, is_so: bool, reason: Reason, limit: str = "") -> list[Problem]:  # noqa: FBT001
    return [Problem(question.code, reason, limit)] if is_so else []


def _least(question: Question) -> str:
    """The least figure; an amount of money is never below zero."""
    is_money, least = question.kind == Kind.MONEY, question.at_least
    return "0" if is_money and (not least or Decimal(least) < 0) else least


def _figure(bound: str) -> Decimal | None:
    return Decimal(bound) if bound else None


def lack_of(question: Question, typed: Typed | None, signed: str) -> list[Problem]:
    """What the answer to a question that needs one lacks."""
    if question.kind == Kind.SIGNATURE:
        return _lack_of_signature(question, typed, signed)
    if question.kind == Kind.DECLARATION:
        return _if(question, typed != YES, Reason.NOT_DECLARED)
    return _if(question, not is_answered(typed), Reason.MISSING)


def _lack_of_signature(question: Question, typed: Typed | None, signed: str) -> list[Problem]:
    if not isinstance(typed, dict) or not typed.get("name"):
        return _if(question, question.is_required, Reason.NOT_SIGNED)
    return _if(question, typed.get("of", "") != signed, Reason.CHANGED_SINCE_SIGNED)
