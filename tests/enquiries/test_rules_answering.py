"""What must be so before an answer is approved, published, refused or joined."""

import pytest

from fondaco.enquiries.phrases import REASONS
from fondaco.enquiries.rules import answering, asking
from fondaco.enquiries.rules.answering import Reason, approval, joining, missing, written

LANGUAGES = ["en", "fr"]
BOTH = {"en": "a", "fr": "b"}


@pytest.mark.parametrize(
    ("question", "answer", "lacks", "reasons"),
    [
        (BOTH, BOTH, [], ()),
        ({"en": "a"}, {"en": "a"}, ["fr"], ()),
        (BOTH, {"en": "a"}, ["fr"], (Reason.HALF_WRITTEN,)),
        ({}, {}, ["en", "fr"], (Reason.NOTHING_WRITTEN,)),
        ({"en": "a"}, {"fr": "b"}, ["en", "fr"], (Reason.NOTHING_WRITTEN,)),
    ],
)
def test_an_answer_has_its_question_in_the_same_language(question, answer, lacks, reasons):
    assert missing(question, answer, LANGUAGES) == lacks
    assert written(question, answer, LANGUAGES).reasons == reasons


def test_nobody_approves_what_they_drafted():
    assert approval(1, 1).reasons == (Reason.SAME_PERSON,)
    assert approval(1, 2)
    assert approval(None, 2)


def test_an_answer_is_published_in_every_language_at_once():
    assert answering.publication(["fr"]).reasons == (Reason.NOT_TRANSLATED,)
    assert answering.publication([])


def test_a_question_is_refused_in_the_words_of_the_rule_and_never_after_its_answer():
    assert answering.refusal(is_public=False, has_words=True)
    assert answering.refusal(is_public=True, has_words=False).reasons == (
        Reason.ANSWERED_BEFORE,
        Reason.NO_WORDS_OF_RULE,
    )


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"is_itself": True}, Reason.ITSELF),
        ({"is_of_call": False}, Reason.OF_ANOTHER_CALL),
        ({"is_joined": True}, Reason.JOINED_ITSELF),
        ({"has_joined": True}, Reason.HAS_JOINED),
        ({"is_public": True}, Reason.ANSWERED_BEFORE),
    ],
)
def test_what_speaks_against_joining_two_questions(said, reason):
    fine = {"is_itself": False, "is_of_call": True}
    fine |= dict.fromkeys(("is_joined", "has_joined", "is_public"), False)

    assert joining(**fine)
    assert joining(**fine | said).reasons == (reason,)


def test_every_reason_has_its_words():
    assert set(REASONS) == {*asking.Reason, *answering.Reason}
