"""Every address over every reader: who is let in, who is led elsewhere, who finds nothing."""

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
CONFIRM = ("account_reauthenticate", "directory:confirm")
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
    if where in {reverse("account_login"), reverse("account_signup")}:
        return doors.SIGN_IN
    if where in {reverse(name) for name in SECOND_FACTOR}:
        return doors.SECOND_FACTOR
    return doors.CONFIRM if where in {reverse(name) for name in CONFIRM} else doors.YES


def answered(client, address, scene, *, by_post=None):
    """Ask for an address, or post to it; nothing stays of it."""
    where, posts = address.path(scene), address.shows is Shows.ACT if by_post is None else by_post
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.post(where, address.form(scene)) if posts else client.get(where)
        if response.streaming:
            b"".join(response.streaming_content)  # read to its end, a file is closed
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return answer_in_words(response, where)


@pytest.mark.parametrize("address", MAP, ids=lambda one: f"{one.label}-{one.reader}")
def test_every_reader_is_let_in_or_not(scene, clients, address):
    found = {reader: answered(clients(reader), address, scene) for reader in doors.READERS}

    others = {who: said for who, said in found.items() if said != address.door[who]}
    assert others == {}


POSTED = [address for address in MAP if address.shows is Shows.ACT]


@pytest.mark.parametrize("address", POSTED, ids=lambda one: one.label)
def test_what_is_only_posted_shows_nothing(scene, clients, address):
    found = answered(clients(address.reader), address, scene, by_post=False)

    assert found == "not so"


PROVED_ANEW = {
    "applications:sign", "directory:export", "directory:erase", "evaluation:propose",
    "desks:give_role", "desks:take_role",
    "evaluation:single", "evaluation:approve", "evaluation:redress-answer",
    "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip
"""What changes the account, signs or decides asks again who one is, after five minutes."""
OF_THEMSELVES = {"directory:confirm"}


def test_five_minutes_later_what_matters_asks_again_who_one_is(scene):
    asked = set()
    for address in MAP:
        client = client_of(scene, address.reader, minutes_ago=6)
        if answered(client, address, scene) == doors.CONFIRM:
            asked.add(address.name)

    assert asked - OF_THEMSELVES == PROVED_ANEW


# Signed out


PUBLIC = {
    "evaluation:draw-public", "applications:reminders-stop",
    "web:design", "desks:start", "desks:calls", "desks:call", "desks:questions",
    "desks:questions_pdf", "desks:programmes", "desks:programme", "desks:look", "desks:mark",
    "desks:calls_csv", "directory:picture", "applications:check", "applications:keys",
    "desks:about", "desks:accessibility", "desks:privacy", "mail:mailbox", "trail:head",
    "trail:keys", "directory:ask-for-link", "directory:link", "directory:demonstration",
    "applications:start", "alive", "robots", "account_login", "account_logout", "account_signup",
    "account_signup_by_passkey", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "intake:received", "desks:guide", "desks:guide_pdf",
    "desks:guide_docx", "enquiries:answers", "news:all", "news:call", "news:deadline",
    "news:programme", "news:calendar", "news:follow", "news:followed", "news:confirm", "news:stop",
}  # fmt: skip
"""What anybody may read; every other address asks to sign in first, or is not there."""
CLOSED = {doors.SIGN_IN, doors.NOTHING, "not so", "400", "401"}


def open_to_all(addresses, scene):
    """The routes that answer somebody who is signed out, asked and posted to."""
    found = {
        address.name
        for address in addresses
        for by_post in (False, True)
        if answered(Client(), address, scene, by_post=by_post) not in CLOSED
    }
    return found - PUBLIC


def test_only_what_is_public_answers_those_who_are_signed_out(scene):
    assert open_to_all(MAP, scene) == set()


def test_the_public_list_names_nothing_that_is_closed():
    assert {one.name for one in MAP if one.door["signed-out"] not in CLOSED} == PUBLIC


urlpatterns = [
    *get_resolver("fondaco.config.urls").url_patterns,
    path("back-door/", plumbing.alive, name="back-door"),
    path("front-door/", signed_in(plumbing.alive), name="front-door"),
]
handler404 = plumbing.not_found


def test_a_view_that_asks_nobody_is_seen(scene):
    planted = [
        Address(name, (), doors.SIGNED_IN, "stranger") for name in ("back-door", "front-door")
    ]

    with override_settings(ROOT_URLCONF=__name__):
        assert open_to_all(planted, scene) == {"back-door"}


def test_where_there_is_no_demonstration_its_pages_are_not_there(scene):
    own = [one for one in MAP if one.name in {"mail:mailbox", "directory:demonstration"}]

    with override_settings(IS_DEMONSTRATION=False):
        assert {answered(Client(), one, scene) for one in own} == {doors.NOTHING}
