"""Reading the partners of an application: who was asked, who confirmed, who may answer."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from fondaco.applications.models import Application, Member
from fondaco.applications.rules.submission import ALONE, Partners, has_room
from fondaco.applications.selectors.rows import sent_by
from fondaco.applications.states import TAKING_PART, Standing
from fondaco.calls.states import Counts
from fondaco.directory.models import Organisation, Person
from fondaco.directory.selectors import admins_of, organisations_of, person_of_address
from fondaco.web.words import folded

MOST_FOUND = 10


def members_of(application: Application) -> list[Member]:
    """Everybody who was asked, those who declined or left included, in that order."""
    return list(application.members.select_related("organisation", "answered_by"))


def taking_part_in(application: Application) -> QuerySet[Member]:
    """Those who were asked and are waited for, or confirmed."""
    rows = Member.objects.filter(application=application, standing__in=TAKING_PART)
    return rows.select_related("organisation").order_by("pk")


def partners_of(application: Application) -> list[Member]:
    """Those who confirmed."""
    if application.call.consortium_most is None:
        return []
    return list(taking_part_in(application).filter(standing=Standing.CONFIRMED))


def consortium_of(application_id: int) -> list[Organisation]:
    """The lead and the partners that confirmed; nobody where there is no such application."""
    found = Application.objects.select_related("call", "organisation").filter(pk=application_id)
    application = found.first()
    if application is None:
        return []
    others = [one.organisation for one in partners_of(application)]
    return [application.organisation, *(one for one in others if one is not None)]


def partners_before_sending(application: Application) -> Partners:
    """How many partners there are, as the rules of a submission ask."""
    call = application.call
    if call.consortium_most is None:
        return ALONE
    together = list(taking_part_in(application))
    confirmed = [one for one in together if one.standing == Standing.CONFIRMED]
    return Partners(
        confirmed=len(confirmed),
        waited_for=len(together) - len(confirmed),
        least=call.consortium_least,
        most=call.consortium_most,
        must_answer=call.consortium_confirm,
        full=_full_ones(application, confirmed),
    )


def _full_ones(application: Application, confirmed: list[Member]) -> tuple[str, ...]:
    """The partners that have sent as many as they may, where the call counts for each."""
    call = application.call
    if call.consortium_counts != Counts.EACH or call.per_organisation is None:
        return ()
    return tuple(
        one.organisation.name
        for one in confirmed
        if one.organisation is not None
        and not has_room(call.per_organisation, sent_by(call, one.organisation, but=application.pk))
    )


def takes_part_in(applications: Iterable[int]) -> Q:
    """Posts at an organisation that leads one of the applications, or is a partner in it."""
    codes = list(applications)
    members = Member.objects.filter(application__in=codes, standing=Standing.CONFIRMED)
    return Q(organisation__applications__in=codes) | Q(
        organisation__in=members.values("organisation")
    )


def organisations_together(application: Application) -> list[int]:
    """The organisations for which an application counts, in the order in which they are locked."""
    found = {application.organisation_id}
    if application.call.consortium_counts == Counts.EACH:
        found |= {one.organisation_id for one in partners_of(application) if one.organisation_id}
    return sorted(found)


def member_by_id(pk: int) -> Member | None:
    """One partner, with what it was asked for."""
    rows = Member.objects.select_related(
        "organisation", "application__call__programme", "application__organisation"
    )
    return rows.filter(pk=pk).first()


def member_in(application: Application, pk: int) -> Member | None:
    """One partner of the application."""
    return taking_part_in(application).filter(pk=pk).first()


def member_of(person: Person, call: str, code: str) -> Member | None:
    """What the person can answer, or has answered: for their organisation, or by their address."""
    by_post = Q(organisation__in=organisations_of(person).order_by().values("pk"))
    by_address = Q(organisation__isnull=True, email__iexact=person.email)
    rows = Member.objects.filter(by_post | by_address, application__code=code)
    rows = rows.filter(application__call__code=call).select_related(
        "organisation", "application__call__programme", "application__organisation"
    )
    found = [one for one in rows.order_by("-pk") if one.organisation_id or _owns(person, one)]
    here = [one for one in found if one.standing in TAKING_PART]
    return next(iter(here or found), None)


def _owns(person: Person, member: Member) -> bool:
    """Whether the person proved to own the address that was written to."""
    return person_of_address(member.email) == person


def readers_of_invitation(member: Member) -> list[Person]:
    """Who gets the letter: the administrators of the organisation, or who owns the address."""
    if member.organisation is not None:
        return list(admins_of(member.organisation))
    person = person_of_address(member.email)
    return [person] if person else []


def organisations_to_ask(application: Application, search: str) -> list[Organisation]:
    """Organisations of the directory in whose name or town the words stand, the lead apart."""
    words = folded(search).split()
    if not words:
        return []
    rows = Organisation.objects.exclude(pk=application.organisation_id)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    asked = taking_part_in(application).filter(organisation__isnull=False)
    rows = rows.exclude(pk__in=asked.order_by().values("organisation"))
    return list(rows.order_by("name", "pk")[:MOST_FOUND])


def written_to(person_id: int) -> QuerySet[Member]:
    """The invitations to the address of a person, which no organisation has taken up."""
    rows = Member.objects.filter(organisation__isnull=True).exclude(email="")
    address = Person.objects.filter(pk=person_id).values_list("email", flat=True).first()
    return rows.filter(email__iexact=address) if address else rows.none()


def letters_to_address(person_id: int) -> list[dict[str, object]]:
    """To which drafts the address of a person was invited."""
    rows = written_to(person_id).order_by("pk")
    return [
        {
            "application": one.application.code,
            "email": one.email,
            "standing": one.standing,
            "invited_at": one.invited_at,
        }
        for one in rows.select_related("application")
    ]
