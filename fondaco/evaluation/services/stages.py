"""From one stage to the next: inviting the best of a decided ranking."""

from datetime import datetime

from django.db import transaction

from fondaco.applications.selectors.guests import is_invited
from fondaco.applications.services.guests import invite_guest
from fondaco.calls.selectors import locked_call
from fondaco.directory.models import Person
from fondaco.evaluation.rules.stages import best_of, inviting
from fondaco.evaluation.selectors.stages import applications_named, placed_for, stage_facts
from fondaco.kernel.decisions import require


@transaction.atomic
def invite_best(call_id: int, *, by: Person, at: datetime) -> int:
    """Invite the best so many of the first stage, with their answers; how many are invited now.

    Asked again it invites whoever came to be among the best since, after redress for example.
    """
    call = locked_call(call_id)
    placed = placed_for(call)
    require(inviting(stage_facts(call, placed)))
    best = best_of(placed, call.invites or 0)
    found = applications_named(one.application for one in best)
    invited = 0
    for one in best:
        application = found[one.application]
        if not is_invited(call, organisation=application.organisation, email=""):
            invite_guest(
                call_id,
                organisation=application.organisation,
                answers_from=application,
                by=by,
                at=at,
            )
            invited += 1
    return invited
