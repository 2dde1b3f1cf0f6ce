"""Reading the panel of a call: who sits on it, with how much work, tied to whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from fondaco.applications.models import Application, Member
from fondaco.applications.states import Standing, State
from fondaco.calls.models import Call
from fondaco.directory.models import Bond, Person, Post
from fondaco.evaluation.models import Assignment, PanelSeat
from fondaco.evaluation.rules import assignment as assigning
from fondaco.evaluation.rules.conflicts import Applicant, EvaluatorTies, Tie, ties
from fondaco.evaluation.states import LIVE, AssignmentState
from fondaco.programmes.models import Role
from fondaco.programmes.states import RoleKind


def seats_of(call: Call) -> QuerySet[PanelSeat]:
    """Who sits on the panel now, with how many files each has and how many are locked."""
    mine = Q(person__assignments__application__call_id=call.pk)
    live = mine & Q(person__assignments__state__in=list(LIVE))
    locked = mine & Q(person__assignments__state=AssignmentState.LOCKED)
    return (
        PanelSeat.objects.filter(call=call, until__isnull=True)
        .select_related("person")
        .prefetch_related("tied_to", "person__posts__organisation")
        .annotate(
            load=Count("person__assignments", filter=live, distinct=True),
            locked=Count("person__assignments", filter=locked, distinct=True),
        )
        .order_by("person__name", "person_id")
    )


def people_to_seat(call: Call) -> QuerySet[Person]:
    """The evaluators of the programme who do not sit on this panel, by name."""
    seated = PanelSeat.objects.filter(call=call, until__isnull=True).values("person_id")
    live = Q(assignments__state__in=list(LIVE))
    return (
        Person.objects.filter(
            roles__programme_id=call.programme_id,
            roles__kind=RoleKind.EVALUATOR,
            roles__until__isnull=True,
            is_active=True,
        )
        .exclude(pk__in=seated)
        .annotate(everywhere=Count("assignments", filter=live, distinct=True))
        .prefetch_related("posts__organisation")
        .order_by("name", "pk")
        .distinct()
    )


def seat_of(call_id: int, person_id: int) -> PanelSeat | None:
    """The person's seat on the panel, if it is held now."""
    return PanelSeat.objects.filter(
        call_id=call_id, person_id=person_id, until__isnull=True
    ).first()


def kept_seat(call_id: int, person_id: int) -> PanelSeat | None:
    """The person's seat, held now or once."""
    return PanelSeat.objects.filter(call_id=call_id, person_id=person_id).first()


def is_evaluator(call: Call, person_id: int) -> bool:
    """Whether the person holds the role of an evaluator in the programme of the call."""
    return Role.objects.filter(
        programme_id=call.programme_id,
        person_id=person_id,
        kind=RoleKind.EVALUATOR,
        until__isnull=True,
    ).exists()


def live_count(call: Call, person_id: int) -> int:
    """How many files of the call the evaluator has."""
    return Assignment.objects.filter(
        application__call=call, evaluator_id=person_id, state__in=list(LIVE)
    ).count()


def application_ids(call: Call) -> dict[str, int]:
    """The keys of the applications of a call, by number."""
    return dict(Application.objects.filter(call=call).values_list("code", "pk"))


def files_to_assess(call: Call) -> QuerySet[Application]:
    """The eligible applications of the call."""
    return (
        Application.objects.filter(call=call, state=State.ELIGIBLE)
        .select_related("organisation")
        .order_by("code")
    )


def assignments_in(call: Call) -> dict[int, list[Assignment]]:
    """The assignments of a call that were not released, by application."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    kept = Assignment.objects.filter(application__call=call).exclude(state=AssignmentState.RELEASED)
    for one in kept.select_related("evaluator").order_by("evaluator__name", "pk"):
        found[one.application_id].append(one)
    return found


def ties_of_evaluators(call: Call, people: Iterable[int]) -> dict[int, EvaluatorTies]:
    """What is known of each evaluator, in a fixed number of queries."""
    wanted = list(people)
    now: dict[int, set[int]] = defaultdict(set)
    before: dict[int, set[int]] = defaultdict(set)
    for post in Post.objects.filter(person_id__in=wanted):
        (before if post.until else now)[post.person_id].add(post.organisation_id)
    declared: dict[int, set[int]] = defaultdict(set)
    rows = PanelSeat.tied_to.through.objects.filter(
        panelseat__call=call, panelseat__person_id__in=wanted
    ).values_list("panelseat__person_id", "organisation_id")
    for person_id, organisation_id in rows:
        declared[person_id].add(organisation_id)
    bonds = _bonds_of({organisation for kept in now.values() for organisation in kept})
    addresses = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "email"))
    return {
        pk: EvaluatorTies(
            email=addresses.get(pk, ""),
            works_for=frozenset(now[pk]),
            worked_for=frozenset(before[pk]),
            declared=frozenset(declared[pk]),
            bonds=frozenset(bond for kept in now[pk] for bond in bonds[kept]),
        )
        for pk in wanted
    }


def _bonds_of(organisations: set[int]) -> dict[int, set[int]]:
    """For each organisation, those it belongs to and those that belong to it."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Bond.objects.filter(
        Q(member_id__in=organisations) | Q(cluster_id__in=organisations), until__isnull=True
    ).values_list("member_id", "cluster_id")
    for member_id, cluster_id in rows:
        found[member_id].add(cluster_id)
        found[cluster_id].add(member_id)
    return found


