"""Asking for redress, taking the request back, and answering it."""

from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.selectors import days_not_counted
from fondaco.directory.models import Person
from fondaco.evaluation.models import Outcome, Redress
from fondaco.evaluation.rules import redress as rules
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.rules.redress import Answer, Bar, Request, Window
from fondaco.evaluation.selectors import decisions
from fondaco.evaluation.selectors import redress as kept
from fondaco.evaluation.selectors.outcomes import OCCASIONS, outcome_told, told_under
from fondaco.evaluation.services.assignments import tell
from fondaco.evaluation.states import REDRESS_TABLE, RedressAction
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import target_of
from fondaco.mail.services import hold_back_letters
from fondaco.mail.states import HeldBack
from fondaco.trail import services as trail


def _tell(
    verb: str, redress: Redress, subject: str, *, by_id: int | None, at: datetime, **data: object
) -> None:
    trail.record(
        verb,
        subject=subject,
        programme=redress.outcome.decision.call.programme.code,
        by_id=by_id,
        at=at,
        redress=redress.code,
        application=redress.outcome.application.code,
        **data,
    )


@transaction.atomic
def ask_for_redress(
    application_id: int, *, ground: str = "", text: str = "", by: Person, at: datetime
) -> Redress:
    """Ask that the decision which was told be looked at again; one request for each decision.

    What comes after the last day is taken in and marked as late: a decider has to say so.
    Raises `Refused` with every reason against it.
    """
    [application] = decisions.locked_applications([application_id])
    outcome, last = outcome_told(application), None
    asked = Request(ground, text, outcome is not None, is_asked=_is_asked(outcome))
    terms = kept.redress_terms(application.call)
    failed = list(rules.request(asked, terms).reasons)
    if application.state == State.WITHDRAWN:
        failed.append(Stop.WITHDRAWN)
    if outcome is not None:
        last = kept.window_of(outcome)
    if failed or outcome is None or last is None:
        raise Refused(*(failed or [Bar.NOT_TOLD]))
    redress = _begin(application, outcome, last, by=by, at=at)
    redress.ground, redress.text = ground, text.strip()
    redress.save(force_insert=True)
    told = {"ground": ground, "until": last.last, "is_late": redress.is_late, "terms": terms}
    _tell("redress.asked", redress, application.code, by_id=by.pk, at=at, **told)
    return redress


def _is_asked(outcome: Outcome | None) -> bool:
    return outcome is not None and Redress.objects.filter(outcome=outcome).exists()


def _begin(
    application: Application, outcome: Outcome, last: Window, *, by: Person, at: datetime
) -> Redress:
    call, days = application.call, application.call.redress_answer_days
    days_off = days_not_counted(call)
    return Redress(
        code=f"{application.code}-redress-{len(kept.redress_codes(application)) + 1}",
        outcome=outcome,
        is_late=rules.is_late(last, at=at),
        asked_at=at,
        asked_by=by,
        answer_by=None if days is None else rules.window(at, days, call.zone, days_off).last,
    )


def _close(redress: Redress, action: RedressAction, *, at: datetime) -> None:
    redress.state = target_of(REDRESS_TABLE, action, redress.state)
    redress.closed_at = at
    redress.save(update_fields=["state", "closed_at", "reasons", "answered_by"])


def _locked(pk: int) -> tuple[Application, Redress]:
    """The application before its request, in the order in which everybody locks."""
    [application] = decisions.locked_applications([kept.application_of_redress(pk)])
    return application, kept.locked_redress(pk)


@transaction.atomic
def withdraw_redress(pk: int, *, by_id: int | None, at: datetime) -> Redress:
    """Take a request back as long as it is not answered; the decision stands as it was."""
    application, redress = _locked(pk)
    _close(redress, RedressAction.WITHDRAW, at=at)
    _tell("redress.withdrawn", redress, application.code, by_id=by_id, at=at)
    return redress


@transaction.atomic
def close_redress_of(application: str, *, at: datetime) -> int:
    """Close what waits for an answer about a withdrawn application; how many requests."""
    pks = kept.open_redress_of(application)
    for pk in pks:
        withdraw_redress(pk, by_id=None, at=at)
    return len(pks)


@transaction.atomic
def answer_redress(
    pk: int, *, action: RedressAction, reasons: str, by: Person, at: datetime
) -> Redress:
    """Answer a request with reasons; upheld, the decision on this application is open again.

    Raises `Refused` where this person may not answer, or not like this.
    """
    application, redress = _locked(pk)
    outcome = redress.outcome
    answer = Answer(action, bool(reasons.strip()), redress.is_late, outcome.is_final)
    failed = [*kept.may_answer(by, redress).reasons, *rules.answer(answer).reasons]
    if application.state == State.WITHDRAWN:
        failed.append(Stop.WITHDRAWN)
    if failed:
        raise Refused(*failed)
    redress.reasons, redress.answered_by = reasons.strip(), by
    _close(redress, action, at=at)
    told = {"answer": redress.state, "facts": answer}
    tell("redress.answered", application, by_id=by.pk, at=at, redress=redress.code, **told)
    if action == RedressAction.UPHOLD:
        _reopen(redress, by=by, at=at)
    return redress


def _reopen(redress: Redress, *, by: Person, at: datetime) -> None:
    """What was decided of the application does not stand any more; a new proposal can carry it."""
    outcome = redress.outcome
    subject = told_under([outcome])[outcome.pk]
    outcome.is_final = False
    outcome.save(update_fields=["is_final"])
    why = HeldBack.DECISION_REOPENED
    hold_back_letters(subject, occasions=OCCASIONS.values(), why=why, at=at)
    told = {"group": outcome.group, "amount_cents": outcome.amount_cents}
    _tell("decision.reopened", redress, outcome.decision.code, by_id=by.pk, at=at, **told)
