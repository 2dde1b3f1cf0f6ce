"""More time for one application: the row, the trail, the sending, and who is told."""

from datetime import timedelta

import pytest
import time_machine

from fondaco.applications.rules.submission import Reason
from fondaco.applications.selectors import deadline_for
from fondaco.applications.services.extending import extend_application
from fondaco.applications.services.sending import submit_application
from fondaco.kernel.decisions import Refused
from fondaco.mail.models import Letter
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories.applications import ApplicationFactory, officer_of, open_call
from tests.factories.directory import AT, PostFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def late_draft():
    """A whole draft to a call that has just closed."""
    application = ApplicationFactory(call=open_call(closes_at=AT))
    for section, answers in (("project", {"title": "A bridge"}), ("end", {"members": "12"})):
        application.section_answers.create(section=section, answers=answers, saved_at=AT)
    person = PostFactory(organisation=application.organisation, is_admin=True).person
    return application, person


def test_one_application_is_sent_after_the_deadline_and_no_other():
    (application, person), (other, colleague) = late_draft(), late_draft()
    officer, until = officer_of(application.call.programme), AT + 5 * HOUR

    extend_application(application.pk, until=until, why=" Cut. ", by=officer, at=AT + HOUR)

    application.refresh_from_db()
    assert (application.extended_until, application.extended_why) == (until, "Cut.")
    assert deadline_for(application) == until
    assert deadline_for(other) == AT
    sent = submit_application(application.pk, key="k", by=person, at=AT + 2 * HOUR)
    assert sent.number == 1
    with pytest.raises(Refused, match="closed"):
        submit_application(other.pk, key="k", by=colleague, at=AT + 2 * HOUR)


@time_machine.travel(AT + HOUR, tick=False)
def test_it_is_recorded_and_told_at_once():
    application, person = late_draft()
    officer, until = officer_of(application.call.programme), AT + 5 * HOUR

    extend_application(application.pk, until=until, why="Cut.", by=officer, at=AT + HOUR)
    hear_all(at=AT + HOUR)

    entry = Entry.objects.get(verb="application.extended")
    assert (entry.subject, entry.by_id) == (application.code, officer.pk)
    assert (entry.data["why"], entry.data["was"]) == ("Cut.", None)
    [letter] = Letter.objects.filter(occasion="own-extension")
    assert (letter.to, letter.state) == (person, "released")
    assert "Cut." in letter.body


def test_a_refusal_changes_nothing():
    application, _person = late_draft()
    officer = officer_of(application.call.programme)

    with pytest.raises(Refused, match=Reason.NOT_LATER):
        extend_application(application.pk, until=AT, why="Cut.", by=officer, at=AT)

    application.refresh_from_db()
    assert application.extended_until is None
    assert not Entry.objects.filter(verb="application.extended").exists()


def test_a_longer_deadline_of_the_call_prevails():
    application, _person = late_draft()
    officer = officer_of(application.call.programme)
    extend_application(application.pk, until=AT + HOUR, why="Cut.", by=officer, at=AT)
    application.call.acts.create(number=1, kind="extension", at=AT, closes_at=AT + 9 * HOUR)
    application.refresh_from_db()

    assert deadline_for(application) == AT + 9 * HOUR
