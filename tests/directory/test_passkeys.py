"""Passkeys in a real browser with an authenticator that the browser plays."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache

from fondaco.directory.models import Person
from tests.waits import follow

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.django_db(transaction=True)
def test_somebody_signs_up_and_in_with_a_passkey_alone(page):
    cache.clear()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})

    page.goto("/en/account/signup/passkey/")
    page.get_by_label("Your name").fill("Nour")
    page.get_by_label("Email").fill("nour@example.org")
    follow(page.locator("main form button").first, "/confirm-email/")
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)
    page.locator("main input[name=code]").fill(code[1])
    follow(page.locator("main form button").first, "/2fa/webauthn/signup/")
    page.locator("main input[name=name]").fill("My telephone")
    follow(page.locator("#mfa_webauthn_signup"), "/home/")
    page.goto("/en/people/me/erase/")
    assert urlsplit(page.url).path == "/en/people/me/erase/"
    page.context.clear_cookies()
    page.goto("/en/account/login/?next=/en/people/me/")
    follow(page.locator("#passkey_login"), "/people/me/$")
    page.get_by_role("heading", name="Your account").wait_for()

    assert urlsplit(page.url).path == "/en/people/me/"
    assert not Person.objects.get().has_usable_password()
    assert Authenticator.objects.get(type="webauthn").last_used_at
