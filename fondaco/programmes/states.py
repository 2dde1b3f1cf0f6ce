"""The parts that organisations and people play in a programme."""

from enum import StrEnum


class PartnerRole(StrEnum):
    """The part of an organisation."""

    COORDINATOR = "coordinator"
    PARTNER = "partner"
    AFFILIATE = "affiliate"


class RoleKind(StrEnum):
    """The part of a person."""

    OFFICER = "officer"
    DECIDER = "decider"
    EVALUATOR = "evaluator"
    OBSERVER = "observer"
    PARTNER = "partner"


ACTS_FOR_PARTNER = frozenset({RoleKind.DECIDER, RoleKind.PARTNER})
"""Who may act for a partner: where each of several partners must agree, its decider does."""
NEEDS_PARTNER = frozenset({RoleKind.PARTNER})
