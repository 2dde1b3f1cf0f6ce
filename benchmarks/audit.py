"""Compares what people were told, read as JSON, with what stands in the tables.

Run in a site's surroundings while its worker runs: `python -m benchmarks.audit < ledger`.
"""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import Prefetch  # noqa: E402

from benchmarks.form import FILE, FILLED  # noqa: E402
from fondaco.applications.models import Application, Submission  # noqa: E402
from fondaco.documents.models import Upload  # noqa: E402
from fondaco.intake.gateways import Spool  # noqa: E402

PATIENCE = 60.0
LATE = "submit: 302"
"""How the browser of the benchmark notes that a submission was sent back to the page before it."""


def emptied() -> bool:
    """Whether everything that was received is brought in, in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not Spool(settings.SPOOL).applications():
            return True
        time.sleep(0.2)
    return False


def texts_of(application: Application) -> dict[str, Any]:
    """The working copy."""
    return {
        code: typed
        for row in application.section_answers.all()
        for code, typed in row.answers.items()
    }


def is_in_time(told: dict[str, Any], closes_at: datetime) -> bool:
    """Whether the first try to submit began before the deadline."""
    return bool(told["sent_at"]) and datetime.fromtimestamp(told["sent_at"], UTC) < closes_at


def faults_of(told: dict[str, Any], application: Application, closes_at: datetime) -> set[str]:
    """What is wrong with one application."""
    sent, copy = list(application.submissions.all()), texts_of(application)
    text = told["text"] or FILLED["text-0"]
    failed = {
        "lost": bool(told["receipt"]) and not sent,
        "doubled": len(sent) > 1,
        "late": is_in_time(told, closes_at) and any(LATE in one for one in told["failures"]),
        "altered": copy.get("text-0") != text or not _is_frozen_whole(told, sent, text),
        "broken": {c: t for c, t in copy.items() if c not in {"text-0", FILE}} != _others(),
    }
    return {name for name, is_so in failed.items() if is_so}


def _others() -> dict[str, str]:
    return {code: typed for code, typed in FILLED.items() if code != "text-0"}


def _is_frozen_whole(told: dict[str, Any], sent: list[Submission], text: str) -> bool:
    """Whether what was sent is what was acknowledged, its file lying there with its hash."""
    if not sent:
        return True
    content = sent[0].content
    if content["typed"].get("text-0") != text or sent[0].key != told["key"]:
        return False
    if not told["uploaded"]:
        return True
    file = content["files"].get(FILE)
    return file is not None and _lies_there(file["code"], file["size"])


def _lies_there(code: str, size: int) -> bool:
    try:
        with Upload.objects.get(code=code).stored.open("rb") as kept:
            return len(kept.read()) == size
    except FileNotFoundError:
        return False


def compared(ledger: dict[str, Any]) -> dict[str, Any]:
    """The ledger against the tables."""
    is_empty, closes_at = emptied(), datetime.fromisoformat(ledger["closes_at"])
    rows = Application.objects.filter(call__code=ledger["call"]).prefetch_related(
        "section_answers", Prefetch("submissions", Submission.objects.order_by("number"))
    )
    known = {row.code: row for row in rows}
    found: dict[str, list[str]] = {
        name: [] for name in ("lost", "doubled", "late", "altered", "broken")
    }
    if not is_empty:
        found["lost"].append("the spool was not emptied")
    for told in ledger["told"]:
        for name in faults_of(told, known[told["code"]], closes_at):
            found[name].append(f"{told['code']} {told['failures'][-1:]}")
    tried = [told for told in ledger["told"] if told["sent_at"]]
    given_up = [
        f"{told['code']} {told['failures'][-2:]}"
        for told in tried
        if not told["receipt"] and is_in_time(told, closes_at)
    ]
    return found | {
        "sent": len(tried),
        "after_deadline": sum(not is_in_time(told, closes_at) for told in tried),
        "acknowledged": sum(bool(told["receipt"]) for told in tried),
        "saved": sum(bool(told["text"]) for told in ledger["told"]),
        "tries": sum(len(told["failures"]) for told in ledger["told"]),
        "given_up": len(given_up),
        "given_up_codes": given_up,
    }


if __name__ == "__main__":
    print(json.dumps(compared(json.load(sys.stdin))))
