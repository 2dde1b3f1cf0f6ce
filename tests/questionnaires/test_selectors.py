"""Questions that stand ready: the bank of a programme, and the standard blocks of the house."""

import pytest

from fondaco.files.shapes import QuestionShape
from fondaco.questionnaires.rules.checks import faults
from fondaco.questionnaires.rules.schema import SchemaMistake, form_from
from fondaco.questionnaires.selectors import bank_of, block_questions, blocks
from fondaco.questionnaires.services import keep_bank
from tests.factories.applications import programme
from tests.factories.questionnaires import question


@pytest.mark.parametrize("code", ["honour", "de-minimis", "privacy", "double-funding"])
def test_a_block_is_part_of_a_form_in_three_languages(code):
    asked = block_questions(code)
    data = {"section": [{"code": "end", "title": {"en": "End"}, "question": asked}]}

    assert faults(data) == []
    assert all(found.label.keys() == {"en", "fr", "ar"} for found in form_from(data).questions)
    assert {found.block for found in form_from(data).questions} == {code}
    assert [QuestionShape.model_validate(one).code for one in asked]
    assert blocks()[code]["source"].startswith("http")


@pytest.mark.django_db
def test_a_bank_says_what_it_was_told_last():
    held = programme()

    keep_bank(held, [question("a"), question("b")])
    keep_bank(held, [question("c"), question("a", limit=5)])

    assert bank_of(held) == [question("c"), question("a", limit=5)]
    with pytest.raises(SchemaMistake):
        keep_bank(held, [question("x", "song")])
