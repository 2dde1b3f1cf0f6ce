"""The catalogues of translations: which strings the code has now, and keeping the files in step."""

import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools.paths import ROOT

LANGUAGES = ("fr", "ar")
Key = tuple[str, str]


def place_of(language: str, root: Path = ROOT) -> Path:
    """Where a catalogue stands."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str, root: Path = ROOT) -> Catalog:
    """A catalogue as it is written."""
    with place_of(language, root).open("rb") as file:
        read = read_po(file, locale=language)
    read.locale = Locale.parse(language)
    return read


def key_of(message: Message) -> Key:
    """What tells one message from another: its context and its English."""
    english = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", english


def messages_of(language: str, root: Path = ROOT) -> dict[Key, Message]:
    """The messages of a catalogue, without its head."""
    return {key_of(message): message for message in catalogue(language, root) if message.id}


def is_translated(message: Message) -> bool:
    """Whether every form of a message has words."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


def extract(root: Path) -> None:
    """Bring the catalogues below `root` in step with its code (needs gettext)."""
    words = ["makemessages", "--no-obsolete", "--no-location", "--ignore=.venv", "--ignore=var"]
    languages = [word for language in LANGUAGES for word in ("-l", language)]
    subprocess.run(
        [sys.executable, "manage.py", *words, *languages],
        cwd=root,
        check=True,
        capture_output=True,
    )


def used_now() -> set[Key]:
    """The messages that the code uses now, whatever the catalogues say."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copytree(
            ROOT / "fondaco", root / "fondaco", ignore=ignore_patterns("__pycache__", "vendor")
        )
        copy(ROOT / "manage.py", root)
        (root / "locale").mkdir()
        extract(root)
        return set(messages_of(LANGUAGES[0], root))


def tidy(language: str) -> int:
    """Write a catalogue in the house's form; how many messages still wait for words."""
    read = catalogue(language)
    read.project, read.version, read.header_comment = (
        "Fondaco",
        "",
        "# Words of the house. EUPL-1.2.",
    )
    with place_of(language).open("wb") as file:
        write_po(file, read, width=100)
    return sum(not is_translated(message) or message.fuzzy for message in read if message.id)


def main() -> int:
    """Bring the catalogues in step; 1 where words are missing."""
    extract(ROOT)
    waiting = {language: tidy(language) for language in LANGUAGES}
    for language, count in waiting.items():
        print(f"{language}: {count} to translate")
    return int(any(waiting.values()))


if __name__ == "__main__":
    sys.exit(main())
