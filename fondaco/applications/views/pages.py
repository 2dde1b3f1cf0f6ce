"""What several pages of an application show: the way, the steps, the conditions, the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.applications import phrases
from fondaco.applications.models import Application, Submission
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.selectors import (
    deadline_for,
    missed_cut_off,
    sent_besides,
    to_be_replaced,
)
from fondaco.applications.selectors.money import meters_of
from fondaco.applications.states import EDITABLE, State, Verdict
from fondaco.applications.views.reckoning import reckoning
from fondaco.calls.models import Call
from fondaco.calls.models import Rule as RuleRow
from fondaco.calls.phrases import number_words
from fondaco.calls.states import Intake
from fondaco.directory.access import PersonRequest
from fondaco.directory.models import Organisation, Person
from fondaco.documents.models import Upload
from fondaco.kernel.facts import Told
from fondaco.questionnaires.phrases import Answered, answered, cell_words, problem_words
from fondaco.questionnaires.phrases.versions import all_changes
from fondaco.questionnaires.rules.answers import Problem
from fondaco.questionnaires.rules.answers import Value as Answer
from fondaco.questionnaires.rules.readers import withheld
from fondaco.questionnaires.rules.schema import Form, Kind, Question, Section, Texts
from fondaco.questionnaires.rules.tables import Reader
from fondaco.questionnaires.rules.versions import difference
from fondaco.questionnaires.rules.visibility import NOTHING
from fondaco.questionnaires.selectors import form_of
from fondaco.web.words import say

NEVER: list[str] = []
"""Stands for the reasons of an answer that was there once and is shown to nobody any more."""
Trail = list[tuple[str, str]]


class Who(TypedDict):
    """Who acts, and when: what every verb is told."""

    by: Person
    at: datetime


def who(request: PersonRequest) -> Who:
    """The person of the request, at the moment it was received."""
    return {"by": request.user, "at": request.received_at}


def way_to_call(call: Call) -> Trail:
    """The start of every page's way: the calls, the call."""
    return [
        (_("Calls"), reverse("desks:calls")),
        (say(call.title).text or call.code, reverse("desks:call", args=[call.code])),
    ]


def way_to(application: Application) -> Trail:
    """The way to the application's own page."""
    return [*way_to_call(application.call), (application.code, url_of("detail", application))]


def url_of(page: str, application: Application, *more: object) -> str:
    """The address of a page of the application."""
    return reverse(f"applications:{page}", args=[application.call.code, application.code, *more])


def deadline_of(application: Application, *, at: datetime) -> dict[str, object]:
    """Until when this application can be sent, and whether that is over."""
    closes_at = deadline_for(application, at=at)
    is_late = closes_at is not None and closes_at < at and application.state in EDITABLE
    return {
        "closes_at": closes_at,
        "is_late": is_late,
        "missed_cut_off": missed_cut_off(application, at=at),
        "counts_arrival": application.call.intake == Intake.FIRST_COME,
        "has_cut_offs": application.call.intake == Intake.CUT_OFFS,
    }


def before_sending(application: Application, copy: Copy, *, at: datetime) -> dict[str, object]:
    """Until when it can be sent, what it comes to, and what sending it does to earlier ones."""
    call = application.call
    return {
        "steps": steps_of(application, copy, "review"),
        "progress": copy.progress,
        "lacks": lacks_of(application, copy),
        "reckoning": reckoning(application, copy, at=at),
        "currency": call.currency,
        "number_words": number_words(call),
        "replaces": ", ".join(one.code for one in to_be_replaced(application)),
        **deadline_of(application, at=at),
    }


def counted(application: Application) -> dict[str, object]:
    """For an officer: what the organisation got, and what else it sent to the call."""
    call = application.call
    limited = call.per_organisation is not None
    return {
        "trail": way_to_office(application),
        "badge": badge_of(application),
        "meters": meters_of(call, application.organisation_id, but=application.code, told=False),
        "currency": call.currency,
        "number_words": number_words(call),
        "sent_besides": sent_besides(application) if limited else [],
    }


def meters_by_organisation(
    call: Call, organisations: Iterable[Organisation]
) -> list[dict[str, object]]:
    """What each organisation of the reader may still get, where the call limits it."""
    found = ((one, meters_of(call, one.pk)) for one in organisations)
    return [{"organisation": one, "meters": meters} for one, meters in found if meters]


def badge_of(application: Application) -> dict[str, object]:
    """The state as a badge."""
    state = State(application.state)
    return {"label": phrases.STATES[state], "tone": phrases.STATE_TONES[state]}


def steps_of(application: Application, copy: Copy, now: str) -> list[dict[str, object]]:
    """How far the form has come, for the row of steps; `now` is a section or `review`."""
    steps: list[dict[str, object]] = [
        {
            "label": say(section.title).text or section.code,
            "url": url_of("section", application, section.code),
            "state": _state_of(copy, section, now),
        }
        for section in copy.form.sections
        if section.code == now or copy.is_asked(section)
    ]
    review = {"label": _("Check and send"), "url": url_of("review", application)}
    return [*steps, {**review, "state": "now" if now == "review" else "next"}]


def _state_of(copy: Copy, section: Section, now: str) -> str:
    if section.code == now:
        return "now"
    return "done" if copy.progress_of(section).is_complete else "next"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the call as it stands for an application."""

    code: str
    says: Texts
    proof: Texts
    stops: bool
    is_invented: bool
    is_one_of_several: bool
    verdict: Verdict
    told: str
    source: str
    at: datetime | None
    is_told: bool

    @property
    def verdict_words(self) -> str:
        """The verdict in words."""
        return str(phrases.VERDICTS[self.verdict])

    @property
    def tone(self) -> str:
        """The verdict's colour."""
        return phrases.VERDICT_TONES[self.verdict]


