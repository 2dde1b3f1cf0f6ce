"""From sketch to call: a draft follows its sketch, a published call changes by a correction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.calls import services as calls
from fondaco.calls.models import Call
from fondaco.calls.selectors import calls_by_code
from fondaco.directory.models import Person
from fondaco.files.selectors.plain import CallFolder, call_data, read_call_data
from fondaco.files.services import load_call
from fondaco.kernel.decisions import Refused
from fondaco.programmes.models import Programme
from fondaco.questionnaires.services import forget_unused
from fondaco.sketches.models import Sketch
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.selectors import checked, locked_sketch
from fondaco.trail import services as trail


@transaction.atomic
def begin_call(programme: Programme, data: Mapping[str, Any], *, by: Person, at: datetime) -> Call:
    """A new draft that says what the data says.

    Raises `Refused` where the short name is taken, or where the data is no call.
    """
    if calls_by_code([str(data["call"]["code"])]).exists():
        raise Refused(Reason.CODE_TAKEN)
    folder, found = read_call_data(programme, data)
    if folder is None or found:
        raise Refused(Reason.HAS_MISTAKES)
    call = load_call(programme, _draft(folder), is_told=False, by_id=by.pk, at=at)
    _mark_edited(call, at)
    trail.record("sketch.begun", subject=call.code, programme=programme.code, by_id=by.pk, at=at)
    return call


@transaction.atomic
def put_in_place(call_id: int, *, by: Person, at: datetime) -> bool:
    """Let a draft say what its sketch says, where that has no mistakes; whether it does."""
    sketch = locked_sketch(call_id)
    call = sketch.call
    if call.published_at is not None:
        return False
    found = checked(sketch)
    if found.folder is None or found.lacks:
        return False
    standing = load_call(call.programme, _draft(found.folder), is_told=False, by_id=by.pk, at=at)
    forget_unused(call.code)
    _mark_edited(standing, at)
    _agree(sketch, standing)
    return True


@transaction.atomic
def publish_sketch(call_id: int, *, by: Person, at: datetime) -> Call:
    """Let everybody read the call; raises `Refused` while anything is missing or wrong."""
    sketch = locked_sketch(call_id)
    if sketch.call.published_at is not None:
        raise Refused(Reason.PUBLISHED)
    if not put_in_place(call_id, by=by, at=at):
        raise Refused(Reason.HAS_MISTAKES)
    return calls.publish_call(call_id, by=by, at=at)


@transaction.atomic
def correct_sketch(call_id: int, *, reason: dict[str, str], by: Person, at: datetime) -> Call:
    """Publish what the sketch changes in a published call, as a correction with its reason.

    Applications that are being written keep their form until they are moved.
    Raises `Refused` where something is wrong, nothing changed, or the deadline would move.
    """
    sketch = locked_sketch(call_id)
    found = checked(sketch)
    if found.folder is None or found.lacks:
        raise Refused(Reason.HAS_MISTAKES)
    before = call_data(sketch.call)
    if _deadline(before) != found.folder.call.timetable.closes:
        raise Refused(Reason.DEADLINE_HAS_ITS_PAGE)
    call = load_call(sketch.call.programme, found.folder, is_told=False, by_id=by.pk, at=at)
    if call_data(call) == before:
        raise Refused(Reason.NOTHING_CHANGED)
    calls.correct_call(call_id, reason=reason, by=by, at=at)
    return call


@transaction.atomic
def discard_draft(call_id: int, *, by: Person, at: datetime) -> None:
    """Throw a draft away that nobody has read; raises `Refused` where it was published."""
    sketch = locked_sketch(call_id)
    call = sketch.call
    if call.published_at is not None:
        raise Refused(Reason.PUBLISHED)
    trail.record(
        "sketch.discarded", subject=call.code, programme=call.programme.code, by_id=by.pk, at=at
    )
    call.delete()
    forget_unused(call.code)


@contextmanager
def as_if_in_place(sketch: Sketch, *, by: Person, at: datetime) -> Iterator[bool]:
    """What is done within sees the call as the sketch describes it; nothing of it stays.

    Tells whether it could be put in place: with a mistake the call shows as it stands.
    """
    found = checked(sketch)
    with transaction.atomic():
        if found.folder is not None and not found.lacks:
            call = sketch.call
            load_call(call.programme, found.folder, is_told=False, by_id=by.pk, at=at)
        yield not found.lacks
        transaction.set_rollback(True)


def _draft(folder: CallFolder) -> CallFolder:
    return folder.model_copy(update={"call": folder.call.model_copy(update={"publish": False})})


def _deadline(data: Mapping[str, Any]) -> datetime | None:
    closes = data["call"].get("timetable", {}).get("closes")
    return datetime.fromisoformat(closes) if closes else None


def _mark_edited(call: Call, at: datetime) -> None:
    """A folder on disk that says otherwise is a conflict from now on."""
    call.edited_at = at
    call.save(update_fields=["edited_at"])


def _agree(sketch: Sketch, call: Call) -> None:
    """The sketch and the call say the same."""
    fresh = calls_by_code([call.code]).get()
    sketch.base = call_data(fresh)
    sketch.save(update_fields=["base"])
