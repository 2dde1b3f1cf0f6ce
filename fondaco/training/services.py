"""Giving places on a course, and marking them as completed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.files import File
from django.db import transaction

from fondaco.applications.selectors import writers_to
from fondaco.calls.states import Kind
from fondaco.directory.models import Person
from fondaco.documents.services import keep_upload
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.services.awards import make_of_awards, of_award
from fondaco.kernel.decisions import require
from fondaco.trail import services as trail
from fondaco.training.models import Place
from fondaco.training.rules import Facts, completion
from fondaco.training.selectors import locked_place, locked_place_of, place_by

PROOFS = ("pdf", "png", "jpg", "docx")
MEGABYTES = 10


@transaction.atomic
def give_places(decision: str, *, at: datetime) -> int:
    """A place for everybody whom a confirmed decision took on a course; how many now."""
    return make_of_awards(decision, Kind.TRAINING, _give, at=at)


def _person_for(outcome: Outcome) -> Person | None:
    """Who takes the place: the person who started the application, else who writes for it."""
    application = outcome.application
    return application.started_by or next(iter(writers_to(application)), None)


def _give(outcome: Outcome, at: datetime) -> bool:
    person = _person_for(outcome)
    if person is None or place_by(outcome.pk):
        return False
    call = outcome.application.call
    Place.objects.create(
        programme=call.programme, call=call.code, outcome=outcome, person=person, given_at=at
    )
    trail.record("place.given", **of_award(outcome), at=at, person=person.pk)
    return True


@transaction.atomic
def free_place(decision: str, *, application: str, at: datetime) -> Place | None:
    """The place is free again, as its award has ended; one that was completed stays."""
    place = locked_place_of(decision, application)
    if place is None:
        return None
    place.freed_at = at
    place.save(update_fields=["freed_at"])
    trail.record("place.freed", **of_award(place.outcome), at=at, person=place.person_id)
    return place


@transaction.atomic
def complete_place(
    pk: int,
    *,
    completed_on: date,
    name: str,
    proof: "File[bytes]",
    zone: str,
    by: Person,
    at: datetime,
) -> Place:
    """Mark a place as completed, with the day and what proves it.

    Raises `Refused` with every reason against the day, the place or the file.
    """
    place = locked_place(pk)
    facts = Facts(
        completed_on,
        is_marked=place.completed_on is not None,
        is_freed=place.freed_at is not None,
    )
    require(completion(facts, today=at.astimezone(ZoneInfo(zone)).date()))
    owner = f"place-{place.pk}"
    kept = keep_upload(
        owner=owner, name=name, content=proof, accepts=PROOFS, megabytes=MEGABYTES, by=by, at=at
    )
    place.proof, place.completed_on = kept, completed_on
    place.marked_by, place.marked_at = by, at
    place.save(update_fields=["proof", "completed_on", "marked_by", "marked_at"])
    _tell_completion(place, by=by, at=at)
    return place


def _tell_completion(place: Place, *, by: Person, at: datetime) -> None:
    trail.record(
        "place.completed",
        subject=f"place-{place.pk}",
        programme=place.programme.code,
        by_id=by.pk,
        at=at,
        person=place.person_id,
        completed_on=place.completed_on,
        proof=place.proof.sha256 if place.proof else "",
    )
