"""Spreading files over evaluators: everybody about as many, nobody tied to an applicant."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seat:
    """An evaluator of the panel: how many files already, and at most."""

    evaluator: str
    load: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """An application that needs evaluators; `barred` are tied to it, `has` have it already."""

    code: str
    needs: int
    barred: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A file that lacks evaluators, with what stood in the way."""

    file: str
    lacks: int
    tied: int
    full: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The pairs (file, evaluator) to make, and what could not be placed."""

    pairs: tuple[tuple[str, str], ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(slots=True)
class _Board:
    """Who holds what while the spread is being made."""

    seats: dict[str, Seat]
    files: dict[str, File]
    load: dict[str, int]
    given: dict[str, set[str]] = field(default_factory=dict)

    def has_room(self, evaluator: str) -> bool:
        most = self.seats[evaluator].most
        return most is None or self.load[evaluator] < most

    def may_read(self, file: str, evaluator: str) -> bool:
        asked = self.files[file]
        taken = asked.has | self.given.get(file, set())
        return evaluator not in asked.barred and evaluator not in taken

    def readers(self, file: str) -> list[str]:
        """Who may still be given the file, the least loaded first."""
        able = (name for name in self.seats if self.may_read(file, name))
        return sorted(able, key=lambda name: (self.load[name], name))

    def give(self, file: str, evaluator: str) -> None:
        self.given.setdefault(file, set()).add(evaluator)
        self.load[evaluator] += 1

    def take(self, file: str, evaluator: str) -> None:
        self.given[file].discard(evaluator)
        self.load[evaluator] -= 1

    def held_by(self, evaluator: str) -> list[str]:
        return sorted(file for file, holders in self.given.items() if evaluator in holders)


def _moves_from(board: _Board, evaluator: str) -> Iterable[tuple[str, str]]:
    """The files an evaluator could hand over, and to whom."""
    for file in board.held_by(evaluator):
        for reader in board.readers(file):
            yield file, reader


def _place(board: _Board, file: str) -> bool:
    """Give the file to one more evaluator, making room by handing other files on where needed."""
    came: dict[str, tuple[str, str]] = {}
    queue: deque[str] = deque()
    for reader in board.readers(file):
        came[reader] = (file, "")
        queue.append(reader)
    while queue:
        evaluator = queue.popleft()
        if board.has_room(evaluator):
            _hand_on(board, came, evaluator)
            return True
        for moved, reader in _moves_from(board, evaluator):
            if reader not in came:
                came[reader] = (moved, evaluator)
                queue.append(reader)
    return False


def _hand_on(board: _Board, came: dict[str, tuple[str, str]], evaluator: str) -> None:
    """Walk the chain back: each takes over one file from the one before."""
    while evaluator:
        file, before = came[evaluator]
        if before:
            board.take(file, before)
        board.give(file, evaluator)
        evaluator = before


def _level(board: _Board) -> None:
    """Hand files from the busy to the idle while that makes the loads more equal."""
    while move := _levelling_move(board):
        file, giver, taker = move
        board.take(file, giver)
        board.give(file, taker)


def _levelling_move(board: _Board) -> tuple[str, str, str] | None:
    for giver in sorted(board.seats, key=lambda name: (-board.load[name], name)):
        for file, taker in _moves_from(board, giver):
            if board.has_room(taker) and board.load[giver] - board.load[taker] > 1:
                return file, giver, taker
    return None


def _lack(board: _Board, file: File, lacks: int) -> Unplaced:
    tied = sum(name in file.barred for name in board.seats)
    full = sum(not board.has_room(name) for name in board.readers(file.code))
    return Unplaced(file.code, lacks, tied, full)


def spread(files: Iterable[File], seats: Iterable[Seat]) -> Spread:
    """The most even spread of the files over the panel; the same input always gives the same.

    As many seats are filled as can be: files already spread here are handed on to make room.
    """
    known = {seat.evaluator: seat for seat in sorted(seats, key=lambda seat: seat.evaluator)}
    asked = {file.code: file for file in files}
    board = _Board(known, asked, {name: seat.load for name, seat in known.items()})
    in_order = sorted(asked.values(), key=lambda file: (len(board.readers(file.code)), file.code))
    unplaced = []
    for file in in_order:
        lacks = sum(not _place(board, file.code) for _ in range(file.needs))
        if lacks:
            unplaced.append((file, lacks))
    _level(board)
    pairs = sorted((file, name) for file, names in board.given.items() for name in names)
    lacking = sorted(unplaced, key=lambda lack: lack[0].code)
    return Spread(tuple(pairs), tuple(_lack(board, file, lacks) for file, lacks in lacking))
