"""Reading decisions, who said yes, and what they say of each application."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet

from fondaco.applications.models import Application
from fondaco.applications.selectors.partners import takes_part_in
from fondaco.applications.states import SENT, State
from fondaco.calls.models import Call
from fondaco.calls.states import DecidedBy, Kind
from fondaco.directory.models import Person, Post
from fondaco.evaluation.models import Assignment, Decision, Outcome, Redress
from fondaco.evaluation.rules.consent import (
    Awaited,
    ConsentTerms,
    Voice,
    Yes,
    awaited,
    role_givers,
)
from fondaco.evaluation.states import AssignmentState, DecisionState, Group, RedressState
from fondaco.programmes.access import roles_of
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.states import RoleKind


def decisions_of(call: Call) -> QuerySet[Decision]:
    """The decisions of a call, the latest first."""
    return (
        Decision.objects.filter(call=call)
        .select_related("proposed_by", "ranking", "call__programme")
        .prefetch_related("approvals__person", "approvals__partner__organisation")
        .annotate(
            awarded=Count("outcomes", filter=Q(outcomes__group=Group.AWARDED), distinct=True),
            files=Count("outcomes", distinct=True),
        )
        .order_by("-pk")
    )


def decision_with_outcomes(pk: int) -> Decision:
    """One decision with its outcomes and its yeses."""
    outcomes = Outcome.objects.select_related("application__organisation")
    return (
        Decision.objects.select_related("proposed_by", "ranking", "call__programme")
        .prefetch_related("approvals__person", "approvals__partner__organisation")
        .prefetch_related(
            Prefetch("outcomes", queryset=outcomes.order_by(F("place").asc(nulls_last=True), "pk"))
        )
        .get(pk=pk)
    )


def locked_decision(pk: int) -> Decision:
    """For services only: the decision is ours until the transaction ends."""
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related("call__programme", "ranking__call")
        .get(pk=pk)
    )


def decision_coded(code: str) -> Decision | None:
    """The decision of that code."""
    return Decision.objects.select_related("call__programme").filter(code=code).first()


def locked_applications(pks: Iterable[int]) -> list[Application]:
    """For services only: the applications in the order of their keys, ours until the end."""
    return list(
        Application.objects.select_for_update(of=("self",)).filter(pk__in=list(pks)).order_by("pk")
    )


def consent_terms(call: Call) -> ConsentTerms:
    """Who must say yes in this call."""
    return ConsentTerms(DecidedBy(call.decided_by), tuple(call.deciding_partners))


def yeses_to(decision: Decision) -> tuple[Yes, ...]:
    """Who said yes so far."""
    said = decision.approvals.select_related("partner").order_by("pk")
    return tuple(Yes(one.person_id, one.partner.code if one.partner else "") for one in said)


def awaited_for(decision: Decision) -> Awaited:
    """Who must still say yes."""
    return awaited(consent_terms(decision.call), yeses_to(decision))


def deciding_role(person: Person, call: Call) -> Role | None:
    """The role with which the person may decide here, that of a decider before an officer's."""
    held = roles_of(person).filter(
        programme_id=call.programme_id, kind__in=[RoleKind.DECIDER, RoleKind.OFFICER]
    )
    return held.select_related("partner").order_by("kind").first()


def voice_of(person: Person, call: Call, applications: Iterable[int]) -> Voice:
    """What the rule of consent asks about a person who wants to say yes."""
    role = deciding_role(person, call)
    works_for = Post.objects.filter(
        takes_part_in(applications), person_id=person.pk, until__isnull=True
    )
    marked = Assignment.objects.filter(
        evaluator_id=person.pk, application__call_id=call.pk, state=AssignmentState.LOCKED
    )
    owes = _givers(call)
    return Voice(
        person=person.pk,
        partner=role.partner.code if role and role.partner else "",
        is_decider=bool(role and role.kind == RoleKind.DECIDER),
        is_officer=bool(role and role.kind == RoleKind.OFFICER),
        has_marked=marked.exists(),
        works_for_applicant=works_for.exists(),
        owes_role_to=owes.get(person.pk, frozenset()) if role else frozenset(),
        is_owed_by=frozenset(one for one, givers in owes.items() if role and person.pk in givers),
    )


def _givers(call: Call) -> dict[int, frozenset[int]]:
    """For every decider of the programme, through whose hands the role came.

    An officer whose own role has ended is still one of those hands.
    """
    given = Role.objects.filter(programme_id=call.programme_id, given_by__isnull=False)
    deciders = given.filter(kind=RoleKind.DECIDER, until__isnull=True)
    officers = given.filter(kind=RoleKind.OFFICER)
    pairs = ("person_id", "given_by_id")
    return role_givers(
        decides=[(one, by) for one, by in deciders.values_list(*pairs) if by],
        offices=[(one, by) for one, by in officers.values_list(*pairs) if by],
    )


def partner_coded(call: Call, code: str) -> Partner | None:
    """The partner of the programme with that code."""
    return Partner.objects.filter(programme_id=call.programme_id, code=code).first()


def partners_named(call: Call) -> dict[str, Partner]:
    """The partners who must agree, by code."""
    found = Partner.objects.filter(programme_id=call.programme_id, code__in=call.deciding_partners)
    return {one.code: one for one in found.select_related("organisation")}


def deciders_of(call: Call) -> QuerySet[Role]:
    """Who may say yes in this call."""
    kinds = [RoleKind.DECIDER]
    if call.decided_by == DecidedBy.ONE:
        kinds.append(RoleKind.OFFICER)
    held = Role.objects.filter(
        programme_id=call.programme_id, kind__in=kinds, until__isnull=True
    ).select_related("person", "partner__organisation")
    if call.decided_by == DecidedBy.EACH:
        held = held.filter(partner__code__in=call.deciding_partners)
    return held.order_by("person__name", "pk")


