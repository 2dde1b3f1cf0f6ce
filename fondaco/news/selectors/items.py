"""What happened to calls, in one dated list: acts, answers, publication and results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondaco.calls.models import Act, Call
from fondaco.calls.rules.opening import cut_offs, deadline, opening
from fondaco.calls.selectors import countries_of, opening_terms, published_calls
from fondaco.calls.states import ActKind, Stage
from fondaco.enquiries.selectors import Answered, answered_in
from fondaco.news.phrases import NEWS
from fondaco.news.rules.calendars import Event
from fondaco.news.rules.following import ANSWER, PUBLISHED, RESULTS, About
from fondaco.programmes.models import Programme
from fondaco.web import words

MOST_IN_A_FEED = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened to a call; `code` names it for good among the news of the call."""

    code: str
    kind: str
    call: Call
    at: datetime
    first_at: datetime
    text: Mapping[str, str]
    more: Mapping[str, str]
    before: datetime | None = None
    after: datetime | None = None
    act: Act | None = None
    place: str = ""

    @property
    def title(self) -> str:
        """What happened, in words; of an answer, the question."""
        return words.say(self.text).text if self.kind == ANSWER else str(NEWS[self.kind])

    @property
    def body(self) -> str:
        """What there is to say of it, in the reader's language."""
        told = words.say(self.more if self.kind == ANSWER else self.text).text
        if not self.after:
            return told
        moved = _("New deadline: %(day)s") % {
            "day": words.moment_with_zone(self.after, self.call.zone)
        }
        return f"{moved}\n\n{told}"

    @property
    def path(self) -> str:
        """Where it stands."""
        name = "enquiries:answers" if self.kind == ANSWER else "desks:call"
        return reverse(name, args=[self.call.code]) + self.place

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{settings.ADDRESS}{self.path}"


def items_of(call: Call, *, at: datetime) -> list[Item]:
    """Everything that happened to a call, the newest first."""
    return _sorted(_items(call, answered_in([call]).get(call.pk, [])), at)


def _sorted(items: Iterable[Item], at: datetime) -> list[Item]:
    told = [item for item in items if item.at <= at]
    return sorted(told, key=lambda item: (item.at, item.code), reverse=True)


def _items(call: Call, answers: Iterable[Answered]) -> Iterable[Item]:
    if call.published_at is None:
        return
    first = call.published_at
    yield Item("published", PUBLISHED, call, first, first, call.summary, {})
    before = call.closes_at
    for act in call.acts.all():
        after = act.closes_at if act.kind == ActKind.EXTENSION else None
        code, place = f"act-{act.number}", f"#act-{act.number}"
        moved = {"before": before if after else None, "after": after}
        yield Item(
            code, act.kind, call, act.at, act.at, act.reason, {}, **moved, act=act, place=place
        )
        before = after or before
    for one in answers:
        asked, said = one.question, one.answer
        yield Item(one.code, ANSWER, call, one.at, one.first_at, asked, said, place=f"#{one.code}")
    if call.decided_at is not None:
        yield Item("results", RESULTS, call, call.decided_at, call.decided_at, {}, {})


def every_call() -> QuerySet[Call]:
    """Every published call, with what its news are made of."""
    return published_calls().prefetch_related("rules")


def call_with_news(code: str) -> Call | None:
    """A published call, with what its news are made of."""
    return every_call().filter(code=code).first()


def told_calls(programme: Programme | None = None) -> QuerySet[Call]:
    """The calls whose news are told: published ones, and no demonstrations."""
    rows = every_call().filter(is_demonstration=False)
    return rows.filter(programme=programme) if programme else rows


def items_among(
    calls: Iterable[Call], *, at: datetime, since: datetime | None = None
) -> list[Item]:
    """What happened to several calls, the newest first."""
    found = list(calls)
    answers = answered_in(found)
    items = [item for call in found for item in _items(call, answers.get(call.pk, []))]
    return [item for item in _sorted(items, at) if since is None or item.at > since]


def about(call: Call) -> About:
    """What a call is, for those who follow calls of some kind."""
    return About(
        call=call.pk,
        programme=call.programme_id,
        kind=call.kind,
        countries=countries_of(call),
        ecosystems=frozenset(call.ecosystems),
    )


def house() -> str:
    """The name of this house in names that stay."""
    return urlsplit(settings.ADDRESS).hostname or "localhost"


def events_of(call: Call, *, at: datetime) -> list[Event]:
    """The deadline of a call, or each of its cut-offs; none where it is always open."""
    terms = opening_terms(call)
    stage = opening(terms, at=at)
    holds = deadline(terms, at=at)
    moments = cut_offs(terms, at=at) or (() if holds is None else (holds,))
    if stage == Stage.DRAFT:
        return []
    closed = [act for act in call.acts.all() if act.kind == ActKind.EARLY_CLOSURE]
    return [
        _event(call, place, min([moment, *(act.at for act in closed)]), len(moments), stage)
        for place, moment in enumerate(moments, start=1)
    ]


def _event(call: Call, place: int, moment: datetime, number: int, stage: Stage) -> Event:
    acts = list(call.acts.all())
    changed = [one for one in (call.published_at, *(act.at for act in acts)) if one]
    named = "deadline" if place == number else f"cut-off-{place}"
    title = words.say(call.title).text or call.code
    what = _("Deadline: %(call)s") if place == number else _("Cut-off: %(call)s")
    return Event(
        uid=f"{call.code}.{named}@{house()}",
        sequence=len(acts),
        changed_at=max(changed),
        at=moment,
        summary=what % {"call": title},
        description=f"{words.moment_with_zone(moment, call.zone)}\n{call.programme.acronym}",
        url=f"{settings.ADDRESS}{reverse('desks:call', args=[call.code])}",
        is_cancelled=stage == Stage.CANCELLED,
    )


def name_of_feed(call: str = "", programme: str = "") -> str:
    """The name of a feed that never changes, one for each language."""
    part = f"calls/{call}" if call else f"programmes/{programme}" if programme else "calls"
    return f"tag:{house()},2026:{get_language()}/{part}/news"
