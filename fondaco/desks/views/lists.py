"""What list pages share: the moment, the filters, the address."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fondaco.calls import phrases
from fondaco.calls.states import Kind, Stage
from fondaco.desks.selectors.calls import Wanted, listed_calls
from fondaco.web import reference

PUBLIC_STAGES = (Stage.OPEN, Stage.FORTHCOMING, Stage.CLOSED, Stage.DECIDED, Stage.CANCELLED)


def now(request: HttpRequest) -> datetime:
    """The moment that counts for this request, UTC."""
    received: datetime = request.received_at  # type: ignore[attr-defined]
    return received


def address_without_page(request: HttpRequest) -> str:
    """The rest of the address, for the links of the pager."""
    kept = [(name, value) for name, value in request.GET.items() if name != "page" and value]
    return f"&{urlencode(kept)}" if kept else ""


def choices_for(wanted: Wanted, *, at: datetime) -> list[dict[str, object]]:
    """The filters of the list of calls, each offering only what would find something."""
    listed = listed_calls(at=at)
    programmes = {call.call.programme.code: call.call.programme.acronym for call in listed}
    kinds = {call.call.kind for call in listed}
    countries = {country for call in listed for country in call.countries}
    named = sorted(
        ((code, reference.name_of(reference.countries(), code)) for code in countries),
        key=lambda pair: pair[1],
    )
    return [
        _filter("programme", _("Programme"), sorted(programmes.items()), wanted.programme),
        _filter(
            "kind", _("Kind"), [(k, phrases.KINDS[k]) for k in Kind if k in kinds], wanted.kind
        ),
        _filter("stage", _("Stage"), [(s, phrases.STAGES[s]) for s in PUBLIC_STAGES], wanted.stage),
        _filter("country", _("Country"), named, wanted.country),
    ]


def _filter(
    name: str, label: str, choices: Sequence[tuple[str, object]], chosen: str
) -> dict[str, object]:
    return {"name": name, "label": label, "choices": [("", _("All")), *choices], "chosen": chosen}
