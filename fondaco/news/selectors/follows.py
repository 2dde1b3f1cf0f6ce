"""Reading who follows which calls."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from fondaco.applications.selectors import applications_in_hand
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.incidents.selectors import people_concerned
from fondaco.news.models import Follow
from fondaco.news.rules.following import About, Pace, Wish, is_due, wants

SALT = "news.follow"


def token_of(follow: Follow) -> str:
    """What stands for a follow in an address: nobody can make one up."""
    return signing.dumps(follow.code, salt=SALT)


def follow_of(token: str) -> Follow | None:
    """The follow of a token; none where it was ended, or the token is not ours."""
    try:
        code = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Follow.objects.select_related("person", "call__programme", "programme")
    return rows.filter(code=code).first()


def is_token(token: str) -> bool:
    """Whether the token is one of ours, whatever became of its follow."""
    try:
        signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    return True


def address_to(route: str, follow: Follow) -> str:
    """The whole address of a page of a follow, in the language of its reader."""
    with translation.override(follow.spoken):
        return settings.ADDRESS + reverse(route, args=[token_of(follow)])


def wish_of(follow: Follow) -> Wish:
    """What is followed, as the rules ask it."""
    return Wish(
        call=follow.call_id,
        programme=follow.programme_id,
        kinds=frozenset(follow.kinds),
        countries=frozenset(follow.countries),
        ecosystems=frozenset(follow.ecosystems),
    )


def _active() -> QuerySet[Follow]:
    rows = Follow.objects.filter(confirmed_at__isnull=False)
    rows = rows.filter(Q(person__isnull=True) | Q(person__is_active=True))
    return rows.select_related("person", "call", "programme").order_by("pk")


def followers(about: About, news: str, *, programme: int) -> Iterator[Follow]:
    """Who is told of news of a call at once; nobody twice, and the call itself goes before."""
    named = Q(call_id=about.call) | Q(call__isnull=True)
    rows = _active().filter(named, pace=Pace.AT_ONCE).order_by("-call_id", "pk")
    seen: set[str] = set()
    for one in rows.filter(Q(programme__isnull=True) | Q(programme_id=programme)):
        if wants(wish_of(one), about, news) and one.address not in seen:
            seen.add(one.address)
            yield one


def writers(call: Call) -> list[Person]:
    """Whoever writes or sent an application to the call, each once."""
    found = {
        person.pk: person
        for application in applications_in_hand(call.code)
        for person in people_concerned(application)
    }
    return [found[pk] for pk in sorted(found)]


def due_readers(*, at: datetime, weekday: str, hour: int) -> dict[str, list[Follow]]:
    """By address: what is followed weekly by those whose turn has come."""
    found: dict[str, list[Follow]] = {}
    for one in _active().filter(pace=Pace.WEEKLY):
        if is_due(one.told_until, at, zone=one.zone, weekday=weekday, hour=hour):
            found.setdefault(one.address, []).append(one)
    return found


def follows_of(person: Person) -> QuerySet[Follow]:
    """What a person follows."""
    rows = Follow.objects.filter(person_id=person.pk)
    return rows.select_related("call", "programme").order_by("pk")


def follows_at(follow: Follow) -> QuerySet[Follow]:
    """Everything that the same reader follows."""
    same = Q(person_id=follow.person_id) if follow.person_id else Q(email=follow.email, person=None)
    return Follow.objects.filter(same).select_related("call", "programme").order_by("pk")


def follow_by(person: Person, call: Call) -> Follow | None:
    """How a person follows a call."""
    return Follow.objects.filter(person_id=person.pk, call=call).first()


def never_confirmed(before: datetime) -> QuerySet[Follow]:
    """What an address never said yes to."""
    return Follow.objects.filter(confirmed_at__isnull=True, since__lt=before)


def told_about(person_id: int) -> dict[str, object]:
    """What a person follows, as plain values."""
    rows = Follow.objects.filter(person_id=person_id).order_by("pk")
    names = ("call__code", "programme__code", "kinds", "countries", "ecosystems", "pace", "since")
    return {"follows": list(rows.values(*names))}


def keys_of(follows: Iterable[Follow]) -> list[int]:
    """The keys of follows."""
    return [one.pk for one in follows]
