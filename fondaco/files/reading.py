"""From a folder on disk to one value, or to all its mistakes at once."""

import re
import tomllib
from base64 import b64encode
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from fondaco.files import shapes
from fondaco.files.lines import line_of, lines_of
from fondaco.files.mistakes import FolderRefused, Mistake, by_place, said
from fondaco.files.values import Shape
from fondaco.kernel.decisions import Refused
from fondaco.mail.rules import asked_for
from fondaco.mail.states import Occasion
from fondaco.web.picture_fields import PICTURE_FAULTS
from fondaco.web.pictures import Fault, redrawn

LARGEST = 2 * 1024 * 1024
_RELATIVE = re.compile(r"^([+-]\d{1,4}) days?(?: (\d{2}):(\d{2}))?$")
_TEXT_NAME = re.compile(r"^(?P<name>[a-z-]+)\.(?P<language>[a-z]{2,3})\.md$")
ShapeT = TypeVar("ShapeT", bound=Shape)


class Reader:
    """Reads the files of one folder and gathers every mistake on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.mistakes: list[Mistake] = []
        self.lines: dict[str, dict[tuple[str | int, ...], int]] = {}
        self.places: dict[str, Path] = {}
        self.unread: set[Path] = set()

    def name_of(self, path: Path) -> str:
        """The file's name as the mistakes give it."""
        return str(path.relative_to(self.root.parent))

    def say(self, path: Path, where: tuple[str | int, ...], what: str, remedy: str) -> None:
        """Note a mistake at a place of a file."""
        name = self.name_of(path)
        line = line_of(self.lines.get(name, {(): 1}), where)
        self.mistakes.append(Mistake(name, line, what, remedy))

    def _is_ours(self, path: Path) -> bool:
        """Whether the file is there, and inside the folder; a link that leads out is refused."""
        if path.exists() and not path.resolve().is_relative_to(self.root.resolve()):
            what = _("This file lies outside the folder.")
            self.say(path, (), what, _("Copy it into the folder."))
            return False
        return path.exists()

    def picture(self, path: Path) -> str:
        """A picture as we draw it, in Base64; what is no picture that we take is a mistake."""
        if not self._is_ours(path):
            return ""
        try:
            return b64encode(redrawn(path.read_bytes()).content).decode("ascii")
        except Refused as refusal:
            for reason in refusal.reasons:
                what = str(PICTURE_FAULTS[Fault(reason)])
                self.say(path, (), what, _("Give another picture, or remove the file."))
        return ""

    def text(self, path: Path) -> str | None:
        """The text of a file inside the folder."""
        if not self._is_ours(path):
            return None
        if path.stat().st_size > LARGEST:
            self.say(path, (), _("This file is larger than 2 MB."), _("Make it shorter."))
            return None
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            self.say(path, (), _("This file is not UTF-8 text."), _("Save it as UTF-8."))
            return None

    def toml(self, path: Path, shape: type[ShapeT]) -> ShapeT | None:
        """One TOML file as its shape; None where it is absent or wrong."""
        text = self.text(path)
        if text is None:
            self.unread |= {path} if path.exists() else set()
            return None
        name = self.name_of(path)
        self.lines[name] = lines_of(text)
        try:
            return shape.model_validate(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else text.count("\n") + 1
            what = _("The file breaks the rules of TOML: %(said)s.") % {"said": error}
            self.mistakes.append(
                Mistake(name, line, what, _("Look at this line and the one before."))
            )
        except ValidationError as error:
            for where, found_error in by_place(error.errors()).items():
                known = known_keys(shape, where[:-1])
                self.say(path, where, *said(where, found_error, known))
        self.unread.add(path)
        return None

    def needed(self, path: Path, shape: type[ShapeT]) -> ShapeT | None:
        """One TOML file that must be there."""
        if not path.exists():
            what = _("This file is missing.")
            self.mistakes.append(
                Mistake(self.name_of(path), 1, what, _("Write it, or remove the folder."))
            )
            return None
        return self.toml(path, shape)

    def texts(self, folder: Path, name: str) -> dict[str, str]:
        """A long text in its languages: about.en.md, about.fr.md."""
        found: dict[str, str] = {}
        for path in sorted(folder.glob(f"{name}.*.md")):
            match, text = _TEXT_NAME.match(path.name), self.text(path)
            if match and text is not None:
                found[match["language"]] = text.strip() + "\n"
        return found

    def letters(self, folder: Path) -> list[shapes.LetterShape]:
        """The letters of a folder, by occasion and language."""
        found = []
        for path in sorted((folder / "letters").glob("*")):
            match, text = _TEXT_NAME.match(path.name), self.text(path)
            if match is None or match["name"] not in set(Occasion):
                what = _("No letter is called “%(name)s”.") % {"name": path.name}
                remedy = _("Name it <occasion>.<language>.md: %(occasions)s.") % {
                    "occasions": ", ".join(Occasion)
                }
                self.say(path, (), what, remedy)
            elif text is not None:
                found.append(self._letter(path, match["name"], match["language"], text))
        return [letter for letter in found if letter]

    def _letter(
        self, path: Path, occasion: str, language: str, text: str
    ) -> shapes.LetterShape | None:
        numbered = list(enumerate(text.splitlines(), start=1))
        words: dict[tuple[str | int, ...], int] = {
            (word,): n for n, line in reversed(numbered) for word in asked_for(line)
        }
        self.lines[self.name_of(path)] = {(): 1} | words
        first, _rest, body = text.partition("\n")
        if not first.startswith("# ") or not body.strip():
            what = _("A letter begins with its subject: # …")
            self.say(path, (), what, _("Write “# ” and the subject on line 1, the letter below."))
            return None
        return shapes.LetterShape(
            occasion=Occasion(occasion),
            language=language,
            subject=first[2:].strip(),
            body=body.strip() + "\n",
        )


def known_keys(shape: type[Shape], where: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand at a place of a file, for the remedy."""
    model: Any = shape
    for step in where:
        if isinstance(step, int):
            continue
        field = getattr(model, "model_fields", {}).get(step)
        if field is None:
            return []
        model = _model_in(field.annotation)
    return sorted(getattr(model, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    inner = [_model_in(kept) for kept in getattr(annotation, "__args__", ())]
    return next((model for model in inner if model), None)


def dated(value: Any, day: date) -> Any:
    """A time relative to `day` (`-20 days 09:00`) as a local time or a date."""
    match = _RELATIVE.match(value) if isinstance(value, str) else None
    if match is None:
        return value
    moved = day + timedelta(days=int(match[1]))
    return datetime.combine(moved, time(int(match[2]), int(match[3]))) if match[2] else moved


def _edition(call: shapes.CallShape, day: date) -> shapes.CallShape:
    """A call with its relative times made real."""
    times = {name: dated(getattr(call.timetable, name), day) for name in ("opens", "closes")}
    times["cut_offs"] = [dated(one, day) for one in call.timetable.cut_offs]
    steps = [step.model_copy(update={"on": dated(step.on, day)}) for step in call.step]
    events = [
        event.model_copy(update={"at": dated(event.at, day), "closes": dated(event.closes, day)})
        for event in call.event
    ]
    timetable = call.timetable.model_copy(update=times)
    return call.model_copy(update={"timetable": timetable, "step": steps, "event": events})


def read_calls(reader: Reader, folder: Path, *, day: date | None) -> dict[str, shapes.CallFolder]:
    """Every call of a folder; with `day` its relative times are counted from there."""
    found: dict[str, shapes.CallFolder] = {}
    for place in sorted(path for path in folder.glob("*") if path.is_dir()):
        reader.places[place.name] = place
        call = reader.needed(place / "call.toml", shapes.CallShape)
        form = reader.toml(place / "form.toml", shapes.FormShape)
        if call is None:
            continue
        found[place.name] = shapes.CallFolder(
            call=_edition(call, day) if day else call,
            form=form,
            about=reader.texts(place, "about"),
            letters=reader.letters(place),
        )
    return found


def _reader_of(root: Path) -> Reader:
    reader = Reader(root)
    if not reader.root.is_dir():
        what, remedy = _("There is no such folder."), _("Give the path of a programme.")
        raise FolderRefused([Mistake(str(reader.root), 1, what, remedy)])
    return reader


def read_folder(
    root: Path, *, season: Path | None = None, day: date | None = None
) -> shapes.Folder:
    """A whole programme; raises `FolderRefused` with every mistake.

    With `season` and `day` the demonstration editions of the programme are read beside it.
    """
    from fondaco.files.crossing import check_crossing  # the check needs what reading defines

    reader = _reader_of(root)
    root = reader.root
    programme = reader.needed(root / "programme.toml", shapes.ProgrammeShape)
    partners = reader.toml(root / "partners.toml", shapes.PartnersShape)
    packages = reader.toml(root / "work-packages.toml", shapes.WorkPackagesShape)
    results = reader.toml(root / "results.toml", shapes.ResultsShape)
    bank = reader.toml(root / "questions.toml", shapes.BankShape)
    calls = read_calls(reader, root / "calls", day=None)
    editions = Reader(season) if season is not None and day is not None else None
    if editions:
        calls |= read_calls(editions, editions.root / "calls", day=day)
    noted = [reader, editions] if editions else [reader]
    if programme is None:
        raise FolderRefused(found for kept in noted for found in kept.mistakes)
    folder = shapes.Folder(
        programme=programme,
        about=reader.texts(root, "about"),
        mark=(reader.text(root / "mark.svg") or "").strip(),
        mark_picture=reader.picture(root / "mark.webp"),
        partnership=partners.partnership if partners else [],
        partner=partners.partner if partners else [],
        work_package=packages.work_package if packages else [],
        result=results.result if results else [],
        question=bank.question if bank else [],
        letters=reader.letters(root),
        calls=calls,
    )
    check_crossing(reader, folder, editions=editions)
    if found := [mistake for kept in noted for mistake in kept.mistakes]:
        raise FolderRefused(found)
    return folder
