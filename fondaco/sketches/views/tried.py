"""What the pages of a trial show: its steps, what it lacks, what the rules say, its receipt."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.applications.phrases import (
    VERDICT_TONES,
    VERDICTS,
    reason_words,
    source_words,
    told_words,
)
from fondaco.calls.models import Rule
from fondaco.calls.phrases import number_words
from fondaco.calls.selectors import day_of_step
from fondaco.questionnaires.phrases import Answered, answered, cell_words, problem_words
from fondaco.questionnaires.rules.answers import Problem
from fondaco.questionnaires.rules.schema import Kind, Question, Section
from fondaco.sketches.selectors.trials import Tried
from fondaco.web.words import say

Shown = dict[str, object]
RESULT = "result"


def part_url(code: str, section: str) -> str:
    """The address of a section of the trial."""
    return reverse("sketches:trial-part", args=[code, section])


def steps_in(trial: Tried, here: str) -> list[Shown]:
    """The pages of the trial in their order; `here` is a section, or the result."""
    code, copy = trial.call.code, trial.copy
    first = trial.organisation
    pages = [(first.code, say(first.title).text, reverse("sketches:trial", args=[code]), False)]
    for section in copy.sections:
        is_done = copy.progress_of(section).is_complete
        title = say(section.title).text or section.code
        pages.append((f"part {section.code}", title, part_url(code, section.code), is_done))
    pages.append((RESULT, _("Result"), reverse("sketches:trial-result", args=[code]), False))
    return [
        {
            "label": label,
            "url": url,
            "state": "now" if page == here else "done" if is_done else "next",
        }
        for page, label, url, is_done in pages
    ]


def result_in(trial: Tried) -> Shown:
    """What the check before sending would say, and what would be paid."""
    decision = trial.sending
    return {
        "progress": trial.copy.progress,
        "reasons": reason_words(decision.reasons),
        "lacks": lacks_in(trial),
        "can_send": bool(decision),
        "conditions": [_condition(trial, rule) for rule in trial.call.rules.all()],
        "reckoning": trial.sum,
        "currency": trial.call.currency,
        "number_words": number_words(trial.call),
    }


def receipt_in(trial: Tried) -> Shown:
    """What the receipt of an application with these answers would say."""
    call = trial.call
    steps = [(step, day_of_step(call, step)) for step in call.steps.all() if not step.is_internal]
    return {
        "number": f"TRIAL-{call.code}",
        "parts": parts_in(trial),
        "files": [
            question.label
            for question in trial.form.questions
            if question.code in trial.copy.files and question.code not in trial.copy.hidden
        ],
        "closes_at": call.closes_at,
        "steps_after": steps,
        "number_words": number_words(call),
    }


def lacks_in(trial: Tried) -> list[Shown]:
    """Every problem of the whole form, each with the way to its field."""
    return [
        _lack(trial, section, problem)
        for section in trial.form.sections
        for problem in [*trial.copy.wrong_in(section), *trial.copy.lacks_in(section)]
    ]


def _lack(trial: Tried, section: Section, problem: Problem) -> Shown:
    asked = next(one for one in section.questions if one.code == problem.question)
    said = problem_words(problem, asked)
    if problem.key:
        said = f"{cell_words(asked, trial.copy.answers, problem.key)}: {said}"
    url = f"{part_url(trial.call.code, section.code)}?check=1#q-{problem.key or asked.code}"
    return {"label": asked.label, "words": said, "url": url}


def _condition(trial: Tried, rule: Rule) -> Shown:
    """A rule with its verdict and why, in the words of an application."""
    told, verdict = trial.told[rule.code], trial.verdicts[rule.code]
    return {
        "says": rule.says,
        "stops": rule.stops,
        "is_invented": rule.is_invented,
        "is_one_of_several": bool(rule.group),
        "verdict_words": VERDICTS[verdict],
        "tone": VERDICT_TONES[verdict],
        "is_told": told.value not in (None, "", ()),
        "told": told_words(rule.fact, told.value),
        "source": source_words(told.source),
    }


def parts_in(trial: Tried) -> list[Shown]:
    """All sections with their answers in words, and what was not asked in them."""
    hidden = trial.copy.hidden
    labels = {question.code: question.label for question in trial.form.questions}
    return [
        {
            "section": section,
            "url": part_url(trial.call.code, section.code),
            "lines": [
                {"answer": _answer(trial, question), "file_url": ""}
                for question in section.questions
                if question.code not in hidden
            ],
            "left_out": [
                _left_out(question, hidden, labels)
                for question in section.questions
                if hidden.get(question.code)
            ],
        }
        for section in trial.form.sections
    ]


def _left_out(
    question: Question, hidden: Mapping[str, tuple[str, ...]], labels: Mapping[str, object]
) -> Shown:
    because = [labels[code] for code in hidden[question.code] if code in labels]
    return {"label": question.label, "because": because}


def _answer(trial: Tried, question: Question) -> Answered:
    value = trial.copy.values.get(question.code)
    if question.kind == Kind.FILE:
        return Answered(question, _("A file, counted as given") if value else "")
    return answered(question, value, currency=trial.call.currency)
