"""From the rows of a programme back to its folder."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

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
    values_of,
)
from fondaco.files.values import Shape
from fondaco.mail.models import LetterTemplate
from fondaco.programmes.models import Programme
from fondaco.questionnaires.selectors import bank_of


def _rows(rows: Iterable[Any], columns: list[Column]) -> list[dict[str, Any]]:
    return [values_of(row, columns) for row in rows]


def _letters(programme: Programme, call: str) -> list[dict[str, Any]]:
    names = ("occasion", "language", "subject", "body")
    rows = LetterTemplate.objects.filter(programme=programme, call=call)
    return list(rows.order_by("occasion", "language").values(*names))


def call_folder_of(call: Call) -> shapes.CallFolder:
    """The folder of one call, as its rows say it."""
    values = values_of(call, CALL)
    for table, sources in call.facts.items():
        values.setdefault(table, {}).update(sources)
    codes = {
        "edition_of": call.edition_of and call.edition_of.code,
        "partner": call.partner and call.partner.code,
        "stage_of": call.stage_of and call.stage_of.code,
    }
    values |= {name: code for name, code in codes.items() if code}
    values["publish"] = call.published_at is not None
    lists = {
        "event": _rows(call.acts.all(), ACT),
        "step": _rows(call.steps.all(), STEP),
        "quota": _rows(call.quotas.all(), QUOTA),
        "rule": _rows(call.rules.all(), RULE),
        "criterion": _rows(call.criteria.all(), CRITERION),
    }
    values |= {name: rows for name, rows in lists.items() if rows}
    of_money = {
        "item": _rows(call.items.all(), ITEM),
        "envelope": _rows(call.envelopes.all(), ENVELOPE),
    }
    values.setdefault("money", {}).update({name: rows for name, rows in of_money.items() if rows})
    return shapes.CallFolder.model_validate(
        {
            "call": values,
            "form": call.form.schema if call.form else None,
            "about": call.about,
            "letters": _letters(call.programme, call.code),
        }
    )


def folder_of(programme: Programme) -> shapes.Folder:
    """The whole folder of a programme, as its rows say it."""
    partners = [
        {
            **values_of(partner, PARTNER),
            **partner.described,
            **({"partnership": partner.partnership.code} if partner.partnership else {}),
        }
        for partner in programme.partners.select_related("partnership")
    ]
    packages = [
        {
            **values_of(package, WORK_PACKAGE),
            **({"leader": package.leader.code} if package.leader else {}),
        }
        for package in programme.work_packages.select_related("leader")
    ]
    lists = {
        "period": _rows(programme.periods.all(), PERIOD),
        "key_fact": _rows(programme.key_facts.all(), KEY_FACT),
    }
    return shapes.Folder.model_validate(
        {
            "programme": values_of(programme, PROGRAMME)
            | {name: rows for name, rows in lists.items() if rows},
            "about": programme.about,
            "mark": programme.mark,
            "mark_picture": _picture(programme),
            "partnership": _rows(programme.partnerships.all(), PARTNERSHIP),
            "partner": partners,
            "work_package": packages,
            "result": _rows(programme.results.all(), RESULT),
            "question": bank_of(programme),
            "letters": _letters(programme, ""),
            "calls": {call.code: call_folder_of(call) for call in programme.calls.order_by("code")},
        }
    )


def _picture(programme: Programme) -> str:
    """The mark that an officer gave, as it is kept, in Base64."""
    if programme.mark_picture is None:
        return ""
    with programme.mark_picture.stored.open("rb") as kept:
        return b64encode(kept.read()).decode("ascii")


def plain_toml(shape: Shape) -> dict[str, Any]:
    """A shape as TOML's own values, without what says nothing."""
    return dict(_toml_value(shape.model_dump(exclude_defaults=True)))


def _toml_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _toml_value(kept) for key, kept in value.items() if kept is not None}
    if isinstance(value, list):
        return [_toml_value(kept) for kept in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, str) else value


def write_folder(folder: shapes.Folder, root: Path) -> list[Path]:
    """Write a folder below `root`; the files that were written."""
    lists: dict[str, dict[str, list[Any]]] = {
        "partners.toml": {"partnership": folder.partnership, "partner": folder.partner},
        "work-packages.toml": {"work_package": folder.work_package},
        "results.toml": {"result": folder.result},
        "questions.toml": {"question": folder.question},
    }
    files = {"programme.toml": _toml(plain_toml(folder.programme)), "mark.svg": folder.mark + "\n"}
    for name, tables in lists.items():
        kept = {table: [plain_toml(row) for row in rows] for table, rows in tables.items() if rows}
        if kept:
            files[name] = _toml(kept)
    files |= _long_texts(folder.about, folder.letters)
    for code, call in folder.calls.items():
        files |= {f"calls/{code}/{name}": text for name, text in call_files(call).items()}
    written = [_write(root / name, text) for name, text in files.items() if text.strip()]
    return [*written, *_write_picture(root / "mark.webp", folder.mark_picture)]


def _write_picture(path: Path, encoded: str) -> list[Path]:
    """The picture beside the other files; none that an earlier dump left there stays."""
    if encoded:
        path.write_bytes(b64decode(encoded))
        return [path]
    path.unlink(missing_ok=True)
    return []


def call_files(call: shapes.CallFolder) -> dict[str, str]:
    """The files of a call, by their names in its folder."""
    files = {"call.toml": _toml(plain_toml(call.call))}
    if call.form:
        files["form.toml"] = _toml(plain_toml(call.form))
    return files | _long_texts(call.about, call.letters)


def _long_texts(about: Mapping[str, str], letters: list[shapes.LetterShape]) -> dict[str, str]:
    files = {f"about.{language}.md": text for language, text in about.items()}
    for letter in letters:
        name = f"letters/{letter.occasion}.{letter.language}.md"
        files[name] = f"# {letter.subject}\n\n{letter.body}"
    return files


def _toml(values: dict[str, Any]) -> str:
    return tomli_w.dumps(values, multiline_strings=False)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
