"""Reading places on courses."""

from django.db.models import F, Q, QuerySet

from fondaco.calls.models import Call
from fondaco.training.models import Place


def places_in(call: Call, *, search: str = "") -> QuerySet[Place]:
    """The places of a course, found by name or organisation; open ones first."""
    found = Place.objects.filter(call=call.code)
    for word in search.split():
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(outcome__application__organisation__name__icontains=word)
        )
    return found.select_related(
        "person", "outcome__application__organisation", "proof", "marked_by"
    ).order_by(F("completed_on").asc(nulls_first=True), "person__name", "pk")


def place_by(outcome_id: int) -> Place | None:
    """The place that an outcome has given already."""
    return Place.objects.filter(outcome_id=outcome_id).first()


def locked_place(pk: int) -> Place:
    """For services only: the place is ours until the transaction ends."""
    return Place.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


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


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    places = Place.objects.filter(person_id=person_id).order_by("pk")
    return {"places": list(places.values("call", "given_at", "completed_on"))}


def places_kept(person_id: int) -> int:
    """How many places of the person are on record."""
    return Place.objects.filter(person_id=person_id).count()
