"""What loading a folder would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fondaco.files import shapes
from fondaco.files.values import Shape


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would become another; `before` or `after` None means it is not there."""

    place: str
    before: object
    after: object


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a folder with its place; rows of a list go by their code, if they have one."""
    if isinstance(value, Mapping):
        for key, kept in value.items():
            yield from _flat(kept, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for position, kept in enumerate(value):
            name = "/".join(
                str(kept[key])
                for key in ("occasion", "code", "number", "language", "partnership")
                if key in kept
            )
            yield from _flat(kept, f"{place}[{name or position}]")
    else:
        yield place, value


def plain_of(folder: Shape) -> dict[str, Any]:
    """A folder as plain values, in one canonical way."""
    return folder.model_dump(mode="json", exclude_defaults=True)


def changes(before: shapes.Folder | None, after: shapes.Folder) -> list[Change]:
    """What differs between what is loaded and what the folder says, by place."""
    return changed_values(plain_of(before) if before else {}, plain_of(after))


def changed_values(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two folders that are plain values already, by place."""
    old, new = dict(_flat(before)), dict(_flat(after))
    return [
        Change(place, old.get(place), new.get(place))
        for place in sorted(old.keys() | new.keys())
        if old.get(place) != new.get(place)
    ]
