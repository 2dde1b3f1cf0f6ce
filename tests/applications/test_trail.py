"""What the trail of a programme tells of its applications: nothing of those never sent."""

import pytest

from fondaco.applications.services import sending, writing
from fondaco.trail.selectors import trail_of_programme
from tests.factories.applications import SMALL_ANSWERS, colleague_of, open_call
from tests.factories.directory import AT, OrganisationFactory

pytestmark = pytest.mark.django_db


def started(call):
    organisation = OrganisationFactory()
    by = colleague_of(organisation)
    return writing.start_application(call, organisation=organisation, by=by, at=AT), by


def test_the_export_of_a_programme_leaves_out_applications_that_were_never_sent():
    call = open_call()
    started(call)
    given_up, by = started(call)
    sending.withdraw_application(given_up.pk, why="No time.", by=by, at=AT)
    sent, by = started(call)
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(sent.pk, section=section, answers=answers, by=by, at=AT)
    sending.submit_application(sent.pk, key="one", by=by, at=AT)

    told = trail_of_programme(call.programme.code)

    assert [(entry.verb, entry.subject) for entry in told] == [
        ("application.started", sent.code),
        ("application.submitted", sent.code),
    ]
