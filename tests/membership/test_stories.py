"""A membership is told to its organisation by letter, and by nothing before it."""

import pytest

from fondaco.directory.access import untold_bonds
from fondaco.mail.states import Occasion
from fondaco.membership.services import begin_memberships
from tests.factories import evaluation as made
from tests.factories.directory import AT, OrganisationFactory
from tests.factories.mail import ReleasedLetterFactory
from tests.factories.programmes import PartnerFactory

pytestmark = pytest.mark.django_db


def test_a_bond_is_untold_until_the_letter_stands_in_the_portal():
    call = made.graded_call(kind="membership")
    PartnerFactory(programme=call.programme, role="coordinator")
    application = made.sent(call)
    outcome = made.decided(application)
    begin_memberships(outcome.decision.code, at=AT)
    organisation = application.organisation_id

    before = untold_bonds(organisation)
    ReleasedLetterFactory(
        programme=call.programme,
        call=call.code,
        occasion=Occasion.AWARDED,
        subject_code=application.code,
    )

    assert before == {f"{application.code}, {outcome.decision.code}"}
    assert untold_bonds(organisation) == frozenset()
    assert untold_bonds(OrganisationFactory().pk) == frozenset()
