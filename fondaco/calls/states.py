"""Words of a call that the database knows: kinds, ways of intake, recorded acts."""

from enum import StrEnum


class Kind(StrEnum):
    """What an award of the call is."""

    SUB_GRANT = "sub-grant"
    VOUCHER = "voucher"
    EXCHANGE = "exchange"
    TRAINING = "training"
    MEMBERSHIP = "membership"
    ASSISTANCE = "assistance"
    ALLIANCE = "alliance"


class Intake(StrEnum):
    """How applications are taken in."""

    DEADLINE = "deadline"
    ALWAYS = "always"
    CUT_OFFS = "cut-offs"
    FIRST_COME = "first-come"
    LOTTERY = "lottery"
    STAGED = "staged"
    INVITATION = "invitation"


OPEN_ENDED = frozenset({Intake.ALWAYS, Intake.FIRST_COME})
"""Ways of intake that need no deadline: each application is decided by itself."""
BY_INVITATION = frozenset({Intake.STAGED, Intake.INVITATION})
"""Ways of intake where only those who were invited can begin."""


class QueueOrder(StrEnum):
    """In what order those who come first are served."""

    ARRIVAL = "arrival"
    RANDOM = "random"


class StepKind(StrEnum):
    """What a step of the timetable is."""

    EVALUATION = "evaluation"
    RESULTS = "results"
    AGREEMENT = "agreement"
    WORK = "work"
    REPORT = "report"
    PAYMENT = "payment"


class ActKind(StrEnum):
    """What can be recorded about a call after its publication."""

    EXTENSION = "extension"
    CORRIGENDUM = "corrigendum"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    CANCELLATION = "cancellation"
    EARLY_CLOSURE = "early-closure"


class Support(StrEnum):
    """How the amount of an award is fixed."""

    FIXED = "fixed"
    MENU = "menu"
    CEILING = "ceiling"
    SHARE = "share"
    LUMP_SUM = "lump-sum"
    PACK = "pack"
    NONE = "none"


class Over(StrEnum):
    """What becomes of an award that would exceed what one organisation may get."""

    REFUSED = "refused"
    CUT = "cut"


class Next(StrEnum):
    """What becomes of an application beyond the number that an organisation may send."""

    REFUSED = "refused"
    REPLACES = "replaces"
    ALL_REFUSED = "all-refused"
    BEST = "best"


class Counts(StrEnum):
    """For whom an application of several organisations counts as one that was sent."""

    LEAD = "lead"
    EACH = "each"


class Scale(StrEnum):
    """How marks are given."""

    POINTS = "points"
    ZERO_TO_FIVE = "0-5"


class NotFound(StrEnum):
    """What the sources of a founding call do not tell: said as such, with no default instead."""

    CRITERIA = "criteria"
    DECISION = "decision"
    CUT_OFFS = "cut-offs"


class DecidedBy(StrEnum):
    """Who decides."""

    ONE = "one"
    TWO = "two"
    EACH = "each"


class Test(StrEnum):
    """How a rule compares a fact with its value."""

    IS = "is"
    IN = "in"
    ANY_OF = "any-of"
    NONE_OF = "none-of"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    BETWEEN = "between"


class Stage(StrEnum):
    """Where a call stands at a moment; computed from time and recorded acts, never stored."""

    DRAFT = "draft"
    FORTHCOMING = "forthcoming"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"
