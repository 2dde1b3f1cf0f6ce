"""Reading places on courses."""

from collections.abc import Collection, Iterable

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from fondaco.calls.models import Call
from fondaco.evaluation.selectors import awards
from fondaco.training.access import STORY
from fondaco.training.models import Place
from fondaco.training.phrases import PLACE_NAMED


def places_in(call: Call) -> QuerySet[Place]:
    """The places of a course, open ones first."""
    places = Place.objects.filter(call=call.code).select_related(
        "person", "outcome__application__organisation", "proof", "marked_by"
    )
    return places.order_by(F("completed_on").asc(nulls_first=True), "person__name", "pk")


def places_held(organisations: Collection[int]) -> QuerySet[Place]:
    """The places that these organisations applied for and were given, the latest first."""
    rows = Place.objects.filter(outcome__application__organisation_id__in=organisations)
    return awards.with_outcomes(rows).select_related("person").order_by("-given_at", "-pk")


def place_by(outcome_id: int) -> Place | None:
    """The place that an outcome has given already."""
    return awards.made_by(Place.objects.all(), outcome_id)


def locked_place(pk: int) -> Place:
    """For services only: the place is ours until the transaction ends."""
    return Place.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


def locked_place_of(decision: str, application: str) -> Place | None:
    """For services only: the place that this decision gave and that nobody completed."""
    waiting = Place.objects.filter(completed_on__isnull=True, freed_at__isnull=True)
    return awards.locked_made_by(waiting, decision, application)


def completed_by_colleague(organisation_id: int, *, of: str) -> Place | None:
    """A completed place, on this course or an edition of it, of somebody who works there."""
    courses = Call.objects.filter(Q(code=of) | Q(edition_of__code=of)).values("code")
    return (
        Place.objects.filter(
            Q(call=of) | Q(call__in=courses),
            completed_on__isnull=False,
            person__posts__organisation_id=organisation_id,
            person__posts__until__isnull=True,
        )
        .order_by("completed_on", "pk")
        .first()
    )


def entries_about_places_of(call: str) -> Q:
    """What happened to the places of a course."""
    places = Place.objects.filter(call=call).annotate(
        told_as=Concat(Value("place-"), Cast("pk", CharField()), output_field=CharField())
    )
    return Q(verb__startswith="place.", subject__in=places.values("told_as"))


def entries_that_gave(place: str) -> Q:
    """That a place was given or freed stands in the story of its application."""
    rows = Place.objects.filter(pk=int(place))
    return awards.entries_that_made(rows, "place.given", "place.freed")


def places_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call places."""
    return awards.numbered(subjects, STORY, PLACE_NAMED)


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    places = Place.objects.filter(person_id=person_id).order_by("pk")
    return {"places": list(places.values("call", "given_at", "freed_at", "completed_on"))}


def places_kept(person_id: int) -> int:
    """How many places of the person are on record."""
    return Place.objects.filter(person_id=person_id).count()
