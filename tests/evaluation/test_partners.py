"""Whoever works for a partner is tied to the application as those of the lead are."""

import pytest
from django.core.exceptions import PermissionDenied

from fondaco.applications.access import Purpose, application_for
from fondaco.applications.models import Member
from fondaco.applications.states import Standing
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.selectors.decisions import voice_of
from fondaco.evaluation.selectors.panel import conflicts_among
from tests.factories.applications import (
    ApplicationFactory,
    colleague_of,
    officer_of,
    open_call,
)
from tests.factories.directory import AT, OrganisationFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("standing", [Standing.CONFIRMED, Standing.DECLINED])
def test_only_a_partner_that_confirmed_ties_its_people(standing):
    call, firm = open_call(consortium_most=1), OrganisationFactory()
    application = ApplicationFactory(call=call, sent=True)
    dated = {"invited_at": AT, "letter_at": AT, "answered_at": AT}
    Member.objects.create(
        application=application, organisation=firm, standing=standing, answered_name="A", **dated
    )
    person, officer = colleague_of(firm), officer_of(call.programme)
    PostFactory(person=officer, organisation=firm)
    is_in = standing == Standing.CONFIRMED

    tied = conflicts_among(call, [person.pk], [application])

    assert (Tie.WORKS_FOR in tied.get((application.pk, person.pk), ())) is is_in
    assert voice_of(person, call, [application.pk]).works_for_applicant is is_in
    if is_in:
        with pytest.raises(PermissionDenied):
            application_for(officer, application.code, to=Purpose.ASSESS)
    else:
        assert application_for(officer, application.code, to=Purpose.ASSESS)
