"""News as Atom (RFC 4287) and deadlines as iCalendar (RFC 5545), in each language."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from fondaco.news.rules.calendars import calendar as calendar_of
from fondaco.news.selectors import items
from fondaco.news.selectors.items import MOST_IN_A_FEED, Item
from fondaco.news.views.found import programme_at, published_call
from fondaco.web import words

ATOM = "application/atom+xml; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
FIVE_MINUTES = 300
NOTHING_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed changed last in which nothing stands yet."""


class Feed(Atom1Feed):
    """A feed that names its other languages, and changes only when its news do."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """The elements of the feed itself."""
        super().add_root_elements(handler)
        for language, url in self.feed["others"]:
            said = {"rel": "alternate", "type": "application/atom+xml", "hreflang": language}
            handler.addQuickElement("link", "", {**said, "href": url})

    def latest_post_date(self) -> datetime:
        """When something was told last; of an empty feed, when there was something to tell of."""
        told = [item["updateddate"] for item in self.items]
        latest: datetime = max(told, default=self.feed["since"])
        return latest


def _feed(
    request: HttpRequest, found: Sequence[Item], *, title: str, page: str, name: str, by: str
) -> HttpResponse:
    feed = Feed(
        title=title,
        link=settings.ADDRESS + page,
        description=None,
        language=get_language(),
        author_name=by,
        feed_url=settings.ADDRESS + request.path,
        feed_guid=name,
        others=_others(request),
        since=NOTHING_SINCE,
    )
    for item in found[:MOST_IN_A_FEED]:
        _add(feed, item)
    return HttpResponse(feed.writeString("utf-8"), content_type=ATOM)


def _add(feed: Feed, item: Item) -> None:
    """One thing that happened, under a name that stays when it is told anew."""
    feed.add_item(
        title=item.title,
        link=item.url,
        description=item.body,
        unique_id=f"{items.name_of_feed(call=item.call.code)}/{item.code}",
        pubdate=item.first_at,
        updateddate=item.at,
        author_name=item.call.programme.acronym,
        categories=(item.kind,),
    )


def _others(request: HttpRequest) -> list[tuple[str, str]]:
    """The same feed in the other languages."""
    match = resolve(request.path_info)
    found = []
    for language, _label in settings.LANGUAGES:
        if language != get_language():
            with translation.override(language):
                path = reverse(match.view_name, kwargs=match.kwargs)
            found.append((language, settings.ADDRESS + path))
    return found


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def all_news(request: HttpRequest) -> HttpResponse:
    """The news of all calls of the house."""
    found = items.items_among(items.told_calls(), at=request.received_at)  # type: ignore[attr-defined]
    said = {"title": _("News of all calls"), "page": reverse("desks:calls"), "by": "Fondaco"}
    return _feed(request, found, name=items.name_of_feed(), **said)


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def programme_news(request: HttpRequest, code: str) -> HttpResponse:
    """The news of the calls of a programme."""
    one = programme_at(code)
    found = items.items_among(items.told_calls(one), at=request.received_at)  # type: ignore[attr-defined]
    title = _("News of the calls of %(programme)s") % {"programme": one.acronym}
    page, name = reverse("desks:programme", args=[code]), items.name_of_feed(programme=code)
    return _feed(request, found, title=title, page=page, name=name, by=one.acronym)


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def call_news(request: HttpRequest, call: str) -> HttpResponse:
    """The news of a call."""
    one = published_call(call)
    found = items.items_of(one, at=request.received_at)  # type: ignore[attr-defined]
    title = _("News: %(call)s") % {"call": words.say(one.title).text}
    page, name = reverse("desks:call", args=[call]), items.name_of_feed(call=call)
    return _feed(request, found, title=title, page=page, name=name, by=one.programme.acronym)


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def call_calendar(request: HttpRequest, call: str) -> HttpResponse:
    """The deadline of a call, to be taken into a calendar."""
    one = published_call(call)
    events = items.events_of(one, at=request.received_at)  # type: ignore[attr-defined]
    title = words.say(one.title).text or one.code
    text = calendar_of(title, events, language=get_language() or "en")
    return HttpResponse(text, content_type=CALENDAR)


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def programme_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The deadlines of a programme, a calendar to subscribe to."""
    one = programme_at(code)
    at = request.received_at  # type: ignore[attr-defined]
    events = [event for call in items.told_calls(one) for event in items.events_of(call, at=at)]
    text = calendar_of(one.acronym, events, language=get_language() or "en")
    return HttpResponse(text, content_type=CALENDAR)
