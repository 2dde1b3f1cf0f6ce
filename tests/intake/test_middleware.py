"""Without the database: received, said so, and never called saved or submitted."""

import sqlite3
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from fondaco.applications.models import SectionAnswers, Submission
from fondaco.intake import gateways, middleware
from fondaco.intake.gateways import NotKept, Spool, fault_of, spool
from fondaco.intake.models import BroughtIn
from fondaco.intake.rules.faults import Fault, Line
from fondaco.intake.rules.records import LARGEST, Kind, sha256_of
from fondaco.questionnaires.rules.answers import mark
from tests.factories.directory import AT
from tests.intake.work import ORIGIN, Gone, draft, page_of, save_of

pytestmark = pytest.mark.django_db
SOON = AT + timedelta(seconds=30)


@pytest.fixture(autouse=True)
def own_line(monkeypatch, tmp_path, settings):
    """A line that nobody else cuts, and a spool of one's own."""
    monkeypatch.setattr(middleware, "LINE", Line())
    settings.SPOOL = tmp_path / "spool"


@pytest.fixture
def away(monkeypatch):
    """The database is gone: whoever asks it is told so."""
    monkeypatch.setattr(middleware, "database_answers", lambda: False)
    middleware.LINE.cut(-10.0)


@pytest.fixture
def at_work():
    """A draft, its colleague, and a browser that is on its page."""
    application, person = draft()
    return SimpleNamespace(
        application=application, person=person, client=Client(raise_request_exception=False)
    )


def keep(work, *, origin=ORIGIN, at=SOON, **more):
    """A page saves itself."""
    posted = {
        "q-title": "A pier",
        "was-title": mark(""),
        **page_of(work.application, work.person, at=AT),
    }
    address = reverse("keep:section", args=[work.application.code, "project"])
    with time_machine.travel(at, tick=False):
        return work.client.post(address, {**posted, **more}, headers={"Origin": origin})


def submit(work, *, language="en", at=SOON, **more):
    """The button of the last page is pressed."""
    way = [work.application.call.code, work.application.code]
    address = reverse("applications:submit", args=way).replace("/en/", f"/{language}/", 1)
    posted = {"key": "k" * 32, **page_of(work.application, work.person, at=AT), **more}
    with time_machine.travel(at, tick=False):
        return work.client.post(address, posted, headers={"Origin": ORIGIN})


def records():
    """Everything that waits."""
    return [record for code in spool().applications() for record in spool().records(code)]


def test_a_save_is_received_with_hash_and_time(at_work, away):
    answer = keep(at_work)

    [record] = records()
    said = answer.json()
    assert (answer.status_code, said["where"], said["next"]) == (200, "spool", 30)
    assert said["sha256"] == sha256_of(record)
    assert (said["at"], record.at) == (SOON.isoformat(), SOON)
    assert said["marks"] == {"title": mark("A pier")}
    assert (record.kind, record.application, record.section) == (
        Kind.SAVE,
        at_work.application.code,
        "project",
    )
    assert (record.person, record.form) == (at_work.person.pk, at_work.application.form_id)
    assert "pass" not in record.body
    assert not SectionAnswers.objects.exists()


def test_the_marks_tell_one_choice_from_a_text(at_work, away):
    said = keep(at_work, **{"q-topics": "travel", "was-topics": "m0", "many": "topics"}).json()

    assert said["marks"] == {"title": mark("A pier"), "topics": mark(["travel"])}


def test_a_submission_is_received_and_never_called_submitted(at_work, away):
    answer = submit(at_work)

    [record] = records()
    page = answer.content.decode()
    assert answer.status_code == 202
    assert "Received, not yet submitted" in page
    assert f"{SOON:%Y-%m-%d %H:%M:%S} UTC" in page
    assert sha256_of(record) in page
    assert f"url=/received/{at_work.application.code}/{record.identity}/?language=en" in page
    assert (record.kind, record.key, record.body) == (Kind.SUBMIT, "k" * 32, "")
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert not Submission.objects.exists()


def test_without_script_the_page_of_a_section_is_received_too(at_work, away):
    way = [at_work.application.call.code, at_work.application.code, "project"]
    posted = {
        "q-title": "A pier",
        "stay": "1",
        **page_of(at_work.application, at_work.person, at=AT),
    }
    with time_machine.travel(SOON, tick=False):
        answer = at_work.client.post(
            reverse("applications:section", args=way), posted, headers={"Origin": ORIGIN}
        )

    assert (answer.status_code, [one.section for one in records()]) == (202, ["project"])
    assert "Received, not yet saved" in answer.content.decode()


