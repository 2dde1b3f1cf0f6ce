"""The protocol tus 1.0.0, word for word, over files of an application."""

import errno
import hashlib
import json
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import parse_http_date

from fondaco.applications.selectors import copy_of
from fondaco.documents import gateways, phrases
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.rules import LARGEST_PART, Reason
from fondaco.documents.selectors import opened
from fondaco.documents.services import finish_transfer
from fondaco.documents.templatetags.uploads import upload_place
from fondaco.web import bodies
from tests.documents.tusd import OCTETS, ask, begin, drop, kept, send, signed_in, sum_of
from tests.factories.applications import (
    FORM,
    ApplicationFactory,
    colleague_of,
    officer_of,
    open_call,
)
from tests.factories.directory import PersonFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db
LONG = PDF + b"\0" * 200_000


@pytest.fixture
def application():
    call = open_call(
        form=FormVersionFactory(schema=FORM), closes_at=timezone.now() + timedelta(days=9)
    )
    return ApplicationFactory(call=call)


@pytest.fixture
def client(application):
    return signed_in(colleague_of(application.organisation))


@pytest.fixture
def to(application):
    return f"application:{application.code}:offer"


@pytest.fixture
def address(client, to):
    return begin(client, to, len(LONG))["Location"]


def reasons(response):
    return json.loads(response.content)["reasons"]


def code_of(address):
    return address.strip("/").split("/")[-1]


def test_what_the_server_can_is_told_to_anybody(client):
    response = client.options("/uploads/")

    assert response.status_code == 204
    assert response["Tus-Resumable"] == response["Tus-Version"] == "1.0.0"
    assert (
        response["Tus-Extension"] == "creation,creation-with-upload,termination,checksum,expiration"
    )
    assert response["Tus-Checksum-Algorithm"] == "sha256"
    assert response["Tus-Max-Size"] == str(20 * 1024 * 1024)


def test_a_file_comes_in_parts_and_becomes_the_answer(client, to, application):
    created = begin(client, to, len(LONG), sha256=hashlib.sha256(LONG).hexdigest())
    first = send(client, created["Location"], 0, LONG[:100_000])
    middle = ask(client, created["Location"])
    last = send(client, created["Location"], 100_000, LONG[100_000:])

    assert (created.status_code, created["Upload-Offset"]) == (201, "0")
    assert (first.status_code, first["Upload-Offset"], first.content) == (204, "100000", b"")
    assert (middle.status_code, middle["Upload-Offset"]) == (200, "100000")
    assert (middle["Upload-Length"], middle["Cache-Control"]) == (str(len(LONG)), "no-store")
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(LONG)))
    upload = Upload.objects.get()
    assert kept(last) == {
        "name": "offer.pdf",
        "size": len(LONG),
        "sha256": hashlib.sha256(LONG).hexdigest(),
        "scan": "unchecked",
        "address": f"/en/calls/{application.call.code}/applications/{application.code}/files/"
        f"{upload.code}/",
    }
    assert copy_of(application).answers["offer"] == upload.code
    with opened(upload) as content:
        assert content.read() == LONG
    assert gateways.offset_of(code_of(created["Location"])) == 0


def test_until_when_an_unfinished_file_is_kept_is_said(client, address, settings):
    settings.UPLOAD_HOURS = 2
    send(client, address, 0, LONG[:100])
    (gateways.folder() / f"{code_of(address)}.part").touch()
    touched = gateways.touched_at(code_of(address))

    said = parse_http_date(ask(client, address)["Upload-Expires"])

    assert said == int(touched + 2 * 3600)


def test_the_first_part_may_come_with_the_announcement(client, to):
    response = begin(client, to, len(PDF), content=PDF)

    assert (response.status_code, response["Upload-Offset"]) == (201, str(len(PDF)))
    assert kept(response)["size"] == len(PDF)
    assert response["Location"].startswith("/uploads/")


