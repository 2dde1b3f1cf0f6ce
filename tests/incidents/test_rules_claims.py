"""When a claim is taken in, and when it is late."""

from datetime import UTC, datetime, timedelta

import pytest

from fondaco.applications.states import State
from fondaco.calls.states import Stage
from fondaco.incidents.rules.claims import Facts, Reason, claim, last_moment


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (Facts(Stage.CLOSED, State.DRAFT, False, False), ()),
        (Facts(Stage.CLOSED, State.SUBMITTED, False, False), ()),
        (Facts(Stage.OPEN, State.DRAFT, True, False), (Reason.NOT_CLOSED,)),
        (Facts(Stage.DECIDED, State.DRAFT, False, False), (Reason.NOT_CLOSED,)),
        (Facts(Stage.CLOSED, State.DRAFT, True, False), (Reason.NOT_LATE,)),
        (Facts(Stage.CLOSED, State.WITHDRAWN, False, False), (Reason.NOTHING_TO_SEND,)),
        (
            Facts(Stage.CLOSED, State.DRAFT, False, True, has_text=False),
            (Reason.WAITS_ALREADY, Reason.TEXT_NEEDED),
        ),
    ],
)
def test_a_claim_is_taken_in_once_the_call_has_closed(facts, reasons):
    assert claim(facts).reasons == reasons


def test_the_hours_count_from_the_deadline():
    deadline = datetime(2026, 3, 2, 17, tzinfo=UTC)

    assert last_moment(deadline, 24) == deadline + timedelta(days=1)
