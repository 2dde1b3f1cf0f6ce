"""Reminders to drafts on the days that an officer set."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fondaco.applications.models import ReminderStop
from fondaco.applications.rules.reminding import reminder_due
from fondaco.applications.selectors.reminding import reminders_due, token_to_stop
from fondaco.applications.services.reminding import remind
from fondaco.mail.models import Letter
from fondaco.mail.states import Occasion
from fondaco.trail.models import Entry
from tests.factories.applications import ApplicationFactory, colleague_of, open_call
from tests.factories.directory import AT, OrganisationFactory

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (7 * DAY + SECOND, None),
        (7 * DAY, 7),
        (6 * DAY + SECOND, 7),
        (6 * DAY, None),
        (2 * DAY, 2),
        (DAY, 1),
        (SECOND, 1),
        (0 * DAY, None),
    ],
)
def test_a_reminder_is_due_for_a_day_from_its_day_on(left, due):
    assert reminder_due([7, 2, 1], AT, at=AT - left) == due


@pytest.fixture
def draft():
    call = open_call(closes_at=AT + 7 * DAY, reminders=[7, 2])
    organisation = OrganisationFactory()
    starter = colleague_of(organisation)
    return ApplicationFactory(
        call=call, organisation=organisation, started_by=starter, started_at=AT - DAY
    )


def written(at=AT):
    return sum(remind(one, at=at) for one in reminders_due(at=at))


@pytest.mark.django_db
def test_a_draft_is_reminded_once_a_day_that_was_set_and_what_was_sent_never(draft):
    ApplicationFactory(call=draft.call, sent=True)
    firm = OrganisationFactory()
    late = ApplicationFactory(
        call=draft.call,
        organisation=firm,
        started_by=colleague_of(firm),
        started_at=AT + SECOND,
    )

    assert [written(), written(), written(AT + 5 * DAY)] == [1, 0, 2]

    letters = Letter.objects.filter(occasion=Occasion.DRAFT_REMINDER, to=draft.started_by)
    assert [draft.code in letter.body for letter in letters] == [True, True]
    told = Entry.objects.filter(verb="application.reminded").order_by("pk")
    assert [(one.subject, one.data["days"]) for one in told] == [
        (draft.code, 7),
        (draft.code, 2),
        (late.code, 2),
    ]


@pytest.mark.django_db
def test_whoever_follows_the_link_is_reminded_no_more(draft):
    at = reverse("applications:reminders-stop", args=[token_to_stop(draft, draft.started_by)])
    client = Client(enforce_csrf_checks=True)

    assert "Write me no more reminders" in client.get(at).content.decode()
    assert written() == 1
    for _turn in range(2):
        assert "no more reminders" in client.post(at).content.decode()

    assert written(AT + 5 * DAY) == 0
    assert ReminderStop.objects.get().person == draft.started_by
    assert Entry.objects.filter(verb="application.reminders-stopped").count() == 1


def test_a_link_that_was_bent_leads_nowhere(client, db):
    at = reverse("applications:reminders-stop", args=["bent"])

    assert "This link leads nowhere any more." in client.post(at).content.decode()
