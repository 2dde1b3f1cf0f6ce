"""What officers do with an application: admit, refuse, ask for what is missing, overrule."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application, Finding
from fondaco.applications.rules import admission
from fondaco.applications.selectors import (
    findings_of,
    found_of,
    locked_application,
    locked_companions,
    locked_finding,
    question_codes,
)
from fondaco.applications.services.acts import moved, record_act
from fondaco.applications.services.writing import put_back
from fondaco.applications.states import Action, Verdict
from fondaco.calls.selectors import days_not_counted, opening_terms
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.holds import is_held


def assessing_barred(application: Application, *, at: datetime) -> tuple[str, ...]:
    """Why officers may not do anything with the application now."""
    terms = opening_terms(application.call)
    sent, is_decided = application.submitted_at, is_held(application.pk)
    return admission.assessing(terms, is_held=is_decided, at=at, received_at=sent).reasons


def _assessable(pk: int, *, at: datetime) -> Application:
    """The application, locked: past the deadline of its call, and with no decision on it."""
    application = locked_application(pk)
    if barred := assessing_barred(application, at=at):
        raise Refused(*barred)
    return application


def _assessed(
    application: Application, action: Action, *, by: Person, at: datetime, what: str, **data: object
) -> Application:
    application.state = moved(application, action)
    application.save(update_fields=["state", "asked", "asked_until", "refused_why"])
    record_act(what, application, by=by, at=at, **data)
    return application


@transaction.atomic
def admit_application(pk: int, *, by: Person, at: datetime) -> Application:
    """Confirm that the application is eligible."""
    application = _assessable(pk, at=at)
    found = found_of(findings_of(application))
    require(admission.admission(found))
    return _assessed(application, Action.ADMIT, by=by, at=at, what="admitted", found=found)


@transaction.atomic
def refuse_application(pk: int, *, why: str, by: Person, at: datetime) -> Application:
    """Find the application not eligible, for the rules that are not met or a reason in words."""
    application = _assessable(pk, at=at)
    found = found_of(findings_of(application))
    require(admission.refusal(found, why))
    application.refused_why = why.strip()
    return _assessed(application, Action.REFUSE, by=by, at=at, what="refused", found=found)


@transaction.atomic
def ask_completion(
    pk: int,
    *,
    questions: Collection[str],
    says: Collection[str],
    days: int,
    by: Person,
    at: datetime,
) -> Application:
    """Open named questions again for a number of days."""
    application = _assessable(pk, at=at)
    require(admission.completion(questions, question_codes(application), days))
    put_back(application, asked=questions, at=at)
    application.asked = [{"question": code} for code in questions]
    application.asked += [{"says": line} for line in says]
    call = application.call
    application.asked_until = admission.until(at, days, call.zone, days_not_counted(call))
    return _assessed(
        application,
        Action.ASK,
        by=by,
        at=at,
        what="completion-asked",
        asked=sorted(questions),
        until=application.asked_until,
    )


@transaction.atomic
def overrule_finding(
    pk: int, *, rule: str, verdict: Verdict, why: str, by: Person, at: datetime
) -> Finding:
    """Put an officer's word in the place of what a rule found, with the reason."""
    application = _assessable(pk, at=at)
    require(admission.overruling(why))
    finding = locked_finding(application, rule)
    if finding is None:
        raise Refused(admission.Reason.RULE_UNKNOWN)
    for one in (finding, *locked_companions(application, rule)):
        one.overruled = "" if verdict == one.verdict else verdict.value
        one.overruled_why, one.overruled_by = why.strip(), by
        one.save(update_fields=["overruled", "overruled_why", "overruled_by"])
    record_act("overruled", application, by=by, at=at, rule=rule, verdict=verdict)
    return finding
