"""Calls for hosts and visitors; all invented."""

from typing import Any

from fondaco.exchanges.models import Profile
from tests.factories import evaluation as made
from tests.factories.directory import AT


def exchange_call(**more: Any) -> Any:
    """A call for profiles, each decided by one officer."""
    given = {"kind": "exchange", "experts": 0, "decided_by": "one", "intake": "always"}
    return made.graded_call(**given | {"support": "none", "total_cents": None} | more)


def profile(call: Any, *, organisation: Any = None, **more: Any) -> Profile:
    """The accepted profile of an organisation."""
    more_of_file = {"organisation": organisation} if organisation else {}
    outcome = made.decided(made.sent(call, **more_of_file))
    return Profile.objects.create(
        programme=call.programme,
        call=call.code,
        organisation=outcome.application.organisation,
        outcome=outcome,
        **{"at": AT} | more,
    )
