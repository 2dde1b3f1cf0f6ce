"""An evaluator's work in a real browser: marks are kept while typing, also on a phone."""

import os
import time

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from fondaco.evaluation.models import Assignment, Mark
from tests.factories import evaluation as made
from tests.waits import follow, kept_by_itself

pytestmark = pytest.mark.django_db(transaction=True)


def enter(page, person, live_server):
    """Give the browser the session of somebody who has just signed in."""
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.create()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


def picture(page, name):
    """A picture for whoever asked for one."""
    if folder := os.environ.get("FONDACO_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def file_in_work(**more):
    call = made.graded_call(**more)
    person, file = made.evaluator_on(call), made.sent(call)
    made.assigned(file, person, state="accepted")
    return person, file


def test_marks_are_kept_while_typing_and_locked_after_a_question(page, live_server):
    person, file = file_in_work()
    enter(page, person, live_server)
    page.goto(reverse("evaluation:file", args=[file.code]))

    page.fill("#points-relevance", "60")
    page.locator("#fault-relevance", has_text="more than the criterion allows").wait_for()
    page.fill("#points-relevance", "45")
    page.fill("#comment-relevance", "Well argued.")
    with kept_by_itself(page, "mark-quality=30"):
        page.fill("#points-quality", "30")
    page.locator("#saved", has_text="Saved").wait_for()
    page.wait_for_function("document.getElementById('fault-relevance').textContent === ''")
    picture(page, "file-en")

    kept = dict(Mark.objects.values_list("criterion", "value"))
    assert kept == {"relevance": 45, "quality": 30}
    follow(page.locator("button[name=lock]"), "/lock/$")
    picture(page, "lock-en")
    follow(page.locator("main form button.button-primary"), "/desk/$")
    assert Assignment.objects.get().state == "locked"


@pytest.mark.browser(locale="ar", viewport={"width": 390, "height": 844})
def test_on_a_phone_in_arabic_nothing_is_cut_off(page, live_server):
    person, file = file_in_work(scale="0-5")
    enter(page, person, live_server)

    page.goto(reverse("evaluation:file", args=[file.code]).replace("/en/", "/ar/", 1))

    picture(page, "file-ar-phone")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
