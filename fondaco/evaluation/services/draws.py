"""Freezing the list of a draw, and taking its seed."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing
from fondaco.calls.selectors import locked_call, opening_terms
from fondaco.directory.models import Person
from fondaco.evaluation.models import Draw
from fondaco.evaluation.rules import draws as rules
from fondaco.evaluation.rules.draws import No, SeedFacts
from fondaco.evaluation.selectors.draws import latest_draw, list_facts, receipts_now
from fondaco.kernel.decisions import Refused, require
from fondaco.trail import services as trail


def _tell(verb: str, draw: Draw, *, by: Person, at: datetime, **data: object) -> None:
    trail.record(
        verb,
        subject=draw.call.code,
        programme=draw.call.programme.code,
        by_id=by.pk,
        at=at,
        draw=draw.number,
        fingerprint=draw.fingerprint,
        **data,
    )


@transaction.atomic
def freeze_list(call_id: int, *, seed_from: str, by: Person, at: datetime) -> Draw:
    """Publish the list of receipts with its hash, and where the seed will come from.

    Raises `Refused` with every reason against it; frozen again, it replaces a list not yet drawn.
    """
    call = locked_call(call_id)
    require(assessing(opening_terms(call), at=at))
    require(rules.freezing(list_facts(call, seed_from=seed_from, at=at)))
    receipts, earlier = receipts_now(call), latest_draw(call)
    draw = Draw.objects.create(
        call=call,
        number=earlier.number + 1 if earlier else 1,
        receipts=receipts,
        fingerprint=rules.fingerprint(receipts),
        frozen_at=at,
        frozen_by=by,
        seed_from=seed_from.strip(),
    )
    _tell("draw.frozen", draw, by=by, at=at, receipts=len(receipts), seed_from=draw.seed_from)
    return draw


@transaction.atomic
def take_seed(call_id: int, *, seed: str, by: Person, at: datetime) -> Draw:
    """Take the seed that puts the published list in order; once, and for ever."""
    call: Call = locked_call(call_id)
    draw = latest_draw(call)
    if draw is None:
        raise Refused(No.NOT_FROZEN)
    facts = SeedFacts(draw.frozen_at, bool(draw.seed), bool(seed.strip()))
    require(rules.drawing(facts, at=at))
    draw.call, draw.seed, draw.drawn_at, draw.drawn_by = call, seed.strip(), at, by
    draw.save(update_fields=["seed", "drawn_at", "drawn_by"])
    _tell("draw.drawn", draw, by=by, at=at, seed=draw.seed)
    return draw
