"""Writing, releasing and sending letters."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.mail import rules, selectors
from fondaco.mail.models import Letter, LetterTemplate
from fondaco.mail.phrases import KEPT
from fondaco.mail.rules import Answer, Attempt, Reason
from fondaco.mail.states import TABLE, Action, HeldBack, Occasion, State
from fondaco.programmes.models import Programme
from fondaco.trail import services as trail
from fondaco.web import words as wording
from fondaco.web.jobs import later
from fondaco.web.rows import align

BATCH = 50
LEASE = timedelta(minutes=30)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
ERASED = "erased@erased.invalid"
SEND = "fondaco.mail.tasks.send_letters"


@transaction.atomic
def keep_templates(programme: Programme, call_code: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Make the letters of a call, or without a code of the programme, exactly `rows`.

    Each row names `occasion`, `language`, `subject` and `body`.
    """
    names = ("occasion", "language", "subject", "body")
    kept = LetterTemplate.objects.filter(programme=programme, call=call_code)
    wanted = [
        {"programme": programme, "call": call_code, **{name: row[name] for name in names}}
        for row in rows
    ]
    align(kept, "occasion language", wanted)


@transaction.atomic
def write_letter(
    *,
    programme: Programme,
    call: str,
    occasion: str,
    to: Person,
    subject_code: str,
    words: Mapping[str, str],
    at: datetime,
    is_released: bool = False,
    days: Mapping[str, int] | None = None,
    zone: str = "UTC",
    days_off: Collection[str] = (),
) -> Letter | None:
    """Write a letter to a person about a thing; a second one on the same occasion is the first.

    It waits for an officer unless released at once; lacking a word, always. `days` names the dates
    counted from the release on the calendar of `zone`, without `days_off`. None without a template.
    """
    counted = dict(days or {})
    if unknown := (words.keys() - rules.PLACEHOLDERS) | (counted.keys() - rules.COUNTED):
        raise ValueError(f"no letter may name {', '.join(sorted(unknown))}")
    if written := selectors.letter_written(subject_code, occasion, to.pk):
        return written
    template = selectors.template_for(programme, call, occasion, to.language)
    if template is None:
        return None
    letter = _filled(template, words)
    letter.call, letter.subject_code, letter.to = call, subject_code, to
    letter.address, letter.written_at, letter.counted = to.email, at, counted
    letter.zone, letter.days_off = zone, list(days_off)
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return selectors.letter_written(subject_code, occasion, to.pk)
    if is_released and not lacking(letter):
        _release(letter, by=None, at=at)
        later(SEND)
    return letter


def _filled(template: LetterTemplate, words: Mapping[str, str]) -> Letter:
    """A letter in the words of a template; nobody's yet."""
    return Letter(
        code=_new_code(),
        programme=template.programme,
        occasion=template.occasion,
        language=template.language,
        subject=rules.filled_as_known(template.subject, rules.subject_words(words))[:200],
        body=rules.filled_as_known(template.body, rules.body_words(words)),
    )


@transaction.atomic
def write_news(
    *,
    occasion: str,
    to: Person | None,
    address: str,
    language: str,
    subject_code: str,
    words: Mapping[str, str],
    unsubscribe: str,
    at: datetime,
) -> Letter:
    """Write to somebody who asked for it, in the platform's own words; it goes out at once.

    It belongs to no programme: who follows what is nobody's business. A second one is the first.
    """
    if written := selectors.news_written(subject_code, occasion, address):
        return written
    spoken, subject, body = selectors.own_words(occasion, language)
    letter = Letter.objects.create(
        code=_new_code(),
        subject_code=subject_code,
        occasion=occasion,
        to=to,
        address=address,
        language=spoken,
        subject=rules.filled(subject, rules.subject_words(words))[:200],
        body=rules.filled(body, rules.body_words(words)),
        written_at=at,
        unsubscribe=unsubscribe,
    )
    _release(letter, by=None, at=at)
    later(SEND)
    return letter


def _new_code() -> str:
    return "L-" + "".join(secrets.choice(LETTERS) for _ in range(8))


def lacking(letter: Letter) -> frozenset[str]:
    """The words a written letter still lacks."""
    asked = rules.asked_for(letter.subject) | rules.asked_for(letter.body)
    return asked - frozenset(letter.counted)


@transaction.atomic
def release_letters(ids: Iterable[int], *, by: Person | None, at: datetime) -> int:
    """Let letters stand in the portal and be sent; how many were released now.

    Letters that were released or discarded meanwhile, and those that lack a word, stay as they are.
    """
    released = 0
    for letter in selectors.locked_letters(ids):
        if letter.state == State.WRITTEN and not lacking(letter):
            _release(letter, by=by, at=at)
            released += 1
    if released:
        later(SEND)
    return released


def _release(letter: Letter, *, by: Person | None, at: datetime) -> None:
    _move(letter, Action.RELEASE)
    _fill_dates(letter, at)
    letter.released_at = letter.due_at = at
    letter.released_by = by
    letter.message_id = _message_id(letter)
    moved = ["state", "released_at", "due_at", "released_by", "message_id"]
    letter.save(update_fields=[*moved, "subject", "body"])
    _record("letter.released", letter, by=by, at=at)


def _fill_dates(letter: Letter, at: datetime) -> None:
    """Put in the days that count from this moment, in the letter's language."""
    with translation.override(selectors.language_of(letter)):
        said = {
            name: wording.day(rules.last_day(at, days, letter.zone, letter.days_off))
            for name, days in letter.counted.items()
        }
    letter.subject = rules.filled_as_known(letter.subject, rules.subject_words(said))[:200]
    letter.body = rules.filled_as_known(letter.body, rules.body_words(said))


