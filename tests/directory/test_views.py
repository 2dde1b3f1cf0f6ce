"""Signing up and in, the second factor, one's own page, and what a demonstration adds."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.directory import selectors
from fondaco.directory.gateways import AccountAdapter, Doorkeeper
from fondaco.directory.models import Person, SignInLink
from tests.directory.work import do_jobs, enter, last_link
from tests.factories.directory import (
    OrganisationFactory,
    PersonFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits():
    """Each test begins with nothing counted."""
    cache.clear()


def page(name, *arguments, language="en"):
    """The address of a page."""
    with translation.override(language):
        return reverse(name, args=arguments)


def now_in(client, person, *, method="password", ago=0):
    """Somebody who signed in so many seconds ago."""
    return enter(client, person, method=method, at=timezone.now() - timedelta(seconds=ago))


# Signing up


def sign_up(client, **changed):
    """Send the form of signing up."""
    answers = {
        "name": "Nour",
        "email": "nour@example.org",
        "language": "ar",
        "password1": "a long sentence 7",
    }
    return client.post(page("account_signup"), answers | changed)


def test_signing_up_proves_the_address_by_a_code(client):
    asked = sign_up(client)
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)
    proven = client.post(asked.url, {"code": code[1]})

    person = Person.objects.get()
    assert (person.name, person.language) == ("Nour", "ar")
    assert proven.status_code == 302
    assert EmailAddress.objects.get(user=person).verified
    assert client.session["_auth_user_id"] == str(person.pk)


def test_whoever_has_just_signed_up_is_not_asked_again_for_five_minutes(client):
    asked = sign_up(client)
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)
    client.post(asked.url, {"code": code[1]})

    at_once = client.get(page("directory:export"))
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        later = client.get(page("directory:export"))

    assert at_once.status_code == 200
    assert urlsplit(later.url).path == page("account_reauthenticate")


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner():
    PersonFactory(email="nour@example.org")

    known = sign_up(Client())
    unknown = sign_up(Client(), email="other@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [["nour@example.org"], ["other@example.org"]]
    assert Person.objects.filter(email="nour@example.org").count() == 1


def test_a_wrong_password_and_an_unknown_address_look_the_same(client):
    PersonFactory(email="nour@example.org")

    wrong = [
        client.post(page("account_login"), {"login": address, "password": "no"})
        for address in ("nour@example.org", "other@example.org")
    ]

    said = [str(answer.context["form"].errors) for answer in wrong]
    assert said[0] == said[1]


# The mailed link


def ask_for_link(client, address="nour@example.org", **more):
    """Ask for a link and let the worker mail it."""
    response = client.post(page("directory:ask-for-link"), {"email": address} | more)
    do_jobs()
    return response


def test_a_mailed_link_signs_in_with_a_button(client):
    person = PersonFactory(email="nour@example.org")
    ask_for_link(client, next="/en/organisations/")
    link = last_link()

    looked = client.get(link)
    pressed = client.post(link)

    assert looked.status_code == 200
    assert (pressed.status_code, pressed.url) == (302, "/en/organisations/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [row["method"] for row in client.session["account_authentication_methods"]] == ["link"]


def test_a_link_that_was_only_looked_at_still_opens(client):
    PersonFactory(email="nour@example.org")
    ask_for_link(client)

    seen = [client.get(last_link()).status_code for _time in range(3)]

    assert seen == [200, 200, 200]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda client: client.cookies.pop("browser"), "another browser"),
        (lambda client: SignInLink.objects.update(used_at=timezone.now()), "already been used"),
        (lambda client: SignInLink.objects.update(expires_at=timezone.now()), "has expired"),
        (lambda client: SignInLink.objects.all().delete(), "not one of ours"),
    ],
)
def test_a_link_that_does_not_open_says_why_and_leads_on(client, spoil, words):
    PersonFactory(email="nour@example.org")
    ask_for_link(client)
    spoil(client)

    answers = [client.get(last_link()), client.post(last_link())]

    for answer in answers:
        assert answer.status_code == 410
        assert words in answer.content.decode()
        assert page("directory:ask-for-link") in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_learns_who_is_registered(client):
    PersonFactory(email="nour@example.org")

    known = ask_for_link(client)
    unknown = ask_for_link(client, "other@example.org")

    same = [re.sub("nour|other", "", answer.content.decode()) for answer in (known, unknown)]
    assert re.sub(r'csrf\w+" value="\w+', "", same[0]) == re.sub(
        r'csrf\w+" value="\w+', "", same[1]
    )
    assert [letter.to for letter in mail.outbox] == [["nour@example.org"], ["other@example.org"]]
    assert "sign up" in mail.outbox[1].body


def test_an_address_nobody_proved_gets_no_link(client):
    person = PersonFactory(email="nour@example.org")
    EmailAddress.objects.filter(user=person).update(verified=False)

    ask_for_link(client)

    assert not SignInLink.objects.exists()


def test_links_are_not_asked_for_without_end(client):
    answers = [ask_for_link(client).status_code for _time in range(4)]

    assert answers == [200, 200, 200, 429]


def test_a_link_leads_to_no_other_site(client):
    PersonFactory(email="nour@example.org")
    ask_for_link(client, next="https://elsewhere.example/")

    pressed = client.post(last_link())

    assert urlsplit(pressed.url).netloc == ""


def test_a_link_asks_for_the_second_factor_that_is_set_up(client):
    person = PersonFactory(email="nour@example.org")
    TOTP.activate(person, "A" * 32)
    ask_for_link(client)

    pressed = client.post(last_link())

    assert pressed.url == page("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_link_of_somebody_else_ends_the_present_session(client):
    PersonFactory(email="nour@example.org")
    now_in(client, PersonFactory())
    ask_for_link(client)

    client.post(last_link())

    assert client.session["_auth_user_id"] == str(Person.objects.get(email="nour@example.org").pk)


# Proving once more


def test_a_form_that_waited_for_the_proof_goes_on_by_itself(client):
    person = now_in(client, PersonFactory(), ago=400) and Person.objects.get()

    held = client.post(page("directory:erase"), {"is_sure": "on"})
    asked = client.get(held.url)
    proven = client.post(held.url, {"password": "a long sentence"})

    person.refresh_from_db()
    assert urlsplit(held.url).path == page("account_reauthenticate")
    assert "Nothing you entered is lost" in asked.content.decode()
    assert proven.status_code == 200
    assert not person.is_active


def test_somebody_without_a_password_proves_it_by_a_link(client):
    person = PersonFactory(email="nour@example.org", password=None)
    now_in(client, person, method="link", ago=400)

    held = client.get(page("directory:export"))
    client.post(held.url)
    do_jobs()
    proven = client.post(last_link(), {"next": parse_qs(urlsplit(held.url).query)["next"][0]})

    assert urlsplit(held.url).path == page("directory:confirm")
    assert client.get(proven.url)["Content-Type"].startswith("application/json")


def test_somebody_with_a_password_is_not_let_through_by_mail(client):
    now_in(client, PersonFactory(), ago=400)

    response = client.post(page("directory:confirm"))

    assert urlsplit(response.url).path == page("account_reauthenticate")
    assert do_jobs() == 0


# The second factor


def test_a_right_that_sleeps_leads_to_setting_up_a_second_factor(client):
    now_in(client, PersonFactory(is_installation_admin=True))

    refused = client.get(page("directory:requests"))
    shown = client.get(refused.url)

    assert urlsplit(refused.url).path == page("directory:second-factor")
    assert client.session["way_back"] == page("directory:requests")
    assert page("mfa_activate_totp") in shown.content.decode()


@pytest.mark.parametrize(
    ("kind", "way"),
    [("totp", "mfa_reauthenticate"), ("webauthn", "mfa_reauthenticate_webauthn")],
)
def test_a_right_that_sleeps_leads_to_giving_the_second_factor(client, kind, way):
    person = PersonFactory(is_installation_admin=True)
    Authenticator.objects.create(user=person, type=kind, data={})
    now_in(client, person)

    refused = client.get(page("directory:requests"))

    assert urlsplit(refused.url).path == page(way)
    assert parse_qs(urlsplit(refused.url).query)["next"] == [page("directory:requests")]


def test_a_form_refused_for_want_of_a_second_factor_leads_back_to_its_page(client):
    now_in(client, PersonFactory(is_installation_admin=True))
    came_from = "http://testserver" + page("directory:requests")

    refused = client.post(page("directory:requests"), headers={"referer": came_from})
    foreign = client.post(page("directory:requests"), headers={"referer": "https://x.example/"})
    by_script = client.post(page("directory:requests"), headers={"HX-Request": "true"})

    for answer in (refused, foreign):
        assert parse_qs(urlsplit(answer.url).query)["next"] == [page("directory:requests")]
    assert by_script["HX-Redirect"].startswith(page("directory:second-factor"))


def test_the_second_factor_once_given_opens_the_page(client):
    person = PersonFactory(is_installation_admin=True)
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=person, type="totp", data={"secret": factors().encrypt(key)})
    now_in(client, person)
    counter = int(timezone.now().timestamp()) // 30

    asked = client.get(page("directory:requests")).url
    given = client.post(asked, {"code": format_hotp_value(hotp_value(key, counter))})

    assert given.url == page("directory:requests")
    assert client.get(given.url).status_code == 200


# The demonstration


def test_an_invented_person_signs_in_with_a_button(client):
    person = PersonFactory(is_invented=True, is_installation_admin=True)
    ((_person, address),) = selectors.demonstration_links()

    shown = client.get(urlsplit(address).path)
    client.post(urlsplit(address).path)

    assert person.name in shown.content.decode()
    assert client.get(page("directory:requests")).status_code == 200


def test_another_invented_person_takes_the_place_of_the_first(client):
    people = [PersonFactory(is_invented=True) for _time in range(2)]

    for person in people:
        client.post(urlsplit(selectors.demonstration_address(person)).path)

    assert client.session["_auth_user_id"] == str(people[1].pk)


def test_a_name_is_kept_on_one_line(client):
    person = PersonFactory()
    enter(client, person, at=timezone.now())

    client.post(page("directory:me"), {"name": "Ada\r\nBcc:  x", "language": "en"})

    person.refresh_from_db()
    assert person.name == "Ada Bcc: x"


def test_the_door_itself_lets_no_real_person_in(rf):
    with pytest.raises(PermissionError):
        Doorkeeper(rf.get("/")).let_in_for_demonstration(PersonFactory())


def test_a_stranger_has_nothing_to_prove_with(rf):
    assert AccountAdapter(rf.get("/")).get_reauthentication_methods(AnonymousUser()) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_demonstration_link_opens_nowhere_else(client, settings, method):
    person = PersonFactory(is_invented=True)
    path = urlsplit(selectors.demonstration_address(person)).path

    from_afar = getattr(client, method)(path, REMOTE_ADDR="192.0.2.7")
    settings.IS_DEMONSTRATION = False
    in_production = getattr(client, method)(path)

    assert [from_afar.status_code, in_production.status_code] == [404, 404]
    assert "_auth_user_id" not in client.session


def test_no_demonstration_link_opens_for_a_real_person_or_a_forged_token(client):
    real = urlsplit(selectors.demonstration_address(PersonFactory())).path
    forged = page("directory:demonstration", "forged")

    assert [client.get(path).status_code for path in (real, forged)] == [404, 404]


def test_an_invented_person_confirms_with_a_button(client):
    person = PersonFactory(is_invented=True)
    now_in(client, person, method="demonstration", ago=400)

    held = client.get(page("directory:export"))
    shown = client.get(held.url)
    confirmed = client.post(held.url)

    assert urlsplit(held.url).path == page("directory:confirm")
    assert "It is me" in shown.content.decode()
    assert client.get(confirmed.url).status_code == 200


# One's own page


def test_a_person_changes_name_language_and_zone(client):
    person = PersonFactory()
    now_in(client, person)

    answers = {"name": "Nour", "language": "fr", "time_zone": "Africa/Tunis"}
    saved = client.post(page("directory:me"), answers)

    person.refresh_from_db()
    assert saved.url == page("directory:me", language="fr")
    assert (person.name, person.language, person.time_zone) == ("Nour", "fr", "Africa/Tunis")


def test_times_are_shown_in_the_zone_of_the_person(client):
    PostFactory(person=PersonFactory(time_zone="Africa/Tunis"))
    now_in(client, Person.objects.get())

    client.get(page("directory:me"))
    in_their_zone = timezone.get_current_timezone_name()
    client.logout()
    client.get(page("account_login"))

    assert in_their_zone == "Africa/Tunis"
    assert timezone.get_current_timezone_name() == timezone.get_default_timezone_name()


def test_everything_about_oneself_is_downloaded(client):
    person = PersonFactory(name="Nour")
    now_in(client, person)

    told = client.get(page("directory:export"))

    assert told["Content-Disposition"] == 'attachment; filename="everything-about-me.json"'
    assert told.json()["directory"]["person"]["name"] == "Nour"


def test_somebody_others_need_is_told_why_they_cannot_go(client):
    post = PostFactory(is_admin=True)
    PostFactory(organisation=post.organisation)
    now_in(client, post.person)

    shown = client.get(page("directory:erase"))
    refused = client.post(page("directory:erase"), {"is_sure": "on"})

    assert "last administrator" in shown.content.decode()
    assert refused.status_code == 302
    assert Person.objects.get(pk=post.person_id).is_active


def test_the_organisation_one_acts_for_is_the_first_until_another_is_chosen(client):
    person = PersonFactory()
    one, two = (PostFactory(person=person).organisation for _time in range(2))
    now_in(client, person)

    before = client.get(page("directory:me")).context["acting_for"]
    client.post(page("directory:act-for"), {"organisation": two.code})
    after = client.get(page("directory:me")).context["acting_for"]
    client.post(page("directory:act-for"), {"organisation": OrganisationFactory().code})
    still = client.get(page("directory:me")).context["acting_for"]

    assert (before, after, still) == (one, two, two)


# The library's pages


PUBLIC = ["account_login", "account_signup", "account_signup_by_passkey", "account_reset_password"]
PUBLIC += ["account_reset_password_done", "account_inactive", "directory:ask-for-link"]
OWN = ["account_email", "account_change_password", "account_logout", "account_reauthenticate"]
OWN += ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"]
OWN += ["usersessions_list", "directory:me", "directory:erase", "directory:organisations"]
OWN += ["directory:new", "directory:second-factor"]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_wear_the_frame_in_every_language(client, name, language):
    response = client.get(page(name, language=language))

    _wears_the_frame(response, language)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", OWN)
def test_own_pages_wear_the_frame_in_every_language(client, name, language):
    person = PersonFactory()
    now_in(client, person)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()

    response = client.get(page(name, language=language))

    _wears_the_frame(response, language)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    "name",
    [
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "mfa_list_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    ],
)
def test_pages_of_the_second_factor_wear_the_frame(client, name, language):
    person = PersonFactory()
    TOTP.activate(person, "A" * 32)
    RecoveryCodes.activate(person)
    kept = {"name": "Key", "credential": {}}
    key = Authenticator.objects.create(user=person, type="webauthn", data=kept)
    now_in(client, person)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()

    of_a_key = name in {"mfa_edit_webauthn", "mfa_remove_webauthn"}
    response = client.get(page(name, *([key.pk] if of_a_key else []), language=language))

    _wears_the_frame(response, language)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_pages_between_two_steps_wear_the_frame(client, language):
    person = PersonFactory(email="nour@example.org")
    code = sign_up(client, email="amal@example.org").url
    client.post(page("account_reset_password"), {"email": person.email})
    key = re.search(r"http://testserver(\S+/key/\S+)", mail.outbox[-1].body)[1]
    TOTP.activate(person, "A" * 32)
    stranger = Client()
    way_in = {"login": person.email, "password": "a long sentence"}
    second = stranger.post(page("account_login", language=language), way_in).url

    shown = [
        client.get(code.replace("/en/", f"/{language}/")),
        client.get(key.replace("/en/", f"/{language}/"), follow=True),
        stranger.get(second),
    ]

    for response in shown:
        _wears_the_frame(response, language)


def _wears_the_frame(response, language):
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in text
    assert text.count("<h1") == 1
    assert 'class="site-header"' in text
    assert " style=" not in text
