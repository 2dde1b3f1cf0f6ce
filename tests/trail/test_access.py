"""The owner of a thing says who reads its story."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.trail import access, services
from fondaco.trail.access import Reading
from tests.trail.work import FULL, WHOLE

PLAIN = Reading(hides=("assignment.", "ranking.made"))


@pytest.fixture
def owners(monkeypatch):
    """Things begin with T-: `mine` reads all, `theirs` a part, `known` is refused."""
    monkeypatch.setattr(access, "OWNERS", [])
    monkeypatch.setattr(services, "OWNERS", access.OWNERS)

    def may_read(person, subject):
        if person == "known":
            raise PermissionDenied
        return {"mine": FULL, "theirs": PLAIN, "officer": WHOLE}.get(person)

    services.tells_story("T-", may_read)


@pytest.mark.parametrize(("person", "reading"), [("mine", FULL), ("theirs", PLAIN)])
def test_a_reader_reads_as_much_as_the_owner_says(owners, person, reading):
    assert access.reading_of(person, "T-1") == reading


def test_strangers_and_things_without_an_owner_are_not_found(owners):
    for person, subject in (("stranger", "T-1"), ("mine", "X-1")):
        with pytest.raises(Http404):
            access.reading_of(person, subject)


def test_the_owner_may_refuse_in_its_own_way(owners):
    with pytest.raises(PermissionDenied):
        access.reading_of("known", "T-1")


def test_a_trail_is_carried_away_only_with_leave(owners):
    assert access.export_of("officer", "T-1") == WHOLE
    for person in ("mine", "theirs"):
        with pytest.raises(Http404):
            access.export_of(person, "T-1")


def test_every_owner_is_asked_before_anybody_is_refused(owners):
    services.tells_story("T-", lambda person, subject: FULL if person == "known" else None)

    assert access.reading_of("known", "T-1") == FULL


def test_what_is_refused_weighs_more_than_what_is_not_there(owners):
    def not_there(person, subject):
        raise Http404

    services.tells_story("T-", not_there)

    with pytest.raises(PermissionDenied):
        access.reading_of("known", "T-1")


@pytest.mark.parametrize(
    ("verb", "is_shown"),
    [("application.submitted", True), ("assignment.made", False), ("ranking.made", False)],
)
def test_a_reading_may_hide_verbs(verb, is_shown):
    assert PLAIN.shows(verb) is is_shown
    assert FULL.shows(verb)


@pytest.mark.django_db
def test_a_trouble_that_is_not_there_is_not_found():
    with pytest.raises(Http404):
        access.trouble(1)