def test_a_part_elsewhere_than_at_the_end_is_a_conflict(client, address):
    send(client, address, 0, LONG[:1000])

    response = send(client, address, 999, LONG[999:2000])

    assert (response.status_code, response["Upload-Offset"]) == (409, "1000")
    assert ask(client, address)["Upload-Offset"] == "1000"


def test_a_client_of_another_version_is_told_ours(client, address):
    response = client.head(address, headers={"Tus-Resumable": "0.2.2"})

    assert (response.status_code, response["Tus-Version"]) == (412, "1.0.0")


def test_a_part_over_256_kb_is_refused_clearly(client, to):
    address = begin(client, to, 1024 * 1024)["Location"]

    response = send(client, address, 0, PDF + b"\0" * LARGEST_PART)

    assert response.status_code == 413
    assert reasons(response) == ["One part may have 256 KB: send the file in smaller parts."]
    assert ask(client, address)["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("kind", "headers", "content", "status"),
    [
        ("text/plain", {}, LONG[:10], 415),
        (OCTETS, {"Upload-Offset": "x"}, LONG[:10], 400),
        (OCTETS, {"Upload-Checksum": "md5 abcd"}, LONG[:10], 400),
        (OCTETS, {"Content-Length": ""}, b"", 411),
        (OCTETS, {"Upload-Offset": str(len(LONG))}, b"more", 413),
    ],
)
def test_a_request_that_cannot_be_read_is_refused(client, address, kind, headers, content, status):
    response = send(client, address, 0, content, kind=kind, **headers)

    assert response.status_code == status
    assert len(reasons(response)) == 1
    assert gateways.offset_of(code_of(address)) == 0


@pytest.mark.parametrize(
    ("length", "to_", "status"),
    [
        ("", "application:{code}:offer", 400),
        ("-5", "application:{code}:offer", 400),
        ("10", "", 400),
        ("10", "application:{code}", 400),
        ("10", "nothing:{code}:offer", 404),
        ("10", "application:nobody:offer", 404),
        ("10", "application:{code}:aim", 404),
        ("10", "application:{code}:nothing", 404),
        ("0", "application:{code}:offer", 422),
        (str(1024 * 1024 + 1), "application:{code}:offer", 413),
    ],
)
def test_an_announcement_that_fits_nothing_is_refused(client, application, length, to_, status):
    response = begin(client, to_.format(code=application.code), length)

    assert response.status_code == status
    assert Transfer.objects.count() == 0


def test_a_hash_that_is_none_is_refused(client, to):
    assert begin(client, to, 10, sha256="abc").status_code == 400


def test_a_part_that_meets_its_checksum_is_taken(client, address):
    part = LONG[:1000]

    response = send(client, address, 0, part, **{"Upload-Checksum": sum_of(part)})

    assert (response.status_code, response["Upload-Offset"]) == (204, "1000")


def test_a_part_that_does_not_meet_its_checksum_is_dropped(client, address):
    send(client, address, 0, LONG[:500])

    wrong = {"Upload-Checksum": sum_of(b"other")}
    response = send(client, address, 500, LONG[500:1000], **wrong)

    assert (response.status_code, response["Upload-Offset"]) == (460, "500")
    assert reasons(response) == [str(phrases.BROKEN)]
    assert ask(client, address)["Upload-Offset"] == "500"


def test_a_whole_that_is_not_what_was_chosen_is_dropped(client, to):
    address = begin(client, to, len(PDF), sha256=hashlib.sha256(b"other").hexdigest())["Location"]

    response = send(client, address, 0, PDF)

    assert response.status_code == 460
    assert reasons(response) == [f"offer.pdf: {phrases.REASONS[Reason.OTHER_CONTENT]}"]
    assert (Upload.objects.count(), Transfer.objects.count()) == (0, 0)


def test_what_arrived_before_a_cut_is_kept(client, address, monkeypatch):
    monkeypatch.setattr(bodies, "pieces", lambda request, length: iter([LONG[:700], LONG[700:900]]))

    response = send(client, address, 0, LONG[:5000])

    assert (response.status_code, response["Upload-Offset"]) == (408, "900")
    assert ask(client, address)["Upload-Offset"] == "900"


