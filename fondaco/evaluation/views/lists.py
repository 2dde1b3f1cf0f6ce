"""What the lists of an evaluation are made of: their columns, filters, and what is searched."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.applications.models import Application
from fondaco.applications.selectors.office import found_by
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.evaluation.models import Assignment, Decision, Outcome, Ranking
from fondaco.evaluation.selectors.lists import ShownLine, exact_scores, means_of
from fondaco.evaluation.selectors.office import FileRow, Pair, PanelRow, ProgressRow
from fondaco.evaluation.states import Group
from fondaco.web import words
from fondaco.web.lists import Column, Filter, Plan

ACTIONS = Column(_("Actions"), is_seen=False)
OUTCOME_CODE = Column(_("Application"), ["application__code"], lambda one: one.application.code)
OUTCOME_NAME = Column(
    _("Applicant"),
    ["application__organisation__name"],
    lambda one: one.application.organisation.name,
)
UNSHOWN_NAME = Column(
    _("Applicant"), cell=lambda one: one.application.organisation.name, is_shown=False
)


def _money(one: Outcome | ShownLine) -> str | None:
    return None if one.amount_cents is None else f"{one.amount_cents / 100:.2f}"


def _named(one: Application) -> str:
    return f"{one.code} {one.organisation.name}"


def _of_application(one: Outcome | FileRow | ShownLine) -> str:
    return _named(one.application)


def _names(people: Callable[[Any], list[Person]]) -> Callable[[Any], str]:
    return lambda row: ", ".join(str(person) for person in people(row))


# An evaluator's own


def _file_told(one: Assignment) -> str:
    return f"{_named(one.application)} {' '.join(one.application.call.title.values())}"


def _title_of(one: Assignment) -> str:
    return words.say(one.application.call.title).text


DESK = Plan(
    "files",
    {
        "application": OUTCOME_CODE,
        "applicant": OUTCOME_NAME,
        "call": Column(_("Call"), _title_of, _title_of),
        "state": Column(_("State"), ["state"], lambda one: one.state),
        "until": Column(_("Until"), ["due_on"], lambda one: one.due_on),
    },
    _file_told,
)


# The panel


def _seat_told(row: PanelRow) -> str:
    person = row.seat.person
    return f"{person.name} {person.email} {' '.join(row.organisations)}"


def _tied_to(row: PanelRow) -> str:
    return ", ".join(file.organisation.name for file, _ties in row.tied)


SEATED = {
    "evaluator": Column(_("Evaluator"), ["seat__person__name"], lambda row: row.seat.person.name),
    "e-mail": Column(_("E-mail"), cell=lambda row: row.seat.person.email, is_shown=False),
    "works-for": Column(
        _("Works for"),
        lambda row: ", ".join(row.organisations) or None,
        lambda row: ", ".join(row.organisations),
    ),
    "load": Column(_("Files"), ["load"], lambda row: row.load, is_number=True),
    "most": Column(_("At most"), cell=lambda row: row.seat.most, is_shown=False),
    "tied": Column(_("Tied to"), lambda row: len(row.tied), _tied_to),
    "actions": ACTIONS,
}


def plan_of_panel(call: Call) -> Plan:
    """Who sits on the panel."""
    return Plan(
        f"{call.code}-panel",
        SEATED,
        _seat_told,
        first="evaluator",
        place="seated",
        title=_("On the panel"),
    )


def _works_for(person: Person) -> str:
    posts = [post for post in person.posts.all() if post.until is None]
    return ", ".join(post.organisation.name for post in posts)


def _person_told(person: Person) -> str:
    return f"{person.name} {person.email} {_works_for(person)}"


EVALUATORS = {
    "evaluator": Column(_("Evaluator"), ["name"], lambda person: person.name),
    "e-mail": Column(_("E-mail"), cell=lambda person: person.email, is_shown=False),
    "works-for": Column(_("Works for"), lambda person: _works_for(person) or None, _works_for),
    "files": Column(
        _("Files in all calls"),
        ["everywhere"],
        lambda person: person.everywhere,
        is_number=True,
    ),
    "actions": ACTIONS,
}


def plan_of_evaluators(call: Call) -> Plan:
    """Who could still be put on the panel."""
    return Plan(
        f"{call.code}-evaluators",
        EVALUATORS,
        _person_told,
        first="evaluator",
        place="others",
        title=_("Evaluators of the programme"),
    )


# The files


FILES = {
    "application": OUTCOME_CODE,
    "applicant": UNSHOWN_NAME,
    "evaluators": Column(
        _("Evaluators"),
        lambda row: len(row.assignments),
        _names(lambda row: [one.evaluator for one in row.assignments]),
    ),
    "lacks": Column(_("Lacks"), ["lacks"], lambda row: row.lacks, is_number=True),
    "tied": Column(
        _("Tied on the panel"),
        lambda row: len(row.tied),
        _names(lambda row: [person for person, _ties in row.tied]),
    ),
    "give": Column(_("Give to")),
}


def _file_row_told(row: FileRow) -> str:
    names = " ".join(str(one.evaluator) for one in row.assignments)
    return f"{_named(row.application)} {names}"


def plan_of_files(call: Call) -> Plan:
    """The files to assess, with their evaluators."""
    lacking = Filter(
        "shows",
        _("Files"),
        [("lacking", _("Files that lack evaluators"))],
        lambda row, _value: row.lacks > 0,
        everything=_("All files"),
    )
    return Plan(f"{call.code}-files", FILES, _file_row_told, (lacking,), first="application")


def _pair_told(pair: Pair) -> str:
    return f"{_named(pair.application)} {pair.person}"


PAIRS = {
    "application": OUTCOME_CODE,
    "applicant": OUTCOME_NAME,
    "evaluator": Column(_("Evaluator"), ["person__name"], lambda pair: pair.person.name),
}


def plan_of_spread(call: Call) -> Plan:
    """Who would get what."""
    return Plan(f"{call.code}-spread", PAIRS, _pair_told)


def _files_of(row: ProgressRow) -> str:
    return ", ".join(one.application.code for one in (*row.locked, *row.given_back))


PROGRESS = {
    "evaluator": Column(_("Evaluator"), ["person__name"], lambda row: row.person.name),
    "left": Column(_("Left"), ["counted__left"], lambda row: row.counted.left, is_number=True),
    "locked": Column(
        pgettext_lazy("marks", "Locked"),
        ["counted__locked"],
        lambda row: row.counted.locked,
        is_number=True,
    ),
    "until": Column(_("Until"), ["due_on"], lambda row: row.due_on),
    "files": Column(_("Files"), cell=_files_of),
}


def _progress_told(row: ProgressRow) -> str:
    return f"{row.person.name} {_files_of(row)}"


def plan_of_progress(call: Call) -> Plan:
    """How far each evaluator is."""
    return Plan(f"{call.code}-progress", PROGRESS, _progress_told, first="evaluator")


# The ranking


def _line_told(line: ShownLine) -> str:
    return f"{_of_application(line)} {line.said}"


def _place_of(line: ShownLine) -> tuple[int, ...] | None:
    return None if line.place is None else (line.place,)


def _mean_on(criterion: str, means: Mapping[str, Mapping[str, str]]) -> Callable[[ShownLine], str]:
    return lambda line: means[line.application.code].get(criterion, "")


def plan_of_ranking(ranking: Ranking) -> Plan:
    """The lines of a ranking; the export has exact scores, means and every step."""
    exact, means = exact_scores(ranking), means_of(ranking)
    columns = {
        "place": Column(_("Place"), _place_of, lambda line: line.place, is_number=True),
        "application": OUTCOME_CODE,
        **_standing(ranking, exact),
        **{
            code: Column(code, cell=_mean_on(code, means), is_shown=False)
            for code in (line["code"] for line in ranking.terms["criteria"])
        },
        "steps": Column(_("How it came there"), cell=lambda line: " ".join(line.steps)),
    }
    return Plan(f"ranking-{ranking.call.code}-{ranking.number}", columns, _line_told)


def _standing(
    ranking: Ranking, exact: Mapping[str, tuple[str | None, Fraction | None]]
) -> dict[str, Column]:
    """Where an application stands, whose it is, and what it is worth."""
    return {
        "group": Column(
            _("Group"), lambda line: list(Group).index(line.group), lambda line: line.group
        ),
        "reserve_position": Column(_("Position"), cell=lambda line: line.position, is_shown=False),
        "organisation": UNSHOWN_NAME,
        "country": Column(
            _("Country"), cell=lambda line: line.application.organisation.country, is_shown=False
        ),
        "score_exact": Column(
            _("Score"),
            lambda line: exact[line.application.code][1],
            lambda line: exact[line.application.code][0],
            is_number=True,
        ),
        "amount": Column(_("Amount"), ["amount_cents"], _money, is_number=True),
        "currency": Column(_("Currency"), cell=lambda _line: ranking.call.currency, is_shown=False),
    }


# The decisions


def _yeses(one: Decision) -> str:
    return ", ".join(str(yes.person) for yes in one.approvals.all())


DECISIONS = {
    "decision": Column(_("Decision"), ["code"], lambda one: one.code),
    "state": Column(_("State"), ["state"], lambda one: one.state),
    "applications": Column(_("Applications"), ["files"], lambda one: one.files, is_number=True),
    "awarded": Column(
        pgettext_lazy("how many", "Awarded"), ["awarded"], lambda one: one.awarded, is_number=True
    ),
    "yes": Column(_("Said yes"), cell=_yeses),
    "proposed": Column(_("Proposed"), ["proposed_at"], lambda one: one.proposed_at),
}


def plan_of_decisions(call: Call) -> Plan:
    """The decisions of a call."""
    return Plan(
        f"{call.code}-decisions",
        DECISIONS,
        lambda one: f"{one.code} {_yeses(one)}",
        first="-proposed",
        place="made",
        title=_("Decisions"),
    )


RENOUNCED = {
    "application": OUTCOME_CODE,
    "applicant": OUTCOME_NAME,
    "outcome": Column(_("Outcome"), ["group"], lambda one: one.group),
    "amount": Column(_("Amount"), ["amount_cents"], _money, is_number=True),
    "renounced": Column(_("Renounced"), ["renounced_at"], lambda one: one.renounced_at),
}


def plan_of_renounced(call: Call) -> Plan:
    """What applicants gave back."""
    return Plan(
        f"{call.code}-renounced",
        RENOUNCED,
        _of_application,
        first="-renounced",
        place="renounced",
        title=_("Renounced"),
    )


RESERVE = {
    "position": Column(_("Position"), ["position"], lambda one: one.position, is_number=True),
    "application": OUTCOME_CODE,
    "applicant": OUTCOME_NAME,
    "actions": ACTIONS,
}


def plan_of_reserve(call: Call) -> Plan:
    """The reserve list that holds now."""
    return Plan(
        f"{call.code}-reserve",
        RESERVE,
        _of_application,
        first="position",
        place="reserve",
        title=_("Reserve list"),
    )


UNDECIDED = {
    "application": Column(_("Application"), ["code"], lambda one: one.code),
    "applicant": Column(
        _("Applicant"), ["organisation__name_order"], lambda one: one.organisation.name
    ),
    "actions": ACTIONS,
}


def plan_of_undecided(call: Call) -> Plan:
    """What waits for a decision."""
    return Plan(
        f"{call.code}-undecided",
        UNDECIDED,
        finds=partial(found_by, countries=()),
        first="application",
        place="open",
        title=_("Not decided yet"),
    )


OUTCOMES = {
    "application": OUTCOME_CODE,
    "applicant": UNSHOWN_NAME,
    "outcome": Column(
        _("Outcome"), lambda one: list(Group).index(Group(one.group)), lambda one: one.group
    ),
    "place": Column(_("Place"), ["place"], lambda one: one.place, is_number=True),
    "score": Column(_("Score"), ["score"], lambda one: one.score, is_number=True),
    "amount": Column(_("Amount"), ["amount_cents"], _money, is_number=True),
}


def plan_of_outcomes(decision: Decision) -> Plan:
    """What a decision says of each application."""
    return Plan(f"decision-{decision.code}", OUTCOMES, _of_application)
