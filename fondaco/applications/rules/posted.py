"""What a page of the form posts: answers as typed, and the marks of what it showed."""

from collections.abc import Mapping, Sequence

from fondaco.questionnaires.rules.answers import Typed, mark, typed_text
from fondaco.questionnaires.rules.groups import cell_key, keys_of, row_key, rows_asked
from fondaco.questionnaires.rules.schema import Kind, Question, Section

PREFIX, WAS, CHOICE = "q-", "was-", "choose-"
ONLY, THEIRS, MANY = "only", "theirs", "many"
NOT_TYPED = frozenset({Kind.FILE, Kind.SIGNATURE, Kind.GROUP})
Posted = Mapping[str, Sequence[str]]


def typed_answers(section: Section, posted: Posted) -> dict[str, Typed]:
    """The answers of a section as they were typed; a control that was not sent is empty.

    After a clash the page sends `only` the answers that clashed, each with the choice made.
    """
    only = posted.get(ONLY, ())
    typed = {
        question.code: _typed(question, posted)
        for question in section.questions
        if question.kind not in NOT_TYPED
        and (not only or question.code in only)
        and _last(posted, CHOICE + question.code) != THEIRS
    }
    for group in section.groups:
        typed |= _cells(group, posted, only)
    return typed


def _cells(group: Question, posted: Posted, only: Sequence[str]) -> dict[str, Typed]:
    """The places and cells of the rows that the page has; rows that it has not stay as they are."""
    named = [name.removeprefix(PREFIX) for name in posted if name.startswith(PREFIX)]
    return {
        key: _text(posted, PREFIX + key)
        for key in keys_of(group, named)
        if (not only or key in only) and _last(posted, CHOICE + key) != THEIRS
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
    for group in section.groups:
        named = [name.removeprefix(WAS) for name in posted if name.startswith(WAS)]
        marks |= {key: _last(posted, WAS + key) for key in keys_of(group, named)}
    return marks or None


def marks_of(section: Section, answers: Mapping[str, Typed]) -> dict[str, str]:
    """The marks of what a page shows: of every answer that is typed, and of every cell."""
    marks = {
        question.code: mark(answers.get(question.code))
        for question in section.questions
        if question.kind not in NOT_TYPED
    }
    for group in section.groups:
        keys = [*keys_of(group, answers), *_keys_asked(group, answers)]
        marks |= {key: mark(answers.get(key)) for key in keys}
    return marks


def _keys_asked(group: Question, answers: Mapping[str, Typed]) -> list[str]:
    """The keys of every row that the page asks, empty ones included."""
    columns = [column.code for column in group.columns if column.formula is None]
    return [
        key
        for row in rows_asked(group, answers)
        for key in (
            row_key(group.code, row.code),
            *(cell_key(group.code, row.code, column) for column in columns),
        )
    ]


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
