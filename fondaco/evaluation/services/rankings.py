"""Making a ranking and keeping everything it was made of."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing, cut_offs
from fondaco.calls.selectors import locked_call, opening_terms
from fondaco.calls.states import Intake
from fondaco.directory.models import Person
from fondaco.evaluation.models import Ranking
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.rules.ranking import DRAW, Terms, ranking
from fondaco.evaluation.rules.replay import plain_candidates, plain_lines, plain_terms
from fondaco.evaluation.selectors.draws import drawn_in
from fondaco.evaluation.selectors.rankings import (
    candidates_in,
    latest_ranking,
    print_of,
    ranking_terms,
    rankings_of,
)
from fondaco.kernel.decisions import Refused, require
from fondaco.trail import services as trail


def _seed_for(call: Call, seed: str, cut_off: int | None) -> str:
    """The seed of the draw: typed once, then the same for ever, so that nobody draws again."""
    if call.intake == Intake.LOTTERY:
        return _drawn_seed(call)
    if DRAW not in call.tie_breaks:
        return ""
    earlier = latest_ranking(call, cut_off)
    kept = str(earlier.terms["seed"]) if earlier else ""
    if kept and seed.strip() not in ("", kept):
        raise Refused("seed-is-fixed")
    if not (kept or seed.strip()):
        raise Refused("seed-needed")
    return kept or seed.strip()


def _drawn_seed(call: Call) -> str:
    """A lottery is ranked by the seed that was taken after its list was published."""
    draw = drawn_in(call)
    if draw is None:
        raise Refused(Stop.DRAW_FIRST)
    return draw.seed


def refuse_early(call: Call, cut_off: int | None, *, at: datetime) -> None:
    """Nothing is ranked or decided before its deadline; of several cut-offs one must be named."""
    terms = opening_terms(call)
    dates = cut_offs(terms)
    if bool(dates) != (cut_off is not None) or (cut_off or 0) > len(dates):
        raise Refused(Stop.CUT_OFF_NEEDED)
    received = dates[cut_off - 1] if cut_off else None
    require(assessing(terms, at=at, received_at=received))


@transaction.atomic
def make_ranking(
    call_id: int, *, seed: str = "", cut_off: int | None = None, by: Person, at: datetime
) -> Ranking:
    """Compute the list from the locked marks and keep it with all it was computed from."""
    call = locked_call(call_id)
    refuse_early(call, cut_off, at=at)
    terms: Terms = ranking_terms(call, seed=_seed_for(call, seed, cut_off), cut_off=cut_off)
    candidates = candidates_in(call, cut_off)
    if not candidates:
        raise Refused("nothing-to-rank")
    earlier = rankings_of(call).first()
    made = Ranking.objects.create(
        call=call,
        number=earlier.number + 1 if earlier else 1,
        cut_off=cut_off,
        facts=plain_candidates(candidates),
        terms=plain_terms(terms),
        lines=plain_lines(ranking(terms, candidates)),
        fingerprint=print_of(terms, candidates),
        at=at,
        by=by,
    )
    trail.record(
        "ranking.made",
        subject=f"ranking-{call.code}-{made.number}",
        programme=call.programme.code,
        by_id=by.pk,
        at=at,
        fingerprint=made.fingerprint,
        files=len(candidates),
    )
    return made
