"""What the addresses of news name, or 404."""

from django.http import Http404

from fondaco.calls.models import Call
from fondaco.news.models import Follow
from fondaco.news.selectors.follows import follow_of, is_token
from fondaco.news.selectors.items import call_with_news
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import programme_of


def published_call(code: str) -> Call:
    """A call that everybody reads; 404 before it is published."""
    found = call_with_news(code)
    if found is None:
        raise Http404
    return found


def programme_at(code: str) -> Programme:
    """A programme of the house."""
    found = programme_of(code)
    if found is None:
        raise Http404
    return found


def follow_or_ended(token: str) -> Follow | None:
    """The follow of whoever holds its token; None once it was ended, 404 for what is no token."""
    if not is_token(token):
        raise Http404
    return follow_of(token)
