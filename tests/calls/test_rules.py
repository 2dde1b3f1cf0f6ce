"""Where a call stands at a moment, at every edge of its timetable and of what was recorded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.rules.opening import (
    OpeningTerms,
    Reason,
    Recorded,
    assessing,
    deadline,
    opening,
    taking_in,
)
from fondaco.calls.states import ActKind, Intake, Stage
from fondaco.kernel.decisions import Decision

NOON = datetime(2023, 4, 12, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
PUBLISHED, OPENS, CLOSES = NOON, NOON + 10 * DAY, NOON + 40 * DAY
TERMS = OpeningTerms(Intake.DEADLINE, PUBLISHED, OPENS, CLOSES)


def with_acts(*acts, terms=TERMS):
    """The call with acts recorded on it: kind, moment and, for an extension, the new deadline."""
    return replace(terms, acts=tuple(Recorded(*act) for act in acts))


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        pytest.param(PUBLISHED - TICK, Stage.DRAFT, id="just before publication"),
        pytest.param(PUBLISHED, Stage.FORTHCOMING, id="published this instant"),
        pytest.param(OPENS - TICK, Stage.FORTHCOMING, id="just before opening"),
        pytest.param(OPENS, Stage.OPEN, id="opens this instant"),
        pytest.param(CLOSES - TICK, Stage.OPEN, id="just before the deadline"),
        pytest.param(CLOSES, Stage.OPEN, id="the deadline's own instant still counts"),
        pytest.param(CLOSES + TICK, Stage.CLOSED, id="just after the deadline"),
    ],
)
def test_a_call_with_a_deadline_through_its_life(at, stage):
    assert opening(TERMS, at=at) == stage


@pytest.mark.parametrize(
    ("terms", "at", "stage"),
    [
        pytest.param(replace(TERMS, published_at=None), OPENS, Stage.DRAFT, id="never published"),
        pytest.param(
            replace(TERMS, opens_at=None), PUBLISHED, Stage.OPEN, id="no opening day is known"
        ),
        pytest.param(
            replace(TERMS, closes_at=None), OPENS, Stage.FORTHCOMING, id="no deadline is known"
        ),
        pytest.param(
            OpeningTerms(Intake.ALWAYS, PUBLISHED, OPENS, None),
            OPENS + 4000 * DAY,
            Stage.OPEN,
            id="always open",
        ),
        pytest.param(
            OpeningTerms(Intake.ALWAYS, PUBLISHED, OPENS, None),
            OPENS - TICK,
            Stage.FORTHCOMING,
            id="always open, but not yet",
        ),
        pytest.param(
            OpeningTerms(Intake.ALWAYS, PUBLISHED, OPENS, CLOSES),
            CLOSES + TICK,
            Stage.CLOSED,
            id="always open until a day",
        ),
    ],
)
def test_a_timetable_with_holes(terms, at, stage):
    assert opening(terms, at=at) == stage


LONGER = CLOSES + 9 * DAY
EXTENDED = (ActKind.EXTENSION, CLOSES, LONGER)


@pytest.mark.parametrize(
    ("acts", "at", "stage"),
    [
        pytest.param([EXTENDED], CLOSES + TICK, Stage.OPEN, id="extended at the last instant"),
        pytest.param([EXTENDED], LONGER, Stage.OPEN, id="the new deadline's own instant"),
        pytest.param([EXTENDED], LONGER + TICK, Stage.CLOSED, id="after the new deadline"),
        pytest.param(
            [(ActKind.EXTENSION, CLOSES + DAY, LONGER)],
            CLOSES + TICK,
            Stage.CLOSED,
            id="closed, until somebody extends",
        ),
        pytest.param(
            [(ActKind.EXTENSION, CLOSES + DAY, LONGER)],
            CLOSES + DAY,
            Stage.OPEN,
            id="extended after it had closed",
        ),
        pytest.param(
            [EXTENDED, (ActKind.EXTENSION, CLOSES + DAY, LONGER + DAY)],
            LONGER + DAY,
            Stage.OPEN,
            id="the last extension counts",
        ),
        pytest.param(
            [(ActKind.EARLY_CLOSURE, OPENS + DAY)],
            OPENS + DAY - TICK,
            Stage.OPEN,
            id="before it closes early",
        ),
        pytest.param(
            [(ActKind.EARLY_CLOSURE, OPENS + DAY)],
            OPENS + DAY,
            Stage.CLOSED,
            id="closed early this instant",
        ),
        pytest.param(
            [EXTENDED, (ActKind.EARLY_CLOSURE, CLOSES + DAY)],
            CLOSES + DAY,
            Stage.CLOSED,
            id="extended, then closed early",
        ),
        pytest.param(
            [(ActKind.SUSPENSION, OPENS + DAY)],
            OPENS + DAY,
            Stage.SUSPENDED,
            id="suspended this instant",
        ),
        pytest.param(
            [(ActKind.SUSPENSION, OPENS + DAY)],
            CLOSES + TICK,
            Stage.CLOSED,
            id="the deadline passes during a suspension",
        ),
        pytest.param(
            [(ActKind.SUSPENSION, PUBLISHED)],
            OPENS - TICK,
            Stage.FORTHCOMING,
            id="suspended before it opened",
        ),
        pytest.param(
            [(ActKind.SUSPENSION, OPENS + DAY), (ActKind.RESUMPTION, OPENS + 2 * DAY)],
            OPENS + 2 * DAY - TICK,
            Stage.SUSPENDED,
            id="just before it goes on",
        ),
        pytest.param(
            [(ActKind.SUSPENSION, OPENS + DAY), (ActKind.RESUMPTION, OPENS + 2 * DAY)],
            OPENS + 2 * DAY,
            Stage.OPEN,
            id="goes on this instant",
        ),
        pytest.param(
            [
                (ActKind.SUSPENSION, OPENS + DAY),
                (ActKind.RESUMPTION, OPENS + 2 * DAY),
                (ActKind.SUSPENSION, OPENS + 3 * DAY),
            ],
            OPENS + 3 * DAY,
            Stage.SUSPENDED,
            id="suspended a second time",
        ),
        pytest.param(
            [(ActKind.CANCELLATION, OPENS + DAY)],
            OPENS + DAY - TICK,
            Stage.OPEN,
            id="not cancelled yet",
        ),
        pytest.param(
            [(ActKind.CANCELLATION, OPENS + DAY)],
            CLOSES + 900 * DAY,
            Stage.CANCELLED,
            id="cancelled for good",
        ),
        pytest.param(
            [(ActKind.SUSPENSION, OPENS + DAY), (ActKind.CANCELLATION, OPENS + 2 * DAY)],
            OPENS + 2 * DAY,
            Stage.CANCELLED,
            id="cancelled while suspended",
        ),
        pytest.param(
            [(ActKind.CORRIGENDUM, OPENS + DAY)],
            OPENS + DAY,
            Stage.OPEN,
            id="a correction changes nothing",
        ),
    ],
)
def test_what_was_recorded_decides_from_its_instant_on(acts, at, stage):
    assert opening(with_acts(*acts), at=at) == stage


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        pytest.param(CLOSES + 5 * DAY - TICK, Stage.CLOSED, id="not decided yet"),
        pytest.param(CLOSES + 5 * DAY, Stage.DECIDED, id="decided this instant"),
    ],
)
def test_a_decided_call(at, stage):
    assert opening(replace(TERMS, decided_at=CLOSES + 5 * DAY), at=at) == stage


def test_a_call_that_is_always_open_ends_when_it_is_decided():
    terms = OpeningTerms(Intake.ALWAYS, PUBLISHED, OPENS, None, decided_at=CLOSES)

    assert opening(terms, at=CLOSES) == Stage.DECIDED


def test_a_cancelled_call_stays_cancelled_when_it_was_decided():
    terms = with_acts((ActKind.CANCELLATION, OPENS), terms=replace(TERMS, decided_at=CLOSES))

    assert opening(terms, at=CLOSES) == Stage.CANCELLED


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(CLOSES - TICK, CLOSES, id="before the extension was recorded"),
        pytest.param(CLOSES, LONGER, id="recorded this instant"),
        pytest.param(None, LONGER, id="all that is known"),
    ],
)
def test_the_deadline_that_holds(at, expected):
    assert deadline(with_acts(EXTENDED), at=at) == expected


@pytest.mark.parametrize(
    ("terms", "at", "reason"),
    [
        pytest.param(TERMS, PUBLISHED - TICK, Reason.NOT_PUBLISHED, id="draft"),
        pytest.param(TERMS, OPENS - TICK, Reason.NOT_OPEN_YET, id="forthcoming"),
        pytest.param(
            with_acts((ActKind.SUSPENSION, OPENS)), OPENS, Reason.SUSPENDED, id="suspended"
        ),
        pytest.param(TERMS, CLOSES + TICK, Reason.CLOSED, id="closed"),
        pytest.param(replace(TERMS, decided_at=OPENS), OPENS, Reason.CLOSED, id="decided"),
        pytest.param(
            with_acts((ActKind.CANCELLATION, OPENS)), OPENS, Reason.CANCELLED, id="cancelled"
        ),
    ],
)
def test_an_application_out_of_time_is_told_why(terms, at, reason):
    assert taking_in(terms, at=at) == Decision((reason,))


@pytest.mark.parametrize("at", [OPENS, CLOSES])
def test_an_application_in_time_is_taken_in(at):
    assert taking_in(TERMS, at=at)


moments = st.timedeltas(timedelta(0), 90 * DAY).map(lambda after: PUBLISHED - DAY + after)
acts = st.builds(Recorded, st.sampled_from(ActKind), moments, moments)
many_terms = st.builds(
    OpeningTerms,
    st.sampled_from(Intake),
    st.none() | moments,
    st.none() | moments,
    st.none() | moments,
    st.none() | moments,
    st.lists(acts, max_size=5).map(tuple),
)


@given(many_terms, moments)
def test_no_act_in_the_future_changes_the_stage_now(terms, at):
    heard = replace(terms, acts=tuple(act for act in terms.acts if act.at <= at))

    assert opening(terms, at=at) == opening(heard, at=at)
    assert deadline(terms, at=at) == deadline(heard)


@given(many_terms, moments)
def test_applications_are_taken_in_exactly_while_the_call_is_open(terms, at):
    assert bool(taking_in(terms, at=at)) == (opening(terms, at=at) == Stage.OPEN)


@given(many_terms, moments)
def test_an_open_call_is_published_not_past_its_deadline_and_not_cancelled(terms, at):
    if opening(terms, at=at) != Stage.OPEN:
        return

    closes = deadline(terms, at=at)
    assert terms.published_at is not None
    assert terms.published_at <= at
    assert closes is None or at <= closes
    assert not any(act.kind == ActKind.CANCELLATION and act.at <= at for act in terms.acts)


@pytest.mark.parametrize(
    ("terms", "at", "may"),
    [
        pytest.param(TERMS, CLOSES, False, id="the deadline's own instant is still open"),
        pytest.param(TERMS, CLOSES + TICK, True, id="just after the deadline"),
        pytest.param(
            with_acts((ActKind.EXTENSION, CLOSES - DAY, CLOSES + DAY)),
            CLOSES + TICK,
            False,
            id="the deadline moved",
        ),
        pytest.param(
            with_acts((ActKind.SUSPENSION, OPENS + DAY)), OPENS + 2 * DAY, False, id="suspended"
        ),
        pytest.param(
            with_acts((ActKind.EARLY_CLOSURE, OPENS + DAY)),
            OPENS + 2 * DAY,
            True,
            id="closed early",
        ),
        pytest.param(
            with_acts((ActKind.CANCELLATION, OPENS + DAY)), OPENS + 2 * DAY, True, id="cancelled"
        ),
        pytest.param(
            OpeningTerms(Intake.ALWAYS, PUBLISHED, OPENS, None), OPENS, True, id="always open"
        ),
    ],
)
def test_nothing_is_assessed_before_the_deadline(terms, at, may):
    assert assessing(terms, at=at) == Decision(() if may else (Reason.STILL_OPEN,))
