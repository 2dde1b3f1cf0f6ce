"""What an evaluator reads: the frozen answers, grouped by the criterion they are about."""

from collections.abc import Mapping
from dataclasses import dataclass

from fondaco.applications.models import Application
from fondaco.applications.selectors import last_submission
from fondaco.calls.models import Call, Criterion
from fondaco.calls.states import Scale
from fondaco.documents.selectors import uploads_named
from fondaco.evaluation.models import Assignment
from fondaco.evaluation.rules.frozen import answers_in, files_in
from fondaco.evaluation.rules.marks import Marked, highest, marks_offered
from fondaco.evaluation.selectors.files import grid_of, marks_of
from fondaco.questionnaires.phrases import Answered, answered
from fondaco.questionnaires.rules.readers import withheld
from fondaco.questionnaires.rules.schema import Kind, Question
from fondaco.questionnaires.rules.tables import Reader
from fondaco.questionnaires.selectors import form_of
from fondaco.web import words

Part = tuple[Mapping[str, str], tuple[Answered, ...]]
"""A section's title, and its answers."""
FORMAL = frozenset({Kind.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with the answers it is about and what was marked so far."""

    criterion: Criterion
    answers: tuple[Answered, ...]
    kept: Marked
    most: str
    offered: tuple[tuple[str, str], ...]
    """What can be chosen: as it is sent, and as the reader writes it."""

    @property
    def shown(self) -> str:
        """The mark as the reader writes it, without zeros that say nothing."""
        return "" if self.kept.value is None else words.number(self.kept.value)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file: what stands before the criteria, and the criteria with their answers."""

    before: tuple[Part, ...]
    judged: tuple[Judged, ...]
    number: int

    @property
    def left(self) -> int:
        """How many criteria have no mark yet."""
        return sum(one.kept.value is None for one in self.judged)


def reading_of(assignment: Assignment) -> Reading:
    """The file as its evaluator reads it."""
    application = assignment.application
    call = application.call
    submission = last_submission(application)
    content = submission.content if submission else {}
    form, said = form_of(application.form), answers_in(content)
    hidden = {*content.get("hidden", {}), *withheld(form, Reader.EVALUATORS)}
    uploads = uploads_named(application.code, files_in(content))
    criteria = {line.code for line in call.criteria.all()}
    by_criterion: dict[str, list[Answered]] = {code: [] for code in criteria}
    before = []
    for section in form.sections:
        rest: list[Answered] = []
        for question in section.questions:
            if question.code in hidden:
                continue
            read = answered(
                question, said.get(question.code), uploads=uploads, currency=call.currency
            )
            _home(question, by_criterion, rest).append(read)
        if rest:
            before.append((section.title, tuple(rest)))
    judged = _judged(call, by_criterion, marks_of(assignment))
    return Reading(tuple(before), judged, submission.number if submission else 0)


def whole_file(application: Application, *, reader: Reader) -> list[Part]:
    """The submission that counts, section by section, for those who answer about it."""
    submission = last_submission(application)
    content = submission.content if submission else {}
    form, said = form_of(application.form), answers_in(content)
    hidden = {*content.get("hidden", {}), *withheld(form, reader)}
    uploads = uploads_named(application.code, files_in(content))
    currency = application.call.currency
    return [
        (
            section.title,
            tuple(
                answered(one, said.get(one.code), uploads=uploads, currency=currency)
                for one in section.questions
                if one.code not in hidden
            ),
        )
        for section in form.sections
    ]


def _home(
    question: Question, by_criterion: dict[str, list[Answered]], rest: list[Answered]
) -> list[Answered]:
    """Where an answer is read: with its criterion, else with its section."""
    if question.kind in FORMAL:
        return []
    return by_criterion.get(question.criterion, rest)


def _judged(
    call: Call, answers: Mapping[str, list[Answered]], kept: Mapping[str, Marked]
) -> tuple[Judged, ...]:
    grid = grid_of(call)
    terms = {line.code: line for line in grid.criteria}
    return tuple(
        Judged(
            criterion=line,
            answers=tuple(answers[line.code]),
            kept=kept.get(line.code, Marked()),
            most=words.number(highest(Scale(call.scale), terms[line.code])),
            offered=tuple(
                (f"{value.normalize():f}", words.number(value))
                for value in marks_offered(grid, terms[line.code])
            ),
        )
        for line in call.criteria.all()
    )
