"""Reading what a first stage decided, for the call that follows it."""

from collections.abc import Iterable, Sequence

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.calls.states import Intake
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules.stages import Placed, StageFacts
from fondaco.evaluation.states import Group

PLACED = (Group.AWARDED, Group.RESERVE, Group.NOT_FUNDED)
"""Who met the thresholds: also those for whom the money of the first stage did not reach."""


def placed_for(call: Call) -> list[Placed]:
    """Whoever has a place by a confirmed decision on the call before this one."""
    if call.stage_of_id is None:
        return []
    rows = Outcome.objects.filter(
        application__call_id=call.stage_of_id, is_final=True, group__in=PLACED
    )
    pairs = rows.values_list("application_id", "place")
    return [Placed(application, place) for application, place in pairs if place is not None]


def stage_facts(call: Call, placed: Sequence[Placed]) -> StageFacts:
    """What stands when the best of the first stage are to be invited."""
    first = call.stage_of
    return StageFacts(
        is_second_stage=call.intake == Intake.STAGED and first is not None,
        is_decided=first is not None and first.decided_at is not None,
        placed=len(placed),
    )


def applications_named(pks: Iterable[int]) -> dict[int, Application]:
    """The applications with these keys, with their organisations."""
    return Application.objects.select_related("organisation").in_bulk(list(pks))
