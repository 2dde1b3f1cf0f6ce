"""What stops starting, editing and sending; at the edges of the clock."""

from datetime import timedelta

import pytest

from fondaco.applications.rules.submission import (
    Facts,
    Reason,
    Terms,
    action_of,
    editing,
    in_time,
    open_questions,
    start,
    submission,
)
from fondaco.applications.states import Action, State
from fondaco.calls.rules.opening import OpeningTerms, Recorded
from fondaco.calls.rules.opening import Reason as CallReason
from fondaco.calls.states import ActKind, Intake
from tests.factories.directory import AT

SECOND = timedelta(seconds=1)
CLOSES = AT + timedelta(days=1)


def terms(*acts, until=None, decided=None):
    opening = OpeningTerms(
        Intake.DEADLINE, AT - timedelta(days=9), AT - timedelta(days=1), CLOSES, decided, acts
    )
    return Terms(opening, until)


def test_a_complete_application_is_taken_at_the_deadline_itself():
    assert submission(Facts(State.DRAFT), terms(), at=CLOSES).reasons == ()


def test_one_second_late_is_late_and_everything_else_is_said_as_well():
    facts = Facts(State.DRAFT, lacks=("a",), wrong=("b",), broken_stops=("c",))

    assert submission(facts, terms(), at=CLOSES + SECOND).reasons == (
        CallReason.CLOSED,
        Reason.INCOMPLETE,
        Reason.WRONG,
        Reason.STOPPED,
    )


def test_an_extension_takes_the_application_again():
    moved = Recorded(ActKind.EXTENSION, CLOSES + SECOND, CLOSES + timedelta(days=2))

    at = CLOSES + timedelta(days=1)

    assert submission(Facts(State.DRAFT), terms(), at=at).reasons == (CallReason.CLOSED,)
    assert submission(Facts(State.DRAFT), terms(moved), at=at).reasons == ()


def test_a_suspension_stops_sending_but_not_writing():
    paused = Recorded(ActKind.SUSPENSION, AT)

    assert in_time(State.DRAFT, terms(paused), at=AT).reasons == (CallReason.SUSPENDED,)
    assert editing(State.DRAFT, terms(paused), at=AT).reasons == ()


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        (State.DRAFT, ()),
        (State.SUBMITTED, ()),
        (State.ELIGIBLE, (Reason.NOT_EDITABLE,)),
        (State.INELIGIBLE, (Reason.NOT_EDITABLE,)),
        (State.WITHDRAWN, (Reason.NOT_EDITABLE,)),
    ],
)
def test_after_the_deadline_text_is_kept_in_case_it_moves(state, reasons):
    assert editing(state, terms(), at=CLOSES + SECOND).reasons == reasons


@pytest.mark.parametrize("state", [State.ELIGIBLE, State.INELIGIBLE, State.WITHDRAWN])
def test_what_an_officer_decided_on_is_not_sent_again(state):
    assert submission(Facts(state), terms(), at=AT).reasons == (Reason.NOT_EDITABLE,)


def test_a_decided_call_takes_no_changes():
    assert editing(State.DRAFT, terms(decided=AT), at=AT).reasons == (Reason.CALL_OVER,)


def test_completion_has_its_own_clock():
    until = CLOSES + timedelta(days=7)
    asked = terms(until=until)

    assert submission(Facts(State.COMPLETION), asked, at=until).reasons == ()
    assert editing(State.COMPLETION, asked, at=until).reasons == ()
    assert submission(Facts(State.COMPLETION), asked, at=until + SECOND).reasons == (
        Reason.COMPLETION_OVER,
    )
    assert editing(State.COMPLETION, asked, at=until + SECOND).reasons == (Reason.COMPLETION_OVER,)


def test_only_an_open_call_with_a_form_is_started():
    assert start(terms(), has_form=True, at=AT).reasons == ()
    assert start(terms(), has_form=False, at=CLOSES + SECOND).reasons == (
        CallReason.CLOSED,
        Reason.NO_FORM,
    )


def test_completion_opens_only_what_was_asked():
    asked = [{"question": "offer"}, {"says": "It is not signed."}]

    assert open_questions(State.COMPLETION, asked) == {"offer"}
    assert open_questions(State.SUBMITTED, asked) is None


def test_sending_what_was_asked_for_is_a_completion():
    assert action_of(State.COMPLETION) == Action.COMPLETE
    assert action_of(State.DRAFT) == action_of(State.SUBMITTED) == Action.SUBMIT
