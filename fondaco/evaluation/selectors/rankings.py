"""Reading rankings, and what they are computed from."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, QuerySet

from fondaco.applications.models import Application, Submission
from fondaco.applications.states import SENT, State
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import cut_off_of
from fondaco.calls.rules.support import SupportTerms, asked_cents
from fondaco.calls.selectors import lump_sum_for, opening_terms, same_for_all, support_terms
from fondaco.calls.states import Intake, Next, Scale, Support
from fondaco.evaluation.models import Assignment, Outcome, Ranking
from fondaco.evaluation.rules.frozen import Matching, answers_in, parts_in, said_in
from fondaco.evaluation.rules.funds import Ceilings, under_ceiling
from fondaco.evaluation.rules.queues import Waiting
from fondaco.evaluation.rules.ranking import Candidate, Terms, claim_of, ranking
from fondaco.evaluation.rules.replay import (
    PlainLine,
    plain_candidates,
    plain_lines,
    plain_terms,
)
from fondaco.evaluation.selectors.batches import (
    alone,
    arrived_by,
    is_by_itself,
    not_before,
    on_list,
    terms_for,
)
from fondaco.evaluation.selectors.files import grid_of
from fondaco.evaluation.selectors.funds import (
    ceilings_of,
    given_here,
    had_elsewhere,
    named_parts,
    parts_of,
)
from fondaco.evaluation.states import AssignmentState, Group
from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.selectors import form_of

ADMITTED: Mapping[str, bool] = {State.ELIGIBLE: True, State.INELIGIBLE: False}


def ranking_terms(call: Call, *, seed: str, cut_off: int | None = None) -> Terms:
    """What the call says about its ranking."""
    return terms_for(call, _terms_of(call, seed=seed), cut_off)


def _terms_of(call: Call, *, seed: str) -> Terms:
    grid = grid_of(call)
    return Terms(
        scale=Scale(call.scale),
        criteria=grid.criteria,
        experts=call.experts,
        threshold=None if call.threshold is None else Fraction(call.threshold),
        tie_breaks=tuple(call.tie_breaks),
        seed=seed,
        support=Support(call.support),
        amount_cents=same_for_all(call),
        total_cents=call.total_cents,
        places=call.places,
        percent=call.percent,
        least_cents=call.least_cents,
        parts=parts_of(call),
        ceilings=ceilings_of(call),
        most=call.per_organisation if counts_later(call) else None,
        then=Next(call.next_application) if counts_later(call) else Next.REFUSED,
    )


def counts_later(call: Call) -> bool:
    """Whether more may be sent than count: it is the ranking that says which do."""
    return call.next_application in (Next.BEST, Next.ALL_REFUSED)


def ranked_applications(call: Call, cut_off: int | None = None) -> QuerySet[Application]:
    """Every application that was sent and not withdrawn, by one cut-off where there are several."""
    rows = Application.objects.filter(call=call, state__in=list(SENT), submitted_at__isnull=False)
    return (
        arrived_by(call, cut_off, rows)
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


def candidates_in(call: Call, cut_off: int | None = None) -> tuple[Candidate, ...]:
    """The applications as the ranking sees them; marks that are not locked do not exist."""
    sheets = locked_sheets(call)
    ranked = list(ranked_applications(call, cut_off))
    reading = _Reading.of(call, {one.organisation_id for one in ranked}, cut_off)
    return on_list(call, (_candidate(reading, one, sheets.get(one.pk, [])) for one in ranked))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every application of a call is read with."""

    call: Call
    support: SupportTerms
    parts: tuple[Matching, ...]
    had: Mapping[int, int]
    given: Mapping[str, int]
    counts_organisations: bool

    @classmethod
    def of(
        cls, call: Call, organisations: Collection[int], cut_off: int | None = None
    ) -> "_Reading":
        """What the applications of these organisations to the call are read with."""
        has_ceiling = ceilings_of(call) != Ceilings()
        return cls(
            call=call,
            support=support_terms(call),
            parts=tuple(named_parts(call)),
            had=had_elsewhere(call, organisations),
            given=given_here(call, organisations, but=not_before(call, cut_off))
            if has_ceiling and cut_off
            else {},
            counts_organisations=has_ceiling or counts_later(call),
        )

    def asked(self, one: Application, content: Mapping[str, Any]) -> int | None:
        """The sum that the frozen version asks for, or that the table says for its country."""
        if self.call.support != Support.LUMP_SUM:
            return asked_cents(self.support, form_of(one.form), answers_in(content))
        country = min(said_in(content, self.call.scheme_country), default=None)
        found = lump_sum_for(self.call, country, at=one.submitted_at or one.started_at)
        return found.cents if found else None


