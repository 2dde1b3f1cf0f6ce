"""What the pages of those who run an evaluation list."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.evaluation.models import Assignment, PanelSeat
from fondaco.evaluation.rules import assignment as assigning
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.selectors.panel import (
    assignments_in,
    conflicts_among,
    files_to_assess,
    seats_of,
)
from fondaco.evaluation.states import LIVE, AssignmentState


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A seat with its load and the applicants its holder is tied to."""

    seat: PanelSeat
    load: int
    locked: int
    organisations: tuple[str, ...]
    tied: tuple[tuple[Application, tuple[Tie, ...]], ...]


def panel_rows(call: Call) -> list[PanelRow]:
    """The panel with loads and ties, by name."""
    seats = list(seats_of(call))
    files = list(files_to_assess(call))
    tied = conflicts_among(call, [seat.person_id for seat in seats], files)
    counted = counts_of(call)
    return [
        PanelRow(
            seat,
            counted[seat.person_id].live,
            counted[seat.person_id].locked,
            _organisations_of(seat.person),
            tuple(
                (one, tied[one.pk, seat.person_id])
                for one in files
                if (one.pk, seat.person_id) in tied
            ),
        )
        for seat in seats
    ]


def _organisations_of(person: Person) -> tuple[str, ...]:
    return tuple(post.organisation.name for post in person.posts.all() if post.until is None)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many files of a call an evaluator has, by state."""

    assigned: int = 0
    accepted: int = 0
    locked: int = 0
    conflicted: int = 0

    @property
    def live(self) -> int:
        """Files that count for the load."""
        return self.assigned + self.accepted + self.locked

    @property
    def left(self) -> int:
        """Files not locked yet."""
        return self.assigned + self.accepted


def counts_of(call: Call) -> dict[int, Counted]:
    """For each evaluator the files of the call by state; marks themselves are not touched."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = (
        Assignment.objects.filter(application__call=call)
        .exclude(state=AssignmentState.RELEASED)
        .values_list("evaluator_id", "state")
        .annotate(number=Count("pk"))
        .order_by("evaluator_id")
    )
    for person, state, number in rows:
        found[person][state] = number
    return defaultdict(Counted, {person: Counted(**kept) for person, kept in found.items()})


def applicants_in(call: Call) -> list[Organisation]:
    """The organisations that sent something to the call."""
    sent = Application.objects.filter(call=call, submitted_at__isnull=False)
    return list(
        Organisation.objects.filter(pk__in=sent.values("organisation_id")).order_by("name", "pk")
    )


def people_on_panel(call: Call) -> list[Person]:
    """Who sits on the panel now, by name."""
    return [seat.person for seat in seats_of(call)]


@dataclass(frozen=True, slots=True)
class FileRow:
    """An eligible application with its assignments, who of the panel is tied, who can have it."""

    application: Application
    assignments: tuple[Assignment, ...]
    lacks: int
    tied: tuple[tuple[Person, tuple[Tie, ...]], ...]
    takers: tuple[Person, ...] = ()


def file_rows(call: Call) -> list[FileRow]:
    """Every file to be assessed."""
    kept = list(files_to_assess(call))
    people = people_on_panel(call)
    made = assignments_in(call)
    tied = conflicts_among(call, [person.pk for person in people], kept)
    return [_file_row(call, one, made.get(one.pk, []), people, tied) for one in kept]


def _file_row(
    call: Call,
    one: Application,
    made: list[Assignment],
    people: list[Person],
    tied: dict[tuple[int, int], tuple[Tie, ...]],
) -> FileRow:
    live = sum(kept.state in LIVE for kept in made)
    known = tuple(
        (person, tied[one.pk, person.pk]) for person in people if (one.pk, person.pk) in tied
    )
    has = {kept.evaluator_id for kept in made} | {person.pk for person, _ties in known}
    takers = tuple(person for person in people if person.pk not in has)
    return FileRow(one, tuple(made), max(0, call.experts - live), known, takers)


@dataclass(frozen=True, slots=True)
class Pair:
    """One file and the evaluator a spread would give it to."""

    application: Application
    person: Person


def planned_pairs(call: Call, plan: assigning.Spread) -> list[Pair]:
    """The pairs of a spread with names."""
    people = {str(person.pk): person for person in people_on_panel(call)}
    files = {one.code: one for one in files_to_assess(call)}
    return [Pair(files[code], people[name]) for code, name in plan.pairs]


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far one evaluator is."""

    person: Person
    counted: Counted
    due_on: date | None
    locked: tuple[Assignment, ...]
    given_back: tuple[Assignment, ...]


def progress_rows(call: Call) -> list[ProgressRow]:
    """How far each evaluator of the call is, by name."""
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    made = Assignment.objects.filter(application__call=call).exclude(state=AssignmentState.RELEASED)
    kept = made.select_related("evaluator", "application").defer("comment")
    for one in kept.order_by("evaluator__name", "evaluator_id", "application__code"):
        by_person[one.evaluator_id].append(one)
    return [_progress_row(rows_of_one) for rows_of_one in by_person.values()]


def _progress_row(made: list[Assignment]) -> ProgressRow:
    by_state = Counter(one.state for one in made)
    open_days = [one.due_on for one in made if one.due_on and one.state != AssignmentState.LOCKED]
    return ProgressRow(
        person=made[0].evaluator,
        counted=Counted(**by_state),
        due_on=min(open_days, default=None),
        locked=tuple(one for one in made if one.state == AssignmentState.LOCKED),
        given_back=tuple(one for one in made if one.state == AssignmentState.CONFLICTED),
    )
