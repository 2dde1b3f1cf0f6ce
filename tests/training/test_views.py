"""The page of a course: who may see it, and marking a place as completed."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fondaco.programmes.states import RoleKind
from tests.factories import evaluation as made
from tests.factories.documents import PDF
from tests.factories.training import course, place

pytestmark = pytest.mark.django_db


def signed_in(person):
    """A browser in which the person signed in with a second factor."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def at(name, call, *args):
    return reverse(f"training:{name}", args=[call.code, *args])


def test_an_officer_marks_a_place_and_reads_the_proof():
    call = course()
    kept = place(call)
    client = signed_in(made.officer_of(call))

    assert kept.person.name in client.get(at("places", call)).content.decode()
    assert client.get(at("complete", call, kept.pk)).status_code == 200
    data = {"completed_on": "2026-10-01", "proof": SimpleUploadedFile("proof.pdf", PDF)}
    assert client.post(at("complete", call, kept.pk), data).url == at("places", call)
    proof = client.get(at("proof", call, kept.pk))
    assert b"".join(proof.streaming_content) == PDF


def test_a_refusal_stands_in_the_form():
    call = course()
    kept = place(call)
    client = signed_in(made.officer_of(call))
    data = {"completed_on": "2999-10-01", "proof": SimpleUploadedFile("proof.pdf", PDF)}

    text = client.post(at("complete", call, kept.pk), data).content.decode()

    assert "This day has not come yet." in text
    assert client.get(at("proof", call, kept.pk)).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.OFFICER])
def test_other_roles_are_kept_out(kind):
    call = course()
    client = signed_in(made.with_role(call.programme, kind))

    assert client.get(at("places", call)).status_code == 403


def test_strangers_and_guessed_addresses_find_nothing():
    call, other = course(), course()
    kept = place(call)
    no_course = made.graded_call(programme=other.programme)
    client = signed_in(made.officer_of(other))

    answers = [
        client.get(at("places", call)).status_code,
        client.get(at("complete", other, kept.pk)).status_code,
        client.get(at("places", no_course)).status_code,
        signed_in(kept.person).get(at("complete", call, kept.pk)).status_code,
    ]

    assert answers == [404, 404, 404, 404]


@pytest.mark.parametrize("places", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(places, django_assert_num_queries):
    call = course()
    for _ in range(places):
        place(call)
    client = signed_in(made.officer_of(call))
    client.get(at("places", call))

    with django_assert_num_queries(9):
        client.get(at("places", call))
