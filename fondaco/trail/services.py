"""Recording what happens, letting others react to it, and sealing it."""

import hashlib
import hmac
import logging
import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from fondaco.kernel.plain import plain
from fondaco.trail import rules, selectors
from fondaco.trail.access import (
    JOINED,
    KEPT_BACK,
    NAMED,
    OWNERS,
    Joined,
    MayRead,
    Named,
    Subjects,
)
from fondaco.trail.models import Entry, Heard, PersonKey, Seal, Sealed, SealKey
from fondaco.trail.rules import MOST_ATTEMPTS, Head, SigningKey
from fondaco.web import written
from fondaco.web.jobs import later
from fondaco.web.prepared import Prepared, number

Reaction = Callable[[Entry], None]
REACTIONS: dict[str, dict[str, Reaction]] = defaultdict(dict)
AT_ONCE: dict[str, list[Reaction]] = defaultdict(list)
SEALED_AT_ONCE = 1000
INTERRUPTED = "interrupted: the worker stopped before it was done"
_log = logging.getLogger(__name__)


def on(*verbs: str) -> Callable[[Reaction], Reaction]:
    """Run the decorated function in the worker, once for each entry with one of `verbs`.

    The function's full name is what is remembered as having heard: one that is new, renamed or
    moved hears everything from the beginning, and must be fit for that.
    """

    def register(reaction: Reaction) -> Reaction:
        for verb in verbs:
            REACTIONS[verb][f"{reaction.__module__}.{reaction.__name__}"] = reaction
        return reaction

    return register


def at_once(verb: str) -> Callable[[Reaction], Reaction]:
    """Run the decorated function in the recording transaction; only where rows must agree."""

    def register(reaction: Reaction) -> Reaction:
        AT_ONCE[verb].append(reaction)
        return reaction

    return register


def tells_story(prefix: str, may_read: MayRead) -> None:
    """Let the owner of the things whose codes begin with `prefix` say who reads their story.

    `may_read(person, subject)` yields an `access.Reading`, or None for what is not its own.
    """
    OWNERS.append((prefix, may_read))


def joins_story(sort: str, joined: Joined) -> None:
    """Let the story of a sort of thing gather what happened to the things of this slice in it.

    `joined(code)` says which entries those are.
    """
    JOINED[sort].append(joined)


def names_things(named: Named) -> None:
    """Let the owner of things say what people call them; `named(subjects)` answers for its own."""
    NAMED.append(named)


def keeps_back(subjects: Subjects) -> None:
    """Let the owner of things name those of a programme that its office knows nothing of."""
    KEPT_BACK.append(subjects)


def record(
    verb: str,
    *,
    subject: str,
    by_id: int | None,
    at: datetime,
    programme: str = "",
    **data: object,
) -> Entry:
    """Keep what happened and, for a decision, the facts and terms it was made of."""
    entry = Entry(
        verb=verb,
        subject=subject,
        programme=programme,
        by_id=by_id,
        by_mark=mark_of(by_id, verb, subject, at) if by_id else "",
        at=at,
        data={name: plain(value) for name, value in data.items()},
    )
    written.add(entry)
    for reaction in AT_ONCE.get(verb, ()):
        reaction(entry)
    if verb in REACTIONS:
        later("fondaco.trail.tasks.hear", verb)
    return entry


_KEY = Prepared(lambda: PersonKey.objects.filter(person_id=number("person")))


def _key_of(person_id: int) -> PersonKey:
    """The key of a person, made at their first act."""
    if known := _KEY.first(person=person_id):
        return known
    made = PersonKey(person_id=person_id, key=secrets.token_hex(32))
    PersonKey.objects.bulk_create([made], ignore_conflicts=True)
    return _KEY.one(person=person_id)


def mark_of(person_id: int, verb: str, subject: str, at: datetime) -> str:
    """The person's commitment to one act: a keyed hash that means nothing once the key is gone."""
    kept = _key_of(person_id)
    said = f"{person_id}|{verb}|{subject}|{at.isoformat()}".encode()
    return hmac.new(bytes.fromhex(kept.key), said, hashlib.sha256).hexdigest() if kept.key else ""


def secret_of(person_id: int, purpose: str) -> bytes:
    """32 bytes that only this person has for this purpose; empty once the person is erased."""
    kept = _key_of(person_id)
    return hmac.digest(bytes.fromhex(kept.key), purpose.encode(), "sha256") if kept.key else b""


def destroy_key(person_id: int, *, at: datetime) -> None:
    """Erase a person from the story: the marks stay, what they mean is gone."""
    PersonKey.objects.update_or_create(person_id=person_id, defaults={"key": "", "erased_at": at})


def hear(verb: str, *, at: datetime) -> int:
    """Let every reaction to `verb` deal with the entries it has not dealt with; how many it did.

    A reaction that fails holds up no other: it is kept with its error, and tried again later.
    """
    return sum(_catch_up(name, verb, at) for name in REACTIONS.get(verb, {}))


