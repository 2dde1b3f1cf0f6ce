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


def verdict(rule: Rule, told: Told) -> Verdict:
    """Met, not met, or unknown where nobody could tell or the two cannot be compared."""
    if told.value is None or told.value in ("", ()):
        return Verdict.UNKNOWN
    holds = _TESTS[rule.test](told.value, _alone(rule.value))
    if holds is None:
        return Verdict.UNKNOWN
    return Verdict.MET if holds else Verdict.NOT_MET


def verdicts(rules: Iterable[Rule], told: Mapping[str, Told]) -> dict[str, Verdict]:
    """The verdict of each rule, by its code; what was told is by the rule's code too."""
    return {rule.code: verdict(rule, told.get(rule.code, Told(None))) for rule in rules}


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


_TESTS: Mapping[Test, Callable[[object, object], bool | None]] = {
    Test.IS: _is,
    Test.IN: _in,
    Test.ANY_OF: _any_of,
    Test.AT_LEAST: _at_least,
    Test.AT_MOST: _at_most,
}