def _candidate(reading: _Reading, one: Application, locked: list[Assignment]) -> Candidate:
    submissions = list(one.submissions.all())
    content = submissions[-1].content if submissions else {}
    counts = reading.counts_organisations
    return Candidate(
        code=one.code,
        is_eligible=ADMITTED.get(one.state),
        submitted_at=one.submitted_at or one.started_at,
        asked_cents=reading.asked(one, content),
        sheets=tuple(_sheet(kept) for kept in locked),
        organisation=str(one.organisation_id) if counts else "",
        parts=parts_in(content, reading.parts),
        had_cents=reading.had.get(one.organisation_id, 0),
        given_cents=reading.given.get(str(one.organisation_id), 0),
        receipt=_receipt_in(reading.call, submissions),
    )


def _receipt_in(call: Call, submissions: list[Submission]) -> str:
    """The fingerprint of the version that counts, where a draw makes the order."""
    is_drawn = call.intake == Intake.LOTTERY
    return submissions[-1].fingerprint if is_drawn and submissions else ""


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


def latest_ranking(call: Call, cut_off: int | None = None) -> Ranking | None:
    """The ranking that counts, of one cut-off where there are several."""
    return rankings_of(call).filter(cut_off=cut_off).first()


def is_current(ranking: Ranking) -> bool:
    """Whether nothing it was computed from has changed since."""
    call, cut_off = ranking.call, ranking.cut_off
    terms = ranking_terms(call, seed=str(ranking.terms.get("seed", "")), cut_off=cut_off)
    return print_of(terms, candidates_in(call, cut_off)) == ranking.fingerprint


def amount_for(call: Call, application: Application) -> int | None:
    """What an award to this application comes to, by what it asked for last and its ceilings."""
    found = ranked_applications(call).filter(pk=application.pk).first()
    if found is None:
        return None
    organisation = found.organisation_id
    candidate = _candidate(_Reading.of(call, {organisation}), found, [])
    given = given_here(call, {organisation}, but=[application.pk]).get(str(organisation), 0)
    asked = claim_of(ranking_terms(call, seed=""), candidate)
    claim, _note = under_ceiling(ceilings_of(call), asked, given=given, least=None)
    return claim.cents


def line_now(call: Call, application: Application) -> PlainLine | None:
    """The application's line in the latest ranking, as long as nothing has changed since.

    Where the call decides each by itself, its line says what its own marks come to.
    """
    if is_by_itself(call):
        return line_alone(call, application)
    sent_at = application.submitted_at
    cut_off = cut_off_of(opening_terms(call), sent_at) if sent_at else None
    latest = latest_ranking(call, cut_off)
    if latest is None or not is_current(latest):
        return None
    lines: list[PlainLine] = latest.lines
    return next((one for one in lines if one["code"] == application.code), None)


def line_alone(call: Call, application: Application) -> PlainLine | None:
    """What the locked marks of one application say, compared with no other."""
    found = ranked_applications(call).filter(pk=application.pk).first()
    if found is None or not call.experts:
        return None
    reading = _Reading.of(call, {found.organisation_id})
    candidate = _candidate(reading, found, locked_sheets(call).get(found.pk, []))
    terms = alone(ranking_terms(call, seed=""))
    return plain_lines(ranking(terms, [replace(candidate, is_eligible=True)]))[0]


def judged_alone(call: Call, application: Application) -> Group | None:
    """The group that its own marks give an application, where the call decides each by itself."""
    line = line_alone(call, application) if is_by_itself(call) else None
    return None if line is None else Group(line["group"])


def queue_of(call: Call) -> list[Waiting]:
    """Who waits for money or a place: everybody who may still get one, with what it may cost."""
    settled = Outcome.objects.filter(is_final=True).exclude(group=Group.RESERVE)
    rows = ranked_applications(call).exclude(state=State.INELIGIBLE)
    waiting = list(rows.exclude(pk__in=settled.values("application_id")))
    reading = _Reading.of(call, {one.organisation_id for one in waiting})
    terms = ranking_terms(call, seed="")
    return [
        Waiting(
            code=one.code,
            received_at=one.submitted_at or one.started_at,
            receipt=list(one.submissions.all())[-1].fingerprint,
            cents=claim_of(terms, _candidate(reading, one, [])).cents,
        )
        for one in waiting
    ]


def names_in(call: Call) -> dict[str, Application]:
    """The applications of the call by number, with their organisations."""
    found = Application.objects.filter(call=call).select_related("organisation")
    return {one.code: one for one in found}
