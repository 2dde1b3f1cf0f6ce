"""Reading draws and queues: who is on the list, whose turn it is, what is left."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from fondaco.applications.models import Application, Submission
from fondaco.applications.states import SENT, State
from fondaco.calls.models import Call
from fondaco.calls.states import Intake, QueueOrder
from fondaco.evaluation.models import Draw
from fondaco.evaluation.rules.draws import ListFacts, order_of
from fondaco.evaluation.rules.queues import QueueTerms


def draws_of(call: Call) -> QuerySet[Draw]:
    """The draws of a call, the latest first."""
    return Draw.objects.filter(call=call).order_by("-number")


def latest_draw(call: Call) -> Draw | None:
    """The list that was frozen last."""
    return draws_of(call).first()


def drawn_in(call: Call) -> Draw | None:
    """The draw that counts, once its seed is known."""
    return draws_of(call).exclude(seed="").first()


def is_drawn_here(call: Call) -> bool:
    """Whether a draw makes an order in this call: of all, or of those in the opening window."""
    is_random = call.intake == Intake.FIRST_COME and call.queue_order == QueueOrder.RANDOM
    return call.intake == Intake.LOTTERY or is_random


def window_end(call: Call) -> datetime | None:
    """Until when the order of arrival does not count, where the queue opens in random order."""
    is_random = call.intake == Intake.FIRST_COME and call.queue_order == QueueOrder.RANDOM
    if not is_random or call.opens_at is None or call.queue_window is None:
        return None
    return call.opens_at + timedelta(minutes=call.queue_window)


def _sent_to(call: Call) -> QuerySet[Application]:
    """What was sent to the call and not withdrawn, with the fingerprint of its last version."""
    last = Submission.objects.filter(application_id=OuterRef("pk")).order_by("-number")
    rows = Application.objects.filter(call=call, state__in=list(SENT))
    return rows.annotate(receipt=Subquery(last.values("fingerprint")[:1]))


def on_list_now(call: Call) -> QuerySet[Application]:
    """Who would be on the list: all that are eligible, or all that came in the window."""
    rows = _sent_to(call)
    until = window_end(call)
    if call.intake == Intake.LOTTERY:
        return rows.filter(state=State.ELIGIBLE)
    return rows.filter(submitted_at__lte=until) if until else rows.none()


def receipts_now(call: Call) -> list[str]:
    """The receipts that a list frozen now would hold, in alphabetical order."""
    found = (str(one.receipt) for one in on_list_now(call))  # type: ignore[attr-defined]
    return sorted(set(found))


def list_facts(call: Call, *, seed_from: str, at: datetime) -> ListFacts:
    """What stands when the list of the call is to be frozen."""
    until = window_end(call)
    waiting = Q(state__in=[State.SUBMITTED, State.COMPLETION])
    is_lottery = call.intake == Intake.LOTTERY
    return ListFacts(
        is_drawn_here=is_drawn_here(call),
        is_window_open=until is not None and at <= until,
        open_admissions=_sent_to(call).filter(waiting).count() if is_lottery else 0,
        receipts=len(receipts_now(call)),
        is_drawn=drawn_in(call) is not None,
        has_seed_from=bool(seed_from.strip()),
    )


def queue_terms(call: Call) -> QueueTerms:
    """How the queue of the call is ordered."""
    draw = drawn_in(call)
    return QueueTerms(
        window_ends=window_end(call),
        seed=draw.seed if draw else "",
        receipts=tuple(draw.receipts) if draw else (),
    )


def is_on_drawn_list(call: Call, application: Application) -> bool:
    """Whether only the draw may put the application in its place: all but who came in later."""
    if call.intake != Intake.LOTTERY:
        return False
    draw = drawn_in(call)
    last = application.submissions.order_by("-number").values_list("fingerprint", flat=True)
    return draw is None or last.first() in draw.receipts


def receipts_in_order(draw: Draw) -> list[str]:
    """The receipts as the seed puts them; before the seed as they were published."""
    return list(order_of(draw.seed, draw.receipts)) if draw.seed else list(draw.receipts)


def public_draws(code: str) -> list[Draw]:
    """The draws of a published call, the latest first, for everybody."""
    rows = Draw.objects.filter(call__code=code, call__published_at__isnull=False)
    return list(rows.select_related("call__programme").order_by("-number"))
