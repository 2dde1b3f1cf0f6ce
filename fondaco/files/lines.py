"""Which line of a TOML file a value stands on, so that a mistake can be found at once."""

import re
from collections import defaultdict
from collections.abc import Sequence

Path = tuple[str | int, ...]
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\-\"']+)\s*=")


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


class _Reader:
    """Walks the lines and keeps where each table and key begins."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.counts: dict[Path, int] = defaultdict(int)
        self.table: Path = ()

    def header(self, dotted: str, line: int, *, is_array: bool) -> None:
        path: Path = ()
        *parents, last = _parts(dotted)
        for part in parents:
            path = (*path, part)
            if self.counts.get(path):
                path = (*path, self.counts[path] - 1)
        path = (*path, last)
        if is_array:
            self.counts[path] += 1
            path = (*path, self.counts[path] - 1)
        self.table = path
        self.lines.setdefault(path, line)

    def key(self, dotted: str, line: int) -> None:
        path = self.table
        for part in _parts(dotted):
            path = (*path, part)
            self.lines.setdefault(path, line)


def lines_of(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every table and key of a TOML text."""
    reader = _Reader()
    is_inside_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        is_comment = not is_inside_text and line.lstrip().startswith("#")
        marks = 0 if is_comment else line.count('"""') + line.count("'''")
        if is_inside_text:
            is_inside_text = marks % 2 == 0
            continue
        if header := _HEADER.match(line):
            reader.header(header[2], number, is_array=header[1] == "[[")
        elif key := _KEY.match(line):
            reader.key(key[1], number)
        is_inside_text = marks % 2 == 1
    return reader.lines


def line_of(lines: dict[Path, int], path: Sequence[str | int]) -> int:
    """The line of `path`, or of the nearest thing around it that has one."""
    wanted = tuple(path)
    while wanted not in lines:
        wanted = wanted[:-1]
    return lines[wanted]
