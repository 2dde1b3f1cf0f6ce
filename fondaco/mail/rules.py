"""What a letter may name, how its words are put in, and when it is tried again."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fondaco.kernel.clock import day_after

PLACEHOLDERS = frozenset(
    {
        "person",
        "organisation",
        "call",
        "programme",
        "number",
        "date",
        "score",
        "place",
        "reasons",
        "asked",
        "until",
        "redress_until",
        "address",
        "file",
        "redress",
        "ground",
        "question",
        "answer",
        "news",
        "stop",
    }
)
COUNTED = frozenset({"redress_until"})
"""Placeholders that are days counted from the release of the letter."""
MOST_ATTEMPTS = 16
LONGEST_WAIT = timedelta(hours=6)
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#&|~])")
_LIST_ITEM = re.compile(r"^\s*(?:[-*]\s+)")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>]+")


class Reason(StrEnum):
    """Why something was not done with a letter."""

    NOT_WAITING = "not-waiting"
    NOT_TO_BE_SENT_AGAIN = "not-to-be-sent-again"
    NOT_ON_ITS_WAY = "not-on-its-way"


class Answer(StrEnum):
    """What became of one attempt to mail a letter."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as the mail server is given it."""

    code: str
    address: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The mail server's answer about one letter, with its words."""

    answer: Answer
    said: str = ""


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its placeholders replaced; raises `KeyError` for one that has no word."""
    return _PLACEHOLDER.sub(lambda match: words[match[1]], text)


def asked_for(text: str) -> frozenset[str]:
    """The placeholders a text uses."""
    return frozenset(_PLACEHOLDER.findall(text))


def filled_as_known(text: str, words: Mapping[str, str]) -> str:
    """The text with every known word; a placeholder without one stays, for an officer to see."""
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)


def subject_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words as a subject takes them: on one line, and never a placeholder themselves."""
    return {name: " ".join(word.replace("{{", "{").split()) for name, word in words.items()}


def body_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words as a body in Markdown takes them: what people typed stays what they typed."""
    return {name: _as_markdown(word) for name, word in words.items()}


def _as_markdown(word: str) -> str:
    if _WEB_ADDRESS.fullmatch(word):
        return f"<{word}>"
    return "\n".join(_line(line) for line in word.splitlines())


def _line(line: str) -> str:
    item = _LIST_ITEM.match(line)
    kept = line[item.end() :] if item else line
    return ("- " if item else "") + _MARKS.sub(r"\\\1", kept)


def last_day(at: datetime, days: int, zone: str, days_off: Collection[str] = ()) -> date:
    """The day that is `days` after the release, on the calendar of the call."""
    return day_after(at.astimezone(ZoneInfo(zone)).date(), days, days_off)


def wait_before(attempt: int) -> timedelta:
    """How long to wait after the attempt with that number: twice as long each time, to a limit."""
    return min(timedelta(minutes=2 ** min(attempt - 1, 10)), LONGEST_WAIT)


def is_exhausted(attempts: int) -> bool:
    """Whether the mail server had its chances: about two days of them."""
    return attempts >= MOST_ATTEMPTS


def answer_of(code: int) -> Answer:
    """What an SMTP reply code about a reader means: 5xx is for good, everything else passes."""
    return Answer.REFUSED if 500 <= code <= 599 else Answer.LATER  # noqa: PLR2004


_LINK = re.compile(r"(?<!\\)\[([^\]\\]*(?:\\.[^\]\\]*)*)\]\((https?://[^\s)]+)\)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_STRONG = re.compile(r"(?<!\\)(?:\*\*|__)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#&|~])")


def plain_text_of(body: str) -> str:
    """A body in Markdown as the text part of an e-mail: no marks, addresses written out."""
    text = _LINK.sub(r"\1 (\2)", body)
    text = _STRONG.sub("", _AUTOLINK.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", text)
