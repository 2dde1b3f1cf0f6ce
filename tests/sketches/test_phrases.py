"""The builder asks for everything that a file of a call can say."""

from pydantic import BaseModel

from fondaco.files import shapes
from fondaco.files.selectors.plain import _types_in
from fondaco.sketches.phrases.steps import FIELDS, TABLES
from fondaco.sketches.selectors.choices import _SOURCES

ELSEWHERE = {
    "letters": "letters have their own pages",
    "call.code": "given once, on the page that begins a call",
    "call.publish": "publishing is an act",
    "call.edition_of": "editions come with a season, from files",
}


def keys_of(model, above=""):
    """Every key that may stand in the files of a call, rows as stars."""
    for name, info in model.model_fields.items():
        inner = next((k for k in _types_in(info.annotation) if issubclass(k, BaseModel)), None)
        key = f"{above}{name}"
        if inner is None or key in FIELDS:
            yield key
            continue
        is_rows = "list[" in str(info.annotation)
        if is_rows:
            yield key
        yield from keys_of(inner, f"{key}.*." if is_rows else f"{key}.")


def test_every_key_of_a_call_is_asked_for():
    known = FIELDS.keys() | TABLES.keys()

    def is_known(key):
        return key in known or any(key == one or key.startswith(f"{one}.") for one in ELSEWHERE)

    assert [key for key in keys_of(shapes.CallFolder) if not is_known(key)] == []


def test_nothing_is_asked_for_that_no_file_can_say():
    keys = set(keys_of(shapes.CallFolder))

    assert sorted((FIELDS.keys() | TABLES.keys()) - keys) == []


def test_every_list_to_choose_from_is_there():
    assert {field.choices for field in FIELDS.values()} == {"", *_SOURCES}
