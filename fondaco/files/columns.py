"""Which value of a file stands in which field of a row, both ways."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from pydantic import BaseModel

from fondaco.files import shapes
from fondaco.kernel.clock import moment_of, wall_clock
from fondaco.kernel.money import cents_of

Convert = Callable[[Any, Any], Any]


def _same(value: Any, _whole: Any) -> Any:
    return value


def _kept(value: BaseModel, _whole: Any) -> Any:
    return value.model_dump(mode="json", exclude_defaults=True)


def _kept_if(value: BaseModel | None, whole: Any) -> Any:
    return {} if value is None else _kept(value, whole)


def _kept_all(values: Sequence[BaseModel], _whole: Any) -> Any:
    return [_kept(value, _whole) for value in values]


def _cents(value: Decimal | None, _whole: Any) -> int | None:
    return None if value is None else cents_of(value)


def _units(cents: int | None, _row: Any) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def _text(value: object, _whole: Any) -> str:
    return "" if value is None else str(value)


def _sourced(value: shapes.Sourced, _whole: Any) -> dict[str, Any]:
    """The source of a table whose values have columns of their own."""
    kept = value.model_dump(mode="json", include={"source", "confidence"}, exclude_defaults=True)
    return dict(kept)


def _sourced_money(value: shapes.ProgrammeMoney, _whole: Any) -> dict[str, Any]:
    include = {"source", "confidence", "note"}
    return dict(value.model_dump(mode="json", include=include, exclude_defaults=True))


def _moment(value: datetime | None, call: shapes.CallShape) -> datetime | None:
    return None if value is None else moment_of(value, call.timetable.zone)


def _moments(values: Sequence[datetime], call: shapes.CallShape) -> list[str]:
    """Moments as they are kept in a list: in UTC, as text."""
    return [moment_of(value, call.timetable.zone).isoformat() for value in values]


def _locals(values: Sequence[str], row: Any) -> list[datetime]:
    return [wall_clock(datetime.fromisoformat(value), row.zone) for value in values]


def _local(value: datetime | None, row: Any) -> datetime | None:
    zone = row.zone if hasattr(row, "zone") else row.call.zone
    return None if value is None else wall_clock(value, zone)


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a row, the place of its value in the file, and the way in and out."""

    field: str
    path: str = ""
    into: Convert = _same
    out: Convert = _same

    @property
    def steps(self) -> list[str]:
        """Where in the file the value stands."""
        return (self.path or self.field).split(".")


TEXTUAL = ("confidence", "website", "starts", "ends", "scope", "operator", "of", "group", "branch")


def _columns(*names: str) -> list[Column]:
    """Fields called alike in file and row; what a row keeps as text is empty where the file is."""
    return [Column(name, into=_text) if name in TEXTUAL else Column(name) for name in names]


