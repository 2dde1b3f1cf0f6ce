"""Invented people, signed in, each with an organisation and a draft; made straight in the tables.

Run in a site's surroundings: `python -m benchmarks.crowd make 100 filled`, and what `main` knows.
"""

import json
import secrets
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.form import FILLED, FORM, SECTION  # noqa: E402
from fondaco.applications.models import Application, SectionAnswers  # noqa: E402
from fondaco.applications.selectors.keeping import pass_for  # noqa: E402
from fondaco.applications.services.sending import submit_application  # noqa: E402
from fondaco.calls.models import Call  # noqa: E402
from fondaco.directory.models import Organisation, Person, Post  # noqa: E402
from fondaco.kernel.plain import canonical, fingerprint  # noqa: E402
from fondaco.programmes.models import Programme  # noqa: E402
from fondaco.questionnaires.models import FormVersion  # noqa: E402
from fondaco.questionnaires.rules.answers import mark as mark_of  # noqa: E402

SIGNED_IN_BY = "allauth.account.auth_backends.AuthenticationBackend"
PROCESSES = 2


def made(number: int, *, is_filled: bool) -> dict[str, Any]:
    """An open call and as many people with a draft to it; what their browsers would have."""
    at, mark = timezone.now(), secrets.token_hex(3)
    call = _call(at, mark)
    people = Person.objects.bulk_create(
        Person(email=f"b{mark}-{one}@example.org", name=f"Invented {one}", password="!")  # noqa: S106
        for one in range(number)
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(code=f"b{mark}-{one}", name=f"Invented {one}", kind="company", country="FR")
        for one in range(number)
    )
    pairs = list(zip(people, organisations, strict=True))
    Post.objects.bulk_create(Post(person=p, organisation=o, since=at) for p, o in pairs)
    drafts = Application.objects.bulk_create(
        _draft(call, person, organisation, f"b{mark}-{one:06d}", at)
        for one, (person, organisation) in enumerate(pairs)
    )
    if is_filled:
        SectionAnswers.objects.bulk_create(
            SectionAnswers(
                application=draft, section=SECTION, answers=FILLED, revision=1, saved_at=at
            )
            for draft in drafts
        )
    keys = _sessions(people)
    rows = [
        {"code": draft.code, "session": key, "pass": pass_for(person, draft, at=at)}
        for draft, person, key in zip(drafts, people, keys, strict=True)
    ]
    marks = {code: mark_of(typed) for code, typed in FILLED.items()} if is_filled else {}
    return {"call": call.code, "people": rows, "marks": marks}


def _call(at: datetime, mark: str) -> Call:
    programme, _ = Programme.objects.get_or_create(
        code="bench", defaults={"acronym": "BENCH", "languages": ["en"], "added_at": at}
    )
    form = FormVersion.objects.create(
        form=f"bench-{mark}", number=1, schema=FORM, fingerprint=fingerprint(FORM), made_at=at
    )
    return Call.objects.create(
        programme=programme,
        code=f"bench-{mark}",
        kind="sub-grant",
        form=form,
        form_languages=["en"],
        title={"en": "Invented call"},
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=1),
        published_at=at - timedelta(days=2),
    )


def _draft(
    call: Call, person: Person, organisation: Organisation, code: str, at: datetime
) -> Application:
    return Application(
        code=code,
        call=call,
        organisation=organisation,
        form=call.form,
        language="en",
        started_by=person,
        started_at=at,
        edited_at=at,
    )


def _sessions(people: list[Person]) -> list[str]:
    store, until = SessionStore(), timezone.now() + timedelta(days=1)
    rows = [
        Session(
            session_key=secrets.token_hex(16),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: SIGNED_IN_BY,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=until,
        )
        for person in people
    ]
    return [row.session_key for row in Session.objects.bulk_create(rows)]


def deadline(call: str, seconds: float) -> str:
    """Let the call close in so many seconds; when that is."""
    at = timezone.now() + timedelta(seconds=seconds)
    Call.objects.filter(code=call).update(closes_at=at)
    return at.isoformat()


def queries(path: str) -> int:
    """How many questions a page asks the database the second time it is made."""
    settings.PAGES_KEPT = 0
    client = Client(SERVER_NAME="localhost")
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def _submitted(codes: list[str]) -> float:
    rows = list(Application.objects.filter(code__in=codes).select_related("started_by"))
    begun = time.monotonic()
    for row in rows:
        if row.started_by is not None:
            submit_application(row.pk, key=row.code, by=row.started_by, at=timezone.now())
    return time.monotonic() - begun


def submitted(number: int) -> dict[str, float]:
    """How many submissions a second the database takes from processes that do nothing else."""
    codes = [row["code"] for row in made(number + 2 * PROCESSES, is_filled=True)["people"]]
    parts = [codes[2 * PROCESSES + one :: PROCESSES] for one in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        list(pool.map(_submitted, [codes[one : one + 2] for one in range(0, 2 * PROCESSES, 2)]))
        seconds = list(pool.map(_submitted, parts))
    sent = Application.objects.get(code=codes[-1]).submissions.get()
    return {"rate": number / max(seconds), "bytes": len(canonical(sent.content))}


@transaction.atomic
def floor_table() -> None:
    """The table that the plain insert writes to."""
    with connection.cursor() as cursor:
        cursor.execute("create table bench_floor (id bigserial primary key, content jsonb)")


def main(words: list[str]) -> object:
    """What was asked, by its name."""
    asked = {
        "make": lambda: made(int(words[1]), is_filled="filled" in words),
        "deadline": lambda: deadline(words[1], float(words[2])),
        "queries": lambda: queries(words[1]),
        "submits": lambda: submitted(int(words[1])),
        "floor-table": floor_table,
    }
    return asked[words[0]]()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
