"""Reading the availability log, the rule of a programme, proposals, attempts and claims."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from fondaco.applications.models import Application
from fondaco.applications.rules.submission import in_time
from fondaco.applications.selectors import applications_in_hand
from fondaco.applications.selectors import terms_of as application_terms
from fondaco.applications.states import State as ApplicationState
from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of, stage_of
from fondaco.calls.states import ActKind
from fondaco.directory.models import Person
from fondaco.documents.models import Transfer
from fondaco.incidents.models import Attempt, Claim, Minute, Proposal
from fondaco.incidents.rules.claims import Facts, claim, last_moment
from fondaco.incidents.rules.giving_back import (
    MINUTE,
    Log,
    Loss,
    Outage,
    Terms,
    Threshold,
    loss,
    outages,
)
from fondaco.incidents.rules.minutes import Status, minute_of
from fondaco.incidents.states import State
from fondaco.kernel.plain import plain
from fondaco.programmes.models import Programme
from fondaco.web import reference

LONGEST_BEFORE = timedelta(days=8)
"""A rule looks back at most a week before a deadline."""
LAG = 3 * MINUTE
"""A minute is written as it begins and taken in after it: the last few are not yet known."""


def rule_of(programme: Programme) -> dict[str, Any]:
    """What the programme says about outages, and the rest as the house has it."""
    own = {name: value for name, value in programme.outage_rule.items() if value not in (None, [])}
    return {**reference.outages(), **own}


def terms_of(programme: Programme) -> Terms:
    """The rule of the programme, to be asked."""
    rule = rule_of(programme)
    thresholds = [(one["within_minutes"], one["over_minutes"]) for one in rule["threshold"]]
    return Terms(
        thresholds=tuple(Threshold(*one) for one in thresholds),
        counts=frozenset(Status(one) for one in rule["counts"]),
        rounds_to=rule["rounds_to_minutes"],
        notice=rule["notice_minutes"],
    )


def log_between(begins: datetime, ends: datetime) -> Log:
    """What each minute was, as far as somebody looked."""
    rows = Minute.objects.filter(at__gte=begins, at__lt=ends).values_list("at", "status")
    return {at: Status(status) for at, status in rows}


def minutes_between(begins: datetime, ends: datetime) -> QuerySet[Minute]:
    """The rows of the log, the last first."""
    return Minute.objects.filter(at__gte=begins, at__lt=ends).order_by("-at")


def log_begins() -> datetime | None:
    """The first minute that was ever looked at."""
    return Minute.objects.order_by("at").values_list("at", flat=True).first()


def last_minute() -> Minute | None:
    """The last minute that was looked at."""
    return Minute.objects.order_by("-at").first()


def calls_to_watch(at: datetime) -> list[Call]:
    """The published calls whose deadline is near enough for an outage to count."""
    rows = Call.objects.filter(
        published_at__lte=at, decided_at__isnull=True, closes_at__isnull=False
    )
    calls = rows.select_related("programme").prefetch_related("acts").order_by("pk")
    return [call for call in calls if _is_near(deadline_of(call, at=at), at)]


def _is_near(deadline: datetime | None, at: datetime) -> bool:
    return deadline is not None and abs(deadline - at) <= LONGEST_BEFORE


def given_back_until(call: Call) -> datetime | None:
    """Up to when what was lost has been given back: by a proposal, or by an officer's own word."""
    granted = Proposal.objects.filter(call=call, state=State.GRANTED)
    counted = dict(granted.values_list("closes_at", "counted_until"))
    moved = [
        counted.get(act.closes_at, act.at)
        for act in call.acts.all()
        if act.kind == ActKind.EXTENSION and act.closes_at is not None
    ]
    return max(moved, default=None)


def loss_of(call: Call, *, at: datetime) -> Loss | None:
    """What was lost before the deadline that holds, and was not given back before."""
    deadline, first = deadline_of(call, at=at), log_begins()
    if deadline is None or first is None:
        return None
    terms = terms_of(call.programme)
    since = max(first, given_back_until(call) or first, call.opens_at or first)
    log = log_between(min(since, deadline - terms.within), at)
    return loss(log, terms, deadline=deadline, since=since, until=at - LAG)


