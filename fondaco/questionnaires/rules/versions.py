"""What differs between two versions of a form, and where the answers to the older one go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fondaco.questionnaires.rules.answers import Typed, is_answered
from fondaco.questionnaires.rules.groups import head_of
from fondaco.questionnaires.rules.schema import Form, Kind, Question, Texts


class Sort(StrEnum):
    """What happened to a question, or to a section."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RELABELLED = "relabelled"
    EXPLAINED = "explained"
    KIND = "kind"
    REQUIRED = "required"
    OPTIONAL = "optional"
    LIMIT = "limit"
    BOUNDS = "bounds"
    OPTION_ADDED = "option-added"
    OPTION_REMOVED = "option-removed"
    OPTION_RELABELLED = "option-relabelled"
    COLUMNS = "columns"
    CONDITION = "condition"
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    SECTION_RENAMED = "section-renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of which question or section, what it was and what it is."""

    sort: Sort
    code: str
    label: Texts
    was: Texts | str = ""
    now: Texts | str = ""


def difference(before: Form, after: Form) -> list[Change]:
    """Everything that differs for who fills the form in, in the order of the newer version."""
    old = {question.code: question for question in before.questions}
    new = {question.code: question for question in after.questions}
    found = list(_of_sections(before, after))
    for code, question in new.items():
        if code not in old:
            found.append(Change(Sort.ADDED, code, question.label))
        else:
            found += _of_question(old[code], question)
    found += [
        Change(Sort.REMOVED, code, question.label)
        for code, question in old.items()
        if code not in new
    ]
    return [*found, *_moved(before, after)]


def _of_sections(before: Form, after: Form) -> Iterator[Change]:
    old = {section.code: section for section in before.sections}
    new = {section.code: section for section in after.sections}
    for code, section in new.items():
        if code not in old:
            yield Change(Sort.SECTION_ADDED, code, section.title)
        elif section.title != old[code].title:
            yield Change(Sort.SECTION_RENAMED, code, section.title, old[code].title, section.title)
    for code, section in old.items():
        if code not in new:
            yield Change(Sort.SECTION_REMOVED, code, section.title)


def _moved(before: Form, after: Form) -> Iterator[Change]:
    """Questions that stand on another page, or behind another question that was there before."""
    common = {one.code for one in before.questions} & {one.code for one in after.questions}
    old, new = _places(before, common), _places(after, common)
    labels = {question.code: question.label for question in after.questions}
    stay = _longest_order([code for code in new if new[code] == old[code]], list(old))
    for code, section in new.items():
        if section != old[code] or code not in stay:
            yield Change(Sort.MOVED, code, labels[code], old[code], section)


def _places(form: Form, codes: set[str]) -> dict[str, str]:
    return {
        question.code: section.code
        for section in form.sections
        for question in section.questions
        if question.code in codes
    }


def _longest_order(now: Sequence[str], before: Sequence[str]) -> set[str]:
    """The most questions that stand in the same order as before: all others were moved."""
    rank = {code: place for place, code in enumerate(before)}
    best: list[list[str]] = []
    for code in now:
        tails = [one for one in best if rank[one[-1]] < rank[code]]
        best.append([*_longest(tails), code])
    return set(_longest(best))


def _longest(orders: Sequence[list[str]]) -> list[str]:
    found: list[str] = []
    for order in orders:
        found = order if len(order) > len(found) else found
    return found


def _of_question(old: Question, new: Question) -> Iterator[Change]:
    code, label = new.code, new.label
    if new.label != old.label:
        yield Change(Sort.RELABELLED, code, label, old.label, new.label)
    if (new.help, new.text) != (old.help, old.text):
        yield Change(Sort.EXPLAINED, code, label)
    if new.kind != old.kind:
        yield Change(Sort.KIND, code, label, old.kind.value, new.kind.value)
    if new.is_required != old.is_required:
        yield Change(Sort.REQUIRED if new.is_required else Sort.OPTIONAL, code, label)
    yield from _of_limits(old, new)
    yield from _of_options(old, new)
    if (new.columns, new.budget) != (old.columns, old.budget):
        yield Change(Sort.COLUMNS, code, label)
    if new.shown_when != old.shown_when:
        yield Change(Sort.CONDITION, code, label)


