"""A small last minute before a deadline with real kills; and that the comparison finds faults."""

import asyncio
import copy
from typing import Any

import pytest

from benchmarks import surge
from benchmarks.faults import Faults, Timetable, own_volumes
from benchmarks.place import postgres_of_its_own, served

pytestmark = pytest.mark.postgres
SIZE = surge.Rush(people=30, typing=5, seconds=10.0, peak=3.0)
WHEN = Timetable(end=10.0, kill_every=4.0, job_worker=(5.0,), database=(3.0, 2.0), full=(1.0, 1.5))
WRONG = ("lost", "doubled", "altered", "late", "broken", "given_up_codes")


def bent(ledger: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
    """The ledger of somebody who was told what is not so."""
    other = copy.deepcopy(ledger)
    sent = [told for told in other["told"] if told["receipt"]]
    idle = [told for told in other["told"] if not told["sent_at"]]
    sent[0]["text"] = "never typed"
    idle[-1]["receipt"] = "/receipt/1/"
    return other, sent[0]["code"], idle[-1]["code"]


def test_the_last_minute_with_kills_loses_and_doubles_nothing() -> None:
    faults = Faults(WHEN)
    with postgres_of_its_own() as database, served(database, own_volumes, is_bare=True) as place:
        ledger = asyncio.run(surge.last_minutes(place, SIZE, faults))
        found = surge.checked(place, ledger)
        other, altered, lost = bent(ledger)
        told = surge.checked(place, other)

    said = " ".join(faults.happened.said)
    assert [found[name] for name in WRONG] == [[]] * len(WRONG)
    assert found["sent"] == found["acknowledged"] + found["after_deadline"] == 15
    assert found["acknowledged"] > 5
    assert all(words in said for words in ("2 web workers killed", "database back", "job worker"))
    assert "a plain write fails" in said or "no volume of its own" in said
    assert [one.split(" ")[0] for one in told["altered"]] == [altered]
    assert [one.split(" ")[0] for one in told["lost"]] == [lost]
