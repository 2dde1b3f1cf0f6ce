"""How a call takes applications in, in words: what its page and its form tell alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.calls.models import Call
from fondaco.calls.rules.opening import cut_offs
from fondaco.calls.selectors import opening_terms
from fondaco.calls.states import Intake, NotFound, QueueOrder
from fondaco.evaluation.selectors.draws import is_drawn_here, latest_draw
from fondaco.kernel.texts import Spoken
from fondaco.web import words


@dataclass(frozen=True, slots=True)
class Way:
    """What is said of a way of intake, with the pages that belong to it."""

    says: tuple[str, ...]
    first_stage: Spoken | None = None
    first_stage_url: str = ""
    draw_url: str = ""


def way_of(call: Call, *, at: datetime) -> Way:
    """The way of intake of a call, with its numbers."""
    first = call.stage_of if call.intake == Intake.STAGED else None
    has_page = first is not None and first.published_at is not None
    is_drawn = is_drawn_here(call) and latest_draw(call) is not None
    return Way(
        says=tuple(_says(call, at)),
        first_stage=words.say(first.title) if first and has_page else None,
        first_stage_url=reverse("desks:call", args=[first.code]) if first and has_page else "",
        draw_url=reverse("evaluation:draw-public", args=[call.code]) if is_drawn else "",
    )


def _says(call: Call, at: datetime) -> Iterable[str]:
    intake = Intake(call.intake)
    if intake == Intake.CUT_OFFS:
        yield from _of_cut_offs(call, at)
    if intake == Intake.FIRST_COME:
        yield from _of_queue(call)
    if intake == Intake.LOTTERY:
        yield _(
            "After the deadline the list of eligible applications is published with its "
            "fingerprint; then a seed is taken that nobody could know before. Anybody can repeat "
            "the draw."
        )
        yield _("Whoever is drawn after the places or the money have ended waits in this order.")
    if intake == Intake.STAGED:
        best = ngettext(
            "Only the best one of the first stage is invited; nobody else can begin.",
            "Only the best %(count)s of the first stage are invited; nobody else can begin.",
            call.invites or 0,
        )
        yield best % {"count": words.number(call.invites or 0)}
    if intake == Intake.INVITATION:
        yield _("Only organisations that were invited can begin.")


def _of_cut_offs(call: Call, at: datetime) -> Iterable[str]:
    dates = cut_offs(opening_terms(call), at=at)
    if NotFound.CUT_OFFS in call.not_found:
        yield _("The days of the earlier cut-offs are not known.")
    yield _(
        "An application belongs to the first cut-off at or after the moment it arrives; what "
        "misses one goes to the next."
    )
    coming = sum(at <= one for one in dates)
    if 0 < coming < len(dates):
        still = ngettext("One cut-off is still to come.", "%(count)s are still to come.", coming)
        yield still % {"count": words.number(coming)}


def _of_queue(call: Call) -> Iterable[str]:
    if call.queue_order == QueueOrder.RANDOM:
        minutes = call.queue_window or 0
        first = ngettext(
            "What arrives in the first minute is put in order by a public draw; what comes later "
            "is served in the order of arrival.",
            "What arrives in the first %(count)s minutes is put in order by a public draw; what "
            "comes later is served in the order of arrival.",
            minutes,
        )
        yield first % {"count": words.number(minutes)}
    else:
        yield _("Applications are served in the order in which they arrive.")
    yield _("A new version arrives when it is sent: it goes to the end of the queue.")
    yield _("When the money has ended, the call closes early; this page says so.")
