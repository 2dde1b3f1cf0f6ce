"""Bringing in what was received while the database was away: each record once, none dropped."""

from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.rules.posted import marks_shown, typed_answers
from fondaco.applications.selectors import application_named, locked_application, locked_section
from fondaco.applications.services.sending import submit_application
from fondaco.applications.services.writing import save_section
from fondaco.directory.models import Person
from fondaco.intake import selectors
from fondaco.intake.models import BroughtIn
from fondaco.intake.rules.bringing import TOLD, Facts, Outcome, Reason, admission, carried, first_of
from fondaco.intake.rules.records import Kind, Record, sha256_of
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.rules.answers import mark
from fondaco.questionnaires.rules.schema import Section
from fondaco.questionnaires.selectors import form_of
from fondaco.trail import services as trail


@transaction.atomic
def bring_in(record: Record, *, at: datetime) -> BroughtIn:
    """Do what the record asks as of the moment of its receipt; a second time nothing is done.

    What is refused, or clashes with a colleague's change, is kept whole and its sender told.
    """
    application = _locked(record)
    if done := selectors.brought_in(record.identity):
        return done
    person = selectors.sender(record.person)
    row = _row_of(record, application, person, at=at)
    if application is None:
        row.outcome, row.reasons = Outcome.REFUSED, [Reason.NO_APPLICATION]
    else:
        _do(record, row, application, person)
    _keep(row, record, at=at)
    return row


@transaction.atomic
def set_aside(record: Record, *, at: datetime) -> BroughtIn:
    """Keep a record whole that a fault of ours keeps out, so that it holds up no other."""
    application = _locked(record)
    if done := selectors.brought_in(record.identity):
        return done
    row = _row_of(record, application, selectors.sender(record.person), at=at)
    row.outcome, row.reasons = Outcome.REFUSED, [Reason.FAULT]
    _keep(row, record, at=at)
    return row


def _locked(record: Record) -> Application | None:
    application = application_named(record.application)
    return application and locked_application(application.pk)


def _keep(row: BroughtIn, record: Record, *, at: datetime) -> None:
    is_told = row.outcome in TOLD
    row.kept = record.body if is_told else ""
    row.save(force_insert=True)
    if is_told and row.application is not None:
        _record(row, row.application, at=at)


def _row_of(
    record: Record, application: Application | None, person: Person | None, *, at: datetime
) -> BroughtIn:
    return BroughtIn(
        identity=record.identity,
        kind=record.kind,
        application=application,
        code=record.application,
        person=person,
        section=record.section,
        sha256=sha256_of(record),
        received_at=record.at,
        brought_at=at,
        outcome=Outcome.TAKEN,
    )


def _do(record: Record, row: BroughtIn, application: Application, person: Person | None) -> None:
    """Save or submit; what rules say no to leaves nothing behind but its reasons."""
    section = form_of(application.form).section(record.section)
    facts = Facts(
        is_person_active=person is not None,
        had_right=selectors.had_post(record.person, application, at=record.at),
        form=application.form_id,
        has_section=record.kind == Kind.SUBMIT or section is not None,
    )
    decision = admission(facts, form=record.form)
    if person is None or not decision:
        row.outcome, row.reasons = Outcome.REFUSED, list(decision.reasons)
        return
    try:
        with transaction.atomic():
            if record.kind == Kind.SUBMIT:
                _submit(record, row, application, person)
            elif section is not None:
                _save(record, row, application, person, section)
    except Refused as refusal:
        row.outcome, row.reasons = Outcome.REFUSED, [str(reason) for reason in refusal.reasons]


def _submit(record: Record, row: BroughtIn, application: Application, person: Person) -> None:
    sent = submit_application(application.pk, key=record.key, by=person, at=record.at)
    row.receipt = sent.receipt


def _save(
    record: Record, row: BroughtIn, application: Application, person: Person, section: Section
) -> None:
    posted = selectors.posted_in(record.body)
    typed, was = typed_answers(section, posted), marks_shown(section, posted)
    before = locked_section(application, section.code)
    answers = before.answers if before else {}
    stands = {code: mark(answers.get(code, "")) for code in typed}
    row.steps = {
        code: (first_of(shown), mark(typed[code]))
        for code, shown in (was or {}).items()
        if code in typed
    }
    if was is not None:
        steps = selectors.steps_of(application, section.code, person)
        was = carried(was, stands=stands, steps=steps)
    kept = save_section(
        application.pk, section=section.code, answers=typed, was=was, by=person, at=record.at
    )
    if kept.clashes:
        row.outcome, row.reasons = Outcome.CLASHED, [clash.question for clash in kept.clashes]


def _record(row: BroughtIn, application: Application, *, at: datetime) -> None:
    trail.record(
        "intake.refused" if row.outcome == Outcome.REFUSED else "intake.clashed",
        subject=application.code,
        programme=application.call.programme.code,
        by_id=row.person_id,
        at=at,
        record=row.identity,
        kind=row.kind,
        received=row.received_at,
        sha256=row.sha256,
        reasons=row.reasons,
    )


@transaction.atomic
def mark_seen(identity: str, *, by: Person, at: datetime) -> None:
    """The person has read what became of what they sent."""
    row = selectors.locked_brought_in(identity, by)
    if row is not None and row.seen_at is None:
        row.seen_at = at
        row.save(update_fields=["seen_at"])


@transaction.atomic
def forget_brought_in(*, before: datetime) -> int:
    """Forget what was taken in or read before a moment; what nobody has read stays."""
    rows = BroughtIn.objects.filter(brought_at__lt=before)
    taken = rows.filter(outcome=Outcome.TAKEN).delete()[0]
    return taken + rows.filter(seen_at__lt=before).delete()[0]


@transaction.atomic
def forget_person(person_id: int) -> None:
    """Take a person's name and words out of what was brought in."""
    BroughtIn.objects.filter(person_id=person_id).update(person=None, kept="")
