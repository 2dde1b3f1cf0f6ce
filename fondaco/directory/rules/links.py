"""When a mailed link opens: the one to sign in, and the one that invites."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from fondaco.directory.rules.reasons import Reason
from fondaco.kernel.decisions import Decision

LINK_LIFE = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)
INVITATION_LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A sign-in link as it is kept, and the browser that brings it."""

    expires_at: datetime
    used_at: datetime | None
    asked_in: str
    opened_in: str


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """An invitation as it is kept, and the proven addresses of the person who brings it."""

    expires_at: datetime
    answered_at: datetime | None
    sent_to: str
    addresses: Collection[str]


def hashed(secret: str) -> str:
    """What is kept of a secret of 256 random bits; nobody gets back from it to the link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_in(facts: LinkFacts | None, *, at: datetime) -> Decision:
    """A link works once, for a quarter of an hour, in the browser that asked for it."""
    if facts is None:
        return Decision((Reason.LINK_UNKNOWN,))
    if facts.used_at:
        return Decision((Reason.LINK_USED,))
    if at >= facts.expires_at:
        return Decision((Reason.LINK_EXPIRED,))
    return Decision() if facts.asked_in == facts.opened_in else Decision((Reason.OTHER_BROWSER,))


def joining(facts: InvitationFacts | None, *, at: datetime) -> Decision:
    """An invitation works once, for a fortnight, for the person whose address it went to."""
    if facts is None:
        return Decision((Reason.INVITATION_UNKNOWN,))
    if facts.answered_at:
        return Decision((Reason.INVITATION_ANSWERED,))
    if at >= facts.expires_at:
        return Decision((Reason.INVITATION_EXPIRED,))
    is_theirs = facts.sent_to.casefold() in {address.casefold() for address in facts.addresses}
    return Decision() if is_theirs else Decision((Reason.OTHER_ADDRESS,))


def masked(address: str) -> str:
    """Enough of an address for its owner to recognise it."""
    name, _, house = address.partition("@")
    return f"{name[:1]}…@{house}"
