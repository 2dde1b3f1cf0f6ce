"""What a trial asks about an organisation that does not exist, and what its answers tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fondaco.applications.rules.eligibility import Rule
from fondaco.calls.states import Test
from fondaco.kernel.facts import Told
from fondaco.kernel.facts import Value as Known
from fondaco.questionnaires.rules.answers import Value
from fondaco.questionnaires.rules.schema import Kind

ANSWER = "answer."
LANGUAGE = "language"
"""The question in which language one writes; no fact has this name."""
TRUE, FALSE = "true", "false"
IN_ORDER = frozenset({Test.AT_LEAST, Test.AT_MOST, Test.BETWEEN})
COUNTRIES = "countries"


class Sort(StrEnum):
    """How a fact is asked for."""

    TEXT = "text"
    FIGURE = "figure"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Ask:
    """One fact of the imagined organisation; `of` names the thing that it is about besides."""

    fact: str
    of: str = ""
    sort: Sort = Sort.TEXT

    @property
    def code(self) -> str:
        """The code of the question that asks for it; a point in it would mean a row of a group."""
        return f"{self.fact.replace('.', '-')}{'--' if self.of else ''}{self.of}"


def asks_of(rules: Iterable[Rule], others: Iterable[str] = ()) -> tuple[Ask, ...]:
    """The facts that the rules ask for, then other facts by name; each once, answers are none."""
    asked: dict[tuple[str, str], Sort] = {}
    for rule in rules:
        key, sort = (rule.fact, rule.of), _sort_of(rule)
        asked[key] = sort if asked.get(key, Sort.TEXT) == Sort.TEXT else asked[key]
    for fact in others:
        asked.setdefault((fact, ""), Sort.TEXT)
    return tuple(
        Ask(fact, of, sort)
        for (fact, of), sort in asked.items()
        if fact and not fact.startswith(ANSWER)
    )


def _sort_of(rule: Rule) -> Sort:
    values = rule.value if isinstance(rule.value, list) else [rule.value]
    if any(isinstance(value, bool) for value in values):
        return Sort.YES
    return Sort.FIGURE if rule.test in IN_ORDER else Sort.TEXT


def kind_of(ask: Ask, *, values: str, is_listed: bool, is_many: bool) -> Kind:
    """The kind of question that asks for the fact; `values` names its list, if it has one."""
    if ask.sort == Sort.YES:
        return Kind.CHOICE
    if values == COUNTRIES:
        return Kind.COUNTRY
    if is_listed:
        return Kind.CHOICES if is_many else Kind.CHOICE
    return Kind.NUMBER if ask.sort == Sort.FIGURE else Kind.SHORT_TEXT


def told_by(ask: Ask, value: Value, *, source: str, is_many: bool) -> Told:
    """What the imagined organisation tells; unknown where nothing was answered."""
    known: Known = None
    if ask.sort == Sort.YES:
        known = value == TRUE if value in (TRUE, FALSE) else None
    elif isinstance(value, list):
        known = tuple(value)
    elif isinstance(value, str):
        parts = tuple(part.strip() for part in value.split(",") if part.strip())
        known = parts if is_many else value
    return Told(known, source if known not in (None, ()) else "")