def proposed_among(applications: Iterable[int]) -> list[str]:
    """Which of these applications stand in a decision that is proposed already."""
    rows = Outcome.objects.filter(
        application_id__in=list(applications), decision__state=DecisionState.PROPOSED
    )
    return sorted(set(rows.values_list("application__code", flat=True)))


def is_being_decided(application_id: int) -> bool:
    """Whether a decision on the application is proposed, or stands, or was renounced.

    What redress has opened again is not decided any more: the file goes back to evaluation.
    """
    holds = Q(is_final=True) | Q(renounced_at__isnull=False)
    return Outcome.objects.filter(
        holds | Q(decision__state=DecisionState.PROPOSED), application_id=application_id
    ).exists()


def final_outcomes(applications: Iterable[int]) -> dict[int, Outcome]:
    """What is decided, by application."""
    rows = Outcome.objects.filter(application_id__in=list(applications), is_final=True)
    return {row.application_id: row for row in rows}


def final_outcome(application: Application) -> Outcome | None:
    """What is decided of one application."""
    return final_outcomes([application.pk]).get(application.pk)


def locked_final_outcome(application: str, groups: Iterable[Group]) -> Outcome | None:
    """For services only: what stands on the application in one of `groups`, ours until the end."""
    return (
        Outcome.objects.select_for_update(of=("self",))
        .select_related("decision__call__programme")
        .filter(application__code=application, is_final=True, group__in=list(groups))
        .first()
    )


def renounced_in(call: Call) -> QuerySet[Outcome]:
    """What applicants gave back by withdrawing, the latest first."""
    return (
        Outcome.objects.filter(application__call=call, renounced_at__isnull=False)
        .select_related("application__organisation")
        .order_by("-renounced_at", "-pk")
    )


def undecided_applications(call: Call) -> QuerySet[Application]:
    """The applications of the call that were sent and have no final outcome."""
    decided = Outcome.objects.filter(is_final=True).values("application_id")
    return (
        Application.objects.filter(call=call, state__in=list(SENT))
        .exclude(pk__in=decided)
        .select_related("organisation")
        .order_by("code")
    )


def applications_to_decide(call: Call) -> QuerySet[Application]:
    """Those of them that stand in no proposed decision, with `is_reopened` after redress."""
    proposed = Outcome.objects.filter(decision__state=DecisionState.PROPOSED)
    upheld = Redress.objects.filter(
        state=RedressState.UPHELD, outcome__application_id=OuterRef("pk")
    )
    return (
        undecided_applications(call)
        .exclude(pk__in=proposed.values("application_id"))
        .annotate(is_reopened=Exists(upheld))
    )


def numbers_to_decide(programmes: Iterable[Programme]) -> dict[int, tuple[int, datetime]]:
    """By call: how many admitted applications wait for a proposal, and since when the first was in.

    A call whose experts still have files on their desks, or have marked none, is not among them.
    """
    settled = Outcome.objects.filter(
        Q(is_final=True) | Q(decision__state=DecisionState.PROPOSED),
        application_id=OuterRef("pk"),
    )
    files = Assignment.objects.filter(application__call_id=OuterRef("call_id"))
    at_work = files.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.ACCEPTED])
    locked = files.filter(state=AssignmentState.LOCKED)
    rows = (
        Application.objects.filter(call__programme__in=programmes, state=State.ELIGIBLE)
        .filter(~Exists(settled))
        .filter(Q(call__experts=0) | (Exists(locked) & ~Exists(at_work)))
        .order_by("call_id")
        .values_list("call_id")
        .annotate(number=Count("pk"), first=Min("submitted_at"))
    )
    return {call: (number, first) for call, number, first in rows if first}


def reopened_outcome(application_id: int) -> Outcome | None:
    """What was decided of the application before redress opened it again, the latest."""
    rows = Outcome.objects.filter(application_id=application_id, redress__state=RedressState.UPHELD)
    return rows.order_by("-pk").first()


def reserve_of(call: Call) -> QuerySet[Outcome]:
    """The reserve list that holds now, in order."""
    return (
        Outcome.objects.filter(application__call=call, is_final=True, group=Group.RESERVE)
        .select_related("application__organisation")
        .order_by("position", "pk")
    )


def awarded_in(decision_code: str, *kinds: Kind) -> QuerySet[Outcome]:
    """What a confirmed decision awarded, where its call is of one of `kinds`."""
    return (
        Outcome.objects.filter(
            decision__code=decision_code,
            decision__state=DecisionState.CONFIRMED,
            decision__call__kind__in=kinds,
            group=Group.AWARDED,
            is_final=True,
        )
        .select_related("application__organisation", "application__call__programme", "decision")
        .order_by("pk")
    )


def outcomes_to_tell(decision: Decision) -> QuerySet[Outcome]:
    """Every outcome of a decision with what its letter names."""
    return (
        Outcome.objects.filter(decision=decision, renounced_at__isnull=True)
        .exclude(application__state=State.WITHDRAWN)
        .select_related("application__organisation", "application__started_by")
        .order_by("pk")
    )


def call_of(application_id: int) -> int:
    """The key of the call that an application answers."""
    return Application.objects.values_list("call_id", flat=True).get(pk=application_id)


def applications_in(decision: Decision) -> list[int]:
    """The keys of the applications that a decision names."""
    return list(decision.outcomes.order_by("pk").values_list("application_id", flat=True))


def next_position(call: Call) -> int:
    """The position behind the last one on the reserve list that holds now."""
    last = reserve_of(call).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def decisions_count(call: Call) -> int:
    """How many decisions the call has had."""
    return Decision.objects.filter(call=call).count()
