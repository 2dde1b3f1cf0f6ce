"""One short journey that runs on both databases: an application from its draft to its receipt."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fondaco.applications.models import Application
from fondaco.trail.models import Entry
from tests.journeys import stage
from tests.waits import follow

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.both,
]


def test_a_draft_becomes_a_receipt(page, live_server, pdf):
    call = stage.opened()
    writer = stage.applicant("Nadim Vine", "Vine Cluster")
    application = stage.draft(call, writer)
    stage.demonstration(page, writer.person)
    arguments = [call.code, application.code]

    page.goto(reverse("applications:section", args=[*arguments, "papers"]))
    page.get_by_label("Proof of registration").set_input_files(pdf)
    follow(page.get_by_role("button", name="Save", exact=True))
    follow(page.locator(".signature").get_by_role("link", name="Sign"))
    follow(page.get_by_role("button", name="Sign", exact=True))
    follow(page.get_by_role("button", name="Send the application"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Receipt "))
    stage.work()

    application = Application.objects.get()
    assert (application.state, application.submissions.get().by) == ("submitted", writer.person)
    story = Entry.objects.filter(subject=application.code).order_by("pk")
    assert list(story.values_list("verb", flat=True)) == [
        "application.started",
        "application.submitted",
    ]