def conditions_of(
    rules: Iterable[RuleRow], told: Mapping[str, Told], found: Mapping[str, Verdict]
) -> list[Condition]:
    """Every condition with its verdict, what was told and by whom."""
    return [
        Condition(
            code=rule.code,
            says=rule.says,
            proof=rule.proof,
            stops=rule.stops,
            is_invented=rule.is_invented,
            is_one_of_several=bool(rule.group),
            verdict=found[rule.code],
            told=phrases.told_words(rule.fact, told[rule.code].value),
            source=phrases.source_words(told[rule.code].source),
            at=told[rule.code].at,
            is_told=told[rule.code].value not in (None, "", ()),
        )
        for rule in rules
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer, and where its file is."""

    answer: Answered
    file_url: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that was not asked, and the answers because of which."""

    label: Texts
    because: list[Texts]


def left_out(form: Form, section: Section, hidden: Mapping[str, Iterable[str]]) -> list[LeftOut]:
    """The questions of a section that are not asked; those that stay silent are none."""
    labels = {question.code: question.label for question in form.questions} if hidden else {}
    return [
        LeftOut(one.label, [labels[code] for code in hidden[one.code] if code in labels])
        for one in section.questions
        if hidden.get(one.code)
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A section for reading."""

    section: Section
    url: str
    lines: list[Line]
    left_out: list[LeftOut] = field(default_factory=list)
    is_partial: bool = False
    """Whether answers of it are not for this reader."""


def parts_of(
    application: Application,
    form: Form,
    values: Mapping[str, Answer],
    uploads: Mapping[str, Upload],
    *,
    found: Iterable[Problem] = (),
    hidden: Mapping[str, Iterable[str]] = NOTHING,
) -> list[Part]:
    """All sections with their answers in words, and what was not asked in them."""
    problems = list(found)
    return [
        Part(
            section,
            url_of("section", application, section.code),
            [
                _line(application, question, values.get(question.code), uploads, problems)
                for question in section.questions
                if question.code not in hidden
            ],
            left_out(form, section, hidden) if hidden else [],
            bool(hidden) and any(hidden.get(one.code) == () for one in section.questions),
        )
        for section in form.sections
    ]


def _line(
    application: Application,
    question: Question,
    value: Answer,
    uploads: Mapping[str, Upload],
    problems: list[Problem],
) -> Line:
    shown = answered(
        question,
        value,
        uploads=uploads if question.kind == Kind.FILE else None,
        currency=application.call.currency,
        found=problems,
    )
    return Line(shown, url_of("file", application, shown.upload.code) if shown.upload else "")


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to put right, with the link to where."""

    label: Texts
    words: str
    url: str


def lacks_of(application: Application, copy: Copy) -> list[Lack]:
    """Every problem of the whole form at once, each linked to its field."""
    found = [
        (section, problem)
        for section in copy.form.sections
        for problem in [*copy.wrong_in(section), *copy.lacks_in(section)]
    ]
    return [_lack(application, copy, section, problem) for section, problem in found]


def _lack(application: Application, copy: Copy, section: Section, problem: Problem) -> Lack:
    asked = next(one for one in section.questions if one.code == problem.question)
    address, said = url_of("section", application, section.code), problem_words(problem, asked)
    if problem.key:
        said = f"{cell_words(asked, copy.answers, problem.key)}: {said}"
    return Lack(asked.label, said, f"{address}?check=1#q-{problem.key or asked.code}")


def frozen_parts(
    submission: Submission,
    form: Form,
    uploads: Mapping[str, Upload],
    application: Application,
    reader: Reader | None = None,
) -> list[Part]:
    """The sections of a frozen version, as far as this reader sees them."""
    content = submission.content
    hidden = content.get("hidden", NOTHING)
    if forgotten := content.get("forgotten"):
        hidden = {**hidden, **dict.fromkeys(forgotten, NEVER)}
    if kept_back := withheld(form, reader):
        hidden = {**hidden, **dict.fromkeys(kept_back, ())}
    return parts_of(application, form, content["answers"], uploads, hidden=hidden)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer without a question, kept aside."""

    label: Texts
    said: str


def moved_of(application: Application, copy: Copy) -> dict[str, object]:
    """What a draft that was moved to another version of its form has to say of it."""
    if application.moved_from_id is None or application.moved_from is None:
        return {}
    if application.state != State.DRAFT:
        return {}
    changes = difference(form_of(application.moved_from), copy.form)
    kept = [Kept(entry["label"], _aside_words(entry)) for entry in application.aside]
    return {"changes": all_changes(changes), "kept_aside": kept}


def _aside_words(entry: Mapping[str, Any]) -> str:
    """What was typed; of a file only that there was one, of a group its cells."""
    if entry["kind"] == Kind.FILE:
        return _("a file")
    typed = [said for key, said in entry["answers"].items() if key.count(".") != 1]
    texts = [one for said in typed for one in (said if isinstance(said, list) else [said])]
    said = [one.get("name", "") if isinstance(one, dict) else str(one) for one in texts]
    return "; ".join(one for one in said if one)


def way_to_office(application: Application) -> Trail:
    """The way to an officer's page of the application."""
    call = application.call
    return [
        *way_to_call(call),
        (_("Applications"), reverse("applications:office", args=[call.code])),
    ]
