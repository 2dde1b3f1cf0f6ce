"""More time for one application: when it can be given, and what it changes."""

from datetime import UTC, datetime, timedelta

import pytest

from fondaco.applications.rules.submission import (
    Facts,
    Reason,
    Terms,
    editing,
    extension,
    in_time,
    submission,
)
from fondaco.applications.states import State
from fondaco.calls.rules.opening import OpeningTerms, Recorded
from fondaco.calls.states import ActKind, Intake

CLOSES = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWN = CLOSES + 5 * HOUR


def terms(own=OWN, *, acts=(), decided_at=None, closes_at=CLOSES):
    """A call that closed, and an application with more time."""
    opening = OpeningTerms(
        intake=Intake.DEADLINE if closes_at else Intake.ALWAYS,
        published_at=CLOSES - 99 * HOUR,
        opens_at=None,
        closes_at=closes_at,
        decided_at=decided_at,
        acts=tuple(acts),
    )
    return Terms(opening, extended_until=own)


@pytest.mark.parametrize(
    ("at", "reasons"),
    [
        (CLOSES, ()),
        (CLOSES + HOUR, ()),
        (OWN, ()),
        (OWN + timedelta(microseconds=1), ("closed",)),
    ],
)
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_it_can_be_sent_to_the_instant_of_its_own_deadline(state, at, reasons):
    assert in_time(state, terms(), at=at).reasons == reasons
    assert submission(Facts(state), terms(), at=at).reasons == reasons
    assert editing(state, terms(), at=at)


def test_others_are_late():
    assert in_time(State.DRAFT, terms(None), at=CLOSES + HOUR).reasons == ("closed",)


def test_a_change_within_its_own_time_is_not_late():
    facts = Facts(State.DRAFT, edited_at=CLOSES + 2 * HOUR)

    assert submission(facts, terms(), at=CLOSES + HOUR)
    assert submission(facts, terms(None), at=CLOSES).reasons == (Reason.EDITED_LATE,)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"decided_at": CLOSES + HOUR}, "closed"),
        ({"acts": [Recorded(ActKind.CANCELLATION, CLOSES)]}, "cancelled"),
    ],
)
def test_a_call_that_ended_takes_nothing_in_whatever_was_granted(more, reason):
    assert in_time(State.DRAFT, terms(**more), at=CLOSES + 2 * HOUR).reasons == (reason,)


def test_other_states_keep_their_own_clock():
    assert in_time(State.ELIGIBLE, terms(), at=CLOSES).reasons == (Reason.NOT_EDITABLE,)


@pytest.mark.parametrize(
    ("state", "given", "until", "why", "reasons"),
    [
        (State.DRAFT, terms(None), OWN, "Power cut.", ()),
        (State.SUBMITTED, terms(None), OWN, "Power cut.", ()),
        (State.DRAFT, terms(), OWN + HOUR, "Again.", ()),
        (State.DRAFT, terms(), OWN, "Again.", (Reason.NOT_LATER,)),
        (State.DRAFT, terms(None), CLOSES, "So.", (Reason.NOT_LATER,)),
        (State.DRAFT, terms(None), CLOSES + HOUR, "So.", (Reason.NOT_LATER,)),
        (State.DRAFT, terms(None), OWN, "  ", (Reason.WHY_NEEDED,)),
        (State.ELIGIBLE, terms(None), OWN, "So.", (Reason.NOT_EDITABLE,)),
        (State.DRAFT, terms(None, decided_at=CLOSES), OWN, "So.", (Reason.CALL_OVER,)),
        (State.DRAFT, terms(None, closes_at=None), OWN, "So.", (Reason.NO_DEADLINE,)),
    ],
)
def test_more_time_is_given_with_a_reason_and_never_taken_away(state, given, until, why, reasons):
    at = CLOSES + HOUR

    assert extension(state, given, until, why=why, at=at).reasons == reasons
