"""What organisations hold by a confirmed decision: memberships, exchange profiles and places."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.calls.models import Call
from fondaco.directory.models import Organisation
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.selectors.awards import EndedBy, awards_told, ended_by
from fondaco.exchanges.models import Profile
from fondaco.exchanges.selectors import all_profiles_in, profiles_of
from fondaco.membership.models import Membership
from fondaco.membership.selectors import memberships_held, memberships_in
from fondaco.programmes.models import Programme
from fondaco.training.models import Place
from fondaco.training.selectors import places_held
from fondaco.web import words


class Sort(StrEnum):
    """What a confirmed decision has made; its story and its page are named after it."""

    MEMBERSHIP = "membership"
    PROFILE = "profile"
    PLACE = "place"


class Standing(StrEnum):
    """Where it stands."""

    STANDS = "stands"
    COMPLETED = "completed"
    ENDED = "ended"


SORTS: dict[Sort, str | Promise] = {
    Sort.MEMBERSHIP: _("Membership"),
    Sort.PROFILE: _("Exchange profile"),
    Sort.PLACE: _("Place on a course"),
}
STANDINGS: dict[Standing, str | Promise] = {
    Standing.STANDS: _("In force"),
    Standing.COMPLETED: _("Completed"),
    Standing.ENDED: _("Ended"),
}
TONES = {Standing.STANDS: "open", Standing.COMPLETED: "told", Standing.ENDED: "closed"}
ENDINGS: dict[EndedBy | None, str | Promise] = {
    EndedBy.WITHDRAWAL: _("The application behind it was withdrawn."),
    EndedBy.REDRESS: _("The decision behind it was opened again after a request for redress."),
    None: _("The bond to the cluster was ended in the directory."),
}
ROUTES = {Sort.MEMBERSHIP: "desks:member", Sort.PROFILE: "desks:profile", Sort.PLACE: "desks:place"}
ICONS = {Sort.MEMBERSHIP: "people", Sort.PROFILE: "organisation", Sort.PLACE: "seal"}


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that an organisation holds, or held: since when, from where, until when."""

    sort: Sort
    number: int
    outcome: Outcome
    programme: Programme
    since: date
    until: date | None
    standing: Standing
    cluster: Organisation | None = None
    person: str = ""
    completed_on: date | None = None
    has_proof: bool = False

    @property
    def call(self) -> Call:
        """The call that it came from."""
        call: Call = self.outcome.application.call
        return call

    @property
    def organisation(self) -> Organisation:
        """Who holds it."""
        organisation: Organisation = self.outcome.application.organisation
        return organisation

    @property
    def title(self) -> str:
        """What its call is called."""
        return words.say(self.call.title).text

    @property
    def said(self) -> str | Promise:
        """What it is."""
        return SORTS[self.sort]

    @property
    def state(self) -> str | Promise:
        """Where it stands, in words."""
        return STANDINGS[self.standing]

    @property
    def tone(self) -> str:
        """The colour of that."""
        return TONES[self.standing]

    @property
    def icon(self) -> str:
        """The picture of its sort."""
        return ICONS[self.sort]

    @property
    def subject(self) -> str:
        """Under what its story stands."""
        return f"{self.sort}-{self.number}"

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(ROUTES[self.sort], args=[self.number])

    @property
    def ending(self) -> str | Promise:
        """How it ended; nothing as long as it has not."""
        return ENDINGS[ended_by(self.outcome)] if self.standing is Standing.ENDED else ""


def _day(call: Call, moment: datetime) -> date:
    """The day on the clock of the call."""
    return words.local(moment, call.zone).date()


def _until(call: Call, moment: datetime | None) -> date | None:
    return _day(call, moment) if moment else None


def of_membership(one: Membership) -> Held:
    """A membership, which ends by itself or with its bond."""
    call, bond = one.outcome.application.call, one.bond
    return Held(
        sort=Sort.MEMBERSHIP,
        number=one.pk,
        outcome=one.outcome,
        programme=one.programme,
        since=_day(call, one.at),
        until=_until(call, one.ended_at) or (bond.until if bond else None),
        standing=Standing.STANDS if one.is_standing else Standing.ENDED,
        cluster=bond.cluster if bond else None,
    )


def of_profile(one: Profile) -> Held:
    """The profile of a host or visitor."""
    call = one.outcome.application.call
    return Held(
        sort=Sort.PROFILE,
        number=one.pk,
        outcome=one.outcome,
        programme=one.programme,
        since=_day(call, one.at),
        until=_until(call, one.closed_at),
        standing=Standing.ENDED if one.closed_at else Standing.STANDS,
    )


def of_place(one: Place) -> Held:
    """A place on a course; one that was completed stays so."""
    call = one.outcome.application.call
    ended = Standing.ENDED if one.freed_at else Standing.STANDS
    return Held(
        sort=Sort.PLACE,
        number=one.pk,
        outcome=one.outcome,
        programme=one.programme,
        since=_day(call, one.given_at),
        until=_until(call, one.freed_at),
        standing=Standing.COMPLETED if one.completed_on else ended,
        person=one.person.name,
        completed_on=one.completed_on,
        has_proof=one.proof_id is not None,
    )


def members_of(programme: Programme) -> list[Held]:
    """Everybody who joined by letter, the latest first."""
    return [of_membership(one) for one in memberships_in(programme)]


def profiles_of_programme(programme: Programme) -> list[Held]:
    """Every accepted host and visitor, the latest first."""
    return [of_profile(one) for one in all_profiles_in(programme)]


def held_by(organisations: Iterable[Organisation]) -> list[Held]:
    """What the organisations hold and were told of by letter, the latest first."""
    keys: Collection[int] = [one.pk for one in organisations]
    if not keys:
        return []
    found = [of_membership(one) for one in memberships_held(keys)]
    found += [of_profile(one) for one in profiles_of(keys)]
    found += [of_place(one) for one in places_held(keys)]
    told = awards_told(one.outcome for one in found)
    kept = [one for one in found if one.outcome.pk in told]
    return sorted(kept, key=lambda one: one.since, reverse=True)