def test_a_cut_part_with_a_checksum_cannot_be_believed(client, address, monkeypatch):
    monkeypatch.setattr(bodies, "pieces", lambda request, length: iter([LONG[:700]]))

    told = {"Upload-Checksum": sum_of(LONG[:5000])}
    response = send(client, address, 0, LONG[:5000], **told)

    assert (response.status_code, response["Upload-Offset"]) == (408, "0")


def test_two_parts_at_the_same_time_do_not_mix(client, address):
    inner = []

    def pieces():
        yield LONG[:100]
        inner.append(send(client, address, 100, LONG[100:200]))
        yield LONG[100:300]

    arrival = gateways.append(code_of(address), pieces(), offset=0, length=300)

    assert [answer.status_code for answer in inner] == [423]
    assert reasons(inner[0]) == [str(phrases.LOCKED)]
    assert arrival.offset == 300
    assert gateways.head_of(code_of(address)) == LONG[:96]


def test_a_full_disk_is_said_and_keeps_what_was_there(client, address, monkeypatch):
    send(client, address, 0, LONG[:1000])
    write, left = os.write, [500]

    def almost_full(descriptor, piece):
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "no space")
        done = write(descriptor, piece[: left[0]])
        left[0] -= done
        return done

    with monkeypatch.context() as patch:
        patch.setattr(gateways.os, "write", almost_full)
        response = send(client, address, 1000, LONG[1000:3000])

    assert (response.status_code, response["Upload-Offset"]) == (507, "1500")
    assert reasons(response) == [str(phrases.NO_ROOM)]
    assert send(client, address, 1500, LONG[1500:]).status_code == 204
    assert Upload.objects.get().sha256 == hashlib.sha256(LONG).hexdigest()


def test_a_part_that_the_disk_does_not_take_does_not_count(client, address, monkeypatch):
    def refuse(_descriptor):
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(gateways.os, "fdatasync", refuse)
        response = send(client, address, 0, LONG[:3000])

    assert (response.status_code, response["Upload-Offset"]) == (507, "0")


@pytest.mark.parametrize("name", ["write", "fdatasync"])
def test_another_fault_of_the_disk_is_a_fault(client, address, monkeypatch, name):
    def broken(*_given):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(gateways.os, name, broken)

    with pytest.raises(OSError, match="broken"):
        send(client, address, 0, LONG[:3000])


def test_the_kind_is_known_with_the_first_bytes(client, to):
    address = begin(client, to, 5000)["Location"]

    response = send(client, address, 0, b"MZ" + b"\0" * 200)

    assert response.status_code == 422
    assert reasons(response) == ["offer.pdf is, by its content, none of these: PDF."]
    assert ask(client, address).status_code == 404
    assert gateways.offset_of(code_of(address)) == 0


def test_a_short_file_of_another_kind_is_refused_at_its_end(client, to):
    address = begin(client, to, 4)["Location"]

    assert send(client, address, 0, b"MZ\0\0").status_code == 422
    assert Transfer.objects.count() == 0


def test_a_file_that_is_no_longer_wanted_goes(client, address):
    send(client, address, 0, LONG[:1000])

    assert drop(client, address).status_code == 204
    assert ask(client, address).status_code == 404
    assert gateways.offset_of(code_of(address)) == 0


def test_a_new_file_for_the_same_place_takes_the_place_of_the_unfinished(client, to, address):
    send(client, address, 0, LONG[:1000])

    second = begin(client, to, 50)["Location"]

    assert ask(client, address).status_code == 404
    assert gateways.offset_of(code_of(address)) == 0
    assert ask(client, second)["Upload-Offset"] == "0"


def test_a_finished_file_says_so_however_often_it_is_asked(client, address):
    last = send(client, address, 0, LONG)

    again = send(client, address, len(LONG), b"")

    assert kept(ask(client, address)) == kept(again) == kept(last)
    assert ask(client, address)["Upload-Offset"] == str(len(LONG))
    assert send(client, address, 0, LONG[:10]).status_code == 409
    assert Upload.objects.count() == 1


