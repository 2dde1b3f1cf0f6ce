"""A line that is really cut: what arrived before is kept, to the byte."""

import hashlib
import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone

from fondaco.documents import gateways
from fondaco.documents.models import Upload
from tests.documents.tusd import OCTETS, ask, begin, send, signed_in
from tests.factories.applications import FORM, ApplicationFactory, colleague_of, open_call
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory
from tests.waits import all_answered

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = PDF + b"\0" * 240_000


@pytest.fixture
def client():
    call = open_call(
        form=FormVersionFactory(schema=FORM), closes_at=timezone.now() + timedelta(days=9)
    )
    application = ApplicationFactory(call=call)
    client = signed_in(colleague_of(application.organisation))
    client.to = f"application:{application.code}:offer"
    return client


def head_of(client, address, host, length):
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    token = "a" * 32
    return (
        f"PATCH {address} HTTP/1.1\r\nHost: {host}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: {OCTETS}\r\nContent-Length: {length}\r\nX-CSRFToken: {token}\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}\r\n"
        "\r\n"
    ).encode()


def test_an_upload_goes_on_at_the_exact_byte_after_a_cut_line(client, live_server):
    address = begin(client, client.to, len(WHOLE))["Location"]
    code, part, arrived = address.split("/")[2], WHOLE[:200_000], 70_123
    place = urlsplit(live_server.url)

    with (
        all_answered(),
        socket.create_connection((place.hostname, place.port), timeout=20) as line,
    ):
        line.sendall(head_of(client, address, place.netloc, len(part)) + part[:arrived])
        line.shutdown(socket.SHUT_WR)
        said = line.makefile("rb").read()

    assert said.startswith(b"HTTP/1.1 408 ")
    assert f"upload-offset: {arrived}\r\n".encode() in said.lower()
    assert int(ask(client, address)["Upload-Offset"]) == gateways.offset_of(code) == arrived
    assert send(client, address, arrived, WHOLE[arrived:]).status_code == 204
    assert Upload.objects.get().sha256 == hashlib.sha256(WHOLE).hexdigest()
