"""How a call takes applications in, as its page says it."""

from datetime import timedelta

import pytest
import time_machine

from fondaco.calls.states import Intake
from fondaco.desks.selectors.calls import timetable_of
from fondaco.desks.selectors.ways import way_of
from tests.desks.pages import shown
from tests.factories.calls import CallFactory
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"intake": Intake.DEADLINE}, ()),
        ({"intake": Intake.ALWAYS}, ()),
        (
            {"intake": Intake.CUT_OFFS, "cut_offs": [(AT - DAY).isoformat()]},
            ("belongs to the first cut-off at or after", "One cut-off is still to come."),
        ),
        (
            {"intake": Intake.CUT_OFFS, "not_found": ["cut-offs"]},
            ("The days of the earlier cut-offs are not known.", "what misses one goes to the next"),
        ),
        (
            {"intake": Intake.FIRST_COME},
            ("in the order in which they arrive", "end of the queue", "closes early"),
        ),
        (
            {"intake": Intake.FIRST_COME, "queue_order": "random", "queue_window": 60},
            ("in the first 60 minutes is put in order by a public draw", "queue", "closes early"),
        ),
        ({"intake": Intake.LOTTERY}, ("Anybody can repeat the draw.", "waits in this order")),
        ({"intake": Intake.STAGED, "invites": 24}, ("Only the best 24 of the first stage",)),
        ({"intake": Intake.INVITATION}, ("Only organisations that were invited can begin.",)),
    ],
)
def test_each_way_of_intake_is_said_in_words(more, said):
    call = CallFactory(**more)

    says = way_of(call, at=AT).says

    assert len(says) == len(said)
    assert all(words in line for words, line in zip(said, says, strict=True))


def test_a_second_stage_leads_to_the_first():
    first = CallFactory(title={"en": "Ideas"})
    call = CallFactory(intake=Intake.STAGED, stage_of=first, invites=2)

    way = way_of(call, at=AT)

    assert (way.first_stage.text, way.first_stage_url) == ("Ideas", f"/en/calls/{first.code}/")


@time_machine.travel(AT, tick=False)
def test_the_page_shows_every_cut_off_and_which_is_next(client):
    CallFactory(code="waves", intake=Intake.CUT_OFFS, cut_offs=[(AT + DAY).isoformat()])

    text = shown(client, "/en/calls/waves/")

    assert "Next cut-off 2 November 2026" in text
    assert "2 November 2026, 10:00 CET Cut-off 1" in text
    assert "1 December 2026, 10:00 CET Cut-off 2" in text


def test_an_internal_step_stands_on_no_public_page():
    call = CallFactory()
    call.steps.create(position=1, after=5, label={"en": "Panel meets"}, is_internal=True)
    call.steps.create(position=2, after=9, label={"en": "Results"})

    told = [str(moment.what) for moment in timetable_of(call, at=AT)]

    assert "Results" in told
    assert "Panel meets" not in told