def test_a_file_is_said_not_to_have_been_received(at_work, away):
    way = [at_work.application.call.code, at_work.application.code, "project"]
    file = SimpleUploadedFile("offer.pdf", b"%PDF-1.4")
    page = page_of(at_work.application, at_work.person, at=AT)
    posted = {"q-title": "A", "q-offer": file, **page}
    with time_machine.travel(SOON, tick=False):
        answer = at_work.client.post(
            reverse("applications:section", args=way), posted, headers={"Origin": ORIGIN}
        )

    page = answer.content.decode()
    assert (answer.status_code, "Retry-After" in answer) == (202, False)
    assert "files you chose were not received" in page
    assert [one.body for one in records()] == ["q-title=A"]


@pytest.mark.parametrize(
    ("more", "status", "why"),
    [
        ({"pass": "nonsense"}, 403, "pass"),
        ({"pass": ""}, 403, "pass"),
        ({"at": AT + timedelta(hours=25)}, 403, "pass"),
        ({"origin": "https://evil.example"}, 403, "origin"),
        ({"origin": ""}, 403, "origin"),
        ({"q-title": "x" * (LARGEST + 1)}, 413, "too-large"),
        ({"q-title": "é" * (LARGEST // 4)}, 413, "too-large"),
    ],
)
def test_only_a_page_of_the_draft_is_heard(at_work, away, more, status, why):
    answer = keep(at_work, **more)

    assert (answer.status_code, answer.json()["why"]) == (status, why)
    assert answer.json()["reasons"] != []
    assert records() == []


def test_the_pass_of_another_draft_opens_nothing(at_work, away):
    other, person = draft()

    answer = keep(at_work, **page_of(other, person, at=AT))

    assert (answer.status_code, records()) == (403, [])


def test_a_submission_without_its_key_is_not_received(at_work, away):
    answer = submit(at_work, key="")

    assert (answer.status_code, records()) == (403, [])
    assert "Not received" in answer.content.decode()


def test_a_disk_that_takes_nothing_is_an_honest_error(at_work, away, monkeypatch, caplog):
    def full(self, record):
        raise NotKept("no space")

    monkeypatch.setattr(Spool, "keep", full)

    answers = [keep(at_work), submit(at_work)]

    assert [answer.status_code for answer in answers] == [507, 507]
    assert answers[0].json()["why"] == "no-room"
    assert "disk" in answers[1].content.decode()
    assert "the spool took nothing" in caplog.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "We are away for a moment"), ("fr", 'lang="fr"'), ("ar", 'dir="rtl"')],
)
def test_every_other_page_says_what_to_do_and_loads_again(client, away, language, words):
    answer = client.get(f"/{language}/calls/")

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert words in page
    assert '<meta http-equiv="refresh" content="5">' in page


def test_another_form_is_said_not_to_have_been_received(client, away):
    answer = client.post("/en/account/login/", {"login": "a"})

    page = answer.content.decode()
    assert (answer.status_code, "Retry-After" in answer, "refresh" in page) == (503, False, False)
    assert "was not received" in page


def test_who_watches_the_site_is_still_answered(client, away):
    assert client.get("/alive/").status_code == 200


def test_a_record_can_be_asked_after_while_the_database_is_away(at_work, away):
    said = keep(at_work).json()

    page = at_work.client.get(said["address"], {"language": "fr"})
    data = at_work.client.get(said["address"], headers={"Accept": "application/json"})
    lost = at_work.client.get(f"/received/{at_work.application.code}/{'0' * 32}/")

    assert (page.status_code, said["sha256"] in page.content.decode()) == (202, True)
    assert 'lang="fr"' in page.content.decode()
    assert (data.status_code, data.json()) == (202, {"state": "received", "at": SOON.isoformat()})
    assert lost.status_code == 503


@pytest.mark.parametrize("fails", ["in the view", "in a layer"])
def test_the_first_to_meet_the_fault_is_received_as_well(at_work, monkeypatch, fails):
    where = {
        "in the view": "fondaco.applications.services.writing._write",
        "in a layer": "fondaco.directory.middleware._introduce",
    }

    def fail(*_given, **_named):
        raise Gone("server closed the connection unexpectedly")

    monkeypatch.setattr(where[fails], fail)
    at_work.client.force_login(at_work.person)

    answer = keep(at_work)

    assert (answer.status_code, answer.json()["where"]) == (200, "spool")
    assert middleware.LINE.is_cut


