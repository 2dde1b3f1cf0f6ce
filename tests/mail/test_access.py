"""Who may see which letter: role, state, and a stranger."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.directory.access import SecondFactorNeeded
from fondaco.mail import access
from fondaco.mail.states import TOLD, State
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import reading_of
from tests.factories.directory import AT, PersonFactory
from tests.factories.mail import LetterFactory, call_of, officer_of

pytestmark = pytest.mark.django_db


def awake(person):
    """The person in a session with a second factor."""
    person.is_confirmed_twice = True
    return person


@pytest.fixture
def letter():
    kept = LetterFactory()
    call_of(kept.programme)
    return kept


@pytest.mark.parametrize("state", list(State))
def test_a_reader_sees_a_letter_from_its_release_on(letter, state):
    letter.state, letter.released_at = state, AT
    letter.save()

    if state in TOLD:
        assert access.letter_for(letter.to, letter.code) == letter
    else:
        with pytest.raises(Http404):
            access.letter_for(letter.to, letter.code)


def test_nobody_else_sees_the_letter_of_a_reader(letter):
    letter.state, letter.released_at = State.SENT, AT
    letter.save()

    for person in (PersonFactory(), awake(officer_of(letter.programme))):
        with pytest.raises(Http404):
            access.letter_for(person, letter.code)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        (RoleKind.OFFICER, None),
        (RoleKind.DECIDER, PermissionDenied),
        (RoleKind.EVALUATOR, PermissionDenied),
        (RoleKind.OBSERVER, PermissionDenied),
        (RoleKind.PARTNER, PermissionDenied),
    ],
)
def test_the_outbox_is_for_officers(letter, kind, refusal):
    person = awake(officer_of(letter.programme, kind))

    if refusal is None:
        assert access.letter_in_office(person, "spring", letter.code) == letter
    else:
        with pytest.raises(refusal):
            access.letter_in_office(person, "spring", letter.code)


def test_an_officer_needs_a_second_factor(letter):
    with pytest.raises(SecondFactorNeeded):
        access.office_of(officer_of(letter.programme), "spring")


def test_strangers_and_officers_of_other_programmes_find_nothing(letter):
    other = LetterFactory()
    call_of(other.programme, "autumn")

    for person in (PersonFactory(), awake(officer_of(other.programme))):
        with pytest.raises(Http404):
            access.office_of(person, "spring")


def test_a_call_that_is_not_and_a_letter_of_another_call_are_not_found(letter):
    officer = awake(officer_of(letter.programme))
    call_of(letter.programme, "autumn")

    with pytest.raises(Http404):
        access.office_of(officer, "winter")
    with pytest.raises(Http404):
        access.letter_in_office(officer, "autumn", letter.code)


def test_a_reader_reads_the_story_without_names_and_an_officer_with(letter):
    letter.state, letter.released_at = State.SENT, AT
    letter.save()

    assert not reading_of(letter.to, letter.code).shows_people
    assert reading_of(awake(officer_of(letter.programme)), letter.code).shows_people


def test_strangers_read_no_story(letter):
    orphan = LetterFactory(programme=None)

    for code in (letter.code, orphan.code, "L-NOTHING"):
        with pytest.raises(Http404):
            reading_of(PersonFactory(), code)
