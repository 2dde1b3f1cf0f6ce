"""What the pages of an evaluation share: their frame and refusals."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing
from fondaco.calls.selectors import assessed_from, opening_terms
from fondaco.directory.access import PersonRequest
from fondaco.evaluation import access, phrases
from fondaco.evaluation.access import OfficeAction
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.web import words


def office_page(request: PersonRequest, call: Call, current: str) -> dict[str, object]:
    """What every page of those who run or decide shows around its content."""
    allowed = access.allowed_actions(request.user, call)
    is_open = not assessing(opening_terms(call), at=request.received_at)
    trail = [(words.say(call.title).text, reverse("desks:call", args=[call.code]))]
    return {
        "call": call,
        "programme": call.programme,
        "is_demonstration": call.is_demonstration,
        "here": current,
        "trail": trail,
        "is_still_open": is_open,
        "open_until": assessed_from(call, at=request.received_at),
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
