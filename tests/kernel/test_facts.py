"""Facts are told by whoever owns them; nobody's fact is unknown, never no."""

import pytest

from fondaco.kernel import facts
from fondaco.kernel.facts import UNKNOWN, Question, Told, fact, known_facts, tell


@pytest.fixture(autouse=True)
def _nobody_tells(monkeypatch):
    monkeypatch.setattr(facts, "_TELLERS", {})


def test_a_fact_nobody_owns_is_unknown():
    told = tell("organisation.colour", Question(1))

    assert told == UNKNOWN
    assert told.value is None


def test_the_owner_of_a_fact_is_asked():
    @fact("organisation.colour")
    def colour(question: Question) -> Told:
        return Told(f"{question.organisation_id} {question.of}", "invented")

    assert tell("organisation.colour", Question(7, "blue")) == Told("7 blue", "invented")
    assert colour(Question(1)).value == "1 "
    assert known_facts() == {"organisation.colour"}


def test_no_is_an_answer():
    fact("organisation.is_small")(lambda _question: Told(False))

    assert tell("organisation.is_small", Question(1)) != UNKNOWN