def hear_all(*, at: datetime) -> int:
    """Let all reactions catch up, and what they caused, until nothing is left."""
    heard = total = sum(hear(verb, at=at) for verb in list(REACTIONS))
    while heard:
        heard = sum(hear(verb, at=at) for verb in list(REACTIONS))
        total += heard
    return total


def _catch_up(name: str, verb: str, at: datetime) -> int:
    done = 0
    while entries := list(selectors.unheard_entries(name, verb, at=at)):
        done += sum(_react(name, REACTIONS[verb][name], entry, at) for entry in entries)
        if len(entries) < selectors.MOST_AT_ONCE:
            break
    return done


def _react(name: str, reaction: Reaction, entry: Entry, at: datetime) -> int:
    """Once per entry and reaction: that it is done and what it does stand or fall together."""
    if not _begin(name, entry, at):
        return 0
    try:
        with transaction.atomic():
            heard = selectors.locked_heard(name, entry.pk)
            if heard.due_at is None:
                return 0
            reaction(entry)
            heard.error, heard.due_at = "", None
            heard.save(update_fields=["error", "due_at"])
    except Exception as fault:
        _log.exception("%s failed on %s %s", name, entry.verb, entry.subject)
        _keep_failure(name, entry, fault)
        return 0
    return 1


@transaction.atomic
def _begin(name: str, entry: Entry, at: datetime) -> bool:
    """Count the attempt before it is made, so that one which takes the worker down counts too.

    False where another worker has the entry or has dealt with it.
    """
    Heard.objects.bulk_create(
        [Heard(reaction=name, entry=entry, at=at, due_at=at)], ignore_conflicts=True
    )
    heard = selectors.locked_heard(name, entry.pk)
    if heard.due_at is None or heard.due_at > at:
        return False
    heard.attempts, heard.at, heard.error = heard.attempts + 1, at, INTERRUPTED
    is_last = heard.attempts >= MOST_ATTEMPTS
    heard.due_at = at + (rules.LONGEST_WAIT if is_last else rules.wait_before(heard.attempts))
    heard.save(update_fields=["attempts", "at", "error", "due_at"])
    return True


@transaction.atomic
def _keep_failure(name: str, entry: Entry, fault: Exception) -> None:
    """Keep why a reaction failed; after the last attempt it waits for a human being."""
    heard = selectors.locked_heard(name, entry.pk)
    if heard.due_at is None:
        return
    heard.error = f"{type(fault).__name__}: {fault}"[:500]
    if heard.attempts >= MOST_ATTEMPTS:
        heard.due_at = None
    heard.save(update_fields=["error", "due_at"])


@transaction.atomic
def try_again(pk: int, *, by_id: int, at: datetime) -> Heard | None:
    """Let a reaction that failed have all its attempts anew; None where it was made good since."""
    heard = Heard.objects.select_for_update(of=("self",)).select_related("entry").get(pk=pk)
    if not heard.error:
        return None
    heard.attempts, heard.due_at = 0, at
    heard.save(update_fields=["attempts", "due_at"])
    record(
        "reaction.tried-again",
        subject=heard.entry.subject,
        by_id=by_id,
        at=at,
        entry=heard.entry_id,
        reaction=heard.reaction,
    )
    later("fondaco.trail.tasks.hear", heard.entry.verb)
    return heard


# Seals


def seal(*, key: SigningKey, at: datetime) -> Head:
    """Number and chain what is not yet sealed, and sign the new head; the head afterwards.

    Entries are numbered in the order in which the sealer finds them: numbers of the database are
    not the order of commits. Where two sealers meet, one of them finds its numbers taken and
    leaves everything to the other.
    """
    try:
        while _seal_some(key, at):
            continue
    except IntegrityError:
        _log.info("another sealer was faster")
    return selectors.sealed_head()


@transaction.atomic
def _seal_some(key: SigningKey, at: datetime) -> bool:
    """One seal over some entries; whether there may be more."""
    head = selectors.sealed_head()
    entries = list(selectors.unsealed_entries()[:SEALED_AT_ONCE])
    if not entries:
        return False
    rows = []
    for entry in entries:
        head = Head(head.number + 1, rules.chained(head.chain, selectors.sealed_facts(entry)))
        rows.append(Sealed(entry=entry, number=head.number, chain=head.chain))
    Sealed.objects.bulk_create(rows)
    SealKey.objects.get_or_create(
        key_id=key.key_id, defaults={"public": key.public.hex(), "since": at}
    )
    Seal.objects.create(
        number=head.number,
        chain=head.chain,
        signature=key.signature(rules.sealed_message(head, at.astimezone(UTC))),
        key_id=key.key_id,
        at=at,
    )
    return len(entries) == SEALED_AT_ONCE