def _of_limits(old: Question, new: Question) -> Iterator[Change]:
    code, label = new.code, new.label
    if new.limit != old.limit:
        yield Change(Sort.LIMIT, code, label, str(old.limit or ""), str(new.limit or ""))
    if (new.at_least, new.at_most) != (old.at_least, old.at_most):
        yield Change(Sort.BOUNDS, code, label, _bounds(old), _bounds(new))


def _bounds(question: Question) -> str:
    return f"{question.at_least or '…'} – {question.at_most or '…'}"


def _of_options(old: Question, new: Question) -> Iterator[Change]:
    was = {option.code: option.label for option in old.options}
    now = {option.code: option.label for option in new.options}
    for code, label in now.items():
        if code not in was:
            yield Change(Sort.OPTION_ADDED, new.code, new.label, "", label)
        elif label != was[code]:
            yield Change(Sort.OPTION_RELABELLED, new.code, new.label, was[code], label)
    for code, label in was.items():
        if code not in now:
            yield Change(Sort.OPTION_REMOVED, new.code, new.label, label)


Aside = Mapping[str, Any]
"""An answer without a question: `question`, `kind`, `label`, `answers` by key; maybe `months`."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The answers of a draft in a newer version of its form, and those that are kept aside."""

    sections: Mapping[str, Mapping[str, Typed]]
    aside: tuple[Aside, ...]


def moved(
    before: Form, after: Form, answers: Mapping[str, Typed], aside: Sequence[Aside] = ()
) -> Moved:
    """Where each answer goes; none is lost, and what was kept aside comes back to its question."""
    by_question: dict[str, dict[str, Typed]] = {}
    for key, typed in answers.items():
        by_question.setdefault(head_of(key), {})[key] = typed
    homeless = dict(by_question)
    sections: dict[str, Mapping[str, Typed]] = {}
    left = list(aside)
    for section in after.sections:
        kept: dict[str, Typed] = {}
        for question in section.questions:
            own = by_question.get(question.code, {})
            if _fits(before.question(question.code), question, own):
                homeless.pop(question.code, None)
                kept |= own
            if not any(is_answered(kept.get(key)) for key in kept if head_of(key) == question.code):
                kept |= _from_aside(question, left)
        sections[section.code] = kept
    return Moved(sections, (*left, *_aside_of(before, homeless)))


def _fits(old: Question | None, new: Question, own: Mapping[str, Typed]) -> bool:
    """Whether answers to the older question can stand as answers to the newer one."""
    return old is None or not own or _shape(old.kind) == _shape(new.kind)


def _shape(kind: Kind) -> str:
    """Kinds whose answers are typed in the same way."""
    own = {Kind.CHOICES, Kind.FILE, Kind.SIGNATURE, Kind.GROUP, Kind.DECLARATION, Kind.CHOICE}
    return kind.value if kind in own else "text"


def _from_aside(question: Question, left: list[Aside]) -> dict[str, Typed]:
    """What was kept aside last of a question of this kind; it is aside no longer."""
    for place in range(len(left) - 1, -1, -1):
        entry = left[place]
        if entry["question"] == question.code and _shape(Kind(entry["kind"])) == _shape(
            question.kind
        ):
            del left[place]
            return dict(entry["answers"])
    return {}


def _aside_of(before: Form, homeless: Mapping[str, Mapping[str, Typed]]) -> Iterator[Aside]:
    for code, answers in homeless.items():
        asked = before.question(code)
        if not any(is_answered(typed) for typed in answers.values()):
            continue
        kind, label = (asked.kind, dict(asked.label)) if asked else (Kind.SHORT_TEXT, {})
        entry = {"question": code, "kind": kind.value, "label": label, "answers": dict(answers)}
        personal = asked.personal if asked else None
        yield entry | ({"months": personal.months} if personal else {})
