"""Who may leave an organisation or the house, and how long its administrators may be silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fondaco.directory.rules.reasons import Reason
from fondaco.kernel.decisions import Decision

JOIN_DAYS = 14
"""Nobody who asks to join waits longer for the administrators; then the installation answers."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post, and who else is there."""

    is_current: bool
    is_admin: bool
    other_admins: int
    other_colleagues: int


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """What hangs on a person: the posts, the running of the installation.

    `against` are the objections of the other slices.
    """

    posts: tuple[PostFacts, ...]
    is_installation_admin: bool
    other_installation_admins: int
    against: tuple[str, ...] = ()


def _is_last_admin(facts: PostFacts) -> bool:
    return facts.is_admin and not facts.other_admins


def leaving(facts: PostFacts) -> Decision:
    """The last administrator hands over before going, unless nobody is left behind."""
    if not facts.is_current:
        return Decision((Reason.NO_LONGER_THERE,))
    leaves_others = _is_last_admin(facts) and facts.other_colleagues > 0
    return Decision((Reason.LAST_ADMIN,)) if leaves_others else Decision()


def stepping_down(facts: PostFacts) -> Decision:
    """There is always an administrator as long as somebody stays."""
    if not facts.is_current:
        return Decision((Reason.NO_LONGER_THERE,))
    return Decision((Reason.LAST_ADMIN,)) if _is_last_admin(facts) else Decision()


def erasure(facts: ErasureFacts) -> Decision:
    """Nobody goes who is the last to run something that others need."""
    is_last = facts.is_installation_admin and not facts.other_installation_admins
    failed = {
        Reason.LAST_ADMIN: any(not leaving(post) for post in facts.posts),
        Reason.LAST_INSTALLATION_ADMIN: is_last,
    }
    own = tuple(reason for reason, is_failed in failed.items() if is_failed)
    return Decision((*own, *facts.against))


def is_unanswered(since: datetime, *, asks_to_run: bool, at: datetime) -> bool:
    """Whether administrators let a waiting request wait so long that the installation is asked."""
    return not asks_to_run and at - since >= timedelta(days=JOIN_DAYS)
