"""Calls that take members in; all invented."""

from typing import Any

from tests.factories import evaluation as made


def letter_call(**more: Any) -> Any:
    """A call for members, each decided by one officer."""
    given = {"kind": "membership", "experts": 0, "decided_by": "one", "intake": "always"}
    return made.graded_call(**given | {"support": "none", "total_cents": None} | more)