def applicants_of(applications: Iterable[Application]) -> dict[int, Applicant]:
    """What is known of the applicants of these applications, by application."""
    kept = list(applications)
    emails: dict[int, set[str]] = defaultdict(set)
    rows = Post.objects.filter(
        organisation_id__in={one.organisation_id for one in kept}, until__isnull=True
    ).values_list("organisation_id", "person__email")
    for organisation_id, email in rows:
        emails[organisation_id].add(email)
    return {
        one.pk: Applicant(
            organisation=one.organisation_id,
            emails=frozenset(emails[one.organisation_id]),
            website=one.organisation.website,
        )
        for one in kept
    }


def partners_applying(call: Call, kept: list[Application]) -> list[tuple[int, Applicant]]:
    """What is known of the partners of these applications, each with its application."""
    if call.consortium_most is None:
        return []
    rows = Member.objects.filter(application__in=kept, standing=Standing.CONFIRMED)
    found = []
    for member in rows.select_related("organisation").prefetch_related(
        "organisation__posts__person"
    ):
        if (organisation := member.organisation) is not None:
            posts = [post for post in organisation.posts.all() if post.until is None]
            emails = frozenset(post.person.email for post in posts)
            known = Applicant(organisation.pk, emails, organisation.website)
            found.append((member.application_id, known))
    return found


def conflicts_among(
    call: Call, people: Iterable[int], applications: Iterable[Application]
) -> dict[tuple[int, int], tuple[Tie, ...]]:
    """Every pair (application, evaluator) that is tied, and how."""
    kept = list(applications)
    evaluators = ties_of_evaluators(call, people)
    applicants = {pk: [lead] for pk, lead in applicants_of(kept).items()}
    for pk, partner in partners_applying(call, kept):
        applicants[pk].append(partner)
    found = {
        (one.pk, person): _ties_to_any(known, applicants[one.pk])
        for one in kept
        for person, known in evaluators.items()
    }
    return {pair: how for pair, how in found.items() if how}


def _ties_to_any(evaluator: EvaluatorTies, applicants: Iterable[Applicant]) -> tuple[Tie, ...]:
    """Everything that ties the evaluator to the lead or to a partner, each kind once."""
    return tuple(dict.fromkeys(tie for one in applicants for tie in ties(evaluator, one)))


def spread_facts(call: Call) -> tuple[list[assigning.File], list[assigning.Seat]]:
    """What the spread of the files is computed from."""
    seats = list(seats_of(call))
    files = list(files_to_assess(call))
    made = assignments_in(call)
    tied = conflicts_among(call, [seat.person_id for seat in seats], files)
    load = Counter(
        kept.evaluator_id
        for all_of_one in made.values()
        for kept in all_of_one
        if kept.state in LIVE
    )
    return (
        [_file(call, one, made.get(one.pk, []), tied) for one in files],
        [assigning.Seat(str(seat.person_id), load[seat.person_id], seat.most) for seat in seats],
    )


def _file(
    call: Call,
    one: Application,
    made: list[Assignment],
    tied: dict[tuple[int, int], tuple[Tie, ...]],
) -> assigning.File:
    live = [kept for kept in made if kept.state in LIVE]
    given_back = {kept.evaluator_id for kept in made} - {kept.evaluator_id for kept in live}
    barred = {person for pk, person in tied if pk == one.pk} | given_back
    return assigning.File(
        code=one.code,
        needs=max(0, call.experts - len(live)),
        barred=frozenset(map(str, barred)),
        has=frozenset(str(kept.evaluator_id) for kept in live),
    )
