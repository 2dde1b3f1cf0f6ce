"""Inviting to a call that nobody else can answer, and taking an invitation back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application, Guest
from fondaco.applications.rules import guests as rules
from fondaco.applications.rules.guests import GuestFacts
from fondaco.applications.rules.prefill import prefilled
from fondaco.applications.rules.submission import Reason
from fondaco.applications.selectors import guests as kept
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import opening
from fondaco.calls.selectors import locked_call, opening_terms
from fondaco.calls.states import Intake, Stage
from fondaco.directory.models import Organisation, Person
from fondaco.kernel.decisions import Refused, require
from fondaco.questionnaires.rules.answers import Typed
from fondaco.questionnaires.rules.schema import Form
from fondaco.questionnaires.selectors import form_of
from fondaco.trail import services as trail

OVER = frozenset({Stage.CLOSED, Stage.DECIDED, Stage.CANCELLED})


def _tell(verb: str, guest: Guest, *, by: Person, at: datetime) -> None:
    """An address stands in the row alone: the trail is read by more people."""
    trail.record(
        verb,
        subject=guest.call.code,
        programme=guest.call.programme.code,
        by_id=by.pk,
        at=at,
        guest=guest.pk,
        organisation=guest.organisation.code if guest.organisation else "",
    )


@transaction.atomic
def invite_guest(
    call_id: int,
    *,
    organisation: Organisation | None = None,
    email: str = "",
    answers_from: Application | None = None,
    by: Person,
    at: datetime,
) -> Guest:
    """Let an organisation, or whoever owns an address, begin an application.

    Raises `Refused` with every reason against it.
    """
    call = locked_call(call_id)
    address = email.strip().lower()
    require(rules.inviting(_facts(call, organisation, address, answers_from, at)))
    guest = Guest.objects.create(
        call=call,
        organisation=organisation,
        email=address,
        answers_from=answers_from,
        invited_at=at,
        invited_by=by,
    )
    _tell("guest.invited", guest, by=by, at=at)
    return guest


def _facts(
    call: Call,
    organisation: Organisation | None,
    email: str,
    answers_from: Application | None,
    at: datetime,
) -> GuestFacts:
    return GuestFacts(
        is_by_invitation=kept.is_by_invitation(call),
        is_second_stage=call.intake == Intake.STAGED,
        is_from_first_stage=answers_from is not None,
        is_invited=kept.is_invited(call, organisation=organisation, email=email),
        is_named=organisation is not None or bool(email),
        is_over=opening(opening_terms(call), at=at) in OVER,
    )


@transaction.atomic
def withdraw_guest(pk: int, *, by: Person, at: datetime) -> Guest:
    """Take an invitation back, as long as no application was begun on it."""
    found = kept.guest_by_id(pk)
    if found is None:
        raise Refused(rules.Bar.NOBODY_NAMED)
    locked_call(found.call_id)
    found.refresh_from_db()
    is_withdrawn = found.withdrawn_at is not None
    require(rules.taking_back(is_withdrawn=is_withdrawn, has_begun=kept.has_begun(found)))
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    _tell("guest.withdrawn", found, by=by, at=at)
    return found


def use_guest(guest: Guest | None, organisation: Organisation) -> None:
    """For a caller in a transaction: an invitation by address is this organisation's from now.

    Raises `Refused` where another organisation was faster.
    """
    if guest is None or guest.organisation_id is not None:
        return
    unused = Guest.objects.filter(pk=guest.pk, organisation__isnull=True)
    if not unused.update(organisation=organisation):
        raise Refused(Reason.NOT_INVITED)


def begun_with(
    form: Form, known: Mapping[str, str], guest: Guest | None
) -> dict[str, dict[str, Typed]]:
    """What a new draft begins with: what the directory knows, and answers of the first stage."""
    begun: dict[str, dict[str, Typed]] = {
        section: dict(answers) for section, answers in prefilled(form, known).items()
    }
    before = kept.said_before(guest)
    if before is not None:
        earlier, said = before
        for section, answers in rules.carried(form, form_of(earlier.form), said).items():
            begun.setdefault(section, {}).update(answers)
    return begun
