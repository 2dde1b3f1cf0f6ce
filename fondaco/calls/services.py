"""Keeping a call as its folder says it, and what officers record about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.calls.models import Act, Call
from fondaco.calls.rules import acts
from fondaco.calls.selectors import last_act, locked_call, opening_terms, readiness_of
from fondaco.calls.states import ActKind
from fondaco.directory.models import Person
from fondaco.kernel.decisions import require
from fondaco.programmes.models import Partner, Programme
from fondaco.questionnaires.models import FormVersion
from fondaco.trail import services as trail
from fondaco.web.rows import align

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def keep_call(
    programme: Programme,
    fields: Mapping[str, Any],
    *,
    rows: Mapping[str, Rows],
    partner: Partner | None,
    edition_of: str,
    form: FormVersion | None,
    stage_of: str = "",
    publish: bool = True,
    is_told: bool = True,
    by_id: int | None,
    at: datetime,
) -> Call:
    """Make a call say what its folder says, and publish it unless the folder calls it a draft.

    A call that was published stays published. What a builder keeps by itself is not told.
    `rows` holds `acts`, `steps`, `items`, `envelopes`, `quotas`, `rules` and `criteria`.
    """
    founding = Call.objects.filter(code=edition_of).first() if edition_of else None
    first = Call.objects.filter(code=stage_of).first() if stage_of else None
    linked = {"partner": partner, "edition_of": founding, "is_demonstration": bool(edition_of)}
    linked["stage_of"] = first
    kept = {**fields, **linked, "form": form, "edited_at": None}
    call, _ = Call.objects.update_or_create(code=fields["code"], programme=programme, defaults=kept)
    if publish and call.published_at is None:
        call.published_at = at
        call.save(update_fields=["published_at"])
    align(call.acts, "number", rows["acts"])
    align(call.steps, "position", rows["steps"])
    align(call.items, "code", rows["items"])
    align(call.envelopes, "code", rows["envelopes"])
    align(call.quotas, "code", rows["quotas"])
    align(call.rules, "code", rows["rules"])
    align(call.criteria, "code", rows["criteria"])
    if is_told:
        trail.record("call.loaded", subject=call.code, programme=programme.code, by_id=by_id, at=at)
    return call


@transaction.atomic
def change_texts(
    pk: int, texts: Mapping[str, Mapping[str, str]], *, by: Person, at: datetime
) -> Call:
    """Change what a call says in words; its rules, dates and amounts stay as they are."""
    call = locked_call(pk)
    for name, value in texts.items():
        setattr(call, name, dict(value))
    call.edited_at = at
    call.save(update_fields=[*texts, "edited_at"])
    trail.record(
        "call.texts-changed",
        subject=call.code,
        programme=call.programme.code,
        by_id=by.pk,
        at=at,
        names=sorted(texts),
    )
    return call


@transaction.atomic
def mark_decided(pk: int, *, by: Person, at: datetime) -> Call:
    """Close the thread of a call: its decision is confirmed."""
    call = locked_call(pk)
    call.decided_at = at
    call.save(update_fields=["decided_at"])
    trail.record(
        "call.decided", subject=call.code, programme=call.programme.code, by_id=by.pk, at=at
    )
    return call


@transaction.atomic
def extend_call(
    pk: int, *, closes_at: datetime, reason: dict[str, str], by: Person, at: datetime
) -> Act:
    """Move the deadline later, for everybody, with the reason that the page prints.

    Raises `Refused` where the new deadline is not later than the one that holds, or of no use.
    """
    call = locked_call(pk)
    require(acts.extension(opening_terms(call), closes_at, at=at))
    return _record_act(call, ActKind.EXTENSION, reason, by, at, closes_at)


@transaction.atomic
def publish_call(pk: int, *, by: Person, at: datetime) -> Call:
    """Let everybody read a draft; raises `Refused` with all that it lacks."""
    call = locked_call(pk)
    require(acts.publication(opening_terms(call), readiness_of(call)))
    call.published_at = call.edited_at = at
    call.save(update_fields=["published_at", "edited_at"])
    trail.record(
        "call.published", subject=call.code, programme=call.programme.code, by_id=by.pk, at=at
    )
    return call


@transaction.atomic
def correct_call(pk: int, *, reason: dict[str, str], by: Person, at: datetime) -> Act:
    """Publish a correction of what the call says."""
    return _recorded(pk, ActKind.CORRIGENDUM, reason, by, at)


@transaction.atomic
def suspend_call(pk: int, *, reason: dict[str, str], by: Person, at: datetime) -> Act:
    """Take nothing in until the call goes on."""
    return _recorded(pk, ActKind.SUSPENSION, reason, by, at)


@transaction.atomic
def resume_call(pk: int, *, reason: dict[str, str], by: Person, at: datetime) -> Act:
    """Let a suspended call go on."""
    return _recorded(pk, ActKind.RESUMPTION, reason, by, at)


@transaction.atomic
def cancel_call(pk: int, *, reason: dict[str, str], by: Person, at: datetime) -> Act:
    """End a call for good, before its decision."""
    return _recorded(pk, ActKind.CANCELLATION, reason, by, at)


@transaction.atomic
def close_call_early(pk: int, *, reason: dict[str, str], by: Person, at: datetime) -> Act:
    """Take nothing more in, before the deadline."""
    return _recorded(pk, ActKind.EARLY_CLOSURE, reason, by, at)


ACT_VERBS = {
    ActKind.EXTENSION: "call.extension",
    ActKind.CORRIGENDUM: "call.corrigendum",
    ActKind.SUSPENSION: "call.suspension",
    ActKind.RESUMPTION: "call.resumption",
    ActKind.CANCELLATION: "call.cancellation",
    ActKind.EARLY_CLOSURE: "call.early-closure",
}


def _recorded(pk: int, kind: ActKind, reason: dict[str, str], by: Person, at: datetime) -> Act:
    """Record an act that says nothing but why; raises `Refused` where it cannot be now."""
    call = locked_call(pk)
    require(acts.recording(opening_terms(call), kind, at=at))
    return _record_act(call, kind, reason, by, at)


def _record_act(
    call: Call,
    kind: ActKind,
    reason: dict[str, str],
    by: Person,
    at: datetime,
    closes_at: datetime | None = None,
) -> Act:
    """An act of the browser is an edit: a folder that does not have it is a conflict."""
    last = last_act(call)
    act = Act.objects.create(
        call=call,
        number=last.number + 1 if last else 1,
        kind=kind,
        at=at,
        closes_at=closes_at,
        reason=reason,
    )
    call.edited_at = at
    call.save(update_fields=["edited_at"])
    trail.record(
        ACT_VERBS[kind],
        subject=call.code,
        programme=call.programme.code,
        by_id=by.pk,
        at=at,
        closes_at=closes_at,
        reason=reason,
    )
    return act
