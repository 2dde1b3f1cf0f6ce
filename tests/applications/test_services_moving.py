"""Drafts go to the newer version of their form with every answer; their writers are told."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from fondaco.applications import selectors
from fondaco.applications.models import Application
from fondaco.applications.services import moving, sending, writing
from fondaco.trail.models import Entry
from tests.applications.reader import signed_in
from tests.factories.applications import ApplicationFactory, colleague_of, officer_of, open_call
from tests.factories.directory import AT
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)
BEFORE = schema(section("one", question("aim"), question("gone"), question("name", required=True)))
AFTER = schema(section("two", question("aim")), section("three", question("name", "number")))


@pytest.fixture
def call():
    return open_call(form=FormVersionFactory(form="bold", schema=BEFORE))


def draft(call):
    made = ApplicationFactory(call=call)
    by = colleague_of(made.organisation)
    answers = {"aim": "A bridge", "gone": "Kept words", "name": "7"}
    writing.save_section(made.pk, section="one", answers=answers, by=by, at=NOW)
    return made, by


def renew(call):
    call.form = FormVersionFactory(form="bold", number=2, schema=AFTER)
    call.save()
    return moving.move_drafts(call, by=officer_of(call.programme), at=NOW)


def test_every_draft_moves_with_its_answers_and_what_was_sent_stays(call):
    first, _by = draft(call)
    sent, by = draft(call)
    sending.submit_application(sent.pk, key="k", by=by, at=NOW)

    assert renew(call) == 1
    assert renew_again(call) == 0

    moved = Application.objects.get(pk=first.pk)
    assert (moved.form.number, moved.moved_from.number) == (2, 1)
    assert selectors.copy_of(moved).answers == {"aim": "A bridge", "name": "7"}
    assert [entry["answers"] for entry in moved.aside] == [{"gone": "Kept words"}]
    assert Application.objects.get(pk=sent.pk).form.number == 1
    assert Entry.objects.get(verb="application.moved").data["aside"] == ["gone"]


def renew_again(call):
    return moving.move_drafts(call, by=officer_of(call.programme), at=NOW)


def test_the_writer_reads_what_changed_and_what_is_kept_aside(call):
    application, by = draft(call)
    renew(call)

    with translation.override("en"), time_machine.travel(NOW, tick=False):
        browser = signed_in(by)
        way = [call.code, application.code]
        page = browser.get(reverse("applications:detail", args=way)).content.decode()
        part = browser.get(reverse("applications:section", args=[*way, "two"])).content.decode()

    for shown in (page, part):
        assert "“Gone” is not asked any more." in shown
        assert "Kept words" in shown
