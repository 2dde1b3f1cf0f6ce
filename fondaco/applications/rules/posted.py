"""What a page of the form posts: answers as typed, and the marks of what it showed."""

from collections.abc import Mapping, Sequence

from fondaco.questionnaires.rules.answers import Typed, mark, typed_text
from fondaco.questionnaires.rules.schema import Kind, Question, Section

PREFIX, WAS, CHOICE = "q-", "was-", "choose-"
ONLY, THEIRS, MANY = "only", "theirs", "many"
NOT_TYPED = frozenset({Kind.FILE, Kind.SIGNATURE})
Posted = Mapping[str, Sequence[str]]


def typed_answers(section: Section, posted: Posted) -> dict[str, Typed]:
    """The answers of a section as they were typed; a control that was not sent is empty.

    After a clash the page sends `only` the answers that clashed, each with the choice made.
    """
    only = posted.get(ONLY, ())
    return {
        question.code: _typed(question, posted)
        for question in section.questions
        if question.kind not in NOT_TYPED
        and (not only or question.code in only)
        and _last(posted, CHOICE + question.code) != THEIRS
    }


def _typed(question: Question, posted: Posted) -> Typed:
    name = PREFIX + question.code
    return _several(posted, name) if question.kind == Kind.CHOICES else _text(posted, name)


def _several(posted: Posted, name: str) -> list[str]:
    return [typed_text(code) for code in posted.get(name, ()) if code]


def _text(posted: Posted, name: str) -> str:
    return typed_text(_last(posted, name))


def _last(posted: Posted, name: str) -> str:
    sent = posted.get(name) or [""]
    return sent[-1]


def marks_shown(section: Section, posted: Posted) -> dict[str, str] | None:
    """The marks of what the page showed; None from a page that sent none."""
    marks = {
        question.code: _last(posted, WAS + question.code)
        for question in section.questions
        if WAS + question.code in posted
    }
    return marks or None


def marks_posted(posted: Posted) -> dict[str, str]:
    """The marks of what was typed, without knowing the form: the page says what takes several."""
    several = frozenset(posted.get(MANY, ()))
    shown = [name.removeprefix(WAS) for name in posted if name.startswith(WAS)]
    return {
        code: mark(
            _several(posted, PREFIX + code) if code in several else _text(posted, PREFIX + code)
        )
        for code in shown
    }
