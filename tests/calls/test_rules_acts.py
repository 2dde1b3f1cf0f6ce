"""What can be recorded about a call, from every stage, with every reason against it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fondaco.calls.rules.acts import (
    FROM,
    Against,
    Readiness,
    extension,
    possible,
    publication,
    recording,
)
from fondaco.calls.rules.opening import OpeningTerms, Recorded
from fondaco.calls.states import ActKind, Intake, Stage
from fondaco.kernel.decisions import Decision

NOON = datetime(2023, 4, 12, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPENS, CLOSES = NOON + 10 * DAY, NOON + 40 * DAY
MIDST = NOON + 20 * DAY
TERMS = OpeningTerms(Intake.DEADLINE, NOON, OPENS, CLOSES)
READY = Readiness(has_title=True, has_form=True)
A = ActKind


def having(*kinds):
    return replace(TERMS, acts=tuple(Recorded(kind, MIDST) for kind in kinds))


STANDS = {
    Stage.DRAFT: (replace(TERMS, published_at=None), MIDST),
    Stage.FORTHCOMING: (TERMS, NOON),
    Stage.OPEN: (TERMS, MIDST),
    Stage.SUSPENDED: (having(A.SUSPENSION), MIDST),
    Stage.CLOSED: (TERMS, CLOSES + DAY),
    Stage.DECIDED: (replace(TERMS, decided_at=CLOSES), CLOSES + DAY),
    Stage.CANCELLED: (having(A.CANCELLATION), MIDST),
}
POSSIBLE = {
    Stage.DRAFT: (),
    Stage.FORTHCOMING: (A.EXTENSION, A.CORRIGENDUM, A.CANCELLATION),
    Stage.OPEN: (A.EXTENSION, A.CORRIGENDUM, A.SUSPENSION, A.CANCELLATION, A.EARLY_CLOSURE),
    Stage.SUSPENDED: (A.EXTENSION, A.CORRIGENDUM, A.RESUMPTION, A.CANCELLATION, A.EARLY_CLOSURE),
    Stage.CLOSED: (A.EXTENSION, A.CORRIGENDUM, A.CANCELLATION),
    Stage.DECIDED: (A.CORRIGENDUM,),
    Stage.CANCELLED: (),
}


@pytest.mark.parametrize("stage", list(Stage))
def test_what_can_be_recorded_from_each_stage(stage):
    terms, at = STANDS[stage]

    assert possible(stage) == POSSIBLE[stage]
    assert tuple(kind for kind in A if recording(terms, kind, at=at)) == POSSIBLE[stage]


def test_every_act_has_its_stages():
    assert set(FROM) == set(ActKind)


@pytest.mark.parametrize(
    ("kind", "stage", "reason"),
    [
        (A.CORRIGENDUM, Stage.DRAFT, Against.NOT_PUBLISHED_YET),
        (A.CORRIGENDUM, Stage.CANCELLED, Against.OVER),
        (A.SUSPENSION, Stage.SUSPENDED, Against.NOT_OPEN),
        (A.RESUMPTION, Stage.OPEN, Against.NOT_SUSPENDED),
        (A.CANCELLATION, Stage.DECIDED, Against.OVER),
        (A.EARLY_CLOSURE, Stage.CLOSED, Against.NOT_OPEN),
    ],
)
def test_why_an_act_cannot_be_recorded(kind, stage, reason):
    terms, at = STANDS[stage]

    assert recording(terms, kind, at=at) == Decision((reason,))


def test_a_draft_that_has_everything_is_published():
    assert publication(replace(TERMS, published_at=None), READY)
    always = OpeningTerms(Intake.ALWAYS, None, OPENS, None)
    assert publication(always, READY)


def test_publishing_tells_everything_that_is_lacking_at_once():
    empty = OpeningTerms(Intake.DEADLINE, None, OPENS, None)

    decision = publication(empty, Readiness(has_title=False, has_form=False))

    assert decision.reasons == (Against.NO_TITLE, Against.NO_FORM, Against.NO_DEADLINE)


def test_nothing_is_published_twice():
    assert publication(TERMS, READY) == Decision((Against.PUBLISHED_ALREADY,))


@pytest.mark.parametrize(
    ("terms", "closes", "reasons"),
    [
        pytest.param(TERMS, CLOSES + DAY, (), id="later"),
        pytest.param(TERMS, CLOSES, (Against.NOT_LATER,), id="the same"),
        pytest.param(
            replace(TERMS, closes_at=None), CLOSES, (Against.NOT_LATER,), id="no deadline"
        ),
        pytest.param(
            having(A.EARLY_CLOSURE), CLOSES + DAY, (Against.CLOSED_EARLY,), id="closed early"
        ),
        pytest.param(
            having(A.CANCELLATION),
            CLOSES,
            (Against.OVER, Against.NOT_LATER),
            id="cancelled, and not later",
        ),
    ],
)
def test_a_deadline_moves_later_and_only_where_it_counts(terms, closes, reasons):
    assert extension(terms, closes, at=MIDST).reasons == reasons
