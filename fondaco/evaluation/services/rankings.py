"""Making a ranking and keeping everything it was made of."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing
from fondaco.calls.selectors import locked_call, opening_terms
from fondaco.directory.models import Person
from fondaco.evaluation.models import Ranking
from fondaco.evaluation.rules.ranking import DRAW, Terms, ranking
from fondaco.evaluation.rules.replay import plain_candidates, plain_lines, plain_terms
from fondaco.evaluation.selectors.rankings import (
    candidates_in,
    latest_ranking,
    print_of,
    ranking_terms,
)
from fondaco.kernel.decisions import Refused
from fondaco.trail import services as trail


def _seed_for(call: Call, seed: str) -> str:
    """The seed of the draw: typed once, then the same for ever, so that nobody draws again."""
    if DRAW not in call.tie_breaks:
        return ""
    earlier = latest_ranking(call)
    kept = str(earlier.terms["seed"]) if earlier else ""
    if kept and seed.strip() not in ("", kept):
        raise Refused("seed-is-fixed")
    if not (kept or seed.strip()):
        raise Refused("seed-needed")
    return kept or seed.strip()


@transaction.atomic
def make_ranking(call_id: int, *, seed: str = "", by: Person, at: datetime) -> Ranking:
    """Compute the list from the locked marks and keep it with all it was computed from."""
    call = locked_call(call_id)
    if reasons := assessing(opening_terms(call), at=at).reasons:
        raise Refused(*reasons)
    terms: Terms = ranking_terms(call, seed=_seed_for(call, seed))
    candidates = candidates_in(call)
    if not candidates:
        raise Refused("nothing-to-rank")
    earlier = latest_ranking(call)
    made = Ranking.objects.create(
        call=call,
        number=earlier.number + 1 if earlier else 1,
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