def proposal_before(call: Call, deadline: datetime) -> Proposal | None:
    """For services only: what was proposed for that deadline, ours until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.filter(call=call, before=deadline).first()


def call_of_proposal(pk: int) -> int:
    """For services: which call to lock first."""
    return Proposal.objects.values_list("call_id", flat=True).get(pk=pk)


def locked_proposal(pk: int) -> Proposal:
    """For services only: the row is ours until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("call__programme").get(pk=pk)


def proposals_of(call: Call) -> QuerySet[Proposal]:
    """Everything that was proposed for a call, the last first."""
    return Proposal.objects.filter(call=call).select_related("answered_by").order_by("-pk")


def proposal_named(call: Call, code: str) -> Proposal | None:
    """A proposal of a call."""
    return proposals_of(call).filter(code=code).first()


def waiting_proposals(programmes: QuerySet[Programme]) -> list[Proposal]:
    """What waits for an officer of these programmes."""
    rows = Proposal.objects.filter(state=State.WAITING, call__programme__in=programmes)
    rows = rows.select_related("call__programme").prefetch_related("call__acts")
    return [one for one in rows if deadline_of(one.call) == one.before]


def people_concerned(application: Application) -> list[Person]:
    """Whoever began, saved or sent it, and the administrators of who applies; who left is not."""
    saved = application.section_answers.values_list("saved_by", flat=True)
    sent = application.submissions.values_list("by", flat=True)
    wrote = {application.started_by_id, *saved, *sent}
    posts = application.organisation.posts.filter(until__isnull=True).select_related("person")
    return [post.person for post in posts if post.is_admin or post.person_id in wrote]


def by_hour(
    log: Log, *, begins: datetime, ends: datetime
) -> list[tuple[datetime, tuple[int, int]]]:
    """For each hour how many minutes were lost for sure, and how many nobody saw."""
    at = minute_of(begins).replace(minute=0)
    found: dict[datetime, list[int]] = {}
    while at < ends:
        found[at] = [0, 0]
        at += timedelta(hours=1)
    minute = minute_of(begins)
    while minute < ends:
        status = log.get(minute, Status.UNKNOWN)
        hour = found[minute.replace(minute=0)]
        hour[0] += status in {Status.DOWN, Status.AWAY}
        hour[1] += status is Status.UNKNOWN
        minute += MINUTE
    return [(hour, (lost, unknown)) for hour, (lost, unknown) in found.items()]


def outages_of(proposal: Proposal) -> tuple[Outage, ...]:
    """The outages as they were when the proposal was made."""
    return outages_in(proposal.outages)


def outages_in(kept: Iterable[Mapping[str, Any]]) -> tuple[Outage, ...]:
    """Outages that were kept as plain values."""
    moment = datetime.fromisoformat
    return tuple(Outage(moment(one["begins"]), moment(one["ends"]), one["unknown"]) for one in kept)


def number_concerned(call: Call) -> int:
    """How many applications a new deadline concerns."""
    return applications_in_hand(call.code).count()


def reasons_said(proposal: Proposal, said: Mapping[str, str]) -> dict[str, str]:
    """The languages of the programme in which the reason can be said, English in any case."""
    wanted = {*proposal.call.programme.languages, "en"}
    return {language: text for language, text in said.items() if language in wanted}


def applications_of_attempts(named: Collection[str]) -> dict[str, int]:
    """The applications that attempts name: by their code, or by a file on its way to them."""
    transfers = {one.removeprefix("@") for one in named if one.startswith("@")}
    owners = dict(Transfer.objects.filter(code__in=transfers).values_list("code", "owner"))
    codes = {one: owners.get(one.removeprefix("@"), one) for one in named}
    rows = Application.objects.filter(code__in=set(codes.values()))
    known = dict(rows.values_list("code", "pk"))
    return {one: known[code] for one, code in codes.items() if code in known}


def people_known(numbers: Collection[int]) -> set[int]:
    """Those who are still there."""
    return set(Person.objects.filter(pk__in=list(numbers)).values_list("pk", flat=True))


def last_attempt() -> datetime | None:
    """When the last attempt was made that is taken in."""
    return Attempt.objects.order_by("-at").values_list("at", flat=True).first()


def attempts_at(call: Call) -> QuerySet[Attempt]:
    """What was tried in vain with the applications to a call, the last first."""
    rows = Attempt.objects.filter(application__call=call)
    return rows.select_related("application__organisation", "person").order_by("-at", "-pk")


def attempts_with(application: Application) -> QuerySet[Attempt]:
    """What was tried in vain with an application, in order."""
    return Attempt.objects.filter(application=application).order_by("at", "pk")


