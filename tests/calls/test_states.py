"""The words of a call that the database knows are those its constraints know."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fondaco.calls import phrases
from fondaco.calls.rules.acts import Against
from fondaco.calls.states import ActKind, Kind, Stage, Support
from tests.factories.calls import ActFactory, CallFactory, RuleFactory
from tests.factories.directory import AT


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "lottery"},
        {"intake": "never"},
        {"support": "loan"},
        {"decided_by": "nobody"},
        {"opens_at": AT + timedelta(days=30)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_database_refuses_a_call_that_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CallFactory(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        pytest.param(ActFactory, {"kind": "rumour", "closes_at": None}, id="an act of no kind"),
        pytest.param(ActFactory, {"closes_at": None}, id="an extension without a deadline"),
        pytest.param(RuleFactory, {"test": "feels-like"}, id="a rule that tests nothing"),
    ],
)
def test_the_database_refuses_parts_that_cannot_be(make, wrong):
    call = CallFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        make(call=call, **wrong)


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (phrases.KINDS, Kind),
        (phrases.STAGES, Stage),
        (phrases.STAGE_TONES, Stage),
        (phrases.ACTS, ActKind),
        (phrases.ACTS_TO_RECORD, ActKind),
        (phrases.AGAINST, Against),
        (phrases.SUPPORTS, Support),
    ],
)
def test_every_code_has_its_word(words, needed):
    assert list(words) == list(needed)
