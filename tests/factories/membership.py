"""Calls that take members in; all invented."""

from typing import Any

from fondaco.membership.models import Membership
from tests.factories import evaluation as made
from tests.factories.directory import AT


def letter_call(**more: Any) -> Any:
    """A call for members, each decided by one officer."""
    given = {"kind": "membership", "experts": 0, "decided_by": "one", "intake": "always"}
    return made.graded_call(**given | {"support": "none", "total_cents": None} | more)


def membership(call: Any, *, organisation: Any = None, **more: Any) -> Membership:
    """A membership by the letter of an organisation; without a cluster it has no bond."""
    more_of_file = {"organisation": organisation} if organisation else {}
    outcome = made.decided(made.sent(call, **more_of_file))
    return Membership.objects.create(programme=call.programme, outcome=outcome, **{"at": AT} | more)
