"""How far a working copy has come."""

from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.prefill import prefilled
from fondaco.questionnaires.rules.schema import form_from
from tests.factories.applications import FORM

FORM_OF_ALL = form_from(FORM)


def test_an_empty_copy_lacks_everything_that_must_be_answered():
    copy = Copy(FORM_OF_ALL, {})

    assert [problem.question for problem in copy.lacks] == [
        "name",
        "country",
        "members",
        "aim",
        "price",
        "offer",
        "honour",
        "signature",
    ]
    assert (copy.progress.done, copy.progress.most) == (0, 8)
    assert copy.files == {}


def test_wrong_answers_are_found_in_their_section():
    copy = Copy(FORM_OF_ALL, {"members": "many", "offer": "u1", "topics": ["training"]})

    assert [problem.question for problem in copy.wrong] == ["members"]
    assert copy.values == {"offer": "u1", "topics": ["training"]}
    assert copy.files == {"offer": "u1"}


def test_what_is_known_is_filled_in():
    known = {"organisation.name": "Atelier", "organisation.country": ""}

    assert prefilled(FORM_OF_ALL, known) == {
        "organisation": {"name": "Atelier"},
        "project": {},
        "declarations": {},
    }
