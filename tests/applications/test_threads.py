"""Two people press at once: with real threads, where the database has real locks."""

from datetime import timedelta

import pytest

from fondaco.applications.models import Application, Submission
from fondaco.applications.services import sending, writing
from fondaco.questionnaires.rules.answers import mark
from fondaco.trail.models import Entry
from tests.factories.applications import SMALL_ANSWERS, ApplicationFactory, open_call
from tests.factories.directory import AT, OrganisationFactory, PersonFactory
from tests.threads import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]


def complete():
    application, by = ApplicationFactory(), PersonFactory()
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, by=by, at=AT)
    return application, by


def test_one_key_makes_one_submission():
    application, by = complete()

    found = at_once(
        lambda _number: sending.submit_application(application.pk, key="k", by=by, at=AT)
    )

    assert len(set(found)) == 1
    assert Submission.objects.count() == 1


def test_tabs_and_retries_with_one_key_are_one_submission_one_receipt_and_one_letter():
    """Two tabs press at once, both twice, and the time-out of one repeats it an hour later."""
    application, by = complete()

    def press(_number: int) -> set[str]:
        return {
            sending.submit_application(application.pk, key="k", by=by, at=AT).receipt
            for _again in range(2)
        }

    found = at_once(press)
    late = sending.submit_application(application.pk, key="k", by=by, at=AT + timedelta(hours=1))

    assert set().union(*found) == {late.receipt}
    assert late.at == AT
    told = Entry.objects.filter(verb="application.submitted", subject=application.code)
    assert (Submission.objects.count(), told.count()) == (1, 1)


def test_different_keys_are_numbered_one_after_the_other():
    application, by = complete()

    at_once(
        lambda number: sending.submit_application(application.pk, key=f"k{number}", by=by, at=AT)
    )

    assert list(Submission.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_one_organisation_has_one_draft():
    call, organisation, by = open_call(), OrganisationFactory(), PersonFactory()

    found = at_once(
        lambda _number: writing.start_application(call, organisation=organisation, by=by, at=AT)
    )

    assert len(set(found)) == 1
    assert Application.objects.count() == 1


def test_colleagues_who_save_at_once_lose_nothing():
    application, by = ApplicationFactory(), PersonFactory()

    found = at_once(
        lambda number: writing.save_section(
            application.pk,
            section="project",
            answers={"title": f"text {number}"},
            was={"title": mark("")},
            by=by,
            at=AT,
        )
    )

    assert sorted(len(merged.clashes) for merged in found) == [0, 1, 1, 1]
    assert application.section_answers.get().revision == 1
