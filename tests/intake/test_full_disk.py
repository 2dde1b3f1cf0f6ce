"""A disk that is really full: what is said to be received is there, and nothing else is said."""

import json
import os
import subprocess
import sys

import pytest

from fondaco.intake.gateways import NotKept, Spool
from tests.intake.test_gateways import SAVE
from tools.paths import ROOT

FILL = """
import json, resource, sys
from pathlib import Path

import django

django.setup()
from fondaco.intake.gateways import NotKept, Spool
from tests.intake.test_gateways import CODE, numbered

folder, most = Path(sys.argv[1]), 8192
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def plain_write_fails():
    try:
        with (folder / "plain").open("wb", buffering=0) as file:
            written = file.write(b"x" * (most + 1))
            return file.write(b"x" * (most + 1 - written)) == 0
    except OSError:
        return True


spool, said = Spool(folder / "spool"), []
is_full = plain_write_fails()
for number in range(40):
    try:
        spool.keep(numbered(number, body="x" * 500))
        said.append("received")
    except NotKept:
        said.append("refused")
print(json.dumps([is_full, said]))
"""


def test_a_full_disk_is_told_and_costs_nothing_that_was_received(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)],
        env={**os.environ, "FONDACO_VAR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    is_full, said = json.loads(done.stdout)
    kept = Spool(tmp_path / "spool").records("bc-a2b3c4")
    received = said.count("received")

    assert is_full
    assert 5 < received < 20
    assert set(said[received:]) == {"refused"}
    assert [int(record.identity, 16) for record in kept] == list(range(received))
    assert (tmp_path / "spool" / "waiting" / "bc-a2b3c4").stat().st_size <= 8192


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(NotKept):
        Spool(tmp_path / "file" / "spool").keep(SAVE)
