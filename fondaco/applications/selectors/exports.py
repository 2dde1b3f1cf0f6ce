"""Exports of a call: which there are, their columns, and their rows, a few at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from fondaco.applications.models import Application, Export, Submission
from fondaco.applications.selectors.office import office_list
from fondaco.applications.states import Sheet
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.kernel.plain import plain
from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.rules.answers import Value
from fondaco.questionnaires.rules.readers import ExportColumn, cell_of, columns_of
from fondaco.questionnaires.rules.tables import Reader
from fondaco.questionnaires.selectors import form_of

AT_ONCE = 500
"""How many applications are read and held at a time."""
LONGEST = timedelta(hours=1)
"""After which an export that was not made is no longer waited for."""
OWN = ("number", "organisation", "country", "city", "received", "state", "conditions", "versions")
Columns = Mapping[int, Mapping[str, ExportColumn]]


def export_by_id(pk: int) -> Export | None:
    """The export of a job."""
    return Export.objects.select_related("call__programme", "by").filter(pk=pk).first()


def export_coded(call: Call, code: str, person: Person) -> Export | None:
    """What a person asked for; nobody else has it."""
    return Export.objects.filter(call=call, code=code, by=person).first()


def export_in_hand(
    call: Call, person: Person, kind: Sheet, query: str, *, at: datetime
) -> Export | None:
    """The same export that the person has just asked for."""
    rows = Export.objects.filter(call=call, by=person, kind=kind, query=query)
    rows = rows.filter(made_at__isnull=True, refused_at__isnull=True)
    return rows.filter(asked_at__gt=at - LONGEST).first()


def exports_of(call: Call, person: Person) -> QuerySet[Export]:
    """What a person asked for of a call and can still take, the last first."""
    rows = Export.objects.filter(call=call, by=person, made_at__isnull=False)
    return rows.filter(removed_at__isnull=True)


def exports_over(*, at: datetime) -> QuerySet[Export]:
    """Those whose file has had its time."""
    rows = Export.objects.select_related("call__programme")
    return rows.filter(kept_until__lte=at, removed_at__isnull=True).order_by("pk")


def columns_by_form(call: Call) -> Columns:
    """What officers read of each version of the form that an application was sent in, by key."""
    used = Application.objects.filter(call=call, submitted_at__isnull=False)
    versions = FormVersion.objects.filter(pk__in=used.order_by().values("form"))
    return {
        version.pk: {one.key: one for one in columns_of(form_of(version), Reader.OFFICERS)}
        for version in versions.order_by("number", "pk")
    }


def head_of(columns: Columns) -> list[str]:
    """The headings: what the platform knows, then the keys of the questions of all versions."""
    keys = dict.fromkeys(key for one in columns.values() for key in one)
    return [*OWN, *(f"answer.{key}" for key in keys)]


def rows_of_export(
    call: Call, keys: Sequence[int], columns: Columns
) -> Iterator[list[list[object]]]:
    """The rows of these applications in their order, some hundreds at a time."""
    asked = list(dict.fromkeys(key for one in columns.values() for key in one))
    rows = office_list(call).order_by()
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        found, answers = rows.in_bulk(part), _answers_of(part)
        yield [
            [*_told(found[pk]), *_cells(asked, columns[found[pk].form_id], answers.get(pk, {}))]
            for pk in part
            if pk in found
        ]


def _told(row: Application) -> list[object]:
    office = row.organisation
    return [
        *(row.code, office.name, office.country, office.city, plain(row.submitted_at), row.state),
        *(row.verdict, row.versions),  # type: ignore[attr-defined]
    ]


def _cells(
    keys: Sequence[str], columns: Mapping[str, ExportColumn], answers: Mapping[str, Value]
) -> list[str]:
    return [cell_of(columns[key], answers) if key in columns else "" for key in keys]


def _answers_of(keys: Sequence[int]) -> dict[int, Mapping[str, Value]]:
    """What was sent last, of each."""
    rows = Submission.objects.filter(application_id__in=keys).order_by("number")
    return dict(rows.values_list("application_id", "content__answers"))
