"""Who may do what with an organisation, and how sure the house must be of who they are."""

import time
from datetime import timedelta

import pytest
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from fondaco.directory import access
from fondaco.directory.access import SecondFactorNeeded
from fondaco.directory.states import Action
from fondaco.programmes import access as programmes
from tests.directory.work import METHODS, METHODS_OF
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db
ALLOWED, FORBIDDEN, UNSEEN, STRONGER = "allowed", PermissionDenied, Http404, SecondFactorNeeded


def reader(role, organisation):
    """A person in that role."""
    is_installation_admin = role.startswith("installation")
    person = PersonFactory(is_installation_admin=is_installation_admin)
    person.is_confirmed_twice = role.endswith("twice")
    if role in {"admin", "member", "former"}:
        PostFactory(
            person=person,
            organisation=organisation,
            is_admin=role == "admin",
            until=AT if role == "former" else None,
        )
    if role == "elsewhere":
        PostFactory(person=person, is_admin=True)
    return person


@pytest.mark.parametrize(
    ("role", "action", "expected"),
    [
        ("admin", Action.SEE, ALLOWED),
        ("admin", Action.RUN, ALLOWED),
        ("member", Action.SEE, ALLOWED),
        ("member", Action.RUN, FORBIDDEN),
        ("former", Action.SEE, UNSEEN),
        ("former", Action.RUN, UNSEEN),
        ("elsewhere", Action.SEE, UNSEEN),
        ("elsewhere", Action.RUN, UNSEEN),
        ("stranger", Action.SEE, UNSEEN),
        ("stranger", Action.RUN, UNSEEN),
        ("installation, once", Action.SEE, STRONGER),
        ("installation, twice", Action.SEE, ALLOWED),
        ("installation, twice", Action.RUN, UNSEEN),
    ],
)
def test_who_may_do_what_with_an_organisation(role, action, expected):
    organisation = OrganisationFactory()
    person = reader(role, organisation)

    if expected is ALLOWED:
        assert access.organisation_for(person, organisation.code, to=action) == organisation
    else:
        with pytest.raises(expected):
            access.organisation_for(person, organisation.code, to=action)


def test_an_organisation_that_is_not_there_is_not_found():
    with pytest.raises(Http404):
        access.organisation_for(PersonFactory(), "nothing", to=Action.SEE)


@pytest.mark.parametrize(
    ("role", "asks_to_run", "expected"),
    [
        ("admin", False, ALLOWED),
        ("member", False, FORBIDDEN),
        ("stranger", False, UNSEEN),
        ("installation, twice", False, UNSEEN),
        ("admin", True, UNSEEN),
        ("stranger", True, UNSEEN),
        ("installation, once", True, STRONGER),
        ("installation, twice", True, ALLOWED),
    ],
)
def test_who_may_answer_a_request(role, asks_to_run, expected):
    organisation = OrganisationFactory()
    person = reader(role, organisation)

    if expected is ALLOWED:
        access.require_reviewer(person, organisation, asks_to_run=asks_to_run)
    else:
        with pytest.raises(expected):
            access.require_reviewer(person, organisation, asks_to_run=asks_to_run)


def test_programmes_speak_of_the_same_second_factor():
    assert programmes.SecondFactorNeeded is SecondFactorNeeded


def request_of(person, *records, owner=None):
    """A request of somebody whose session holds these records of signing in."""
    request = RequestFactory().get("/")
    request.user, request.session = person, SessionStore()
    request.session[METHODS] = list(records)
    request.session[METHODS_OF] = str((owner or person).pk)
    return request


@pytest.mark.parametrize(
    ("method", "is_strong"),
    [("password", False), ("link", False), ("mfa", True), ("demonstration", True)],
)
def test_a_session_is_strong_with_a_second_factor(method, is_strong):
    request = request_of(PersonFactory(), {"method": "password"}, {"method": method})

    assert access.is_confirmed_twice(request) is is_strong


def test_what_somebody_else_proved_in_the_session_counts_for_nothing():
    request = request_of(PersonFactory(), {"method": "mfa", "at": 1}, owner=PersonFactory())

    assert not access.is_confirmed_twice(request)
    assert not access.is_fresh(request)


@access.fresh
def decide(request):
    """Something binding."""
    return HttpResponse("decided")


@pytest.mark.parametrize(("ago", "is_fresh"), [(0, True), (299, True), (301, False)])
def test_what_is_binding_needs_a_proof_of_the_last_five_minutes(ago, is_fresh):
    at = time.time() - timedelta(seconds=ago).total_seconds()
    request = request_of(PersonFactory(), {"method": "password", "at": at})

    if is_fresh:
        assert decide(request).content == b"decided"
    else:
        with pytest.raises(ReauthenticationRequired):
            decide(request)


def test_somebody_who_is_not_signed_in_is_asked_to():
    request = RequestFactory().get("/en/decide/")
    request.user = AnonymousUser()

    response = decide(request)

    assert response.status_code == 302
    assert response.url.endswith("/account/login/?next=/en/decide/")


@pytest.mark.parametrize(
    ("is_demonstration", "address", "is_at_home"),
    [
        (True, "127.0.0.1", True),
        (True, "::1", True),
        (True, "192.0.2.7", False),
        (False, "127.0.0.1", False),
    ],
)
def test_a_demonstration_is_at_home_on_its_own_machine(
    settings, is_demonstration, address, is_at_home
):
    settings.IS_DEMONSTRATION = is_demonstration
    request = RequestFactory(REMOTE_ADDR=address).get("/")

    assert access.is_at_home(request) is is_at_home


@pytest.mark.parametrize(
    ("asked", "is_at_home"),
    [
        ({"HTTP_HOST": "localhost:8000"}, True),
        ({"HTTP_HOST": "127.0.0.1"}, True),
        ({"HTTP_HOST": "[::1]:8000"}, True),
        ({"HTTP_HOST": "fondaco.example"}, False),
        ({"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, False),
    ],
)
def test_a_demonstration_is_not_at_home_to_a_proxy(settings, asked, is_at_home):
    settings.ALLOWED_HOSTS = ["*"]

    request = RequestFactory(**asked).get("/")

    assert access.is_at_home(request) is is_at_home
