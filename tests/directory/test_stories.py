"""Who reads the story of an organisation, and what it is not told of yet."""

from datetime import date

import pytest
from django.http import Http404
from django.utils import timezone

from fondaco.directory import access
from fondaco.directory.services import organisations
from fondaco.trail.access import reading_of
from fondaco.trail.selectors import lines_of, story_read
from tests.directory.work import enter
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    """An organisation that somebody asked to join, and that joined a cluster."""
    firm = OrganisationFactory(code="atelier")
    asker = PersonFactory(name="Sana Stranger")
    organisations.take_post(PersonFactory(), firm, is_admin=True, by=None, at=AT)
    organisations.ask_to_join(firm, words="", by=asker, at=AT)
    organisations.begin_bond(
        firm, OrganisationFactory(), since=date(2026, 11, 1), evidence="a-1, d-1", at=AT
    )
    return firm


def verbs(person):
    reading = reading_of(person, "atelier")
    return [line.verb for line in lines_of(story_read("atelier", reading), reading)]


def test_administrators_read_it_whole_colleagues_without_the_requests(firm):
    admin = firm.posts.get().person
    colleague = PostFactory(organisation=firm).person

    assert verbs(admin) == ["bond.begun", "joining.asked", "post.taken"]
    assert verbs(colleague) == ["bond.begun", "post.taken"]


def test_strangers_and_those_who_left_find_nothing(firm):
    left = PostFactory(organisation=firm, until=AT).person

    for person in (left, PersonFactory()):
        with pytest.raises(Http404):
            reading_of(person, "atelier")


def test_a_bond_stays_untold_until_the_letter(firm, client, monkeypatch):
    admin = firm.posts.get().person
    told = enter(client, admin, at=timezone.now()).get("/en/organisations/atelier/")
    monkeypatch.setattr(access, "_UNTOLD", [lambda organisation: ["a-1, d-1"]])

    page = client.get("/en/organisations/atelier/")

    assert "bond.begun" not in verbs(admin)
    assert len(told.context["bonds"]) == 1
    assert page.context["bonds"] == []
    assert 'href="/en/story/atelier/"' in page.content.decode()
