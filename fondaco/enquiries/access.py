"""Who asks, who answers, and who reads what happened to a question."""

from django.http import Http404

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.enquiries.models import Enquiry
from fondaco.enquiries.phrases import NAMED
from fondaco.programmes.access import has_role, require_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading, full, within

OFFICE = (RoleKind.OFFICER, RoleKind.DECIDER)


def _call(code: str) -> Call:
    rows = Call.objects.select_related("programme").prefetch_related("acts")
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def published_call(code: str) -> Call:
    """The call, once it is published; 404 before."""
    found = _call(code)
    if found.published_at is None:
        raise Http404
    return found


def call_for_office(person: Person, code: str) -> Call:
    """The call, for an officer or decider of its programme."""
    found = _call(code)
    require_role(person, found.programme, *OFFICE)
    return found


def is_officer(person: Person, call: Call) -> bool:
    """Whether the person may answer for the call."""
    return has_role(person, call.programme_id, RoleKind.OFFICER)


def enquiry_for_office(person: Person, call: str, code: str) -> Enquiry:
    """A question about the call, for an officer or decider of its programme."""
    return _enquiry(call_for_office(person, call), code)


def enquiry_for_officer(person: Person, call: str, code: str) -> Enquiry:
    """A question about the call, for an officer who answers it."""
    found = _call(call)
    require_role(person, found.programme, RoleKind.OFFICER)
    return _enquiry(found, code)


def _enquiry(call: Call, code: str) -> Enquiry:
    rows = Enquiry.objects.select_related("by", "drafted_by", "approved_by", "same_as")
    found = rows.prefetch_related("versions", "joined").filter(call=call, code=code).first()
    if found is None:
        raise Http404
    found.call = call
    return found


def may_read_story(reader: Person, subject: str) -> Reading | None:
    """The office reads who did what with a question; whoever asked reads what became of it."""
    rows = Enquiry.objects.select_related("call__programme")
    found = rows.filter(code=subject).first()
    if found is None:
        return None
    programme = found.call.programme
    title = str(NAMED) % {"number": found.number}
    about = About("enquiry", found.code, title, zone=found.call.zone)
    only = within(programme.code)
    if found.by_id == reader.pk:
        hides = ("enquiry.drafted", "enquiry.approved", "enquiry.translated")
        return Reading(hides=hides, about=about, only=only)
    require_role(reader, programme, *OFFICE)
    return full(about, only=only)
