"""What can be recorded about a call after its publication."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.calls.models import Act, Call
from fondaco.calls.rules.opening import deadline
from fondaco.calls.selectors import last_act, locked_call, opening_terms
from fondaco.calls.states import ActKind
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
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
    by_id: int | None,
    at: datetime,
) -> Call:
    """Make a call say what its folder says, and publish it where it is new.

    `rows` holds `acts`, `steps`, `items`, `rules` and `criteria`.
    """
    founding = Call.objects.filter(code=edition_of).first() if edition_of else None
    linked = {"partner": partner, "edition_of": founding, "is_demonstration": bool(edition_of)}
    kept = {**fields, **linked, "form": form}
    call, _ = Call.objects.update_or_create(
        code=fields["code"],
        programme=programme,
        defaults={**kept, "edited_at": None},
        create_defaults={**kept, "published_at": at},
    )
    align(call.acts, "number", rows["acts"])
    align(call.steps, "position", rows["steps"])
    align(call.items, "code", rows["items"])
    align(call.rules, "code", rows["rules"])
    align(call.criteria, "code", rows["criteria"])
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

    Raises `Refused` where the new deadline is not later than the one that holds.
    """
    call = locked_call(pk)
    holds = deadline(opening_terms(call))
    if holds is None or closes_at <= holds:
        raise Refused("not-later")
    return _record_act(call, ActKind.EXTENSION, reason, by, at, closes_at)


ACT_VERBS = {
    ActKind.EXTENSION: "call.extension",
    ActKind.CORRIGENDUM: "call.corrigendum",
    ActKind.SUSPENSION: "call.suspension",
    ActKind.RESUMPTION: "call.resumption",
    ActKind.CANCELLATION: "call.cancellation",
    ActKind.EARLY_CLOSURE: "call.early-closure",
}


def _record_act(
    call: Call,
    kind: ActKind,
    reason: dict[str, str],
    by: Person,
    at: datetime,
    closes_at: datetime | None = None,
) -> Act:
    last = last_act(call)
    act = Act.objects.create(
        call=call,
        number=last.number + 1 if last else 1,
        kind=kind,
        at=at,
        closes_at=closes_at,
        reason=reason,
    )
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
