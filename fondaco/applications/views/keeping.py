"""Text typed while nobody was signed in any more: kept for two hours, given back after sign-in."""

from datetime import datetime, timedelta

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

from fondaco.applications.selectors import application_named

KEY = "typed-before-sign-in"
LIFE = timedelta(hours=2)
MOST = 100_000


def kept_for_later(request: HttpRequest, code: str, *, at: datetime) -> HttpResponse:
    """Keep what was sent and ask to sign in; the page that is opened afterwards brings it back.

    Where there is no application of that code nothing is kept.
    """
    posted = request.POST.copy()
    posted.pop("csrfmiddlewaretoken", None)
    typed = posted.urlencode()
    if request.method == "POST" and len(typed) <= MOST and application_named(code):
        request.session[KEY] = {"path": request.path, "typed": typed, "at": at.isoformat()}
    return redirect_to_login(request.get_full_path())


def given_back(request: HttpRequest, *, at: datetime) -> QueryDict | None:
    """What was typed on this page before, once; None where there is nothing or it is too old."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    is_young = at - datetime.fromisoformat(kept["at"]) <= LIFE
    return QueryDict(kept["typed"]) if is_young else None
