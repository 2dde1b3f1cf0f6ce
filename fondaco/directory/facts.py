"""What the directory can tell about an organisation when a call asks."""

from collections.abc import Callable
from datetime import UTC, datetime, time

from fondaco.directory import selectors
from fondaco.directory.models import Organisation
from fondaco.kernel.facts import UNKNOWN, Question, Told, Value, fact
from fondaco.web.reference import in_revision_2_1


def _of_profile(question: Question, read: Callable[[Organisation], Value]) -> Told:
    """What the organisation says of itself; left empty is unknown."""
    organisation = selectors.organisation_by_id(question.organisation_id)
    if organisation is None:
        return UNKNOWN
    source = f"organisation {organisation.code}"
    return Told(
        read(organisation) or None, source, organisation.changed_at or organisation.added_at
    )


@fact("organisation.country")
def country(question: Question) -> Told:
    """The country of registration."""
    return _of_profile(question, lambda organisation: organisation.country)


@fact("organisation.kind")
def kind(question: Question) -> Told:
    """Company, cluster, university and so on."""
    return _of_profile(question, lambda organisation: organisation.kind)


@fact("organisation.size")
def size(question: Question) -> Told:
    """Micro, small, medium or large."""
    return _of_profile(question, lambda organisation: organisation.size)


@fact("organisation.ecosystems")
def ecosystems(question: Question) -> Told:
    """The industrial ecosystems it works in."""
    return _of_profile(question, lambda organisation: tuple(organisation.ecosystems))


@fact("organisation.nace")
def nace(question: Question) -> Told:
    """The division of NACE of its main activity."""
    return _of_profile(question, lambda organisation: organisation.nace)


@fact("organisation.nace_21")
def nace_of_revision_2_1(question: Question) -> Told:
    """What its main activity is in revision 2.1; a division that was dissolved is several."""
    return _of_profile(
        question,
        lambda organisation: in_revision_2_1(organisation.nace, organisation.nace_revision),
    )


@fact("organisation.region")
def region(question: Question) -> Told:
    """The region of registration, as the organisation writes it."""
    return _of_profile(question, lambda organisation: organisation.region)


@fact("organisation.staff")
def staff(question: Question) -> Told:
    """How many people work there."""
    return _of_profile(question, lambda organisation: organisation.staff)


@fact("organisation.is_cluster_member")
def is_cluster_member(question: Question) -> Told:
    """Whether it belongs to a cluster; unknown where no cluster ever said so here."""
    bonds = selectors.bonds_of_id(question.organisation_id)
    if not bonds:
        return UNKNOWN
    present = [bond for bond in bonds if bond.until is None]
    bond = (present or bonds)[0]
    since = datetime.combine(bond.until or bond.since, time(), UTC)
    return Told(bool(present), f"{bond.cluster.code}: {bond.evidence}", since)
