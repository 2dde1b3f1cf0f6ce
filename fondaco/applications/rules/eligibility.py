"""What a rule of the call says of an application, on what was told; unknown is never no."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fondaco.applications.states import Verdict
from fondaco.calls.states import Test
from fondaco.kernel.facts import Told

Wanted = str | int | float | bool | list[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: a fact, how it is compared, with what, and whether it stops a submission."""

    code: str
    fact: str
    test: Test
    value: Wanted
    of: str = ""
    stops: bool = False
    group: str = ""
    branch: str = ""
    of_partners: bool = False


def verdict(rule: Rule, told: Told) -> Verdict:
    """Met, not met, or unknown where nobody could tell or the two cannot be compared."""
    if told.value is None or told.value in ("", ()):
        return Verdict.UNKNOWN
    holds = _TESTS[rule.test](told.value, _alone(rule.value))
    if holds is None:
        return Verdict.UNKNOWN
    return Verdict.MET if holds else Verdict.NOT_MET


def verdicts(rules: Iterable[Rule], told: Mapping[str, Told]) -> dict[str, Verdict]:
    """The verdict of each rule, by its code; what was told is by the rule's code too.

    Of the rules of a group one branch is enough: all of them have the verdict of the group.
    """
    asked = list(rules)
    alone = {rule.code: verdict(rule, told.get(rule.code, Told(None))) for rule in asked}
    groups = {rule.group for rule in asked if rule.group}
    together = {name: _together(name, asked, alone) for name in groups}
    return {rule.code: together.get(rule.group, alone[rule.code]) for rule in asked}


def joined(
    lead: Mapping[str, Verdict], partners: Iterable[Mapping[str, Verdict]]
) -> dict[str, Verdict]:
    """The verdicts for all together: what each must meet holds only if it holds for everyone."""
    each = list(partners)
    return {
        rule: overall([found, *(one[rule] for one in each if rule in one)])
        for rule, found in lead.items()
    }


def _together(group: str, rules: list[Rule], alone: Mapping[str, Verdict]) -> Verdict:
    """The best branch of a group; a branch holds if all its rules do, one without a name alone."""
    branches: dict[str, list[Verdict]] = {}
    for rule in rules:
        if rule.group == group:
            branches.setdefault(rule.branch or f" {rule.code}", []).append(alone[rule.code])
    found = {overall(branch) for branch in branches.values()}
    return next(word for word in (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET) if word in found)


def overall(found: Iterable[Verdict]) -> Verdict:
    """One word for all: a single no weighs most, then what is unknown."""
    seen = set(found)
    for heavy in (Verdict.NOT_MET, Verdict.UNKNOWN):
        if heavy in seen:
            return heavy
    return Verdict.MET


def _alone(wanted: Wanted) -> Wanted:
    """A list of one is that one: files may write either."""
    return wanted[0] if isinstance(wanted, list) and len(wanted) == 1 else wanted


def _many(value: object) -> set[str]:
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


def _is(told: object, wanted: object) -> bool | None:
    if isinstance(told, bool) or isinstance(wanted, bool):
        return told == wanted if type(told) is type(wanted) else None
    return _many(told) == _many(wanted)


def _in(told: object, wanted: object) -> bool | None:
    return _many(told) <= _many(wanted)


def _any_of(told: object, wanted: object) -> bool | None:
    return bool(_many(told) & _many(wanted))


def _none_of(told: object, wanted: object) -> bool | None:
    return not _many(told) & _many(wanted)


def _figure(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _compared(told: object, wanted: object) -> int | None:
    left, right = _figure(told), _figure(wanted)
    if left is None or right is None:
        return None
    return (left > right) - (left < right)


def _at_least(told: object, wanted: object) -> bool | None:
    order = _compared(told, wanted)
    return None if order is None else order >= 0


def _at_most(told: object, wanted: object) -> bool | None:
    order = _compared(told, wanted)
    return None if order is None else order <= 0


def _between(told: object, wanted: object) -> bool | None:
    if not isinstance(wanted, list) or len(wanted) != BOUNDS:
        return None
    low, high = _at_least(told, wanted[0]), _at_most(told, wanted[1])
    return None if low is None or high is None else low and high


BOUNDS = 2
_TESTS: Mapping[Test, Callable[[object, object], bool | None]] = {
    Test.IS: _is,
    Test.IN: _in,
    Test.ANY_OF: _any_of,
    Test.NONE_OF: _none_of,
    Test.AT_LEAST: _at_least,
    Test.AT_MOST: _at_most,
    Test.BETWEEN: _between,
}
