"""Reading rankings, and what they are computed from."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from django.db.models import Prefetch, QuerySet

from fondaco.applications.models import Application, Submission
from fondaco.applications.states import SENT, State
from fondaco.calls.models import Call
from fondaco.calls.states import Scale, Support
from fondaco.evaluation.models import Assignment, Ranking
from fondaco.evaluation.rules.frozen import answers_in, asked_cents
from fondaco.evaluation.rules.ranking import Candidate, Terms, amount_of
from fondaco.evaluation.rules.replay import PlainLine, plain_candidates, plain_terms
from fondaco.evaluation.selectors.files import grid_of
from fondaco.evaluation.states import AssignmentState
from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.selectors import form_of

ADMITTED: Mapping[str, bool] = {State.ELIGIBLE: True, State.INELIGIBLE: False}


def ranking_terms(call: Call, *, seed: str) -> Terms:
    """What the call says about its ranking."""
    grid = grid_of(call)
    return Terms(
        scale=Scale(call.scale),
        criteria=grid.criteria,
        experts=call.experts,
        threshold=None if call.threshold is None else Fraction(call.threshold),
        tie_breaks=tuple(call.tie_breaks),
        seed=seed,
        support=Support(call.support),
        amount_cents=call.amount_cents,
        total_cents=call.total_cents,
        places=call.places,
    )


def ranked_applications(call: Call) -> QuerySet[Application]:
    """Every application that was sent and not withdrawn, with its submissions."""
    return (
        Application.objects.filter(call=call, state__in=list(SENT), submitted_at__isnull=False)
        .select_related("organisation", "form")
        .prefetch_related(Prefetch("submissions", queryset=Submission.objects.order_by("number")))
        .order_by("code")
    )


def locked_sheets(call: Call) -> dict[int, list[Assignment]]:
    """The locked assignments of a call with their marks, by application."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    locked = Assignment.objects.filter(
        application__call=call, state=AssignmentState.LOCKED
    ).select_related("evaluator")
    for kept in locked.prefetch_related("marks").order_by("pk"):
        found[kept.application_id].append(kept)
    return found


def candidates_in(call: Call) -> tuple[Candidate, ...]:
    """The applications as the ranking sees them; marks that are not locked do not exist."""
    prices = {item.code: item.amount_cents for item in call.items.all()}
    sheets = locked_sheets(call)
    return tuple(
        _candidate(call, one, prices, sheets.get(one.pk, [])) for one in ranked_applications(call)
    )


def _candidate(
    call: Call, one: Application, prices: dict[str, int], locked: list[Assignment]
) -> Candidate:
    submissions = list(one.submissions.all())
    said = answers_in(submissions[-1].content) if submissions else {}
    return Candidate(
        code=one.code,
        is_eligible=ADMITTED.get(one.state),
        submitted_at=one.submitted_at or one.started_at,
        asked_cents=asked_cents(Support(call.support), form_of(one.form), said, prices),
        sheets=tuple(_sheet(kept) for kept in locked),
    )


def _sheet(assignment: Assignment) -> dict[str, Fraction]:
    return {
        mark.criterion: Fraction(mark.value)
        for mark in assignment.marks.all()
        if mark.value is not None
    }


def print_of(terms: Terms, candidates: tuple[Candidate, ...]) -> str:
    """One fingerprint over everything a ranking is computed from."""
    return fingerprint({"terms": plain_terms(terms), "facts": plain_candidates(candidates)})


def rankings_of(call: Call) -> QuerySet[Ranking]:
    """The rankings of a call, the latest first."""
    return Ranking.objects.filter(call=call).select_related("by").order_by("-number")


def latest_ranking(call: Call) -> Ranking | None:
    """The ranking that counts."""
    return rankings_of(call).first()


def is_current(ranking: Ranking) -> bool:
    """Whether nothing it was computed from has changed since."""
    terms = ranking_terms(ranking.call, seed=str(ranking.terms.get("seed", "")))
    return print_of(terms, candidates_in(ranking.call)) == ranking.fingerprint


def amount_for(call: Call, application: Application) -> int | None:
    """What an award to this application would cost, by what it asked for last."""
    found = ranked_applications(call).filter(pk=application.pk).first()
    if found is None:
        return None
    prices = {item.code: item.amount_cents for item in call.items.all()}
    return amount_of(ranking_terms(call, seed=""), _candidate(call, found, prices, []))


def line_now(call: Call, application: Application) -> PlainLine | None:
    """The application's line in the latest ranking, as long as nothing has changed since."""
    ranking = latest_ranking(call)
    if ranking is None or not is_current(ranking):
        return None
    lines: list[PlainLine] = ranking.lines
    return next((one for one in lines if one["code"] == application.code), None)


def names_in(call: Call) -> dict[str, Application]:
    """The applications of the call by number, with their organisations."""
    found = Application.objects.filter(call=call).select_related("organisation")
    return {one.code: one for one in found}
