"""What an applicant's story tells of an award: nothing before the letter."""

import pytest

from fondaco.applications.access import may_read_story
from fondaco.evaluation.services.decisions import propose_single_decision
from fondaco.evaluation.states import Group
from fondaco.mail.models import Letter
from fondaco.mail.services import release_letters
from fondaco.trail.services import hear_all
from tests.factories import evaluation as made
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db


def test_a_membership_begins_in_the_story_when_the_letter_was_told():
    given = {"experts": 0, "decided_by": "one", "kind": "membership", "intake": "always"}
    call = made.graded_call(support="none", total_cents=None, amount_cents=None, **given)
    made.templates_for(call.programme)
    officer, file = made.officer_of(call), made.sent(call)
    propose_single_decision(file.pk, group=Group.AWARDED, by=officer, at=AT)
    hear_all(at=AT)

    before = may_read_story(file.started_by, file.code)
    release_letters(Letter.objects.values_list("pk", flat=True), by=officer, at=AT)
    after = may_read_story(file.started_by, file.code)

    assert before is not None
    assert after is not None
    shown = before.shows("membership.begun"), after.shows("membership.begun")
    assert shown == (False, True)
