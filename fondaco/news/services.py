"""Following calls, and telling those who follow."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.mail.models import Letter
from fondaco.mail.services import write_news
from fondaco.mail.states import Occasion
from fondaco.news.models import Follow
from fondaco.news.rules.following import Pace, wants
from fondaco.news.selectors import follows, items
from fondaco.news.selectors.items import Item
from fondaco.web import words

Filters = Mapping[str, Any]


def _code() -> str:
    return f"F-{secrets.token_hex(8)}"


@transaction.atomic
def follow(
    *, person: Person, call: Call | None, filters: Filters, pace: Pace, zone: str, at: datetime
) -> Follow:
    """Follow a call, or calls by what they are; a call that is followed already has a new pace."""
    said = {"language": person.language, "zone": zone, "pace": pace, "confirmed_at": at}
    known = follows.follow_by(person, call) if call else None
    if known is not None:
        known.pace = pace
        known.save(update_fields=["pace"])
        return known
    given = {"person": person, "call": call, "since": at, "told_until": at, **said, **filters}
    return Follow.objects.create(code=_code(), **given)


@transaction.atomic
def follow_by_mail(
    *,
    email: str,
    language: str,
    call: Call | None,
    filters: Filters,
    pace: Pace,
    zone: str,
    at: datetime,
) -> Follow | None:
    """Ask an address whether it wants to follow; it is told nothing before it has said yes.

    None where it follows this call already: it gets no second letter.
    """
    said = {"email": email.lower(), "language": language, "zone": zone, "pace": pace}
    given = {"call": call, "since": at, "told_until": at, **said, **filters}
    try:
        with transaction.atomic():
            made = Follow.objects.create(code=_code(), **given)
    except IntegrityError:
        return None
    with translation.override(language):
        what = str(words.say(call.title)) if call else ""
    write_news(
        occasion=Occasion.FOLLOWING,
        to=None,
        address=made.email,
        language=language,
        subject_code=made.code,
        words={"call": what or "Fondaco", "address": follows.address_to("news:confirm", made)},
        unsubscribe="",
        at=at,
    )
    return made


@transaction.atomic
def confirm_follow(pk: int, *, at: datetime) -> None:
    """An address says yes; what happened before that is no news."""
    Follow.objects.filter(pk=pk, confirmed_at__isnull=True).update(confirmed_at=at, told_until=at)


@transaction.atomic
def end_follow(pk: int) -> None:
    """Somebody follows no longer: nothing of it stays."""
    Follow.objects.filter(pk=pk).delete()


@transaction.atomic
def end_all_follows(pk: int) -> None:
    """The reader of this follow follows nothing any more."""
    one = Follow.objects.filter(pk=pk).first()
    if one is not None:
        follows.follows_at(one).delete()


@transaction.atomic
def forget_unconfirmed(*, before: datetime) -> int:
    """Forget addresses that never said yes."""
    return follows.never_confirmed(before).delete()[0]


@transaction.atomic
def tell_of(
    item: Item, *, entry: int, tells_writers: bool, but: Sequence[int] = (), at: datetime
) -> int:
    """Tell whoever follows, and where nobody else does also whoever applies; how many letters.

    `but` are people who have been told already.
    """
    about = items.about(item.call)
    people: dict[int, Person] = {person.pk: person for person in follows.writers(item.call)}
    told: set[int | None] = {*but, *people}
    readers = [Reader(one, one.email, one.language) for one in people.values()]
    kept = [one for one in readers if tells_writers and one.to and one.to.pk not in but]
    for one in follows.followers(about, item.kind, programme=item.call.programme_id):
        is_told = one.call_id is not None or not item.call.is_demonstration
        if is_told and one.person_id not in told:
            end = follows.address_to("news:stop", one)
            kept.append(Reader(one.person, one.address, one.spoken, end))
    for reader in kept:
        _write(item, entry, reader, at=at)
    return len(kept)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told, where, in which language, and how they end it."""

    to: Person | None
    address: str
    language: str
    unsubscribe: str = ""


def _write(item: Item, entry: int, reader: Reader, *, at: datetime) -> Letter:
    with translation.override(reader.language):
        said = {
            "call": words.say(item.call.title).text or item.call.code,
            "programme": item.call.programme.acronym,
            "news": item.title,
            "reasons": item.body,
            "address": item.url,
        }
    return write_news(
        occasion=Occasion.CALL_NEWS,
        to=reader.to,
        address=reader.address,
        language=reader.language,
        subject_code=f"news-{entry}",
        words=said,
        unsubscribe=reader.unsubscribe,
        at=at,
    )


@transaction.atomic
def tell_week(rows: Sequence[Follow], *, at: datetime) -> Letter | None:
    """One letter to one reader with what happened since the last; none where nothing did.

    Whoever else is telling the same reader at this moment, one of the two does nothing.
    """
    first, known = rows[0], [one.told_until for one in rows]
    mine = Follow.objects.filter(pk__in=follows.keys_of(rows), told_until__lte=max(known))
    taken = mine.update(told_until=at)
    happened = items.items_among(items.every_call(), at=at, since=min(known))
    found = [item for item in happened if any(_is_news(item, one) for one in rows)]
    if not taken or not found:
        return None
    with translation.override(first.spoken):
        lines = [
            f"- {words.say(item.call.title)}: {item.title} ({words.day(item.at.date())})"
            for item in found
        ]
        page = follows.address_to("news:followed", first)
    return write_news(
        occasion=Occasion.NEWS_OF_THE_WEEK,
        to=first.person,
        address=first.address,
        language=first.spoken,
        subject_code=f"week-{first.pk}-{at:%Y%m%d%H%M}",
        words={"news": "\n".join(lines), "address": page},
        unsubscribe=follows.address_to("news:stop", first) + "?all=1",
        at=at,
    )


def _is_news(item: Item, follow: Follow) -> bool:
    """Whether it is told to this follower; of demonstrations only to those who follow one."""
    is_new = item.at > follow.told_until
    is_told = follow.call_id == item.call.pk or not item.call.is_demonstration
    wish = follows.wish_of(follow)
    return is_new and is_told and wants(wish, items.about(item.call), item.kind)


@transaction.atomic
def forget_person(person_id: int) -> None:
    """Somebody who is erased follows nothing."""
    Follow.objects.filter(person_id=person_id).delete()
