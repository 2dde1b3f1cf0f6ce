"""What the pages of a call's last hour share: the way to them, the rule in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.incidents import phrases, selectors
from fondaco.incidents.models import Attempt
from fondaco.incidents.rules.attempts import Kind, Result
from fondaco.incidents.states import State
from fondaco.kernel.decisions import Refused
from fondaco.web import words

Trail = list[tuple[str, str]]


def way_to(call: Call) -> Trail:
    """The way to the office of a call."""
    return [
        (_("My desk"), reverse("desks:home")),
        (call.programme.acronym, reverse("desks:run", args=[call.programme.code])),
        (words.say(call.title).text or call.code, reverse("desks:office", args=[call.code])),
    ]


def way_to_application(application: Application) -> Trail:
    """The way to an application, for those who write it."""
    call = application.call
    return [
        (words.say(call.title).text or call.code, reverse("desks:call", args=[call.code])),
        (application.code, reverse("applications:detail", args=[call.code, application.code])),
    ]


def rule_said(call: Call) -> list[str]:
    """The programme's rule about outages, a sentence for each part."""
    return phrases.rule_said(selectors.terms_of(call.programme))


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Whether the act was done; what was said against it is told."""
    try:
        act()
    except Refused as refused:
        for sentence in phrases.reason_words(refused.reasons):
            messages.error(request, sentence)
        return False
    messages.success(request, done)
    return True


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt in words."""

    at: datetime
    kind: str
    result: str
    tone: str
    reasons: list[str]
    request: str
    attempt: Attempt | None = None


def _tried(row: Mapping[str, Any], at: datetime, attempt: Attempt | None = None) -> Tried:
    result = Result(row["result"])
    return Tried(
        at=at,
        kind=str(phrases.KINDS[Kind(row["kind"])]),
        result=str(phrases.RESULTS[result]),
        tone=phrases.RESULT_TONES[result],
        reasons=phrases.attempt_words(row["reasons"]),
        request=row["request"],
        attempt=attempt,
    )


def tried(row: Attempt) -> Tried:
    """An attempt as it is on record."""
    said = {name: getattr(row, name) for name in ("kind", "result", "reasons", "request")}
    return _tried(said, row.at, row)


def frozen(row: Mapping[str, Any]) -> Tried:
    """An attempt as it was attached to a claim."""
    return _tried(row, datetime.fromisoformat(row["at"]))


def badge_of(state: str) -> tuple[str, str]:
    """How a claim or a proposal stands, and the tone of it."""
    found = State(state)
    return str(phrases.STATES[found]), phrases.TONES[found]
