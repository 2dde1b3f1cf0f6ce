"""Every address over every reader: who is let in, who is led elsewhere, who finds nothing."""

import time
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import get_resolver, path, reverse

from fondaco.directory.access import signed_in
from fondaco.web import views as plumbing
from tests.addresses import doors
from tests.addresses.map import MAP, Address, Shows
from tests.addresses.sessions import client_of

pytestmark = pytest.mark.django_db
SECOND_FACTOR = ("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "directory:second-factor")
STATUS_WORDS = {
    HTTPStatus.OK: doors.YES,
    HTTPStatus.UNPROCESSABLE_ENTITY: doors.YES,
    HTTPStatus.FORBIDDEN: doors.NO,
    HTTPStatus.NOT_FOUND: doors.NOTHING,
    HTTPStatus.GONE: doors.GONE_BY,
    HTTPStatus.METHOD_NOT_ALLOWED: "not so",
}


def answer_in_words(response, path):
    """What the house answered, in the words of the doors."""
    if response.status_code != HTTPStatus.FOUND:
        return STATUS_WORDS.get(response.status_code, str(response.status_code))
    where = urlsplit(response.url).path
    if where == path:
        return "round and round"
    if where == reverse("account_login"):
        return doors.SIGN_IN
    if where in {reverse(name) for name in SECOND_FACTOR}:
        return doors.SECOND_FACTOR
    return doors.YES


def answered(client, address, scene, *, by_post=None):
    """Ask for an address, or post to it; nothing stays of it."""
    where, posts = address.path(scene), address.shows is Shows.ACT if by_post is None else by_post
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.post(where, address.form(scene)) if posts else client.get(where)
        response.close()
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return answer_in_words(response, where)


@pytest.mark.parametrize("address", MAP, ids=lambda one: f"{one.label}-{one.reader}")
def test_every_reader_is_let_in_or_not(scene, clients, address):
    found = {reader: answered(clients(reader), address, scene) for reader in doors.READERS}

    assert found == dict(address.door)
