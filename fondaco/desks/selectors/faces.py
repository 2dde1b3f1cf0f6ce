"""The face of a programme: its colours, and the words that go with the emblem."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.kernel.plain import fingerprint
from fondaco.kernel.texts import Spoken
from fondaco.programmes.models import Programme
from fondaco.web.words import say


@dataclass(frozen=True, slots=True)
class Face:
    """What every page of a programme wears."""

    name: str
    statement: str
    disclaimer: Spoken
    stylesheet: str


def face_of(programme: Programme) -> Face:
    """The face of a programme in the reader's language."""
    is_whole = programme.funder.get("statement") == "funded"
    statement = (
        _("Funded by the European Union") if is_whole else _("Co-funded by the European Union")
    )
    version = fingerprint(programme.look)[:8]
    return Face(
        name=programme.acronym,
        statement=statement,
        disclaimer=say(programme.funder.get("disclaimer")),
        stylesheet=f"{reverse('desks:look', args=[programme.code])}?v={version}",
    )


def programme_at(
    page: str, kept: Mapping[str, Any], person_id: int | None, call: Call | None
) -> Programme | None:
    """The programme that a page of a slice below belongs to, in at most one query.

    `call` is the call of the address where it names one. A file on an evaluator's desk and a
    letter are looked for among the reader's own, so that a stranger's page tells nothing.
    """
    if call is not None:
        return call.programme
    if person_id and page.startswith("evaluation:") and "application" in kept:
        own = {"assignments__evaluator": person_id, "code": kept["application"]}
        return Programme.objects.filter(
            calls__applications__in=Application.objects.filter(**own)
        ).first()
    if person_id and page == "mail:letter":
        return Programme.objects.filter(letters__code=kept["code"], letters__to=person_id).first()
    return None


def style_of(programme: Programme) -> str:
    """The programme's own colours as a style sheet."""
    names = {"deep": "--band-deep", "bright": "--band-bright", "tint": "--band-tint"}
    look = programme.look
    lines = [f"  {name}: {look[key]};" for key, name in names.items() if key in look]
    return ":root {\n" + "\n".join(lines) + "\n}\n"
