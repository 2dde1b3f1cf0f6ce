"""Calls for hosts and visitors; all invented."""

from typing import Any

from tests.factories import evaluation as made


def exchange_call(**more: Any) -> Any:
    """A call for profiles, each decided by one officer."""
    given = {"kind": "exchange", "experts": 0, "decided_by": "one", "intake": "always"}
    return made.graded_call(**given | {"support": "none", "total_cents": None} | more)
