"""Who reads is asked with one small question; a session that is not plain is Django's to judge."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import RequestFactory

from fondaco.directory.middleware import SignedIn
from fondaco.directory.models import Person
from fondaco.web.sessions import SessionStore
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db
WAY = "allauth.account.auth_backends.AuthenticationBackend"


def asking(person, **more):
    """A request in a session of the person, with one thing in it different."""
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: WAY,
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        | more
    )
    session.save()
    request = RequestFactory().get("/")
    request.session = session
    SignedIn(lambda _request: None).process_request(request)
    return request


def test_a_person_is_asked_for_once(django_assert_num_queries):
    person = PersonFactory()
    assert asking(person).user == person
    request = asking(person)

    with django_assert_num_queries(1):
        assert isinstance(request.user, Person)
        assert request.user.email == person.email
        assert request._cached_user == person


def test_nobody_is_asked_for_without_a_session(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    SignedIn(lambda _request: None).process_request(request)

    with django_assert_num_queries(0):
        assert not request.user.is_authenticated


@pytest.mark.parametrize(
    "more",
    [
        {BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"},
        {SESSION_KEY: "987654321"},
        {HASH_SESSION_KEY: "0" * 64},
        {HASH_SESSION_KEY: ""},
    ],
)
def test_what_is_not_plain_is_nobody(more):
    assert not asking(PersonFactory(), **more).user.is_authenticated


def test_who_was_shut_out_is_nobody():
    person = PersonFactory()
    request = asking(person)
    Person.objects.update(is_active=False)

    assert not request.user.is_authenticated


def test_a_changed_password_ends_the_session():
    person = PersonFactory()
    request = asking(person)
    person.set_password("another one entirely")
    person.save()

    assert not request.user.is_authenticated
    assert SESSION_KEY not in request.session


def test_a_session_of_yesterdays_secret_goes_on(settings):
    person = PersonFactory()
    request = asking(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "today's secret"

    assert request.user == person
    assert request.session[HASH_SESSION_KEY] == person.get_session_auth_hash()
