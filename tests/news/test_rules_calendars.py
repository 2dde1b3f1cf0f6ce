"""Calendars: read back by a small reader of RFC 5545, whatever stands in them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from fondaco.news.rules.calendars import LONGEST_LINE, Event, calendar

AT = datetime(2026, 7, 1, 15, 0, tzinfo=UTC)


def event(**more):
    given = {"uid": "call.deadline@house", "sequence": 2, "changed_at": AT, "at": AT}
    said = {"summary": "Deadline", "description": "17:00 CEST", "url": "https://house/call/"}
    return Event(**given | said | more)


def unfolded(text):
    """The lines of content (RFC 5545, 3.1)."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(value):
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    found, marked = "", False
    for letter in value:
        if marked:
            found += "\n" if letter in "nN" else letter
        elif letter != "\\":
            assert letter not in ";,"
            found += letter
        marked = letter == "\\" and not marked
    return found


def read(text):
    """The properties of a calendar and of each of its events, by name."""
    own, events, inside = {}, [], None
    for line in unfolded(text):
        head, _colon, value = line.partition(":")
        name = head.split(";")[0]
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT":
            events.append(inside)
            inside = None
        else:
            (own if inside is None else inside)[name] = value
    return own, events


def test_an_event_has_what_it_must_have():
    own, [found] = read(calendar("Calls", [event()], language="en"))

    assert (own["VERSION"], own["BEGIN"], own["END"]) == ("2.0", "VCALENDAR", "VCALENDAR")
    assert found["UID"] == "call.deadline@house"
    assert (found["DTSTART"], found["DTSTAMP"]) == ("20260701T150000Z", "20260701T150000Z")
    assert (found["SEQUENCE"], found["STATUS"]) == ("2", "CONFIRMED")


def test_what_is_cancelled_says_so():
    _own, [found] = read(calendar("Calls", [event(is_cancelled=True)], language="en"))

    assert found["STATUS"] == "CANCELLED"


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_every_text_comes_back_and_no_line_is_too_long(text):
    written = calendar(text, [event(summary=text, description=f"{text}\n{text}")], language="ar")

    assert all(len(line.encode()) <= LONGEST_LINE for line in written.split("\r\n"))
    _own, [found] = read(written)
    assert unescaped(found["SUMMARY"]) == text
    assert unescaped(found["DESCRIPTION"]) == f"{text}\n{text}".rstrip("\n")
