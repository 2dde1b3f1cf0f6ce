"""What membership can tell about an organisation."""

from fondaco.kernel.facts import UNKNOWN, Question, Told, fact
from fondaco.membership.selectors import memberships_of


@fact("membership.active")
def is_active_member(question: Question) -> Told:
    """Whether the organisation joined by letter and has not left; unknown where it never joined."""
    kept = list(memberships_of(question.organisation_id, of=question.of))
    if not kept:
        return UNKNOWN
    standing = [one for one in kept if one.is_standing]
    last = (standing or kept)[-1]
    return Told(bool(standing), source=f"{last.programme.code}, membership", at=last.at)
