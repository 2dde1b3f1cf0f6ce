"""Drafts that are written in an earlier form of their call, and what the newer one changes."""

from dataclasses import dataclass

from django.db.models import Count

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.phrases.versions import all_changes
from fondaco.questionnaires.rules.versions import difference
from fondaco.questionnaires.selectors import form_of


@dataclass(frozen=True, slots=True)
class Move:
    """What moving would do to the drafts of one earlier version."""

    number: int
    drafts: int
    changes: list[str]


def moves_of(call: Call) -> list[Move]:
    """The earlier versions in which drafts are being written, each with what changed since."""
    if call.form is None:
        return []
    older = Application.objects.filter(call=call, state=State.DRAFT).exclude(form=call.form)
    counted = dict(older.order_by().values_list("form").annotate(Count("pk")))
    versions = FormVersion.objects.filter(pk__in=counted).order_by("number")
    return [
        Move(
            version.number,
            counted[version.pk],
            all_changes(difference(form_of(version), form_of(call.form))),
        )
        for version in versions
    ]
