"""What the worker does for files: the search for viruses, with a clamd that really answers."""

import os
import socket
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fondaco.documents import gateways, selectors, tasks
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.services import drop_transfer, forget_person, keep_finding, keep_upload
from fondaco.documents.states import Finding, Scan
from fondaco.trail.models import Entry
from tests.documents.clamd import EICAR, Clamd
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import PDF, UploadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["socket", "port"])
def clamd(request, tmp_path, settings):
    server = Clamd(tmp_path / "clamd.sock" if request.param == "socket" else None)
    settings.CLAMD = server.address
    yield server
    server.close()


@pytest.fixture
def on_socket(tmp_path, settings):
    server = Clamd(tmp_path / "clamd.sock")
    settings.CLAMD = server.address
    yield server
    server.close()


def keep(content, by=None):
    return keep_upload(
        owner="abc-1", name="a.pdf", content=ContentFile(content), accepts=["pdf"], megabytes=1,
        by=by or PersonFactory(), at=AT, place="offer",
    )  # fmt: skip


def jobs():
    return [result.args_kwargs["args"] for result in DBTaskResult.objects.order_by("enqueued_at")]


def test_a_clean_file_opens_once_it_was_searched(clamd):
    upload = keep(PDF + b"\0" * 200_000)

    tasks.scan_upload(upload.code)

    assert upload.scan == Scan.WAITING
    assert jobs() == [["fondaco.documents.tasks.scan_upload", [upload.code], 1]]
    assert clamd.streams == [PDF + b"\0" * 200_000]
    assert Upload.objects.get().scan == Scan.CLEAN
    assert Entry.objects.count() == 0


def test_a_file_with_a_virus_loses_its_content(clamd, django_capture_on_commit_callbacks):
    upload = keep(PDF + EICAR)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.scan_upload(upload.code)

    found = Upload.objects.get()
    assert (found.scan, found.virus) == (Scan.INFECTED, "Eicar-Test-Signature")
    assert found.removed_at is not None
    assert not found.stored.storage.exists(found.stored.name)
    entry = Entry.objects.get(verb="upload.infected")
    assert (entry.subject, entry.data["upload"]) == ("abc-1", upload.code)
    assert entry.data["virus"] == "Eicar-Test-Signature"
    assert selectors.infected_at("abc-1", "offer") == found


def test_a_file_is_searched_once(on_socket):
    upload = keep(PDF)

    tasks.scan_upload(upload.code)
    tasks.scan_upload(upload.code)
    tasks.scan_upload("nothing")
    again = keep_finding(upload.code, Finding.INFECTED, virus="late", at=AT)

    assert len(on_socket.streams) == 1
    assert again.scan == Scan.CLEAN


def test_nothing_waits_where_nobody_searches():
    assert configured.CLAMD == ""
    assert keep(PDF).scan == Scan.UNCHECKED
    assert jobs() == []


def test_what_the_house_makes_itself_is_not_searched(on_socket):
    kept = keep_upload(
        owner="r-1", name="a.pdf", content=ContentFile(PDF), accepts=["pdf"], megabytes=1,
        by=None, at=AT,
    )  # fmt: skip

    assert kept.scan == Scan.UNCHECKED


@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:{port}"])
def test_without_clamd_the_search_is_tried_again(address, settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    settings.CLAMD = address.format(port=free)
    upload = keep(PDF)

    with pytest.raises(gateways.NoAnswer, match="clamd at"):
        tasks.scan_upload(upload.code)

    assert Upload.objects.get().scan == Scan.WAITING


def test_an_answer_that_is_none_is_tried_again(tmp_path, settings):
    server = Clamd(tmp_path / "clamd.sock", says=b"INSTREAM size limit exceeded. ERROR\0")
    settings.CLAMD = server.address
    upload = keep(PDF)

    with pytest.raises(gateways.NoAnswer, match="size limit exceeded"):
        tasks.scan_upload(upload.code)

    server.close()


def test_what_waits_for_long_is_searched_again(settings):
    settings.CLAMD = "/nowhere"
    UploadFactory(scan=Scan.WAITING, at=timezone.now())
    old = UploadFactory(scan=Scan.WAITING, at=timezone.now() - timedelta(hours=2))

    tasks.scan_again()

    assert jobs() == [["fondaco.documents.tasks.scan_upload", [old.code], 1]]


def test_without_clamd_nothing_is_taken_up_again():
    UploadFactory(scan=Scan.WAITING, at=timezone.now() - timedelta(hours=2))

    tasks.scan_again()

    assert jobs() == []


def transfer(code, *, hours):
    return Transfer.objects.create(
        code=code, door="d", owner="o", place=code, name="n", length=9, megabytes=1,
        by=PersonFactory(), at=timezone.now() - timedelta(hours=hours),
    )  # fmt: skip


def part(code, *, hours):
    gateways.append(code, iter([b"123"]), offset=0, length=3)
    moment = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(gateways.folder() / f"{code}.part", (moment, moment))


def test_unfinished_uploads_go_after_their_hours(settings):
    settings.UPLOAD_HOURS = 10
    transfer("left", hours=20)
    part("left", hours=11)
    transfer("slow", hours=20)
    part("slow", hours=1)
    transfer("fresh", hours=1)
    part("fresh", hours=1)
    transfer("empty", hours=20)
    part("nobody", hours=11)
    part("arriving", hours=1)

    tasks.clear_transfers()

    assert set(Transfer.objects.values_list("code", flat=True)) == {"slow", "fresh"}
    kept = {path.stem for path in gateways.folder().iterdir()}
    assert kept & {"left", "slow", "fresh", "empty", "nobody", "arriving"} == {
        "slow",
        "fresh",
        "arriving",
    }


def test_stored_files_without_a_row_go_after_their_hours(settings):
    settings.UPLOAD_HOURS = 10
    upload = keep(PDF)
    month = upload.stored.storage.path("files/2026/11")
    old = (timezone.now() - timedelta(hours=11)).timestamp()
    lost, fresh = f"{month}/lost.pdf", f"{month}/fresh.pdf"
    for path in (lost, fresh):
        with open(path, "wb") as made:
            made.write(PDF)
    os.utime(lost, (old, old))
    os.utime(upload.stored.path, (old, old))

    tasks.clear_files()

    assert not os.path.exists(lost)
    assert os.path.exists(fresh)
    assert os.path.exists(upload.stored.path)


def test_what_is_kept_about_a_person_is_told_and_unfinished_uploads_are_forgotten():
    person = PersonFactory()
    upload = keep(PDF, by=person)
    begun = transfer("begun", hours=1)
    Transfer.objects.update(by=person)

    told = selectors.told_about(person.pk)
    forget_person(person.pk)

    assert [one["name"] for one in told["uploads"]] == ["a.pdf"]
    assert [one["name"] for one in told["unfinished"]] == [begun.name]
    assert selectors.told_about(person.pk)["unfinished"] == []
    assert Upload.objects.get() == upload


def test_a_transfer_can_be_dropped_twice():
    transfer("gone", hours=1)

    drop_transfer("gone")
    drop_transfer("gone")

    assert Transfer.objects.count() == 0


def test_where_a_second_name_is_not_possible_the_file_is_copied(monkeypatch):
    part("linked", hours=0)

    def refuse(*_given):
        raise PermissionError

    monkeypatch.setattr(gateways.os, "link", refuse)

    with gateways.whole("linked") as content, open(content.temporary_file_path(), "rb") as second:
        assert second.read() == b"123"
    gateways.remove("linked")
    assert not list(gateways.folder().glob("linked.*"))
