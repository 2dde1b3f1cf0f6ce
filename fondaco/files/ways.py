"""Whether what a call says of its way of intake agrees with the rest of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from fondaco.calls.states import Intake, NotFound, QueueOrder
from fondaco.files import shapes
from fondaco.kernel.clock import moment_of

Where = tuple[str | int, ...]
Mistake = tuple[Where, str, str]


class Notes(Protocol):
    """Somebody who notes mistakes in the file of a call."""

    def say(self, where: Where, what: str, remedy: str) -> None:
        """Note a mistake."""


def check_intake(notes: Notes, call: shapes.CallShape) -> None:
    """Note what a way of intake lacks, and what belongs to another one."""
    found = (_cut_offs, _queue, _lottery, _stages, _holidays, _reminders)
    for mistakes in found:
        for where, what, remedy in mistakes(call):
            notes.say(where, what, remedy)


def _cut_offs(call: shapes.CallShape) -> Iterator[Mistake]:
    dates = call.timetable.cut_offs
    where: Where = ("timetable", "cut_offs")
    if call.intake != Intake.CUT_OFFS:
        if dates:
            what = _("Cut-offs stand in a call that does not take in by cut-offs.")
            yield where, what, _("Write: intake = “cut-offs”, or take them out.")
        return
    if not dates and NotFound.CUT_OFFS not in call.not_found:
        what = _("The cut-offs before the last are not given.")
        yield where, what, _("Add: cut_offs = […]; the last one is closes.")
    yield from _order_of(call)


def _reminders(call: shapes.CallShape) -> Iterator[Mistake]:
    """Reminders count back from a deadline, the earliest first."""
    days, where = call.timetable.reminders, ("timetable", "reminders")
    if days != sorted(set(days), reverse=True):
        what = _("The days of the reminders do not come one after another.")
        yield where, what, _("Put the most days before the deadline first, such as [7, 2].")
    if days and call.timetable.closes is None:
        what = _("Reminders count back from a deadline, and the call has none.")
        yield where, what, _("Add closes, or take the reminders out.")


def _order_of(call: shapes.CallShape) -> Iterator[Mistake]:
    """Opening, cut-offs and deadline come one after another; wrong times are told elsewhere."""
    table = call.timetable
    named = [table.opens, *table.cut_offs, table.closes]
    times = [moment for one in named if (moment := _moment(one, table.zone))]
    if times != sorted(set(times)):
        what = _("The cut-offs do not come one after another between opening and deadline.")
        yield ("timetable", "cut_offs"), what, _("Put them in order; the last one is closes.")


def _moment(value: datetime | str | None, zone: str) -> datetime | None:
    if not isinstance(value, datetime):
        return None
    try:
        return moment_of(value, zone)
    except (ValueError, KeyError):
        return None


def _queue(call: shapes.CallShape) -> Iterator[Mistake]:
    queue = call.queue
    if call.intake != Intake.FIRST_COME:
        if queue != shapes.Queue():
            what = _("A queue stands in a call that does not serve those who come first.")
            yield ("queue",), what, _("Write: intake = “first-come”, or take it out.")
        return
    if queue.order == QueueOrder.RANDOM and queue.window is None:
        what = _("A queue in random order needs to know how long its window is.")
        yield ("queue",), what, _("Add: window = … (minutes from the opening).")
    if queue.order == QueueOrder.RANDOM and call.timetable.opens is None:
        what = _("A queue in random order needs an opening.")
        yield ("timetable",), what, _("Add: opens = …")
    if queue.order == QueueOrder.ARRIVAL and queue.window is not None:
        what = _("A queue in the order of arrival has no window.")
        yield ("queue", "window"), what, _("Take it out, or write: order = “random”.")


def _lottery(call: shapes.CallShape) -> Iterator[Mistake]:
    if call.intake == Intake.LOTTERY and call.evaluation.experts:
        what = _("A lottery does not ask evaluators: the draw makes the order.")
        yield ("evaluation", "experts"), what, _("Take it out, or choose another way of intake.")


def _stages(call: shapes.CallShape) -> Iterator[Mistake]:
    is_staged = call.intake == Intake.STAGED
    if is_staged and call.stage_of is None:
        what = _("A second stage does not name the first.")
        yield ("intake",), what, _("Add: stage_of = … (the code of the first call).")
    if is_staged and call.invites is None:
        what = _("A second stage does not say how many are invited.")
        yield ("intake",), what, _("Add: invites = …")
    if not is_staged:
        for name in ("stage_of", "invites"):
            if getattr(call, name) is not None:
                what = _("A call that is no second stage cannot have “%(name)s”.") % {"name": name}
                yield (name,), what, _("Take it out, or write: intake = “staged”.")


def _holidays(call: shapes.CallShape) -> Iterator[Mistake]:
    days = [holiday.on for holiday in call.timetable.holidays]
    for position, day in enumerate(days):
        if day in days[:position]:
            what = _("“%(word)s” stands here twice.") % {"word": day}
            where: Where = ("timetable", "holidays", position)
            yield where, what, _("Take one of the two out.")
