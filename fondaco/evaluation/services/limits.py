"""What no award may go over: money, places, parts of both, ceilings, and whose turn it is."""

from fondaco.calls.models import Call
from fondaco.calls.states import Intake, Support
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules import decisions as rules
from fondaco.evaluation.rules.decisions import Purse
from fondaco.evaluation.rules.queues import serving
from fondaco.evaluation.selectors.draws import queue_terms
from fondaco.evaluation.selectors.limits import over_limits
from fondaco.evaluation.selectors.outcomes import purse_of
from fondaco.evaluation.selectors.rankings import queue_of
from fondaco.kernel.decisions import Refused, require


def refuse_overspending(call: Call, outcomes: list[Outcome]) -> None:
    """All awards of a decision must fit into what the call can still give."""
    total, spent, places, given = purse_of(call)
    is_free = call.support == Support.NONE
    amounts = tuple(0 if is_free else outcome.amount_cents for outcome in outcomes)
    allowed = rules.spending(Purse(total, spent, places, given), amounts)
    if reasons := (*allowed.reasons, *over_limits(call, outcomes)):
        raise Refused(*dict.fromkeys(reasons))


def refuse_out_of_turn(call: Call, outcomes: list[Outcome]) -> None:
    """Those who came first keep what they may still need."""
    if call.intake != Intake.FIRST_COME:
        return
    purse, terms, queue = Purse(*purse_of(call)), queue_terms(call), queue_of(call)
    for outcome in outcomes:
        own = next(one for one in queue if one.code == outcome.application.code)
        require(serving(terms, purse, queue, own))
