"""One address for ever: outage, proposal, new deadline; a claim, more time, and it is sent."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from fondaco.applications.models import Submission
from fondaco.calls.selectors import deadline_of
from fondaco.incidents.gateways import attempts_log, minutes_log
from fondaco.incidents.models import Attempt, Claim, Proposal
from fondaco.incidents.rules.minutes import Seen, written
from fondaco.incidents.tasks import take_in_log
from fondaco.mail.models import Letter
from fondaco.trail.services import hear_all
from tests.applications.reader import signed_in
from tests.factories.directory import AT
from tests.incidents.work import late_draft, officer_for

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_logs(settings, tmp_path):
    settings.AVAILABILITY = tmp_path


def write_log(begins, ends, *, down):
    """The log as the worker wrote it, with an outage."""
    at = begins
    while at < ends:
        is_down = down[0] <= at < down[1]
        seen = Seen(at, web=not is_down, database=not is_down, spool=not is_down)
        minutes_log().add(written(seen), at=at)
        at += MINUTE


def addresses_of(application):
    """Where people find the call, the form, the draft."""
    way = [application.call.code, application.code]
    return [
        reverse("desks:call", args=way[:1]),
        reverse("applications:start", args=way[:1]),
        reverse("applications:detail", args=way),
        reverse("applications:section", args=[*way, "project"]),
        reverse("applications:review", args=way),
    ]


def all_open(browser, application):
    """Whether every address answers with its own page."""
    return all(browser.get(place).status_code == 200 for place in addresses_of(application))


def proposed_and_confirmed(office, call):
    """The officer's desk leads to the proposal; one button moves the deadline."""
    take_in_log()
    proposal = Proposal.objects.get(call=call)
    page = reverse("incidents:proposal", args=[call.code, proposal.code])
    assert page in office.get(reverse("desks:home")).content.decode()
    assert "tell everybody" in office.get(page).content.decode()
    office.post(f"{page}confirm/")
    return proposal


def sent_by(browser, application):
    """Pressing the button of the page before it is sent."""
    way = [application.call.code, application.code]
    return browser.post(reverse("applications:submit", args=way), {"key": "k"})


def test_from_an_outage_to_the_last_submission():
    application, person = late_draft()
    call, before = application.call, addresses_of(application)
    officer = officer_for(call)
    write_log(AT - 3 * HOUR, AT + HOUR, down=(AT - 90 * MINUTE, AT))

    with time_machine.travel(AT + HOUR, tick=False):
        office, browser = signed_in(officer), signed_in(person)
        proposed_and_confirmed(office, call)
        hear_all(at=AT + HOUR)
        moved = deadline_of(type(call).objects.get(pk=call.pk))
        assert moved == AT + 5 * HOUR
        assert Letter.objects.filter(occasion="deadline-moved", to=person).count() == 1
        assert all_open(browser, application)

    with time_machine.travel(moved + MINUTE, tick=False):
        office, browser = signed_in(officer), signed_in(person)
        assert sent_by(browser, application).status_code == 302
        claim = claimed(browser, application)
        assert [one["result"] for one in claim.attempts] == ["late"]
        granted(office, claim, until="2026-11-02T09:00")
        assert all_open(browser, application)

    with time_machine.travel(moved + 2 * MINUTE, tick=False):
        browser = signed_in(person)
        assert "This application alone can be sent until" in page_of(browser, application)
        sent_by(browser, application)
        assert Submission.objects.get().application_id == application.pk
        assert addresses_of(application) == before


def claimed(browser, application):
    """The page says what can be done, shows what is on record, and takes the claim."""
    page = reverse("incidents:prevented", args=[application.call.code, application.code])
    shown = browser.get(page).content.decode()
    assert "Too late" in shown
    assert Attempt.objects.get().result == "late"
    assert browser.post(page, {"text": "It hung at the last minute."}).status_code == 302
    return Claim.objects.get()


def granted(office, claim, *, until):
    """The officer reads the evidence and gives more time."""
    page = reverse("incidents:claim", args=[claim.application.call.code, claim.code])
    assert "It hung at the last minute." in office.get(page).content.decode()
    done = office.post(f"{page}grant/", {"until": until, "why": "The log says so."}, follow=True)
    assert "has more time" in done.content.decode()


def page_of(browser, application):
    """The application's own page."""
    way = [application.call.code, application.code]
    return browser.get(reverse("applications:detail", args=way)).content.decode()


def test_without_a_disk_an_attempt_is_answered_all_the_same(settings, tmp_path):
    application, person = late_draft()
    (tmp_path / "file").write_text("no folder")
    settings.AVAILABILITY = tmp_path / "file"

    with time_machine.travel(AT + HOUR, tick=False):
        assert sent_by(signed_in(person), application).status_code == 302

    settings.AVAILABILITY = tmp_path
    assert list(attempts_log().since(AT)) == []
