"""What list pages share: the moment, the filters, the headings, the address, the export."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fondaco.calls import phrases
from fondaco.calls.states import Kind, Stage
from fondaco.desks.selectors.calls import Listed, Wanted
from fondaco.web import reference
from fondaco.web.downloads import text_attachment, without_formula

ROWS = 25
LONGEST = 80
PUBLIC_STAGES = (
    Stage.OPEN,
    Stage.FORTHCOMING,
    Stage.SUSPENDED,
    Stage.CLOSED,
    Stage.DECIDED,
    Stage.CANCELLED,
)


def now(request: HttpRequest) -> datetime:
    """The moment that counts for this request, UTC."""
    received: datetime = request.received_at  # type: ignore[attr-defined]
    return received


def asked_in(request: HttpRequest, *names: str) -> dict[str, str]:
    """What the address asks for, cut to what a person would type."""
    return {name: request.GET.get(name, "").strip()[:LONGEST] for name in names}


def headings_of(
    request: HttpRequest, labels: Mapping[str, str], *, first: str
) -> list[dict[str, str]]:
    """The columns that sort, each with the address of its other order; `first` sorts unasked."""
    sort, headings = request.GET.get("sort") or first, []
    for name, label in labels.items():
        address = request.GET.copy()
        address.pop("page", None)
        address["sort"] = f"-{name}" if sort == name else name
        way = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        headings.append({"label": label, "url": f"?{address.urlencode()}", "sorted": way})
    return headings


def table_export(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A table for spreadsheets; no cell is taken for a formula."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([without_formula(cell) for cell in row])
    return text_attachment("\ufeff" + sheet.getvalue(), f"{name}.csv", "text/csv")


def address_without_page(request: HttpRequest) -> str:
    """The rest of the address, for the links of the pager."""
    kept = [(name, value) for name, value in request.GET.items() if name != "page" and value]
    return f"&{urlencode(kept)}" if kept else ""


def choices_for(wanted: Wanted, listed: Sequence[Listed]) -> list[dict[str, object]]:
    """The filters of the list of calls, each offering only what would find something."""
    programmes = {call.call.programme.code: call.call.programme.acronym for call in listed}
    kinds = {call.call.kind for call in listed}
    countries = {country for call in listed for country in call.countries}
    named = sorted(
        ((code, reference.name_of(reference.countries(), code)) for code in countries),
        key=lambda pair: pair[1],
    )
    return [
        filter_of("programme", _("Programme"), sorted(programmes.items()), wanted.programme),
        filter_of(
            "kind", _("Kind"), [(k, phrases.KINDS[k]) for k in Kind if k in kinds], wanted.kind
        ),
        filter_of(
            "stage", _("Stage"), [(s, phrases.STAGES[s]) for s in PUBLIC_STAGES], wanted.stage
        ),
        filter_of("country", _("Country"), named, wanted.country),
        _order_for(wanted),
    ]


def _order_for(wanted: Wanted) -> dict[str, object]:
    choices = [
        ("", _("Open ones first")),
        ("deadline", _("Deadline, the earliest first")),
        ("-deadline", _("Deadline, the latest first")),
        ("title", _("Title")),
        ("programme", _("Programme")),
    ]
    return {"name": "sort", "label": _("Order"), "choices": choices, "chosen": wanted.sort}


def filter_of(
    name: str, label: str, choices: Sequence[tuple[str, object]], chosen: str
) -> dict[str, object]:
    return {"name": name, "label": label, "choices": [("", _("All")), *choices], "chosen": chosen}
