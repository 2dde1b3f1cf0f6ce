"""Signing in again without leaving a page: the same person, the same brakes."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence"  # noqa: S105 - of people who do not exist


@pytest.fixture(autouse=True)
def _nothing_is_counted_yet():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def person():
    return PersonFactory()


def again(client, email, password):
    return client.post(reverse("directory:again"), {"email": email, "password": password})


def test_the_right_password_signs_in(person):
    client = Client()

    answer = again(client, person.email, PASSWORD)

    assert (answer.status_code, answer.json()) == (200, {"signed_in": True})
    assert client.get("/keep/key/").status_code == 200


def test_a_wrong_password_says_so_and_signs_nobody_in(person):
    client = Client()

    answer = again(client, person.email, "wrong")

    assert answer.status_code == 400
    assert len(answer.json()["reasons"]) == 1
    assert client.get("/keep/key/").status_code == 401


def test_guessing_is_slowed_down(person):
    answers = [again(Client(), person.email, f"wrong {number}") for number in range(12)]

    assert "Too many" in answers[-1].json()["reasons"][0]
    assert again(Client(), person.email, PASSWORD).status_code == 400


def test_a_second_factor_is_left_to_the_ordinary_page(person):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client = Client()

    answer = again(client, person.email, PASSWORD)

    assert (answer.status_code, answer.json()) == (200, {"signed_in": False})
    assert client.get("/keep/key/").status_code == 401


def test_whoever_is_signed_in_stays_who_they_are(person):
    client, other = Client(), PersonFactory()
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert again(client, person.email, PASSWORD).json() == {"signed_in": True}
    assert client.session["_auth_user_id"] == str(other.pk)


def test_looking_at_the_address_is_no_use():
    assert Client().get(reverse("directory:again")).status_code == 405
