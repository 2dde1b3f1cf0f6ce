"""Writing in a real browser: saved by itself, with a colleague, and without script."""

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from fondaco.applications import selectors
from fondaco.applications.services import writing
from tests.factories.applications import FORM, ApplicationFactory, colleague_of, open_call
from tests.factories.questionnaires import FormVersionFactory
from tests.waits import Gate, follow, kept_by_itself, turning

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def application():
    call = open_call(
        form=FormVersionFactory(schema=FORM), closes_at=timezone.now() + timedelta(days=9)
    )
    return ApplicationFactory(call=call)


def enter(page, live_server, person):
    """Give the browser the session of somebody who has just signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "demonstration", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )


def section(application, code, language="en"):
    with translation.override(language):
        return reverse("applications:section", args=[application.call.code, application.code, code])


def test_a_section_saves_itself_and_notices_a_colleague(page, live_server, application):
    person = colleague_of(application.organisation)
    enter(page, live_server, person)
    page.goto(section(application, "organisation"))

    page.get_by_label("Name").fill("Atelier")

    expect(page.locator("#saved")).to_contain_text(re.compile(r"Saved at \d\d:\d\d"))
    page.get_by_label("Name").fill("Atelier du nord")
    with kept_by_itself(page, "training"):
        page.get_by_label("Training").check()
    kept = selectors.copy_of(application).answers
    assert (kept["name"], kept["topics"]) == ("Atelier du nord", ["training"])
    other = colleague_of(application.organisation)
    writing.save_section(
        application.pk,
        section="organisation",
        answers={"name": "Atelier du sud"},
        by=other,
        at=timezone.now(),
    )
    page.get_by_label("Name").fill("Atelier de l'est")
    expect(page.locator("#saved")).to_contain_text("A colleague changed the same answer")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Two answers to the same question")
    page.get_by_text("Atelier du sud").click()
    follow(page.get_by_role("button", name="Keep what is chosen"))
    expect(page.get_by_label("Name")).to_have_value("Atelier du sud")


def test_a_button_waits_for_the_save_under_way(page, live_server, application):
    enter(page, live_server, colleague_of(application.organisation))
    page.goto(section(application, "organisation"))
    gate = Gate(page, "**/keep/*/organisation/", method="POST")

    page.get_by_label("Name").fill("Atelier")
    with page.expect_request("**/keep/*/organisation/"):
        page.get_by_label("Training").check()
    page.get_by_label("Name").fill("Atelier du nord")
    with turning(page):
        page.get_by_role("button", name="Save", exact=True).click()
        gate.open()

    expect(page.get_by_label("Name")).to_have_value("Atelier du nord")
    assert selectors.copy_of(application).values["name"] == "Atelier du nord"


@pytest.mark.browser(locale="ar", java_script_enabled=False, viewport={"width": 360, "height": 740})
def test_without_script_and_in_arabic_on_a_phone_everything_works(page, live_server, application):
    enter(page, live_server, colleague_of(application.organisation))
    page.goto(section(application, "organisation", "ar"))

    page.locator("[name=q-name]").fill("ورشة")
    page.locator("[name=q-country]").select_option("TN")
    page.locator("[name=q-members]").fill("١٢")
    follow(page.locator("button[name=next]"))

    expect(page.locator("[name=q-aim]")).to_be_visible()
    kept = selectors.copy_of(application).values
    assert (kept["name"], kept["country"], kept["members"]) == ("ورشة", "TN", "12")
    assert page.locator("html").get_attribute("dir") == "rtl"