SOURCED = _columns("source", "confidence")
PROGRAMME = [
    *_columns("code", "acronym", "languages", "countries", "ecosystems", "weekend", "website"),
    *_columns("title", "summary"),
    *SOURCED,
    Column("stated", into=_kept),
    Column("funder", into=_kept),
    Column("currency", "money.currency"),
    Column("budget_cents", "money.budget", _cents, _units),
    Column("contribution_cents", "money.contribution", _cents, _units),
    Column("rate", "money.rate"),
    Column("money", "money", _sourced_money),
    Column("contact", into=_kept),
    Column("ceiling", "ceiling_per_organisation", into=_kept_if),
    Column("outage_rule", "outages", into=_kept),
    Column("question_rule", "questions", into=_kept),
    Column("look", into=_kept),
]
PERIOD = [*_columns("starts", "ends", "note"), *SOURCED]
KEY_FACT = [*_columns("label", "value"), *SOURCED]
PARTNERSHIP = [
    *_columns("code", "name", "title", "scope", "ecosystems", "starts", "ends"),
    *_columns("partners_stated", "note"),
    Column("contribution_cents", "contribution", _cents, _units),
    *SOURCED,
]
PARTNER = [*_columns("code", "role", "does", "note"), *SOURCED]
WORK_PACKAGE = [*_columns("number", "title"), *SOURCED]
RESULT = [
    *_columns("code", "title", "target", "operator", "unit", "reported", "reported_text"),
    *SOURCED,
]
CALL = [
    *_columns("code", "kind", "intake", "form_languages", "ecosystems", "website"),
    *_columns("title", "summary", "unknown", "not_found"),
    *SOURCED,
    Column("who", "who.text"),
    Column("contact", "contact.text"),
    Column("zone", "timetable.zone"),
    Column("opens_at", "timetable.opens", _moment, _local),
    Column("closes_at", "timetable.closes", _moment, _local),
    Column("cut_offs", "timetable.cut_offs", _moments, _locals),
    Column("counts_working_days", "timetable.working_days"),
    Column("weekend", "timetable.weekend"),
    Column("holidays", "timetable.holidays", _kept_all),
    Column("reminders", "timetable.reminders"),
    Column("queue_order", "queue.order"),
    Column("queue_window", "queue.window"),
    Column("invites"),
    Column("currency", "money.currency"),
    Column("support", "money.form"),
    Column("amount_cents", "money.amount", _cents, _units),
    Column("total_cents", "money.total", _cents, _units),
    Column("places", "money.places"),
    Column("percent", "money.percent"),
    Column("least_cents", "money.least", _cents, _units),
    Column("asks", "money.asks", into=_text),
    Column("scheme", "money.scheme", into=_text),
    Column("scheme_country", "money.country", into=_text),
    Column("most_items", "money.most_items"),
    Column("ceiling_cents", "money.per_organisation", _cents, _units),
    Column("over_ceiling", "money.over"),
    Column("money_note", "money.note"),
    Column("scale", "evaluation.scale"),
    Column("mark_step", "evaluation.step"),
    Column("experts", "evaluation.experts"),
    Column("threshold", "evaluation.threshold"),
    Column("tie_breaks", "evaluation.tie_breaks"),
    Column("shows_scores", "evaluation.show_scores"),
    Column("shows_comments", "evaluation.show_comments"),
    Column("decided_by", "decision.by"),
    Column("deciding_partners", "decision.partners"),
    Column("redress_days", "redress.days"),
    Column("redress_answer_days", "redress.answer_days"),
    Column("redress_ground", "redress.ground"),
    Column("redress_grounds", "redress.grounds", _kept_all),
    Column("completion_days", "completion.days"),
    Column("evidence", "prevented.evidence"),
    Column("claim_hours", "prevented.hours"),
    Column("question_rule", "questions", into=_kept),
    Column("per_organisation", "applications.most"),
    Column("per_organisation_in_programme", "applications.most_in_programme"),
    Column("next_application", "applications.then"),
    Column("consortium_least", "consortium.least"),
    Column("consortium_most", "consortium.most"),
    Column("consortium_confirm", "consortium.confirm"),
    Column("consortium_counts", "consortium.counts"),
]
"""The sources of the tables `timetable` and `money` of a call stand in its field `facts`."""
STEP = [
    Column("kind", into=_text),
    *_columns("on", "after", "label"),
    Column("is_internal", "internal"),
    *SOURCED,
]
ACT = [
    *_columns("kind", "reason"),
    Column("at", "at", _moment, _local),
    Column("closes_at", "closes", _moment, _local),
    *SOURCED,
]
ITEM = [*_columns("code", "name"), Column("amount_cents", "amount", _cents, _units)]
ENVELOPE = [
    *_columns("code", "fact", "value", "name"),
    Column("most_cents", "most", _cents, _units),
    Column("least_cents", "least", _cents, _units),
    *SOURCED,
]
QUOTA = [
    *_columns("code", "fact", "value", "most", "least", "name", "needs"),
    *_columns("opened_on", "opened_because"),
    Column("is_invented", "invented"),
    *SOURCED,
]
RULE = [
    *_columns("code", "fact", "of", "group", "branch", "test", "value", "stops", "says", "proof"),
    Column("of_partners"),
    Column("is_invented", "invented"),
    *SOURCED,
]
CRITERION = [
    *_columns("code", "points", "weight", "threshold", "name", "asks"),
    Column("is_invented", "invented"),
    *SOURCED,
]


def fields_from(
    shape: BaseModel, columns: Sequence[Column], *, whole: Any = None
) -> dict[str, Any]:
    """The fields of a row, from what the file says; `whole` is the file's root."""
    fields: dict[str, Any] = {}
    for column in columns:
        value: Any = shape
        for step in column.steps:
            value = getattr(value, step)
        fields[column.field] = column.into(value, whole if whole is not None else shape)
    return fields


def _is_nothing(value: object) -> bool:
    return value is None or value in ("", [], {}, ())


def values_of(row: Model, columns: Sequence[Column]) -> dict[str, Any]:
    """What the file says, from the fields of a row; what is empty is left out."""
    values: dict[str, Any] = {}
    for column in columns:
        value = column.out(getattr(row, column.field), row)
        if _is_nothing(value):
            continue
        inner = values
        *outer, last = column.steps
        for step in outer:
            inner = inner.setdefault(step, {})
        if isinstance(value, Mapping) and isinstance(inner.get(last), dict):
            inner[last].update(value)
        else:
            inner[last] = value
    return values


def sources_of(call: shapes.CallShape) -> dict[str, Any]:
    """The sources of timetable and money, for the field `facts` of a call."""
    kept = {"timetable": _sourced(call.timetable, call), "money": _sourced(call.money, call)}
    return {name: sources for name, sources in kept.items() if sources}
