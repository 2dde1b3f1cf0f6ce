"""Loading a folder: through the services of every slice, in one transaction."""

from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.calls import services as calls
from fondaco.calls.models import Call
from fondaco.files import shapes
from fondaco.files.columns import (
    ACT,
    CALL,
    CRITERION,
    ENVELOPE,
    ITEM,
    KEY_FACT,
    PARTNER,
    PARTNERSHIP,
    PERIOD,
    PROGRAMME,
    QUOTA,
    RESULT,
    RULE,
    STEP,
    WORK_PACKAGE,
    Column,
    fields_from,
    sources_of,
)
from fondaco.files.comparing import plain_of
from fondaco.files.values import Shape
from fondaco.mail import services as mail
from fondaco.programmes import services as programmes
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import partner_of
from fondaco.questionnaires import services as questionnaires
from fondaco.web.pictures import redrawn

DESCRIBED = {"name", "country", "city", "kind", "website"}
Rows = list[dict[str, Any]]


def _rows(of: Sequence[Shape], columns: list[Column], *, whole: Any = None) -> Rows:
    return [fields_from(shape, columns, whole=whole) for shape in of]


def _numbered(rows: Rows, name: str = "position") -> Rows:
    return [{**row, name: number} for number, row in enumerate(rows, start=1)]


def _partner_rows(folder: shapes.Folder) -> Rows:
    return _numbered(
        [
            {
                **fields_from(partner, PARTNER),
                "described": partner.model_dump(mode="json", include=DESCRIBED, exclude_none=True),
                "partnership_code": partner.partnership,
            }
            for partner in folder.partner
        ]
    )


@transaction.atomic
def load_folder(folder: shapes.Folder, *, by_id: int | None, at: datetime) -> Programme:
    """Make the programme, its calls, forms and letters say what the folder says; all or nothing."""
    fields = fields_from(folder.programme, PROGRAMME)
    packages = zip(folder.work_package, _rows(folder.work_package, WORK_PACKAGE), strict=True)
    programme = programmes.keep_programme(
        {**fields, "about": folder.about, "mark": folder.mark},
        rows={
            "periods": _numbered(_rows(folder.programme.period, PERIOD)),
            "key_facts": _numbered(_rows(folder.programme.key_fact, KEY_FACT)),
            "partnerships": _numbered(_rows(folder.partnership, PARTNERSHIP)),
            "results": _numbered(_rows(folder.result, RESULT)),
            "work_packages": [{**row, "leader_code": shape.leader} for shape, row in packages],
        },
        partners=_partner_rows(folder),
        mark=redrawn(b64decode(folder.mark_picture)) if folder.mark_picture else None,
        by_id=by_id,
        at=at,
    )
    questionnaires.keep_bank(programme, [plain_of(question) for question in folder.question])
    mail.keep_templates(programme, "", _letter_rows(folder.letters))
    for code in sorted(folder.calls, key=lambda code: _turn(folder, code)):
        load_call(programme, folder.calls[code], by_id=by_id, at=at)
    return programme


def _turn(folder: shapes.Folder, code: str) -> tuple[bool, int, str]:
    """Founding calls before their editions, a stage before the one that follows it."""
    stages, before = 0, folder.calls[code].call.stage_of
    while before in folder.calls and stages < len(folder.calls):
        stages, before = stages + 1, folder.calls[before].call.stage_of
    return bool(folder.calls[code].call.edition_of), stages, code


@transaction.atomic
def load_call(
    programme: Programme,
    folder: shapes.CallFolder,
    *,
    is_told: bool = True,
    by_id: int | None,
    at: datetime,
) -> Call:
    """Make one call say what its folder says; a form that differs becomes a new version."""
    shape = folder.call
    form = (
        questionnaires.freeze_form(shape.code, plain_of(folder.form), at=at)
        if folder.form
        else None
    )
    call = calls.keep_call(
        programme,
        {**fields_from(shape, CALL), "about": folder.about, "facts": sources_of(shape)},
        rows={
            "acts": _numbered(_rows(shape.event, ACT, whole=shape), "number"),
            "steps": _numbered(_rows(shape.step, STEP)),
            "items": _numbered(_rows(shape.money.item, ITEM)),
            "envelopes": _numbered(_rows(shape.money.envelope, ENVELOPE)),
            "quotas": _numbered(_rows(shape.quota, QUOTA)),
            "rules": _numbered(_rows(shape.rule, RULE)),
            "criteria": _numbered(_rows(shape.criterion, CRITERION)),
        },
        partner=partner_of(programme, shape.partner) if shape.partner else None,
        edition_of=shape.edition_of or "",
        stage_of=shape.stage_of or "",
        form=form,
        publish=shape.publish,
        is_told=is_told,
        by_id=by_id,
        at=at,
    )
    mail.keep_templates(programme, call.code, _letter_rows(folder.letters))
    return call


def _letter_rows(letters: Sequence[shapes.LetterShape]) -> Rows:
    return [
        {**letter.model_dump(mode="python"), "occasion": letter.occasion.value}
        for letter in letters
    ]
