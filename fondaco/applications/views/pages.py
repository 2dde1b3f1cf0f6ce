"""What several pages of an application show: the way, the steps, the conditions, the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.applications import phrases
from fondaco.applications.models import Application, Submission
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.selectors import deadline_for
from fondaco.applications.states import EDITABLE, State, Verdict
from fondaco.calls.models import Call
from fondaco.calls.models import Rule as RuleRow
from fondaco.directory.access import PersonRequest
from fondaco.directory.models import Person
from fondaco.documents.models import Upload
from fondaco.kernel.facts import Told
from fondaco.questionnaires.phrases import Answered, answered, problem_words
from fondaco.questionnaires.rules.answers import Problem
from fondaco.questionnaires.rules.answers import Value as Answer
from fondaco.questionnaires.rules.schema import Form, Kind, Question, Section, Texts
from fondaco.web.words import say

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
    return {"closes_at": closes_at, "is_late": is_late}


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
class Part:
    """A section for reading."""

    section: Section
    url: str
    lines: list[Line]


def parts_of(
    application: Application,
    form: Form,
    values: Mapping[str, Answer],
    uploads: Mapping[str, Upload],
    *,
    found: Iterable[Problem] = (),
) -> list[Part]:
    """All sections with their answers in words."""
    problems = list(found)
    return [
        Part(
            section,
            url_of("section", application, section.code),
            [
                _line(application, question, values.get(question.code), uploads, problems)
                for question in section.questions
            ],
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
    return [_lack(application, section, problem) for section, problem in found]


def _lack(application: Application, section: Section, problem: Problem) -> Lack:
    asked = next(one for one in section.questions if one.code == problem.question)
    address = url_of("section", application, section.code)
    return Lack(asked.label, problem_words(problem), f"{address}?check=1#q-{asked.code}")


def frozen_parts(
    submission: Submission, form: Form, uploads: Mapping[str, Upload], application: Application
) -> list[Part]:
    """The sections of a frozen version."""
    return parts_of(application, form, submission.content["answers"], uploads)


def way_to_office(application: Application) -> Trail:
    """The way to an officer's page of the application."""
    call = application.call
    return [
        *way_to_call(call),
        (_("Applications"), reverse("applications:office", args=[call.code])),
    ]
