"""Who sees what went wrong with a call, and who answers for it."""

from django.http import Http404

from fondaco.applications.access import OFFICE, is_applicant
from fondaco.calls.models import Call
from fondaco.calls.selectors import call_named
from fondaco.directory.models import Person
from fondaco.documents.access import require_open, require_there
from fondaco.documents.models import Upload
from fondaco.incidents.models import Claim, Proposal
from fondaco.programmes.access import has_role, require_role
from fondaco.programmes.states import RoleKind


def call_for_office(person: Person, code: str) -> Call:
    """The call, for an officer or decider of its programme."""
    return _call_for(person, code, *OFFICE)


def call_for_officer(person: Person, code: str) -> Call:
    """The call, for an officer of its programme."""
    return _call_for(person, code, RoleKind.OFFICER)


def _call_for(person: Person, code: str, *kinds: RoleKind) -> Call:
    call = call_named(code)
    if call is None:
        raise Http404
    require_role(person, call.programme, *kinds)
    return call


def is_officer(person: Person, call: Call) -> bool:
    """Whether the person may act for the call."""
    return has_role(person, call.programme_id, RoleKind.OFFICER)


def proposal_for_office(person: Person, call: str, code: str) -> Proposal:
    """A proposed extension, for an officer or decider of its programme."""
    return _found(call_for_office(person, call), code)


def proposal_for_officer(person: Person, call: str, code: str) -> Proposal:
    """A proposed extension, for an officer who answers it."""
    return _found(call_for_officer(person, call), code)


def _found(call: Call, code: str) -> Proposal:
    proposal = Proposal.objects.filter(call=call, code=code).select_related("answered_by").first()
    if proposal is None:
        raise Http404
    proposal.call = call
    return proposal


def claim_for_office(person: Person, call: str, code: str) -> Claim:
    """A claim about an application to the call, for an officer or decider of its programme."""
    return _claimed(call_for_office(person, call), code)


def claim_for_officer(person: Person, call: str, code: str) -> Claim:
    """A claim about an application to the call, for an officer who answers it."""
    return _claimed(call_for_officer(person, call), code)


def _claim(code: str) -> Claim | None:
    """The claim with everything its page shows."""
    rows = Claim.objects.select_related(
        "application__call__programme", "application__organisation", "upload", "by", "answered_by"
    )
    return rows.filter(code=code).first()


def _claimed(call: Call, code: str) -> Claim:
    claim = _claim(code)
    if claim is None or claim.application.call_id != call.pk:
        raise Http404
    return claim


def file_of_claim(person: Person, call: str, code: str) -> Upload:
    """The file of a claim: for the applicant's people, and for the office once it was searched."""
    claim = _claim(code)
    if claim is None or claim.upload is None or claim.application.call.code != call:
        raise Http404
    if is_applicant(person, claim.application):
        require_there(claim.upload)
        return claim.upload
    require_role(person, claim.application.call.programme, *OFFICE)
    require_open(claim.upload)
    return claim.upload
