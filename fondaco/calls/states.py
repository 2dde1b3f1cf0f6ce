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
    NONE = "none"


class Scale(StrEnum):
    """How marks are given."""

    POINTS = "points"
    ZERO_TO_FIVE = "0-5"


class NotFound(StrEnum):
    """What the sources of a founding call do not tell: said as such, with no default instead."""

    CRITERIA = "criteria"
    DECISION = "decision"


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
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Stage(StrEnum):
    """Where a call stands at a moment; computed from time and recorded acts, never stored."""

    DRAFT = "draft"
    FORTHCOMING = "forthcoming"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"
