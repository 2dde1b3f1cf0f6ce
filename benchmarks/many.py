"""An invented call with thousands of applications, made straight in the tables, and its officer.

Run in a site's surroundings: `python -m benchmarks.many make 10000`, and what `main` knows.
"""

import csv
import json
import resource
import secrets
import sys
import time
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.crowd import _call, _sessions  # noqa: E402
from benchmarks.form import FILLED  # noqa: E402
from fondaco.applications.models import Application, Finding, Submission  # noqa: E402
from fondaco.applications.services.exports import ask_export  # noqa: E402
from fondaco.applications.states import Sheet, State, Verdict  # noqa: E402
from fondaco.applications.tasks import make_export  # noqa: E402
from fondaco.calls.models import Call  # noqa: E402
from fondaco.directory.models import Organisation, Person  # noqa: E402
from fondaco.programmes.models import Role  # noqa: E402
from fondaco.programmes.states import RoleKind  # noqa: E402

COUNTRIES = ("FR", "IT", "TN", "ES", "EG", "PS", "MA", "DE")
WORDS = ("Écluse", "Atelier", "Nour", "مصنع", "Zürich", "Olive", "Ægir", "Moulin")
STATES = (State.SUBMITTED, State.SUBMITTED, State.ELIGIBLE, State.INELIGIBLE)
VERDICTS = (Verdict.MET, Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)
BATCH = 1000


def made(number: int) -> dict[str, str]:
    """A call with so many applications that were sent, and an officer who is signed in."""
    at, mark = timezone.now(), secrets.token_hex(3)
    call = _call(at, mark)
    officer = Person.objects.create(
        email=f"o{mark}@example.org",
        name="Invented officer",
        password="!",  # noqa: S106
    )
    Role.objects.create(programme=call.programme, person=officer, kind=RoleKind.OFFICER, since=at)
    for first in range(0, number, BATCH):
        _batch(call, mark, range(first, min(first + BATCH, number)), at)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return {"call": call.code, "session": _session(officer), "officer": officer.email}


def _session(officer: Person) -> str:
    """The key of a session that was opened with a second factor."""
    [key] = _sessions([officer])
    kept = SessionStore(key)
    kept["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    kept["account_authentication_methods_user"] = str(officer.pk)
    kept.save()
    return key


def _batch(call: Call, mark: str, numbers: range, at: datetime) -> None:
    organisations = Organisation.objects.bulk_create(
        Organisation(
            code=f"m{mark}-{one}",
            name=f"{WORDS[one % len(WORDS)]} {one * 7919 % 10_007}",
            city=f"Invented {one % 97}",
            kind="company",
            country=COUNTRIES[one % len(COUNTRIES)],
        )
        for one in numbers
    )
    rows = Application.objects.bulk_create(
        Application(
            code=f"m{mark}-{one:06d}",
            call=call,
            organisation=organisation,
            form=call.form,
            language="en",
            state=STATES[one % len(STATES)],
            started_at=at,
            edited_at=at,
            submitted_at=at + timedelta(milliseconds=one),
        )
        for one, organisation in zip(numbers, organisations, strict=True)
    )
    Submission.objects.bulk_create(_sent(row, at) for row in rows)
    Finding.objects.bulk_create(
        Finding(application=row, position=turn, rule=f"rule-{turn}", verdict=VERDICTS[place])
        for one, row in zip(numbers, rows, strict=True)
        for turn, place in enumerate((0, one % len(VERDICTS)))
    )


def _sent(row: Application, at: datetime) -> Submission:
    content = {"answers": FILLED, "typed": FILLED, "files": {}, "language": "en"}
    return Submission(
        application=row,
        number=1,
        receipt=f"{row.code}-1",
        key=row.code,
        content=content | {"application": row.code, "texts": {}},
        salt="",
        fingerprint="0" * 64,
        at=row.submitted_at or at,
    )


def queries(session: str, path: str) -> int:
    """How many questions a page asks the database the second time it is made."""
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def export(officer: str, call: str, kind: str) -> dict[str, float]:
    """A whole table made as the worker makes it, and the least: plain rows by `csv.writer`."""
    asked = ask_export(
        Call.objects.get(code=call),
        kind=Sheet(kind),
        query="sort=organisation",
        language="en",
        by=Person.objects.get(email=officer),
        at=timezone.now(),
    )
    begun = time.process_time()
    make_export(asked.pk)
    spent = time.process_time() - begun
    asked.refresh_from_db()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = asked.rows_all or 0
    line = [f"{number}" for number in range(8)] + list(FILLED.values())
    begun = time.process_time()
    csv.writer(StringIO()).writerows(line for _row in range(rows))
    return {"seconds": spent, "rows": rows, "held": held, "least": time.process_time() - begun}


def bare(call: str) -> float:
    """Milliseconds that the bare questions of a page take: the count, and its rows."""
    page = (
        "select a.code, o.name, o.country, a.submitted_at, a.state from applications_application a "
        "join directory_organisation o on o.id = a.organisation_id where a.call_id = %s "
        "and a.submitted_at is not null order by o.name_order, a.id limit 25"
    )
    count = (
        "select count(*) from applications_application "
        "where call_id = %s and submitted_at is not null"
    )
    key, turns = [Call.objects.get(code=call).pk], 20
    with connection.cursor() as cursor:
        begun = time.monotonic()
        for _turn in range(turns):
            for asked in (count, page):
                cursor.execute(asked, key)
                cursor.fetchall()
    return (time.monotonic() - begun) * 1e3 / turns


def main(words: list[str]) -> object:
    """What was asked, by its name."""
    asked: dict[str, Any] = {
        "make": lambda: made(int(words[1])),
        "queries": lambda: queries(words[1], words[2]),
        "export": lambda: export(words[1], words[2], words[3]),
        "bare": lambda: bare(words[1]),
    }
    return asked[words[0]]()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
