"""In a real browser: the server's clock, and a submission while the database is away."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from fondaco.applications.models import Submission
from fondaco.applications.services.writing import save_section
from fondaco.intake import middleware
from fondaco.intake.rules.faults import Line
from tests.applications.test_browser import enter
from tests.factories.applications import SMALL_ANSWERS, open_call
from tests.intake.work import draft
from tests.waits import follow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
A_DAY_AHEAD = "const now = Date.now; Date.now = () => now() + 86400000;"


@pytest.fixture
def ready(page, live_server, settings, tmp_path):
    """Somebody who has written everything and stands before the last button."""
    settings.SPOOL = tmp_path / "spool"
    call = open_call(closes_at=timezone.now() + timedelta(days=2))
    application, person = draft(call=call)
    for section, answers in SMALL_ANSWERS.items():
        save_section(application.pk, section=section, answers=answers, by=person, at=timezone.now())
    enter(page, live_server, person)
    return reverse("applications:review", args=[call.code, application.code])


def test_the_servers_clock_goes_on_whatever_the_readers_says(page, ready):
    page.add_init_script(A_DAY_AHEAD)
    page.goto(ready)
    face = page.locator("[data-clock-face]")

    expect(face).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))
    first = face.inner_text()
    expect(face).not_to_have_text(first)

    zone = ZoneInfo(page.locator("[data-server-clock]").get_attribute("data-zone") or "UTC")
    before, told = timezone.now(), re.search(r"\d+", face.inner_text())
    days = {moment.astimezone(zone).day for moment in (before, timezone.now())}
    assert told
    assert int(told[0]) in days


def test_a_submission_without_the_database_goes_on_to_its_receipt(page, ready, monkeypatch):
    line = Line(pause=0.2)
    monkeypatch.setattr(middleware, "LINE", line)
    page.goto(ready)
    with monkeypatch.context() as patch:
        patch.setattr(middleware, "database_answers", lambda: False)
        line.cut(0.0)
        follow(page.get_by_role("button", name="Send the application"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Received, not yet submitted")
        received = timezone.now()
        assert not Submission.objects.exists()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^Receipt "), timeout=30_000
    )
    sent = Submission.objects.get()
    assert sent.at <= received