def test_of_two_that_bring_the_end_the_second_finds_it_done(client, address, monkeypatch):
    whole, answers = gateways.whole, []

    def late(code):
        monkeypatch.setattr(gateways, "whole", whole)
        answers.append(send(client, address, len(LONG), b""))
        return whole(code)

    monkeypatch.setattr(gateways, "whole", late)

    last = send(client, address, 0, LONG)

    assert kept(last) == kept(answers[0])
    assert Upload.objects.count() == 1


def test_a_fault_of_the_database_at_the_end_loses_nothing(client, address, monkeypatch):
    def gone(*_given, **_more):
        raise RuntimeError("the database is gone")

    with monkeypatch.context() as patch:
        patch.setattr("fondaco.applications.services.arrivals.attach_upload", gone)
        with pytest.raises(RuntimeError):
            send(client, address, 0, LONG)

    assert ask(client, address)["Upload-Offset"] == str(len(LONG))
    assert kept(send(client, address, len(LONG), b""))["size"] == len(LONG)


def test_an_upload_that_was_left_too_long_is_gone(client, address, settings):
    settings.UPLOAD_HOURS = 1
    send(client, address, 0, LONG[:1000])
    long_ago = timezone.now() - timedelta(hours=2)
    Transfer.objects.update(at=long_ago)
    os.utime(gateways.folder() / f"{code_of(address)}.part", times=(long_ago.timestamp(),) * 2)

    response = send(client, address, 1000, LONG[1000:2000])

    assert (response.status_code, reasons(response)) == (410, [str(phrases.GONE)])


def test_a_person_has_a_quota_of_unfinished_uploads(client, application, to, settings):
    settings.UPLOAD_QUOTA = 1
    person = Transfer.objects.create
    other = begin(client, to, 1024 * 1024)
    owner = Transfer.objects.get().by
    person(
        code="elsewhere", door="application", owner="x", place="y", name="n", length=1,
        megabytes=1, by=owner, at=timezone.now(),
    )  # fmt: skip

    response = begin(client, to, 1024 * 1024)

    assert other.status_code == 201
    assert response.status_code == 429
    assert reasons(response) == [f"offer.pdf: {phrases.REASONS[Reason.TOO_MUCH_UNFINISHED]}"]


def test_who_finds_no_seat_is_asked_to_come_again(client, address, monkeypatch):
    monkeypatch.setattr(bodies._SEATS, "acquire", lambda timeout: False)

    response = send(client, address, 0, LONG[:1000])

    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert ask(client, address)["Upload-Offset"] == "0"


def test_for_a_withdrawn_application_nothing_begins_and_what_was_begun_is_refused(
    client, application, to, address
):
    application.state = "withdrawn"
    application.save()

    assert begin(client, to, 10).status_code == 422
    assert send(client, address, 0, LONG).status_code == 422
    assert Upload.objects.count() == 0
    assert ask(client, address)["Upload-Offset"] == str(len(LONG))


def test_an_upload_goes_on_after_the_deadline_as_all_writing_does(client, application, address):
    application.call.closes_at = timezone.now() - timedelta(minutes=1)
    application.call.save()

    assert kept(send(client, address, 0, LONG))["size"] == len(LONG)


@pytest.mark.parametrize("who", ["signed-out", "stranger", "colleague", "elsewhere"])
def test_only_who_began_a_file_goes_on_with_it(client, application, address, who):
    others = {
        "signed-out": Client(),
        "stranger": signed_in(PersonFactory()),
        "colleague": signed_in(colleague_of(application.organisation)),
        "elsewhere": signed_in(colleague_of(ApplicationFactory().organisation)),
    }
    status = 401 if who == "signed-out" else 404

    answers = [ask(others[who], address), send(others[who], address, 0, LONG[:10])]
    answers.append(drop(others[who], address))

    assert [answer.status_code for answer in answers] == [status] * 3
    assert ask(client, address)["Upload-Offset"] == "0"