def evidence_of(application: Application, person: Person) -> list[dict[str, object]]:
    """What the platform recorded about an application, as it is attached to a claim."""
    return [
        {
            "at": one.at.isoformat(),
            "kind": one.kind,
            "result": one.result,
            "status": one.status,
            "reasons": one.reasons,
            "request": one.request,
            "own": one.person_id == person.pk,
        }
        for one in attempts_with(application)
    ]


def outages_before(call: Call, *, at: datetime) -> list[object]:
    """The outages of the last day before the deadline, as they are attached to a claim."""
    deadline, first = deadline_of(call, at=at), log_begins()
    if deadline is None or first is None:
        return []
    terms = terms_of(call.programme)
    begins, ends = max(deadline - terms.within, first), min(at - LAG, deadline + terms.within)
    found = outages(log_between(begins, ends), terms.counts, begins=begins, ends=ends)
    return [plain(one) for one in found]


def claim_hours(call: Call) -> int:
    """How long after the deadline a claim is in time."""
    return int(call.claim_hours or rule_of(call.programme).get("claim_hours") or 0)


def procedure_of(call: Call) -> Mapping[str, str]:
    """What somebody does who was kept from sending, in Markdown by language."""
    said: Mapping[str, str] = call.evidence or rule_of(call.programme)["evidence"]
    return said


def claims_until(call: Call, *, at: datetime) -> datetime | None:
    """Until when a claim is in time."""
    deadline = deadline_of(call, at=at)
    return last_moment(deadline, claim_hours(call)) if deadline else None


def is_claim_late(application: Application, *, at: datetime) -> bool:
    """Whether a claim made now comes after the time for claims."""
    until = claims_until(application.call, at=at)
    return until is not None and at > until


def claim_barred(
    application: Application, *, at: datetime, has_text: bool = True
) -> tuple[str, ...]:
    """Every reason why no claim is taken in about the application now."""
    state = ApplicationState(application.state)
    facts = Facts(
        stage=stage_of(application.call, at=at),
        state=state,
        can_be_sent=bool(in_time(state, application_terms(application), at=at)),
        is_waiting=claims_about(application).filter(state=State.WAITING).exists(),
        has_text=has_text,
    )
    return claim(facts).reasons


def claims_about(application: Application) -> QuerySet[Claim]:
    """The claims about an application, the last first."""
    return Claim.objects.filter(application=application).select_related("upload").order_by("-pk")


def claims_at(call: Call) -> QuerySet[Claim]:
    """The claims about the applications to a call, the last first."""
    rows = Claim.objects.filter(application__call=call)
    return rows.select_related("application__organisation", "upload", "by").order_by("-at", "-pk")


def claim_named(code: str) -> Claim | None:
    """A claim with everything its page shows."""
    rows = Claim.objects.select_related(
        "application__call__programme", "application__organisation", "upload", "by", "answered_by"
    )
    return rows.filter(code=code).first()


def application_of_claim(pk: int) -> int:
    """For services: which application to lock first."""
    return Claim.objects.values_list("application_id", flat=True).get(pk=pk)


def locked_claim(pk: int) -> Claim:
    """For services only: the row is ours until the transaction ends."""
    rows = Claim.objects.select_for_update(of=("self",))
    return rows.select_related("application__call__programme").get(pk=pk)


def waiting_claims(programmes: QuerySet[Programme]) -> QuerySet[Claim]:
    """What waits for an officer of these programmes, the first first."""
    rows = Claim.objects.filter(state=State.WAITING, application__call__programme__in=programmes)
    related = ("application__call__programme", "application__organisation")
    return rows.select_related(*related).order_by("at", "pk")


def extended_applications(call: Call) -> QuerySet[Application]:
    """The applications to a call that have a deadline of their own."""
    rows = Application.objects.filter(call=call, extended_until__isnull=False)
    return rows.select_related("organisation").order_by("-extended_until", "pk")


def application_numbered(call: Call, code: str) -> Application | None:
    """The application to this call with that number."""
    return Application.objects.filter(call=call, code=code.strip().lower()).first()


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    tried = Attempt.objects.filter(person_id=person_id).order_by("pk")
    claimed = Claim.objects.filter(by_id=person_id).order_by("pk")
    return {
        "attempts": list(tried.values("application__code", "at", "kind", "result")),
        "claims": list(claimed.values("code", "at", "text", "state")),
    }
