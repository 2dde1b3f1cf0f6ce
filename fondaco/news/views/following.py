"""Following calls, saying yes by e-mail, what one follows, and ending it in one step."""

from collections.abc import Iterable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from fondaco.calls.models import Call
from fondaco.calls.phrases import KINDS
from fondaco.calls.states import Kind
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.models import Person
from fondaco.news import phrases, services
from fondaco.news.forms import FollowForm
from fondaco.news.models import Follow
from fondaco.news.rules.following import Pace
from fondaco.news.selectors import follows
from fondaco.news.views.found import follow_or_ended, published_call
from fondaco.programmes.selectors import programme_of
from fondaco.web import reference, words
from fondaco.web.pace import may_ask

MOST_LETTERS, IN_SECONDS = 10, 3600
"""So many letters to addresses may one address of the network set off in an hour."""


def _reader(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def follow(request: HttpRequest) -> HttpResponse:
    """Follow one call, or calls by what they are: signed in at once, else by e-mail."""
    code = request.GET.get("call", "")
    call, reader = published_call(code) if code else None, _reader(request)
    form = FollowForm(request.POST or None, is_visitor=reader is None, is_general=call is None)
    if request.method == "POST" and form.is_valid():
        if reader is not None:
            return _followed(cast(PersonRequest, request), form, call)
        return _asked(request, form, call)
    context = {"form": form, "call": call, "trail": _way(call)}
    return render(request, "news/follow.html", context)


def _way(call: Call | None) -> list[tuple[str, str]]:
    calls = (_("Calls"), reverse("desks:calls"))
    if call is None:
        return [calls]
    return [calls, (words.say(call.title).text, reverse("desks:call", args=[call.code]))]


def _said(form: FollowForm, call: Call | None) -> dict[str, object]:
    """What is followed and how soon, on the clock of the reader."""
    code = form.cleaned_data.get("programme")
    programme = programme_of(code) if code else None
    filters = {} if call else {**form.filters(), "programme": programme}
    pace = Pace(form.cleaned_data["pace"])
    zone = timezone.get_current_timezone_name()
    return {"call": call, "filters": filters, "pace": pace, "zone": zone}


def _followed(request: PersonRequest, form: FollowForm, call: Call | None) -> HttpResponse:
    said = _said(form, call)
    services.follow(person=request.user, at=request.received_at, **said)  # type: ignore[arg-type]
    messages.success(request, _("You follow it now."))
    return redirect("news:following")


def _asked(request: HttpRequest, form: FollowForm, call: Call | None) -> HttpResponse:
    """The same answer whatever becomes of it: nobody learns who follows."""
    at = request.received_at  # type: ignore[attr-defined]
    if may_ask(request, "follow", most=MOST_LETTERS, seconds=IN_SECONDS, at=at):
        email, language = form.cleaned_data["email"], get_language() or "en"
        said = _said(form, call)
        services.follow_by_mail(email=email, language=language, at=at, **said)  # type: ignore[arg-type]
    return render(request, "news/asked.html", {"call": call, "trail": _way(call)})


def _rows(found: Iterable[Follow]) -> list[tuple[Follow, str, str, str]]:
    return [(one, _what(one), str(phrases.PACES[Pace(one.pace)]), _end(one)) for one in found]


def _what(one: Follow) -> str:
    """What is followed, in words."""
    if one.call:
        return words.say(one.call.title).text or one.call.code
    named = [
        *([one.programme.acronym] if one.programme else []),
        *(str(KINDS[Kind(kind)]) for kind in one.kinds),
        *(reference.name_of(reference.countries(), code) for code in one.countries),
        *(reference.name_of(reference.ecosystems(), code) for code in one.ecosystems),
    ]
    return ", ".join(named) or str(phrases.ALL_CALLS)


def _end(one: Follow) -> str:
    return reverse("news:stop", args=[follows.token_of(one)])


@require_safe
@signed_in
def following(request: PersonRequest) -> HttpResponse:
    """What one follows."""
    context = {"rows": _rows(follows.follows_of(request.user)), "trail": _way(None)}
    return render(request, "news/following.html", context)


@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """What the reader of a letter follows."""
    found = follow_or_ended(token)
    rows = _rows(follows.follows_at(found)) if found else []
    return render(request, "news/following.html", {"rows": rows, "trail": _way(None)})


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """An address says yes; by a button, since machines open the links of letters."""
    found = follow_or_ended(token)
    if request.method == "POST" and found:
        services.confirm_follow(found.pk, at=request.received_at)  # type: ignore[attr-defined]
        return redirect("news:followed", token)
    context = {"follow": found, "what": _what(found) if found else "", "trail": _way(None)}
    return render(request, "news/confirm.html", context)


@csrf_exempt
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End a follow, or with `all` everything of its reader: in one step, also by the mail program.

    Whoever has the link may end it: the mail program that posts (RFC 8058) has nothing else.
    """
    found = follow_or_ended(token)
    if request.method != "POST":
        context = {"follow": found, "what": _what(found) if found else "", "trail": _way(None)}
        return render(request, "news/stop.html", context)
    if found is not None:
        is_all = "all" in request.GET or "all" in request.POST
        end = services.end_all_follows if is_all else services.end_follow
        end(found.pk)
    return render(request, "news/stopped.html", {"trail": _way(None)})
