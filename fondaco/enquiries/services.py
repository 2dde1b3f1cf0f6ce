"""Asking about a call, and answering: drafted by one officer, approved by another, for all."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fondaco.calls.models import Call
from fondaco.calls.selectors import locked_call
from fondaco.directory.models import Person
from fondaco.enquiries import selectors
from fondaco.enquiries.models import Enquiry, Version
from fondaco.enquiries.rules import answering
from fondaco.enquiries.rules.asking import due_on
from fondaco.enquiries.states import INITIAL, TABLE, Action, State
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.trail import services as trail

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
Texts = Mapping[str, str]


@transaction.atomic
def ask(call_id: int, *, text: str, language: str, by: Person, at: datetime) -> Enquiry:
    """Take in a question about a call; raises `Refused` with everything that speaks against it."""
    call = locked_call(call_id)
    if against := selectors.against_asking(call, by, at=at, has_words=bool(text.strip())):
        raise Refused(*against)
    enquiry = Enquiry.objects.create(
        code="Q-" + "".join(secrets.choice(LETTERS) for _ in range(8)),
        call=call,
        number=selectors.last_number(call) + 1,
        by=by,
        language=language,
        asked=text.strip(),
        at=at,
        due_on=due_on(at, selectors.terms_for(call, at=at)),
        state=INITIAL,
    )
    _record("enquiry.asked", enquiry, by=by, at=at, due_on=enquiry.due_on)
    return enquiry


def _record(verb: str, enquiry: Enquiry, *, by: Person, at: datetime, **facts: object) -> None:
    """What happened to a question: never its words."""
    call: Call = enquiry.call
    trail.record(
        verb,
        subject=enquiry.code,
        programme=call.programme.code,
        by_id=by.pk,
        at=at,
        call=call.code,
        **facts,
    )


def _move(enquiry: Enquiry, action: Action) -> None:
    try:
        enquiry.state = State(target_of(TABLE, action, enquiry.state))
    except MoveRefused as refusal:
        raise Refused(answering.Reason.MOVED_ON) from refusal


def _said(texts: Texts) -> dict[str, str]:
    """A text by language, without the languages in which nothing was written."""
    return {language: text.strip() for language, text in texts.items() if text.strip()}


@transaction.atomic
def draft_answer(pk: int, *, question: Texts, answer: Texts, by: Person, at: datetime) -> Enquiry:
    """Write the question as everybody shall read it, and its answer; another officer approves."""
    enquiry = selectors.locked_enquiry(pk)
    _move(enquiry, Action.DRAFT)
    enquiry.question, enquiry.answer = _said(question), _said(answer)
    languages = selectors.languages_of(enquiry.call)
    require(answering.written(enquiry.question, enquiry.answer, languages))
    enquiry.drafted_by, enquiry.approved_by, enquiry.approved_in = by, None, []
    enquiry.save(
        update_fields=["state", "question", "answer", "drafted_by", "approved_by", "approved_in"]
    )
    _record("enquiry.drafted", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def reopen_answer(pk: int, *, by: Person, at: datetime) -> Enquiry:
    """Let an approved answer be changed again, with the words it has; it is approved anew."""
    enquiry = selectors.locked_enquiry(pk)
    if enquiry.state not in (State.APPROVED, State.TRANSLATED):
        raise Refused(answering.Reason.MOVED_ON)
    _move(enquiry, Action.DRAFT)
    enquiry.drafted_by, enquiry.approved_by, enquiry.approved_in = by, None, []
    enquiry.save(update_fields=["state", "drafted_by", "approved_by", "approved_in"])
    _record("enquiry.drafted", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def approve_answer(pk: int, *, by: Person, at: datetime) -> Enquiry:
    """Say yes to an answer that somebody else drafted; with all languages it is translated too."""
    enquiry = selectors.locked_enquiry(pk)
    _move(enquiry, Action.APPROVE)
    require(answering.approval(enquiry.drafted_by_id, by.pk))
    lacks = _lacks(enquiry)
    languages = selectors.languages_of(enquiry.call)
    enquiry.approved_by = by
    enquiry.approved_in = [language for language in languages if language not in lacks]
    if not lacks:
        _move(enquiry, Action.TRANSLATE)
    enquiry.save(update_fields=["state", "approved_by", "approved_in"])
    _record("enquiry.approved", enquiry, by=by, at=at, languages=enquiry.approved_in)
    return enquiry


def _lacks(enquiry: Enquiry) -> list[str]:
    languages = selectors.languages_of(enquiry.call)
    return answering.missing(enquiry.question, enquiry.answer, languages)


@transaction.atomic
def translate_answer(
    pk: int, *, question: Texts, answer: Texts, by: Person, at: datetime
) -> Enquiry:
    """Add languages to an approved answer; what two officers read stays as they read it."""
    enquiry = selectors.locked_enquiry(pk)
    if enquiry.state not in (State.APPROVED, State.TRANSLATED):
        raise Refused(answering.Reason.MOVED_ON)
    kept = set(enquiry.approved_in)
    for name, texts in (("question", question), ("answer", answer)):
        old = {code: text for code, text in getattr(enquiry, name).items() if code in kept}
        new = {code: text for code, text in _said(texts).items() if code not in kept}
        setattr(enquiry, name, old | new)
    enquiry.state = State.APPROVED
    lacks = _lacks(enquiry)
    if not lacks:
        _move(enquiry, Action.TRANSLATE)
    enquiry.save(update_fields=["state", "question", "answer"])
    _record("enquiry.translated", enquiry, by=by, at=at, missing=lacks)
    return enquiry


@transaction.atomic
def publish_answer(pk: int, *, by: Person, at: datetime) -> Version:
    """Let everybody read the answer, without the name of whoever asked; again as a new version."""
    enquiry = selectors.locked_enquiry(pk)
    if enquiry.state == State.APPROVED:
        require(answering.publication(_lacks(enquiry)))
    _move(enquiry, Action.PUBLISH)
    version = Version.objects.create(
        enquiry=enquiry,
        number=enquiry.versions.count() + 1,
        question=enquiry.question,
        answer=enquiry.answer,
        at=at,
    )
    enquiry.save(update_fields=["state"])
    _record("enquiry.published", enquiry, by=by, at=at, version=version.number)
    return version


@transaction.atomic
def join_enquiry(pk: int, *, same_as: str, by: Person, at: datetime) -> Enquiry:
    """Take a question as the same as another one of its call: one answer answers both."""
    locked_call(selectors.call_of_enquiry(pk))
    enquiry = selectors.locked_enquiry(pk)
    other = selectors.enquiry_about(enquiry.call, same_as)
    require(
        answering.joining(
            is_itself=other == enquiry,
            is_of_call=other is not None,
            is_joined=other is not None and other.same_as_id is not None,
            has_joined=enquiry.joined.exists(),
            is_public=selectors.has_versions(enquiry),
        )
    )
    _move(enquiry, Action.JOIN)
    enquiry.same_as = other
    enquiry.save(update_fields=["state", "same_as"])
    _record("enquiry.joined", enquiry, by=by, at=at, same_as=other.code if other else "")
    return enquiry


@transaction.atomic
def part_enquiry(pk: int, *, by: Person, at: datetime) -> Enquiry:
    """Take a question that was joined with another as one of its own again."""
    enquiry = selectors.locked_enquiry(pk)
    _move(enquiry, Action.PART)
    enquiry.same_as = None
    enquiry.save(update_fields=["state", "same_as"])
    _record("enquiry.parted", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def refuse_enquiry(pk: int, *, by: Person, at: datetime) -> Enquiry:
    """Answer with the words of the rule alone: a prior opinion is asked, which nobody gives."""
    enquiry = selectors.locked_enquiry(pk)
    said = selectors.refusal_of(enquiry.call)
    is_public = selectors.has_versions(enquiry)
    require(answering.refusal(is_public=is_public, has_words=bool(said)))
    _move(enquiry, Action.REFUSE)
    enquiry.refused_in = dict(said)
    enquiry.save(update_fields=["state", "refused_in"])
    _record("enquiry.refused", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def forget_person(person_id: int) -> int:
    """Questions forget who asked them, and the words that only their office has read."""
    rows = Enquiry.objects.filter(by_id=person_id)
    return rows.update(by=None, asked="")
