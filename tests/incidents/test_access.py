"""Who sees what went wrong: the office reads, officers answer, strangers find nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.incidents import access
from fondaco.incidents.services import claims
from fondaco.incidents.services.outages import propose_extension
from fondaco.programmes.states import RoleKind
from tests.factories.applications import officer_of
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import UploadFactory
from tests.factories.incidents import call_closing, keep_log
from tests.incidents.work import late_draft

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
READS = {RoleKind.OFFICER: "yes", RoleKind.DECIDER: "yes", RoleKind.OBSERVER: "no", None: "none"}
ANSWERS = {**READS, RoleKind.DECIDER: "no"}


def answer(ask):
    """What somebody is told who asks."""
    try:
        ask()
    except Http404:
        return "none"
    except PermissionDenied:
        return "no"
    return "yes"


@pytest.fixture
def scene():
    """A claim with a file, a proposal, and another call."""
    application, person = late_draft()
    keep_log(AT - 24 * HOUR, AT + HOUR, (AT - HOUR, 60))
    claim = claims.make_claim(application.pk, text="It hung.", by=person, at=AT + HOUR)
    claim.upload = UploadFactory(owner=claim.code)
    claim.save()
    proposal = propose_extension(application.call.pk, at=AT + HOUR)
    return claim, proposal, person


def _person(kind, programme):
    return officer_of(programme, kind) if kind else PersonFactory()


@pytest.mark.parametrize("kind", list(READS))
def test_the_office_reads_and_officers_answer(kind, scene):
    claim, proposal, _writer = scene
    call, reader = claim.application.call, _person(kind, claim.application.call.programme)
    reads = [
        lambda: access.call_for_office(reader, call.code),
        lambda: access.proposal_for_office(reader, call.code, proposal.code),
        lambda: access.claim_for_office(reader, call.code, claim.code),
        lambda: access.file_of_claim(reader, call.code, claim.code),
    ]
    answers = [
        lambda: access.call_for_officer(reader, call.code),
        lambda: access.proposal_for_officer(reader, call.code, proposal.code),
        lambda: access.claim_for_officer(reader, call.code, claim.code),
    ]

    assert [answer(one) for one in reads] == [READS[kind]] * 4
    assert [answer(one) for one in answers] == [ANSWERS[kind]] * 3
    assert access.is_officer(reader, call) is (kind == RoleKind.OFFICER)


def test_what_is_of_another_call_is_not_there(scene):
    claim, proposal, person = scene
    other = call_closing(1, programme=claim.application.call.programme)
    officer = officer_of(other.programme)

    asked = [
        lambda: access.proposal_for_office(officer, other.code, proposal.code),
        lambda: access.claim_for_office(officer, other.code, claim.code),
        lambda: access.claim_for_office(officer, other.code, "no-claim"),
        lambda: access.file_of_claim(person, other.code, claim.code),
        lambda: access.call_for_office(officer, "no-call"),
    ]

    assert [answer(one) for one in asked] == ["none"] * 5


def test_the_applicant_s_people_open_the_file(scene):
    claim, _proposal, person = scene

    assert access.file_of_claim(person, claim.application.call.code, claim.code) == claim.upload