@pytest.mark.parametrize("who", ["signed-out", "stranger", "elsewhere"])
def test_only_who_may_write_the_application_begins_a_file(application, to, who):
    others = {
        "signed-out": Client(),
        "stranger": signed_in(PersonFactory()),
        "elsewhere": signed_in(colleague_of(ApplicationFactory().organisation)),
    }

    response = begin(others[who], to, 10)

    assert response.status_code == (401 if who == "signed-out" else 404)
    assert Transfer.objects.count() == 0


def test_who_left_the_organisation_cannot_finish(client, application, address):
    person = Transfer.objects.get().by
    person.posts.update(until=timezone.now())

    assert send(client, address, 0, LONG).status_code == 404
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(("method", "address_"), [("get", "/uploads/"), ("put", None)])
def test_other_methods_are_not_allowed(client, address, method, address_):
    headers = {"Tus-Resumable": "1.0.0"}

    response = getattr(client, method)(address_ or address, headers=headers)

    assert response.status_code == 405
    assert response["Allow"].startswith("OPTIONS")


def test_a_client_that_knows_only_post_names_the_method(client, address):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}

    response = client.post(address, LONG[:100], content_type=OCTETS, headers=headers)

    assert (response.status_code, response["Upload-Offset"]) == (204, "100")


def test_a_form_of_another_site_uploads_nothing(application, to):
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        colleague_of(application.organisation),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    assert begin(client, to, 10).status_code == 403
    assert Transfer.objects.count() == 0


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EIO, None)])
def test_no_room_for_the_whole_is_said_and_nothing_is_lost(
    client, address, monkeypatch, number, status
):
    def refuse(*_given):
        raise OSError(number, "refused")

    with monkeypatch.context() as patch:
        patch.setattr(gateways.os, "link", refuse)
        patch.setattr(gateways.shutil, "copyfile", refuse)
        if status is None:
            with pytest.raises(OSError, match="refused"):
                send(client, address, 0, LONG)
        else:
            assert send(client, address, 0, LONG).status_code == status

    assert ask(client, address)["Upload-Offset"] == str(len(LONG))
    assert kept(send(client, address, len(LONG), b""))["size"] == len(LONG)
    assert Upload.objects.count() == 1


def test_the_office_is_told_that_it_may_not(application, to):
    application.state, application.submitted_at = "submitted", timezone.now()
    application.save()
    officer = officer_of(application.call.programme)

    assert begin(signed_in(officer), to, 10).status_code == 403


def test_a_first_part_that_is_refused_leaves_no_address(client, to):
    response = begin(client, to, 200, content=b"MZ" + b"\0" * 198)

    assert response.status_code == 422
    assert "Location" not in response


def test_a_finished_file_that_was_taken_away_is_still_finished(client, address):
    send(client, address, 0, LONG)
    Transfer.objects.update(upload=None)

    response = ask(client, address)

    assert response["Upload-Offset"] == str(len(LONG))
    assert "Upload-Kept" not in response
    assert "Upload-Expires" not in response


def test_a_file_is_handed_over_once(client, address):
    send(client, address, 0, LONG)
    done = Transfer.objects.get()

    again = finish_transfer(done.code, content=None, by=done.by, at=done.at)

    assert (again, str(again), str(again.upload)) == (done, "offer.pdf", "offer.pdf")
    assert Upload.objects.count() == 1


def test_the_page_says_what_was_begun_and_how_far_it_is(client, application, address):
    send(client, address, 0, LONG[:1234])
    way = [application.call.code, application.code, "project"]

    page = client.get(reverse("applications:section", args=way)).content.decode()

    told = {"url": address, "name": "offer.pdf", "size": len(LONG), "sha256": "", "sent": 1234}
    assert escape(json.dumps(told)) in page
    assert f'data-upload-to="application:{application.code}:offer"' in page


def test_to_who_is_not_signed_in_nothing_was_begun():
    context = {"request": SimpleNamespace(user=AnonymousUser())}

    assert (
        upload_place(context, "a", "b", "c") == 'data-upload-to="a:b:c" data-upload-at="/uploads/"'
    )
