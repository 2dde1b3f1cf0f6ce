"""Exports: asked for, made by the worker, refused, taken, and removed again."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from fondaco.applications.models import Export
from fondaco.applications.selectors.exports import export_in_hand
from fondaco.applications.states import Sheet
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.mail.selectors import template_for
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
from fondaco.trail import services as trail
from fondaco.web import words
from fondaco.web.jobs import later

KEPT = timedelta(days=7)
"""How long the file of an export is kept."""


def _tell(verb: str, export: Export, *, by: Person | None, at: datetime, **more: object) -> None:
    """What was looked for may be a name: the row alone knows it."""
    trail.record(
        verb,
        subject=export.call.code,
        programme=export.call.programme.code,
        by_id=by.pk if by else None,
        at=at,
        export=export.code,
        kind=export.kind,
        **more,
    )


@transaction.atomic
def ask_export(
    call: Call, *, kind: Sheet, query: str, language: str, by: Person, at: datetime
) -> Export:
    """Have the worker make a table of the applications that the list shows.

    Who presses twice has asked once.
    """
    if earlier := export_in_hand(call, by, kind, query, at=at):
        return earlier
    export = Export.objects.create(
        code=f"x-{secrets.token_hex(8)}",
        call=call,
        by=by,
        kind=kind,
        query=query,
        language=language,
        asked_at=at,
    )
    _tell("export.asked", export, by=by, at=at)
    later("fondaco.applications.tasks.make_export", export.pk)
    return export


def tell_progress(pk: int, *, done: int, total: int) -> None:
    """How far it is, for whoever waits for it."""
    Export.objects.filter(pk=pk).update(rows_done=done, rows_all=total)


@transaction.atomic
def refuse_export(export: Export, *, at: datetime) -> None:
    """Whoever asked may not have it any more when it is made."""
    if Export.objects.filter(pk=export.pk, refused_at__isnull=True).update(refused_at=at):
        _tell("export.refused", export, by=None, at=at)


@transaction.atomic
def keep_export(export: Export, *, rows: int, size: int, at: datetime) -> None:
    """Its file is there: whoever asked is told by letter, once."""
    until = at + KEPT
    waiting = Export.objects.filter(pk=export.pk, made_at__isnull=True)
    told = {"rows_all": rows, "rows_done": rows, "size": size}
    if not waiting.update(made_at=at, kept_until=until, **told):
        return
    _tell("export.made", export, by=None, at=at, rows=rows)
    if export.by is not None:
        _write(export, export.by, until, at=at)


def _write(export: Export, person: Person, until: datetime, *, at: datetime) -> None:
    call = export.call
    template = template_for(call.programme, call.code, Occasion.EXPORT_READY, person.language)
    with translation.override(template.language if template else person.language):
        said = {
            "person": person.name,
            "call": words.say(call.title).text,
            "programme": call.programme.acronym,
            "until": words.moment_with_zone(until, call.zone),
            "address": settings.ADDRESS
            + reverse("applications:export", args=[call.code, export.code]),
        }
    write_letter(
        programme=call.programme,
        call=call.code,
        occasion=Occasion.EXPORT_READY,
        to=person,
        subject_code=export.code,
        words=said,
        at=at,
        is_released=True,
    )


@transaction.atomic
def take_export(export: Export, *, by: Person, at: datetime) -> None:
    """Somebody takes the file: that is kept, as it holds what applicants told in confidence."""
    _tell("export.taken", export, by=by, at=at)


@transaction.atomic
def close_export(export: Export, *, at: datetime) -> None:
    """Its file was removed, because its time is over."""
    if Export.objects.filter(pk=export.pk, removed_at__isnull=True).update(removed_at=at):
        _tell("export.removed", export, by=None, at=at)
