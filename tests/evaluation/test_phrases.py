"""What people read: steps, missing evaluators, missing yeses."""

from typing import Any

import pytest

from fondaco.evaluation import phrases
from fondaco.evaluation.phrases import Speaker
from fondaco.evaluation.rules.assignment import Unplaced
from fondaco.evaluation.rules.consent import Awaited
from fondaco.evaluation.rules.ranking import StepCode

SPEAKER = Speaker({"relevance": "Relevance"}, {"country": "It is registered here."}, "EUR", {})


@pytest.mark.parametrize(
    ("code", "numbers", "said"),
    [
        (StepCode.MARK, {"criterion": "relevance", "mean": "91/2"}, "Relevance: 45.5"),
        (StepCode.TOTAL, {"total": "182/3"}, "In all 60.67."),
        (StepCode.SCORE, {"score": "21/2"}, "With weights 10.5."),
        (
            StepCode.TIE,
            {"with": "b", "by": "earliest", "is_named": "no"},
            (
                "The same score as b; the call names nothing that settles it, "
                "so the time of submission did."
            ),
        ),
        (
            StepCode.TIE,
            {"with": "b", "by": "relevance", "is_named": "yes"},
            "The same score as b; settled by Relevance.",
        ),
        (StepCode.AMOUNT, {}, "Within what the call can give."),
        (StepCode.AMOUNT, {"amount": 300000}, "€3,000"),
        (
            StepCode.AMOUNT,
            {"amount": 300000, "left": 50},
            "€3,000; €0.50 are left in the envelope.",
        ),
        (StepCode.NO_PLACE, {}, "All places are given: here the list ends."),
        (StepCode.RULE, {"rule": "country"}, "It is registered here."),
        (StepCode.RULE, {"rule": "gone"}, "gone"),
        (StepCode.SAID, {"text": "Too late."}, "Too late."),
    ],
)
def test_a_step_is_a_sentence(code, numbers, said):
    step: Any = {"code": code.value, "numbers": numbers}

    assert phrases.step_in_words(step, SPEAKER) == said


@pytest.mark.parametrize(
    ("exact", "said"), [(None, ""), ("96", "96"), ("91/2", "45.5"), ("182/3", "≈ 60.67")]
)
def test_a_cut_score_says_that_it_is_cut(exact, said):
    assert phrases.exact_in_words(exact) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (Awaited(), []),
        (Awaited(people=1), ["one more person who decides"]),
        (Awaited(people=2), ["2 people who decide"]),
        (Awaited(partners=("sea", "land")), ["The Sea", "land"]),
    ],
)
def test_who_is_missing_is_named(left, said):
    assert phrases.awaited_in_words(left, {"sea": "The Sea"}) == said


def test_a_file_without_evaluators_says_why():
    assert phrases.unplaced_in_words(Unplaced("f", 2, 1, 1)) == (
        "f lacks 2: 1 on the panel are tied to it, 1 have no room."
    )
