"""Reading sketches, and what the check says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.calls.rules.acts import Against, publication
from fondaco.calls.selectors import opening_terms, readiness_of
from fondaco.files.selectors.plain import (
    CallFolder,
    Change,
    Found,
    call_data,
    changes_between,
    read_call_data,
)
from fondaco.programmes.models import Programme
from fondaco.sketches.models import Revision, Sketch
from fondaco.sketches.phrases.fields import Words
from fondaco.sketches.phrases.steps import FIELDS, TABLES
from fondaco.sketches.rules.places import bare, numbered, pattern_of


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing or wrong, at its place in the sketch."""

    place: str
    what: str
    remedy: Words


@dataclass(frozen=True, slots=True)
class Checked:
    """The call that a sketch describes, or None, and everything that it lacks."""

    folder: CallFolder | None
    lacks: tuple[Lack, ...]


def sketch_of(call: Call) -> Sketch | None:
    """The sketch of the call, where somebody has begun one."""
    return Sketch.objects.filter(call=call).first()


def locked_sketch(call_id: int) -> Sketch:
    """For services only: the row is ours until the transaction ends."""
    rows = Sketch.objects.select_for_update(of=("self",)).select_related("call__programme")
    return rows.get(call_id=call_id)


def checked(sketch: Sketch) -> Checked:
    """What the same check says of the sketch that `fondaco check` says of a folder."""
    return checked_content(sketch.call, sketch.content)


def checked_content(call: Call, content: Mapping[str, Any]) -> Checked:
    """The same of any content of that call."""
    folder, found = read_call_data(call.programme, bare(content))
    return Checked(folder, tuple(_lack(content, one) for one in found))


def _lack(content: Mapping[str, Any], found: Found) -> Lack:
    """A mistake in the words of the page, which knows no lines of files."""
    place = numbered(content, found.where)
    if not found.is_missing:
        return Lack(place, found.what, found.remedy)
    field, table = FIELDS.get(pattern_of(place)), TABLES.get(pattern_of(place))
    name = field.label if field else table.label if table else found.where[-1]
    what = _("“%(name)s” is still empty.") % {"name": name}
    return Lack(place, what, table.empty if table else "")


def against_publication(call: Call) -> tuple[Against, ...]:
    """What keeps a draft that has no mistakes from being published."""
    decision = publication(opening_terms(call), readiness_of(call))
    return tuple(Against(reason) for reason in decision.reasons)


def changes_of(sketch: Sketch) -> list[Change]:
    """How the sketch differs from what stands."""
    return changes_between(call_data(sketch.call), bare(sketch.content))


def last_of(sketch: Sketch, by_id: int | None = None) -> Revision | None:
    """The revision made last, by anybody or by that person."""
    rows = sketch.revisions.order_by("-number")
    return (rows if by_id is None else rows.filter(by_id=by_id)).first()


def to_undo(sketch: Sketch, by_id: int) -> Revision | None:
    """The last edit of the person that still stands."""
    rows = sketch.revisions.filter(by_id=by_id, undoes__isnull=True, is_undone=False)
    return rows.order_by("-number").first()


def to_redo(sketch: Sketch, by_id: int) -> Revision | None:
    """The last undo of the person, where she has typed nothing since."""
    edits = sketch.revisions.filter(by_id=by_id, undoes__isnull=True, is_undone=False)
    undone = sketch.revisions.filter(by_id=by_id, undoes__isnull=False, is_undone=False)
    last, edit = undone.order_by("-number").first(), edits.order_by("-number").first()
    if last is None or (edit is not None and edit.number > last.number):
        return None
    return last


def revision(sketch: Sketch, number: int) -> Revision:
    """The revision of that number."""
    return sketch.revisions.get(number=number)


def earlier_calls(programme: Programme) -> list[Call]:
    """The calls of the programme, which a new one may be copied from."""
    return list(Call.objects.filter(programme=programme).order_by("code"))
