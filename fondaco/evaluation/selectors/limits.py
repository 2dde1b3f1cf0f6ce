"""Whether awards stay within envelopes, quotas, ceilings and how many count."""

from fondaco.calls.models import Call
from fondaco.calls.rules.support import is_too_small
from fondaco.calls.selectors import support_terms
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules import decisions as rules
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.selectors.funds import (
    are_too_many,
    ceilings_of,
    claims_of,
    given_here,
    given_in_parts,
    parts_of,
)


def over_limits(call: Call, outcomes: list[Outcome]) -> tuple[str, ...]:
    """What awards go over beside the whole: envelopes, quotas, what one organisation may get."""
    claims, pks = claims_of(call, outcomes), [one.application_id for one in outcomes]
    organisations = {one.application.organisation_id for one in outcomes}
    fits = rules.fitting(parts_of(call), given_in_parts(call, but=pks), claims)
    given = given_here(call, organisations, but=pks)
    reaches = rules.under_ceilings(ceilings_of(call), given, claims)
    others = {
        Stop.BELOW_LEAST: any(is_too_small(support_terms(call), one.cents) for one in claims),
        Stop.TOO_MANY_SENT: are_too_many(call, outcomes),
    }
    found = (stop for stop, is_failed in others.items() if is_failed)
    return (*fits.reasons, *reaches.reasons, *found)
