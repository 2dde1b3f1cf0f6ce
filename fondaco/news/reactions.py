"""What news does when something was recorded about a call: it tells those who follow."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from fondaco.enquiries.selectors import enquiry_named
from fondaco.kernel.told import told_about_person
from fondaco.news.selectors.follows import told_about
from fondaco.news.selectors.items import Item, call_with_news, items_of
from fondaco.news.services import forget_person, tell_of
from fondaco.trail.models import Entry
from fondaco.trail.services import on

FRESH = timedelta(days=2)
"""What was recorded before that is no news any more; nobody is written to about it."""


@on("call.corrigendum", "call.suspension", "call.resumption", "call.early-closure")
def tell_of_act(entry: Entry) -> None:
    """Whoever applies or follows is told; of some acts applicants have letters of their own."""
    _tell(entry, entry.subject, tells_writers=True)


@on("call.loaded", "call.published", "call.extension", "call.cancellation", "call.decided")
def tell_followers(entry: Entry) -> None:
    """Whoever follows is told; applicants have letters of their own, of other slices."""
    _tell(entry, entry.subject, tells_writers=False)


@on("enquiry.published")
def tell_of_answer(entry: Entry) -> None:
    """Whoever writes an application or follows reads the answer; whoever asked has it already."""
    enquiry = enquiry_named(entry.subject)
    asked = (enquiry, *enquiry.joined.all()) if enquiry else ()
    has_it = [one.by_id for one in asked if one.by_id is not None]
    _tell(entry, str(entry.data["call"]), tells_writers=True, but=has_it)


def _tell(entry: Entry, code: str, *, tells_writers: bool, but: Sequence[int] = ()) -> None:
    call = call_with_news(code)
    now = timezone.now()
    if call is None or now - entry.at > FRESH:
        return
    happened = [item for item in items_of(call, at=now) if _is_of(item, entry)]
    for item in happened[:1]:
        tell_of(item, entry=entry.pk, tells_writers=tells_writers, but=but, at=now)


def _is_of(item: Item, entry: Entry) -> bool:
    """Whether the entry recorded this item; of what was loaded only that it was published now."""
    if entry.verb.startswith("enquiry."):
        return item.code == entry.subject
    named = {"loaded": "published", "decided": "results"}
    word = entry.verb.removeprefix("call.")
    return item.kind == named.get(word, word) and item.at == entry.at


def _erase(person_id: int) -> list[str]:
    """Nothing of it has to stay."""
    forget_person(person_id)
    return []


told_about_person("news", tell=told_about, erase=_erase)
