"""Who may do what with an application; the only way a view gets one."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from fondaco.applications.models import LONG_TEXTS, Application, Member
from fondaco.applications.states import Standing, State
from fondaco.calls.models import Call
from fondaco.directory.models import Person, Post
from fondaco.programmes.access import has_role, require_role, roles_of
from fondaco.programmes.states import RoleKind
from fondaco.questionnaires.rules.tables import Reader as ReadsAs
from fondaco.trail.access import About, Reading, full, within
from fondaco.web.prepared import Prepared, number, text


class Purpose(StrEnum):
    """What somebody wants with an application."""

    READ = "read"
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    READ_COPY = "read-copy"
    READ_SENT = "read-sent"
    OVERSEE = "oversee"
    ASSESS = "assess"


Reader = Callable[[Person, Application], bool]
OFFICE = frozenset({RoleKind.OFFICER, RoleKind.DECIDER})
FOR_APPLICANTS = frozenset(
    {Purpose.READ, Purpose.READ_COPY, Purpose.EDIT, Purpose.SUBMIT, Purpose.WITHDRAW}
)
FOR_PARTNERS = frozenset({Purpose.READ_COPY, Purpose.READ_SENT})
FOR_OFFICE = frozenset({Purpose.OVERSEE, Purpose.ASSESS})
Knows = Callable[[Application], bool]
_BY_CODE = Prepared(
    lambda: (
        Application.objects.select_related("call__programme", "organisation", "form")
        .defer(*LONG_TEXTS)
        .filter(code=text("code"))[:1]
    )
)
_POST = Prepared(
    lambda: Post.objects.filter(
        person_id=number("person"), organisation_id=number("organisation"), until__isnull=True
    ).values_list("pk")[:1]
)
_READERS: list[Reader] = []
_TOLD: list[Knows] = []


def also_reads_sent(reader: Reader) -> Reader:
    """Register a rule of a slice above that lets more people read what was sent."""
    if reader not in _READERS:
        _READERS.append(reader)
    return reader


def knows_outcome(knows: Knows) -> Knows:
    """Register how a slice above sees whether the applicant has been told the outcome."""
    if knows not in _TOLD:
        _TOLD.append(knows)
    return knows


def is_applicant(person: Person, application: Application) -> bool:
    """Whether the person works for the organisation that applies."""
    return bool(_POST.all(person=person.pk, organisation=application.organisation_id))


def application_for(person: Person, code: str, *, to: Purpose, call: str = "") -> Application:
    """The application, or 404 to a stranger and 403 to a known person without the right.

    Colleagues write, send and withdraw; officers and deciders of the programme read what was sent
    and oversee its admission, officers assess it. To them a draft does not exist. The people of a
    partner that confirmed read what is written and what was sent.
    """
    application = _BY_CODE.first(code=code)
    if application is None or (call and application.call.code != call):
        raise Http404
    application.is_own = is_applicant(person, application)
    if application.is_own:
        if to in FOR_OFFICE:
            raise PermissionDenied
        return application
    application.is_partner = is_partner(person, application)
    if application.is_partner and to in FOR_OFFICE:
        raise PermissionDenied
    if not application.is_partner or to not in FOR_PARTNERS:
        _require_office(person, application, to)
    return application


def is_partner(person: Person, application: Application) -> bool:
    """Whether the person works for a partner that confirmed."""
    if application.call.consortium_most is None:
        return False
    rows = Member.objects.filter(application=application, standing=Standing.CONFIRMED)
    posts = {"organisation__posts__person": person, "organisation__posts__until": None}
    return rows.filter(**posts).exists()


def _require_office(person: Person, application: Application, to: Purpose) -> None:
    """404 to strangers and for drafts, 403 for what only colleagues do, a role for the rest."""
    if application.submitted_at is None or application.state == State.DRAFT:
        raise Http404
    programme = application.call.programme
    if to is Purpose.READ_SENT and any(reader(person, application) for reader in _READERS):
        return
    held = roles_of(person).filter(programme=programme, kind__in=OFFICE)
    if to in FOR_APPLICANTS and held.exists():
        raise PermissionDenied
    if to in FOR_APPLICANTS or not held.exists():
        raise Http404
    kinds = {RoleKind.OFFICER} if to is Purpose.ASSESS else OFFICE
    require_role(person, programme, *kinds)


FILE = "file"
"""An application as its officers read it: its story gathers its evaluation and its letters."""
FOLLOWS_AN_AWARD = ("membership.", "place.", "profile.")
HIDDEN_FROM_APPLICANTS = (
    "application.overruled",
    "assignment.",
    "ranking.",
    "decision.",
    "reaction.",
)


def may_read_story(reader: object, code: str) -> Reading | None:
    """Colleagues read what happened to their application, the office of what was sent also by whom.

    What officers noted, and anything of an evaluation, is not the applicant's to read; what follows
    an award only once its letter has told of it.
    """
    rows = Application.objects.select_related("call__programme", "organisation")
    application = rows.filter(code=code).first()
    if application is None or not isinstance(reader, Person):
        return None
    call = application.call
    own = within(call.programme.code)
    about = About("application", code, code, zone=call.zone)
    if is_applicant(reader, application):
        is_told = any(knows(application) for knows in _TOLD)
        hides = HIDDEN_FROM_APPLICANTS + (() if is_told else FOLLOWS_AN_AWARD)
        page = reverse("applications:detail", args=[call.code, code])
        return Reading(hides=hides, about=replace(about, url=page), only=own)
    _require_office(reader, application, Purpose.OVERSEE)
    page = reverse("applications:admission", args=[call.code, code])
    if can_assess(reader, application):
        return full(replace(about, sort=FILE, url=page), only=own)
    return Reading(shows_people=True, about=replace(about, url=page), only=own)


def reader_of(person: Person, application: Application) -> ReadsAs | None:
    """As whom somebody reads what was sent; None for who applies, from whom nothing is kept."""
    if application.is_own:
        return None
    if application.is_partner:
        return ReadsAs.PARTNERS
    held = roles_of(person).filter(programme=application.call.programme, kind__in=OFFICE)
    return ReadsAs.OFFICERS if held.exists() else ReadsAs.EVALUATORS


def can_assess(person: Person, application: Application) -> bool:
    """Whether the person is an officer of the programme, and awake."""
    return has_role(person, application.call.programme_id, RoleKind.OFFICER)


def call_for_office(person: Person, code: str) -> Call:
    """The call, for an officer or decider of its programme."""
    call = Call.objects.select_related("programme").filter(code=code).first()
    if call is None:
        raise Http404
    require_role(person, call.programme, *OFFICE)
    return call


def may_export(person: Person | None, call: Call) -> bool:
    """Whether somebody who asked for an export, in a session strong enough, still has the role."""
    if person is None or not person.is_active:
        return False
    return roles_of(person).filter(programme_id=call.programme_id, kind__in=OFFICE).exists()
