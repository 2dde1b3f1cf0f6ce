"""What the pages of an evaluation share: their frame and refusals."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing, cut_offs
from fondaco.calls.selectors import assessed_from, opening_terms
from fondaco.directory.access import PersonRequest
from fondaco.evaluation import access, phrases
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.selectors.batches import batches_of
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.web import words


def cut_off_asked(request: HttpRequest, call: Call) -> int | None:
    """The cut-off that the page is about: the one in the address, else the last that has passed."""
    terms = opening_terms(call)
    dates = cut_offs(terms)
    asked = request.GET.get("cut-off", "")
    if dates and asked.isdecimal() and 1 <= int(asked) <= len(dates):
        return int(asked)
    now = request.received_at  # type: ignore[attr-defined]
    passed = sum(bool(assessing(terms, at=now, received_at=one)) for one in dates)
    return max(passed, 1) if dates else None


def way_to_ranking(code: str, cut_off: int | None) -> str:
    """The address of the ranking of a call, or of one of its cut-offs."""
    address = reverse("evaluation:ranking", args=[code])
    return address if cut_off is None else f"{address}?cut-off={cut_off}"


def office_page(
    request: PersonRequest, call: Call, current: str, *, cut_off: int | None = None
) -> dict[str, object]:
    """What every page of those who run or decide shows around its content."""
    allowed = access.allowed_actions(request.user, call)
    terms = opening_terms(call)
    received = cut_offs(terms)[cut_off - 1] if cut_off else None
    is_open = not assessing(terms, at=request.received_at, received_at=received)
    trail = [(words.say(call.title).text, reverse("desks:call", args=[call.code]))]
    return {
        "call": call,
        "programme": call.programme,
        "is_demonstration": call.is_demonstration,
        "here": current,
        "trail": trail,
        "is_still_open": is_open,
        "open_until": assessed_from(call, at=request.received_at, received_at=received),
        "cut_off": cut_off,
        "batches": batches_of(call) if cut_off else (),
        "can_rank": not is_open and OfficeAction.RANK in allowed,
        "can_propose": not is_open and OfficeAction.PROPOSE in allowed,
    }


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do it and say so, or say every reason why not."""
    try:
        act()
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, phrases.reason(reason))
        return False
    except MoveRefused:
        messages.error(request, _("Somebody else was faster: this is no longer possible."))
        return False
    messages.success(request, done)
    return True
