"""The submit transaction against the plain insert of the same bytes into the same database."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.place import Place
from benchmarks.rows import Row, at_most
from tools.paths import stop

SUBMISSIONS = 400
SECONDS, CLIENTS = 5, 2
MOST = 15.0


def submissions(place: Place) -> Row:
    """Submissions a second of two processes, beside what pgbench inserts with two."""
    place.ask("benchmarks.crowd", "floor-table")
    told = json.loads(place.ask("benchmarks.crowd", "submits", str(SUBMISSIONS)))
    least = plain_inserts(place, int(told["bytes"]))
    return at_most(
        "plain inserts in the time of one submit transaction",
        place.name,
        least / told["rate"],
        "inserts",
        MOST,
        floor=f"pgbench: {least:.0f} inserts/s",
        note=f"{told['rate']:.0f} submissions/s of {told['bytes']} bytes, {CLIENTS} at once each",
    )


def plain_inserts(place: Place, size: int) -> float:
    """Plain inserts a second of so many bytes, by pgbench."""
    if place.database is None:
        raise stop("pgbench needs PostgreSQL.", code=1)
    program = place.database.programs / "pgbench"
    found = str(program) if program.exists() else shutil.which("pgbench")
    if found is None:
        raise stop("pgbench was not found beside PostgreSQL.", code=1)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        words = "x" * (size - 2)
        script.write_text(f"insert into bench_floor (content) values ('\"{words}\"');\n")  # noqa: S608
        how = ("-n", "-c", str(CLIENTS), "-j", str(CLIENTS), "-T", str(SECONDS), "-f", str(script))
        where = ("-h", str(place.database.folder), "-U", "fondaco", "postgres")
        said = subprocess.run([found, *how, *where], capture_output=True, text=True, check=False)
    rate = re.search(r"tps = ([\d.]+)", said.stdout)
    if said.returncode or rate is None:
        raise stop("pgbench failed:", said.stderr, code=1)
    return float(rate[1])
