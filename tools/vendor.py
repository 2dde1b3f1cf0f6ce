"""Puts the files we take from others under `fondaco/web/static/vendor/` and writes `vendor.json`.

Usage: python -m tools.vendor SCRATCH, where SCRATCH holds the unpacked packages named below
(`npm pack NAME@VERSION`, then unpacked into SCRATCH/<folder>). Nothing else ever writes under
`vendor/`; a test compares the hashes.
"""

import hashlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.cut_map import cut

VENDOR = Path(__file__).resolve().parents[1] / "fondaco" / "web" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Taken:
    """What we take of one package: from which folder, under which licence, which files."""

    name: str
    package: str
    folder: str
    licence: str
    files: dict[str, str]


def _weights(family: str, script: str) -> dict[str, str]:
    """The two weights of one script of a font."""
    names = (f"{family}-{script}-{weight}-normal.woff2" for weight in (400, 600))
    return {f"files/{name}": name for name in names}


TAKEN = (
    Taken(
        "ibm-plex-sans",
        "@fontsource/ibm-plex-sans",
        "ibm-plex-sans",
        "OFL-1.1",
        {
            **_weights("ibm-plex-sans", "latin"),
            **_weights("ibm-plex-sans", "latin-ext"),
            "LICENSE": "LICENSE",
        },
    ),
    Taken(
        "ibm-plex-sans-arabic",
        "@fontsource/ibm-plex-sans-arabic",
        "ibm-plex-sans-arabic",
        "OFL-1.1",
        {**_weights("ibm-plex-sans-arabic", "arabic"), "LICENSE": "LICENSE"},
    ),
    Taken(
        "htmx",
        "htmx.org",
        "htmx.org",
        "0BSD",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"},
    ),
    Taken(
        "tus",
        "tus-js-client",
        "tus-js-client",
        "MIT",
        {"dist/tus.min.js": "tus.min.js", "LICENSE": "LICENSE"},
    ),
    Taken(
        "map",
        "world-atlas",
        "world-atlas",
        "ISC (package), public domain (Natural Earth)",
        {"countries-50m.json": "euromed.json", "LICENSE": "LICENSE"},
    ),
)


SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")
"""Names a file that is not taken; the static files would look for it in vain."""


def _bring(source: Path, target: Path) -> None:
    """Copy a file, without the map of a script, or cut it when it is the world."""
    if source.name.endswith(".min.js"):
        target.write_text(SOURCE_MAP.sub("\n", source.read_text("utf-8")), "utf-8")
    elif source.name == "countries-50m.json":
        picture = cut(json.loads(source.read_text("utf-8")))
        target.write_text(
            json.dumps(picture, separators=(",", ":"), sort_keys=True) + "\n", "utf-8"
        )
    else:
        shutil.copyfile(source, target)


def take(taken: Taken, scratch: Path) -> None:
    """Write one folder under `vendor/` with its `vendor.json`."""
    origin, home = scratch / taken.folder, VENDOR / taken.name
    home.mkdir(parents=True, exist_ok=True)
    for source, target in taken.files.items():
        _bring(origin / source, home / target)
    hashes = {
        name: hashlib.sha256((home / name).read_bytes()).hexdigest()
        for name in sorted(taken.files.values())
    }
    version = json.loads((origin / "package.json").read_text("utf-8"))["version"]
    facts = {"name": taken.package, "version": version, "licence": taken.licence, "files": hashes}
    (home / "vendor.json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    for one in TAKEN:
        take(one, Path(sys.argv[1]))
