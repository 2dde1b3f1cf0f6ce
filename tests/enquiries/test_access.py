"""Who reads and answers questions: every reader, at every door."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.enquiries import access
from fondaco.programmes.access import SecondFactorNeeded
from fondaco.programmes.states import RoleKind
from tests.factories.applications import officer_of
from tests.factories.directory import PersonFactory
from tests.factories.enquiries import asked_call, enquired

pytestmark = pytest.mark.django_db
ENTERS = {
    "stranger": (Http404, Http404),
    "asker": (Http404, Http404),
    RoleKind.OBSERVER: (PermissionDenied, PermissionDenied),
    RoleKind.EVALUATOR: (PermissionDenied, PermissionDenied),
    RoleKind.DECIDER: (None, PermissionDenied),
    RoleKind.OFFICER: (None, None),
}


@pytest.fixture
def enquiry():
    return enquired(asked_call())


def person(reader, enquiry):
    if reader == "stranger":
        return PersonFactory()
    return enquiry.by if reader == "asker" else officer_of(enquiry.call.programme, reader)


def refusal_of(act):
    try:
        act()
    except (Http404, PermissionDenied) as refused:
        return type(refused)
    return None


@pytest.mark.parametrize("reader", ENTERS)
def test_the_office_reads_and_officers_answer(enquiry, reader):
    who, code = person(reader, enquiry), enquiry.call.code

    assert (
        refusal_of(lambda: access.enquiry_for_office(who, code, enquiry.code)),
        refusal_of(lambda: access.enquiry_for_officer(who, code, enquiry.code)),
    ) == ENTERS[reader]


def test_an_officer_without_a_second_factor_is_asked_for_it(enquiry):
    who = officer_of(enquiry.call.programme)
    who.is_confirmed_twice = False

    with pytest.raises(SecondFactorNeeded):
        access.enquiry_for_officer(who, enquiry.call.code, enquiry.code)


def test_a_question_belongs_to_its_call(enquiry):
    other = asked_call(programme=enquiry.call.programme)
    who = officer_of(enquiry.call.programme)

    for call, code in ((other.code, enquiry.code), ("none", enquiry.code), (other.code, "Q-NONE")):
        with pytest.raises(Http404):
            access.enquiry_for_office(who, call, code)


def test_the_story_of_a_question(enquiry):
    own = access.may_read_story(enquiry.by, enquiry.code)
    office = access.may_read_story(officer_of(enquiry.call.programme), enquiry.code)

    assert (own.shows_people, office.shows_people) == (False, True)
    assert not own.shows("enquiry.approved")
    assert own.shows("enquiry.published")
    assert access.may_read_story(enquiry.by, "Q-NONE") is None
    with pytest.raises(Http404):
        access.may_read_story(PersonFactory(), enquiry.code)
