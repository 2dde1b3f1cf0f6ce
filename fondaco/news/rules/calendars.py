"""Deadlines as iCalendar (RFC 5545): moments in UTC, names that stay, numbers that rise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75
"""Octets of a line of content, without its end; what is longer is folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """A moment of a call; `sequence` rises whenever something about it changed, at `changed_at`."""

    uid: str
    sequence: int
    changed_at: datetime
    at: datetime
    summary: str
    description: str
    url: str
    is_cancelled: bool = False


def calendar(name: str, events: Iterable[Event], *, language: str) -> str:
    """A whole calendar to subscribe to, or with one event to be taken over."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fondaco//Calls//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={language}:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for event in events:
        lines += _lines_of(event, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _lines_of(event: Event, language: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        f"LAST-MODIFIED:{_moment(event.changed_at)}",
        f"DTSTART:{_moment(event.at)}",
        f"SUMMARY;LANGUAGE={language}:{escaped(event.summary)}",
        f"DESCRIPTION;LANGUAGE={language}:{escaped(event.description)}",
        f"URL:{event.url}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text as a value of RFC 5545 (3.3.11): on one line, its signs marked."""
    for sign, marked in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(sign, marked)
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, cut between letters; a space begins what goes on."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
