"""What a new call says at first: empty, or after an earlier one without its dates and its story."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from fondaco.sketches.rules.places import Data

OF_ITS_OWN = ("event", "edition_of", "publish", "unknown", "not_found", "website", "source")
"""What belongs to the earlier call alone."""


def begun(
    code: str, *, kind: str, title: str, language: str, after: Mapping[str, Any] | None = None
) -> Data:
    """The data of a new draft; after an earlier call it keeps its rules, money, grid and form."""
    if not after or "call" not in after:
        return {
            "call": {
                "code": code,
                "kind": kind,
                "form_languages": [language],
                "title": {language: title},
                "publish": False,
            }
        }
    data: Data = deepcopy(dict(after))
    call = {key: kept for key, kept in data["call"].items() if key not in OF_ITS_OWN}
    timetable = call.get("timetable", {})
    call["timetable"] = {k: v for k, v in timetable.items() if k not in ("opens", "closes")}
    call["step"] = [{k: v for k, v in row.items() if k != "on"} for row in call.get("step", [])]
    titled = {language: title}
    return {**data, "call": {**call, "code": code, "title": titled, "publish": False}}
