"""Taking in the availability log, proposing what it gives back, and answering the proposal."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from fondaco.calls.models import Act, Call
from fondaco.calls.selectors import deadline_of, locked_call
from fondaco.calls.services import extend_call
from fondaco.directory.models import Person
from fondaco.incidents import phrases, selectors
from fondaco.incidents.models import Minute, Proposal
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.rules.giving_back import Loss, new_deadline
from fondaco.incidents.rules.minutes import Seen
from fondaco.incidents.states import TABLE, Action
from fondaco.kernel.decisions import Refused
from fondaco.kernel.plain import plain
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.trail import services as trail


@transaction.atomic
def take_in_minutes(seen: Iterable[Seen]) -> None:
    """Keep what the log has; a minute that is kept already stays as it is."""
    rows = [
        Minute(
            at=one.at,
            status=one.status,
            milliseconds=one.milliseconds,
            waiting=one.waiting,
            free=one.free,
            why=one.why[:200],
        )
        for one in seen
    ]
    Minute.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def forget_minutes(*, before: datetime) -> int:
    """Forget what the log had before a moment."""
    return Minute.objects.filter(at__lt=before).delete()[0]


@transaction.atomic
def propose_extension(call_id: int, *, at: datetime) -> Proposal | None:
    """Propose what the rule of the programme gives back before the deadline, once it is over.

    As long as nobody has confirmed it the proposal grows with the loss; None where there is none.
    """
    call = locked_call(call_id)
    deadline = deadline_of(call, at=at)
    lost = selectors.loss_of(call, at=at)
    if deadline is None or lost is None or not (lost.is_enough and lost.is_over):
        return None
    proposal = selectors.proposal_before(call, deadline)
    if proposal is not None and proposal.lost >= lost.minutes:
        return proposal
    return _proposed(proposal or _begun(call, deadline, at), lost, at=at)


def _begun(call: Call, deadline: datetime, at: datetime) -> Proposal:
    number = Proposal.objects.filter(call=call).count() + 1
    return Proposal(code=f"{call.code}-outage-{number}", call=call, before=deadline, made_at=at)


def _proposed(proposal: Proposal, lost: Loss, *, at: datetime) -> Proposal:
    proposal.state = target_of(TABLE, Action.REOPEN, proposal.state)
    proposal.lost, proposal.unknown = lost.minutes, lost.unknown
    proposal.outages = [plain(one) for one in lost.outages]
    proposal.counted_until = lost.outages[-1].ends
    proposal.closes_at = _closes(proposal, at)
    proposal.save()
    _record("outage.extension-proposed", proposal, by=None, at=at)
    return proposal


def _closes(proposal: Proposal, at: datetime) -> datetime:
    lost = Loss(selectors.outages_of(proposal), is_enough=True, is_over=True)
    terms = selectors.terms_of(proposal.call.programme)
    return new_deadline(lost, terms, deadline=proposal.before, announced=at)


@transaction.atomic
def confirm_extension(pk: int, *, by: Person, at: datetime) -> Act:
    """Move the deadline as proposed, publish why, and let everybody concerned be told.

    Notice counts from now: confirmed late, the deadline is later. The call is locked before its
    proposal, in the order in which everybody locks. Raises `Refused`.
    """
    call = locked_call(selectors.call_of_proposal(pk))
    proposal = selectors.locked_proposal(pk)
    if deadline_of(call, at=at) != proposal.before:
        raise Refused(Reason.ANSWERED)
    _answer(proposal, Action.GRANT, by=by, at=at)
    proposal.closes_at = _closes(proposal, at)
    proposal.save()
    reason = reason_of(proposal)
    act = extend_call(call.pk, closes_at=proposal.closes_at, reason=reason, by=by, at=at)
    _record("outage.extension-confirmed", proposal, by=by, at=at)
    return act


def reason_of(proposal: Proposal) -> dict[str, str]:
    """What the page of the call says, in the languages of its programme."""
    found = selectors.outages_of(proposal)
    said = phrases.loss_said(found[0].begins, found[-1].ends, proposal.lost, proposal.call.zone)
    return selectors.reasons_said(proposal, said)


def soonest_deadline(proposal: Proposal, *, at: datetime) -> datetime:
    """The deadline that a confirmation now would set."""
    return _closes(proposal, at)


@transaction.atomic
def decline_extension(pk: int, *, why: str, by: Person, at: datetime) -> Proposal:
    """Leave the deadline where it is, with a reason; raises `Refused` without one."""
    proposal = selectors.locked_proposal(pk)
    if not why.strip():
        raise Refused(Reason.WHY_NEEDED)
    _answer(proposal, Action.REFUSE, by=by, at=at)
    proposal.why = why.strip()
    proposal.save()
    _record("outage.extension-declined", proposal, by=by, at=at, why=proposal.why)
    return proposal


def _answer(proposal: Proposal, action: Action, *, by: Person, at: datetime) -> None:
    try:
        proposal.state = target_of(TABLE, action, proposal.state)
    except MoveRefused as refusal:
        raise Refused(Reason.ANSWERED) from refusal
    proposal.answered_by, proposal.answered_at = by, at


def _record(
    verb: str, proposal: Proposal, *, by: Person | None, at: datetime, **data: object
) -> None:
    trail.record(
        verb,
        subject=proposal.call.code,
        programme=proposal.call.programme.code,
        by_id=by.pk if by else None,
        at=at,
        proposal=proposal.code,
        before=proposal.before,
        closes_at=proposal.closes_at,
        lost=proposal.lost,
        unknown=proposal.unknown,
        facts=proposal.outages,
        terms=selectors.terms_of(proposal.call.programme),
        **data,
    )


KEPT = timedelta(days=400)
"""How long the log is kept: longer than any call with its redress."""
