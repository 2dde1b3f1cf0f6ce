"""Seating people on the panel of a call."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from fondaco.calls.models import Call
from fondaco.calls.selectors import locked_call
from fondaco.directory.models import Person
from fondaco.evaluation.models import PanelSeat
from fondaco.evaluation.selectors.files import open_assignments_on_panel
from fondaco.evaluation.selectors.panel import is_evaluator, kept_seat
from fondaco.evaluation.services.assignments import release
from fondaco.kernel.decisions import Refused
from fondaco.trail import services as trail


def _tell(verb: str, call: Call, *, by_id: int | None, at: datetime, **data: object) -> None:
    trail.record(
        verb,
        subject=f"panel-{call.code}",
        programme=call.programme.code,
        by_id=by_id,
        at=at,
        **data,
    )


@transaction.atomic
def seat_evaluator(
    call_id: int,
    *,
    person_id: int,
    tied_to: Collection[int] = (),
    most: int | None = None,
    by: Person,
    at: datetime,
) -> PanelSeat:
    """Put an evaluator on the panel, or change what is known of a seat held already.

    Raises `Refused` where the person does not hold the role of an evaluator in the programme.
    """
    call = locked_call(call_id)
    if not is_evaluator(call, person_id):
        raise Refused("not-an-evaluator")
    seat = kept_seat(call.pk, person_id) or PanelSeat(call=call, person_id=person_id, since=at)
    seat.until, seat.most = None, most
    seat.save()
    seat.tied_to.set(tied_to)
    _tell("panel.seated", call, by_id=by.pk, at=at, person=person_id, tied_to=tied_to, most=most)
    return seat


@transaction.atomic
def unseat_evaluator(call_id: int, *, person_id: int, by: Person, at: datetime) -> int:
    """Take an evaluator off the panel; what is not locked is released. How many files that were."""
    call = locked_call(call_id)
    seat = kept_seat(call.pk, person_id)
    if seat is None or seat.until is not None:
        raise Refused("not-seated")
    seat.until = at
    seat.save(update_fields=["until"])
    left = list(open_assignments_on_panel(call.pk, person_id).values_list("pk", flat=True))
    for pk in left:
        release(pk, by_id=by.pk, at=at)
    _tell("panel.unseated", call, by_id=by.pk, at=at, person=person_id, released=len(left))
    return len(left)
