"""Who must still say yes before a decision counts: one, two people, one of each partner."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fondaco.calls.states import DecidedBy
from fondaco.kernel.decisions import Decision

PEOPLE = {DecidedBy.ONE: 1, DecidedBy.TWO: 2}


class Objection(StrEnum):
    """Why a person's yes cannot count."""

    NOT_A_DECIDER = "not-a-decider"
    SAID_ALREADY = "said-already"
    PARTNER_NOT_ASKED = "partner-not-asked"
    PARTNER_HAS_SPOKEN = "partner-has-spoken"
    HAS_MARKED = "has-marked"
    WORKS_FOR_APPLICANT = "works-for-applicant"
    ONE_HAND = "one-hand"


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """Who decides in the call; `partners` are the codes of those who must each agree."""

    by: DecidedBy
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Yes:
    """One person's yes, and the partner it was said for."""

    person: int
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What is known of a person who wants to say yes.

    `owes_role_to` are all through whose hands the role came, `is_owed_by` those to whom a role came
    through the person's own.
    """

    person: int
    partner: str = ""
    is_decider: bool = False
    is_officer: bool = False
    has_marked: bool = False
    works_for_applicant: bool = False
    owes_role_to: frozenset[int] = frozenset()
    is_owed_by: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is still missing: how many people, or which partners; false when nothing is."""

    people: int = 0
    partners: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.partners)


def awaited(terms: ConsentTerms, said: tuple[Yes, ...]) -> Awaited:
    """Who must still say yes; nobody can be two people, nor speak for two partners."""
    if terms.by == DecidedBy.EACH:
        spoken = {yes.partner for yes in said}
        return Awaited(partners=tuple(code for code in terms.partners if code not in spoken))
    different = len({yes.person for yes in said})
    return Awaited(people=max(0, PEOPLE[terms.by] - different))


def role_givers(
    *, decides: Iterable[tuple[int, int]], offices: Iterable[tuple[int, int]]
) -> dict[int, frozenset[int]]:
    """Everybody behind the role of each: who gave it, who made that one an officer, and so on.

    Both take pairs of a person and who gave the role. Somebody who comes back to themselves by way
    of another stands behind their own role.
    """
    above: dict[int, set[int]] = defaultdict(set)
    for person, giver in offices:
        above[person].add(giver)
    found: dict[int, set[int]] = defaultdict(set)
    for person, giver in decides:
        found[person] |= _behind(giver, above)
    return {person: frozenset(givers) for person, givers in found.items()}


def _behind(giver: int, above: Mapping[int, set[int]]) -> set[int]:
    """The giver, and everybody who made the giver an officer, however far up."""
    seen, waits = {giver}, [giver]
    while waits:
        new = above.get(waits.pop(), set()) - seen
        seen |= new
        waits += new
    return seen


def _may_decide(terms: ConsentTerms, voice: Voice) -> bool:
    return voice.is_decider or (terms.by == DecidedBy.ONE and voice.is_officer)


def _is_one_hand(said: tuple[Yes, ...], voice: Voice, proposer: int | None) -> bool:
    """Whether somebody in this decision made the other a decider: two people, but one will."""
    spoken = {yes.person for yes in said}
    is_puppet = bool(voice.owes_role_to & (spoken | {voice.person, proposer}))
    return is_puppet or bool(voice.is_owed_by & spoken)


def approval(
    terms: ConsentTerms, said: tuple[Yes, ...], voice: Voice, *, proposer: int | None = None
) -> Decision:
    """Whether the person's yes may be counted now, and if not every reason why."""
    is_each = terms.by == DecidedBy.EACH
    failed = {
        Objection.NOT_A_DECIDER: not _may_decide(terms, voice),
        Objection.SAID_ALREADY: voice.person in {yes.person for yes in said},
        Objection.PARTNER_NOT_ASKED: is_each and voice.partner not in terms.partners,
        Objection.PARTNER_HAS_SPOKEN: is_each
        and voice.partner in {yes.partner for yes in said if yes.person != voice.person},
        Objection.HAS_MARKED: voice.has_marked,
        Objection.WORKS_FOR_APPLICANT: voice.works_for_applicant,
        Objection.ONE_HAND: terms.by != DecidedBy.ONE and _is_one_hand(said, voice, proposer),
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))