def test_a_database_that_takes_nothing_in_is_not_called_gone(at_work, monkeypatch):
    def fail(*_given, **_named):
        failure = OperationalError("disk full")
        failure.__cause__ = SimpleFault("53100")
        raise failure

    monkeypatch.setattr("fondaco.applications.services.writing._write", fail)
    at_work.client.force_login(at_work.person)

    answer = keep(at_work)

    assert (answer.json()["where"], middleware.LINE.is_cut) == ("spool", False)


class SimpleFault(Exception):
    """A fault that PostgreSQL gave a code."""

    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def caused(outer, inner):
    """One fault because of another."""
    outer.__cause__ = inner
    return outer


def of_sqlite(name):
    """A fault of SQLite with its own word."""
    failure = sqlite3.OperationalError(name)
    failure.sqlite_errorname = name
    return failure


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (Gone("x"), Fault.GONE),
        (InterfaceError("the connection is closed"), Fault.GONE),
        (caused(ValueError("page"), Gone("x")), Fault.GONE),
        (caused(OperationalError("x"), SimpleFault("40P01")), None),
        (caused(OperationalError("x"), SimpleFault("25006")), Fault.UNWRITABLE),
        (caused(OperationalError("x"), of_sqlite("SQLITE_BUSY")), Fault.UNWRITABLE),
        (caused(OperationalError("x"), of_sqlite("SQLITE_ERROR")), None),
        (DataError("x"), None),
        (ValueError("x"), None),
    ],
)
def test_a_fault_is_told_however_deep_it_lies(failure, fault):
    assert fault_of(failure) == fault


def test_once_it_is_back_what_waits_comes_before_what_is_asked(at_work, away, monkeypatch):
    keep(at_work)
    keep(at_work, **{"q-title": "A longer pier", "was-title": f"{mark('')} {mark('A pier')}"})
    monkeypatch.setattr(middleware, "database_answers", lambda: True)
    middleware.LINE.cut(-10.0)
    at_work.client.force_login(at_work.person)
    way = [at_work.application.call.code, at_work.application.code, "project"]

    with time_machine.travel(SOON, tick=False):
        page = at_work.client.get(reverse("applications:section", args=way))

    assert "A longer pier" in page.content.decode()
    assert (middleware.LINE.is_cut, records(), BroughtIn.objects.count()) == (False, [], 2)


def test_a_submission_never_overtakes_what_waits(at_work, monkeypatch):
    """Another process brings the draft's saves in just now: the submission waits behind them."""
    spool().keep(save_of(at_work.application, at_work.person))
    at_work.client.force_login(at_work.person)

    with spool().taken(at_work.application.code):
        answer = submit(at_work)

    assert answer.status_code == 202
    assert [record.kind for record in records()] == [Kind.SUBMIT]


def test_what_cannot_be_brought_in_holds_back_what_is_sent_but_not_what_is_read(
    at_work, monkeypatch, caplog
):
    spool().keep(save_of(at_work.application, at_work.person))
    at_work.client.force_login(at_work.person)

    def fail(code, *, at):
        raise RuntimeError("ours")

    monkeypatch.setattr(middleware, "bring_in_application", fail)
    way = [at_work.application.call.code, at_work.application.code]
    with time_machine.travel(SOON, tick=False):
        page = at_work.client.get(reverse("applications:detail", args=way))

    assert (page.status_code, keep(at_work).json()["where"]) == (200, "spool")
    assert "could not be brought in" in caplog.text


def test_a_fault_while_bringing_in_is_met_like_any_other(at_work, monkeypatch):
    spool().keep(save_of(at_work.application, at_work.person))

    def fail(code, *, at):
        raise Gone("x")

    monkeypatch.setattr(middleware, "bring_in_application", fail)

    assert keep(at_work).json()["where"] == "spool"
    assert middleware.LINE.is_cut


def test_an_address_that_is_none_is_none(client):
    assert client.get("/en/nowhere/at/all/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_whether_the_database_answers_is_asked_of_it(monkeypatch):
    assert gateways.database_answers()

    class Cut:
        """A connection to nobody."""

        def close(self):
            """Nothing to close."""

        def cursor(self):
            raise Gone("x")

    monkeypatch.setattr(gateways, "connection", Cut())
    assert not gateways.database_answers()
    assert settings.SPOOL
