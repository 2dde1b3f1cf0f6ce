"""Who reads the story of a place on a course."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.programmes.states import RoleKind
from fondaco.trail.access import reading_of
from fondaco.trail.selectors import lines_of, story_read
from fondaco.trail.services import record
from tests.factories import evaluation as made
from tests.factories.directory import AT
from tests.factories.documents import UploadFactory
from tests.factories.training import course, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def done():
    """A place that somebody completed, with what was recorded about it."""
    call = course()
    kept = place(call, made.person_of(), completed_on=AT.date(), proof=UploadFactory())
    given = {"programme": call.programme.code, "by_id": None, "at": AT, "person": kept.person_id}
    record("place.given", subject=kept.outcome.application.code, **given)
    record("place.completed", subject=f"place-{kept.pk}", completed_on=AT.date(), **given)
    return kept


def lines(person, subject):
    person.is_confirmed_twice = True
    reading = reading_of(person, subject)
    found = lines_of(story_read(subject, reading), reading, reader_id=person.pk)
    return [(line.verb, line.whom, line.detail) for line in found]


def test_officers_read_who_was_given_the_place_and_when_it_was_completed(done):
    officer = made.with_role(done.programme, RoleKind.OFFICER)
    name = str(done.person)

    assert lines(officer, f"place-{done.pk}") == [
        ("place.completed", name, "1 November 2026"), ("place.given", name, ""),
    ]  # fmt: skip


def test_whoever_completed_it_reads_it_too_and_nobody_before(done):
    waiting = place(course(), made.person_of())

    assert lines(done.person, f"place-{done.pk}") == [
        ("place.completed", "You", ""), ("place.given", "You", ""),
    ]  # fmt: skip
    with pytest.raises(Http404):
        lines(waiting.person, f"place-{waiting.pk}")


def test_others_do_not(done):
    with pytest.raises(PermissionDenied):
        lines(made.with_role(done.programme, RoleKind.OBSERVER), f"place-{done.pk}")
    for subject in (f"place-{done.pk}", "place-0", "place-x"):
        with pytest.raises(Http404):
            lines(made.person_of(), subject)
