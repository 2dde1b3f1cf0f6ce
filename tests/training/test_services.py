"""Places follow confirmed decisions; an officer marks them as completed, with proof."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from fondaco.applications.services.sending import withdraw_application
from fondaco.documents.models import Upload
from fondaco.evaluation.services.decisions import propose_single_decision
from fondaco.evaluation.states import Group
from fondaco.kernel.decisions import Refused
from fondaco.kernel.facts import UNKNOWN, Question, tell
from fondaco.kernel.told import everything_about
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from fondaco.training.models import Place
from fondaco.training.phrases import REASONS
from fondaco.training.reactions import _stays
from fondaco.training.rules import Reason
from fondaco.training.services import complete_place, free_place, give_places
from tests.factories import evaluation as made
from tests.factories.directory import AT, PostFactory
from tests.factories.documents import PDF
from tests.factories.training import course, place

pytestmark = pytest.mark.django_db
DAY = AT.date() - timedelta(3)


def complete(kept, *, day=DAY, content=PDF, by=None):
    return complete_place(
        kept.pk,
        completed_on=day,
        name="proof.pdf",
        proof=ContentFile(content, "proof.pdf"),
        zone="Europe/Brussels",
        by=by or made.person_of(),
        at=AT,
    )


def test_whoever_started_the_application_gets_the_place():
    call = course()
    file = made.sent(call)
    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT)

    hear_all(at=AT)

    kept = Place.objects.get()
    assert (kept.person, kept.call, kept.completed_on) == (file.started_by, call.code, None)
    assert Entry.objects.filter(verb="place.given").count() == 1


def test_a_place_is_given_once_and_to_whoever_writes_where_the_starter_is_gone():
    call = course()
    file = made.sent(call)
    sender = file.submissions.get().by
    file.started_by = None
    file.save()
    outcome = made.decided(file)

    counts = [give_places(outcome.decision.code, at=AT) for _ in range(2)]

    assert (counts, Place.objects.get().person) == ([1, 0], sender)


def test_where_nobody_is_left_no_place_is_given():
    file = made.sent(course())
    file.started_by = None
    file.save()
    file.organisation.posts.update(until=AT)

    assert give_places(made.decided(file).decision.code, at=AT) == 0


def test_completion_keeps_the_day_the_proof_and_who_said_so():
    kept, officer = place(course()), made.person_of()

    done = complete(kept, by=officer)

    assert (done.completed_on, done.marked_by, done.marked_at) == (DAY, officer, AT)
    assert Upload.objects.get().owner == f"place-{kept.pk}"
    [entry] = Entry.objects.filter(verb="place.completed")
    assert entry.data["completed_on"] == DAY.isoformat()


@pytest.mark.parametrize(
    ("day", "content", "reasons"),
    [
        (AT.date() + timedelta(2), PDF, ("in-the-future",)),
        (DAY, b"not a pdf at all", ("file-kind-unknown",)),
    ],
)
def test_a_refused_completion_changes_nothing(day, content, reasons):
    kept = place(course())

    with pytest.raises(Refused) as refusal:
        complete(kept, day=day, content=content)

    kept.refresh_from_db()
    assert refusal.value.reasons == reasons
    assert set(reasons) <= set(map(str, REASONS))
    assert (kept.completed_on, Entry.objects.count(), Upload.objects.count()) == (None, 0, 0)


def test_the_fact_is_told_through_whoever_works_there_and_unknown_until_marked():
    call = course()
    kept = place(call)
    organisation = kept.outcome.application.organisation
    asked = Question(organisation.pk, call.code)

    assert tell("training.completed", asked) == UNKNOWN
    complete(kept)
    told = tell("training.completed", asked)
    assert (told.value, told.at) == (True, AT)
    other = PostFactory.create(person=kept.person).organisation
    assert tell("training.completed", Question(other.pk, call.code)).value is True
    kept.person.posts.filter(organisation=organisation).update(until=AT)
    assert tell("training.completed", asked) == UNKNOWN
    assert tell("training.completed", Question(other.pk, "another-course")) == UNKNOWN


def test_an_edition_of_the_course_counts():
    founding = course()
    edition = course(edition_of=founding)
    kept = place(edition)
    complete(kept)

    asked = Question(kept.outcome.application.organisation_id, founding.code)
    assert tell("training.completed", asked).value is True


def test_a_person_is_told_their_places_and_they_stay():
    kept = place(course())

    assert everything_about(kept.person_id)["training"] == {
        "places": [{"call": kept.call, "given_at": AT, "freed_at": None, "completed_on": None}]
    }
    assert (_stays(kept.person_id), _stays(0)) == (["places"], [])


def test_every_reason_has_its_words():
    assert set(Reason) <= set(REASONS)


def test_a_place_is_free_again_when_its_award_ends_but_a_completed_course_stays():
    call = course()
    free, done = place(call), place(call)
    complete(done)
    for one in (free, done):
        application = one.outcome.application
        withdraw_application(application.pk, why="We moved.", by=application.started_by, at=AT)

    hear_all(at=AT)

    free.refresh_from_db()
    done.refresh_from_db()
    assert (free.freed_at, done.freed_at) == (AT, None)
    assert Entry.objects.get(verb="place.freed").subject == free.outcome.application.code


def test_a_freed_place_is_not_completed():
    kept = place(course(), freed_at=AT)

    with pytest.raises(Refused) as refusal:
        complete(kept)

    assert refusal.value.reasons == ("given-back",)


def test_nobody_frees_what_was_not_given():
    assert free_place("no-decision", application="nothing", at=AT) is None