def _message_id(letter: Letter) -> str:
    """Known before the letter leaves: sent twice by a dying worker, it is one to its reader."""
    house = urlsplit(settings.ADDRESS).hostname or "localhost"
    return f"<{letter.code}.{secrets.token_hex(6)}@{house}>"


def _move(letter: Letter, action: Action) -> None:
    letter.state = State(target_of(TABLE, action, letter.state))


def _record(verb: str, letter: Letter, *, by: Person | None, at: datetime, **facts: object) -> None:
    """What happened to a letter: never its words, never an address."""
    trail.record(
        verb,
        subject=letter.code,
        programme=letter.programme.code if letter.programme else "",
        by_id=by.pk if by else None,
        at=at,
        about=letter.subject_code,
        occasion=letter.occasion,
        person=letter.to_id,
        **facts,
    )


@transaction.atomic
def rewrite_letter(pk: int, *, subject: str, body: str, by: Person, at: datetime) -> Letter:
    """Put the words of a letter right before it is released; raises `Refused` once it is."""
    letter = selectors.locked_letter(pk)
    if letter.state != State.WRITTEN:
        raise Refused(Reason.NOT_WAITING)
    letter.subject, letter.body = subject, body
    letter.save(update_fields=["subject", "body"])
    _record("letter.rewritten", letter, by=by, at=at)
    return letter


@transaction.atomic
def discard_letter(pk: int, *, by: Person, at: datetime) -> Letter:
    """Never send a letter that waits; another may be written on the same occasion."""
    letter = selectors.locked_letter(pk)
    try:
        _move(letter, Action.DISCARD)
    except MoveRefused as refusal:
        raise Refused(Reason.NOT_WAITING) from refusal
    letter.save(update_fields=["state"])
    _record("letter.discarded", letter, by=by, at=at)
    return letter


@transaction.atomic
def hold_back_letters(
    subject_code: str, *, occasions: Iterable[Occasion], why: HeldBack, at: datetime
) -> int:
    """Discard what still waits about a thing that has ended meanwhile; how many letters."""
    held = 0
    for letter in selectors.locked_letters(selectors.waiting_about(subject_code, occasions)):
        if letter.state == State.WRITTEN:
            _move(letter, Action.DISCARD)
            letter.held_back = why
            letter.save(update_fields=["state", "held_back"])
            _record("letter.held-back", letter, by=None, at=at, why=why)
            held += 1
    return held


@transaction.atomic
def send_again(pk: int, *, address: str, by: Person, at: datetime) -> Letter:
    """Send a letter that failed or came back once more, to an address put right.

    It has stood in the portal since its release: the windows that count from there do not move.
    """
    letter = selectors.locked_letter(pk)
    try:
        _move(letter, Action.RETRY)
    except MoveRefused as refusal:
        raise Refused(Reason.NOT_TO_BE_SENT_AGAIN) from refusal
    is_corrected = address != letter.address
    letter.address, letter.attempts, letter.error = address, 0, ""
    letter.due_at, letter.sent_at, letter.message_id = at, None, _message_id(letter)
    letter.save(
        update_fields=["state", "address", "attempts", "error", "due_at", "sent_at", "message_id"]
    )
    _record("letter.sent-again", letter, by=by, at=at, is_corrected=is_corrected)
    later(SEND)
    return letter


@transaction.atomic
def record_bounce(pk: int, *, said: str, by: Person | None, at: datetime) -> Letter:
    """A letter came back; raises `Refused` for one that was never on its way."""
    letter = selectors.locked_letter(pk)
    try:
        _move(letter, Action.BOUNCE)
    except MoveRefused as refusal:
        raise Refused(Reason.NOT_ON_ITS_WAY) from refusal
    letter.error, letter.due_at = said[:300], None
    letter.save(update_fields=["state", "error", "due_at"])
    _record("letter.bounced", letter, by=by, at=at)
    return letter


@transaction.atomic
def take_due_letters(*, at: datetime, most: int = BATCH) -> list[Letter]:
    """Take a batch to send; a worker that dies with it loses it to another after a while."""
    letters = selectors.locked_due_letters(at, most)
    for letter in letters:
        letter.due_at = at + LEASE
        letter.save(update_fields=["due_at"])
    return letters


@transaction.atomic
def keep_attempt(pk: int, attempt: Attempt, *, at: datetime) -> Letter:
    """Keep what the mail server answered: sent, come back, or to be tried again later."""
    letter = selectors.locked_letter(pk)
    if letter.state != State.RELEASED:
        return letter
    letter.attempts += 1
    letter.error, letter.due_at = attempt.said[:300], None
    if attempt.answer is Answer.TAKEN:
        _move(letter, Action.SEND)
        letter.sent_at = at
    elif attempt.answer is Answer.REFUSED:
        _move(letter, Action.BOUNCE)
    elif rules.is_exhausted(letter.attempts):
        _move(letter, Action.FAIL)
    else:
        letter.due_at = at + rules.wait_before(letter.attempts)
    letter.save(update_fields=["state", "attempts", "error", "due_at", "sent_at"])
    if letter.state != State.RELEASED:
        _record(OUTCOMES[State(letter.state)], letter, by=None, at=at, attempts=letter.attempts)
    return letter


OUTCOMES = {
    State.SENT: "letter.sent",
    State.BOUNCED: "letter.bounced",
    State.FAILED: "letter.failed",
}


@transaction.atomic
def erase_letters_to(person_id: int) -> list[str]:
    """Addresses go, and letters that were never released; what was told about a file stays."""
    letters = Letter.objects.filter(to_id=person_id)
    letters.filter(state__in=[State.WRITTEN, State.DISCARDED]).delete()
    letters.filter(state=State.RELEASED).update(state=State.FAILED, due_at=None)
    if not letters.update(address=ERASED, error=""):
        return []
    return [str(KEPT)]
