"""Partners of a draft: the lead invites them, each answers for itself, until it is sent."""

from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application, Member
from fondaco.applications.rules import partners as rules
from fondaco.applications.rules.partners import Asked, Bar
from fondaco.applications.rules.submission import editing
from fondaco.applications.selectors import locked_application, terms_of
from fondaco.applications.selectors import partners as kept
from fondaco.applications.states import PARTNERS, PartnerAct, Standing, State
from fondaco.directory.models import Organisation, Person
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.trail import services as trail
from fondaco.web import written


def _tell(verb: str, member: Member, *, by: Person, at: datetime) -> None:
    """An address stands in the row alone: the trail is read by more people."""
    application = member.application
    trail.record(
        f"consortium.{verb}",
        subject=application.code,
        programme=application.call.programme.code,
        by_id=by.pk,
        at=at,
        call=application.call.code,
        member=member.pk,
        organisation=member.organisation.code if member.organisation else "",
    )


def _open(pk: int, at: datetime) -> Application:
    """The draft, locked; raises `Refused` where nothing of it may change any more.

    It counts as edited: what was being sent when a partner answered is not taken for the answer.
    """
    application = locked_application(pk)
    require(rules.changing(State(application.state)))
    require(editing(State(application.state), terms_of(application), at=at))
    application.edited_at = max(application.edited_at, at)
    written.change(application, "edited_at")
    return application


def _locked(pk: int, at: datetime) -> Member:
    """A partner as it stands, with its application locked."""
    found = kept.member_by_id(pk)
    if found is None:
        raise Refused(Bar.NOBODY_NAMED)
    application = _open(found.application_id, at)
    found.refresh_from_db(fields=["standing", "organisation", "email", "letter_at"])
    found.application = application
    return found


def _moved(member: Member, act: PartnerAct) -> Standing:
    try:
        return Standing(target_of(PARTNERS, act, member.standing))
    except MoveRefused as refused:
        raise Refused(Bar.ANSWERED) from refused


@transaction.atomic
def invite_partner(
    pk: int,
    *,
    organisation: Organisation | None = None,
    email: str = "",
    task: str = "",
    by: Person,
    at: datetime,
) -> Member:
    """Ask an organisation, or whoever owns an address, to be a partner.

    Raises `Refused` with every reason against it.
    """
    application, address = _open(pk, at), email.strip().lower()
    there = list(kept.taking_part_in(application))
    asked = Asked(
        most=application.call.consortium_most,
        taking_part=len(there),
        is_named=organisation is not None or bool(address),
        is_lead=organisation is not None and organisation.pk == application.organisation_id,
        is_there=any(_is_for(one, organisation, address) for one in there),
    )
    require(rules.inviting(asked))
    member = Member.objects.create(
        application=application,
        organisation=organisation,
        email="" if organisation else address,
        task=task.strip(),
        invited_at=at,
        invited_by=by,
        letter_at=at,
    )
    _tell("invited", member, by=by, at=at)
    return member


def _is_for(member: Member, organisation: Organisation | None, address: str) -> bool:
    if organisation is not None:
        return member.organisation_id == organisation.pk
    return bool(address) and member.email == address


@transaction.atomic
def ask_again(pk: int, *, by: Person, at: datetime) -> Member:
    """Send the letter once more to whoever has not answered."""
    member = _locked(pk, at)
    _moved(member, PartnerAct.SEND_AGAIN)
    require(rules.sending_again(member.letter_at, at=at))
    member.letter_at = at
    member.save(update_fields=["letter_at"])
    _tell("reminded", member, by=by, at=at)
    return member


@transaction.atomic
def take_out(pk: int, *, by: Person, at: datetime) -> Member:
    """Take an invitation back, or a partner out."""
    return _ended(_locked(pk, at), PartnerAct.TAKE_OUT, by=by, at=at)


@transaction.atomic
def leave(pk: int, *, by: Person, at: datetime) -> Member:
    """Leave the consortium, as long as the application was not sent."""
    return _ended(_locked(pk, at), PartnerAct.LEAVE, by=by, at=at)


def _ended(member: Member, act: PartnerAct, *, by: Person, at: datetime) -> Member:
    member.standing = _moved(member, act)
    member.save(update_fields=["standing"])
    _tell(member.standing, member, by=by, at=at)
    return member


@transaction.atomic
def decline(pk: int, *, by: Person, at: datetime) -> Member:
    """Say no to the lead."""
    member = _locked(pk, at)
    member.standing = _moved(member, PartnerAct.DECLINE)
    member.answered_at, member.answered_by = at, by
    member.save(update_fields=["standing", "answered_at", "answered_by"])
    _tell("declined", member, by=by, at=at)
    return member


@transaction.atomic
def confirm(
    pk: int, *, organisation: Organisation, promise: str, by: Person, at: datetime
) -> Member:
    """Confirm for an organisation, with what it promises; who did so and when stays as it was.

    An invitation by address is this organisation's from now, and the address is not kept.
    """
    member = _locked(pk, at)
    standing = _moved(member, PartnerAct.CONFIRM)
    others = kept.taking_part_in(member.application).exclude(pk=member.pk)
    is_lead = organisation.pk == member.application.organisation_id
    is_there = others.filter(organisation=organisation).exists()
    require(rules.confirming(promise, is_lead=is_lead, is_there=is_there))
    member.standing, member.organisation, member.email = standing, organisation, ""
    member.promise, member.answered_at = promise.strip(), at
    member.answered_by, member.answered_name = by, by.name
    member.save()
    _tell("confirmed", member, by=by, at=at)
    return member


@transaction.atomic
def forget_in_consortia(person_id: int) -> None:
    """Take a person out of drafts: the address, and the name where nothing was sent."""
    kept.written_to(person_id).delete()
    own = Member.objects.filter(answered_by_id=person_id, application__submitted_at__isnull=True)
    own.update(answered_name="")
    Member.objects.filter(answered_by_id=person_id).update(answered_by=None)
    Member.objects.filter(invited_by_id=person_id).update(invited_by=None)
