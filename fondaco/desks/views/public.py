"""What anybody may see: the house, its programmes, their calls."""

from datetime import datetime
from io import BytesIO

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from fondaco.calls import phrases
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import next_deadline, opening
from fondaco.calls.selectors import (
    call_with_details,
    days_not_counted,
    draft_with_details,
    opening_terms,
    stage_of,
)
from fondaco.calls.states import DecidedBy, Intake, Kind, Stage
from fondaco.desks.selectors import calls as call_pages
from fondaco.desks.selectors import programmes as programme_pages
from fondaco.desks.selectors.faces import face_of, style_of
from fondaco.desks.selectors.paid import paid_of
from fondaco.desks.selectors.told import told_of
from fondaco.desks.selectors.ways import way_of
from fondaco.desks.views.lists import now, plan_of_calls, plan_of_partners
from fondaco.directory.models import Person
from fondaco.kernel.plain import fingerprint
from fondaco.programmes.access import has_role
from fondaco.programmes.models import Programme
from fondaco.programmes.phrases import ROLES_OF_ONE
from fondaco.programmes.selectors import all_programmes, programme_of, programme_with_details
from fondaco.programmes.states import PartnerRole, RoleKind
from fondaco.web import words
from fondaco.web.downloads import attachment
from fondaco.web.kept import kept_for_visitors
from fondaco.web.lists import Listed, exported, listed
from fondaco.web.papers import pdf_of


@kept_for_visitors
def start(request: HttpRequest) -> HttpResponse:
    """The house and what is open in it."""
    every = call_pages.listed_calls(at=now(request))
    is_open = [call for call in every if call.stage == Stage.OPEN]
    context = {
        "calls": is_open[:6],
        "open_count": len(is_open),
        "programmes": all_programmes(),
        "is_start": True,
    }
    return render(request, "desks/start.html", context)


@kept_for_visitors
def calls(request: HttpRequest) -> HttpResponse:
    """Every call; the filters stand in the address."""
    context = {"list": _listed(request), "trail": [(_("Home"), reverse("desks:start"))]}
    return render(request, "desks/calls.html", context)


def _listed(request: HttpRequest) -> Listed:
    found = call_pages.listed_calls(at=now(request))
    return listed(request, found, plan_of_calls(found), export_at=reverse("desks:calls_csv"))


def calls_csv(request: HttpRequest) -> HttpResponse:
    """The calls of the list as a table."""
    return exported(_listed(request))


@kept_for_visitors
def call(request: HttpRequest, code: str) -> HttpResponse:
    """One call, printed from the same data that its rules use."""
    at, found = now(request), shown_call(request, code)
    context = _standing(found, at) | {
        "call": found,
        "is_hidden": found.is_demonstration or found.published_at is None,
        "moments": call_pages.timetable_of(found, at=at),
        "editions": call_pages.editions_of(found, at=at),
        "intake": phrases.INTAKES[Intake(found.intake)],
        "way": way_of(found, at=at),
        "decides": phrases.DECIDERS[DecidedBy(found.decided_by)],
        "kind": phrases.KINDS[Kind(found.kind)],
        **told_of(found, at=at),
        "working_days": words.working_days(days) if (days := days_not_counted(found)) else "",
        "holidays": call_pages.holidays_of(found) if found.counts_working_days else (),
        "tie_breaks": call_pages.tie_breaks_of(found),
        "programme_face": face_of(found.programme),
        "trail": call_pages.trail_of(found),
    }
    return render(request, "desks/call.html", context)


def shown_call(request: HttpRequest, code: str) -> Call:
    """A published call; of a draft a preview for the officers of its programme, 404 for others."""
    found = call_with_details(code) or draft_with_details(code)
    if found is None:
        raise Http404
    reader = request.user
    is_draft = stage_of(found, at=now(request)) == Stage.DRAFT
    if is_draft and not (
        isinstance(reader, Person) and has_role(reader, found.programme_id, RoleKind.OFFICER)
    ):
        raise Http404
    return found


def _standing(found: Call, at: datetime) -> dict[str, object]:
    """What a call's page says of now: its stage, its deadline and what is left until then."""
    terms = opening_terms(found)
    stage, closes = opening(terms, at=at), next_deadline(terms, at=at)
    is_open = stage == Stage.OPEN
    return {
        "stage": stage,
        "is_open": is_open,
        "closes_at": closes,
        "badges": call_pages.badges_of(found, stage),
        "facts": call_pages.facts_of(found, closes, stage),
        "time_left": call_pages.time_left(closes, at=at) if is_open else "",
        **paid_of(found, at=at),
    }


def _questions_context(request: HttpRequest, code: str) -> dict[str, object]:
    """A call's form to be read; 404 where there is none."""
    found = shown_call(request, code)
    if found.form is None:
        raise Http404
    return {
        "call": found,
        "sections": found.form.schema["section"],
        "programme_face": face_of(found.programme),
        "is_hidden": found.is_demonstration,
        "made_on": now(request),
        "trail": [
            *call_pages.trail_of(found),
            (words.say(found.title).text, reverse("desks:call", args=[code])),
        ],
    }


def questions(request: HttpRequest, code: str) -> HttpResponse:
    """Every question of a call, before anybody signs up."""
    return render(request, "desks/questions.html", _questions_context(request, code))


def questions_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF; made once for each version of the form, language and day."""
    context = _questions_context(request, code)
    page = render_to_string("desks/questions_pdf.html", context, request)
    key = f"questions-{fingerprint(page)}"
    papers = caches["papers"]
    made = papers.get(key)
    if made is None:
        made = pdf_of(page)
        papers.set(key, made, 24 * 3600)
    return attachment(BytesIO(made), f"{code}-{get_language()}.pdf", "application/pdf", len(made))


@kept_for_visitors
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes of the house."""
    context = {"programmes": all_programmes(), "trail": [(_("Home"), reverse("desks:start"))]}
    return render(request, "desks/programmes.html", context)


@kept_for_visitors
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """What a funder's project page has, from the same data the programme runs on."""
    found = programme_with_details(code)
    if found is None:
        raise Http404
    partners = listed(request, programme_pages.partners_in_turn(found), plan_of_partners(found))
    if partners.wants_csv:
        return exported(partners)
    context = _partners(found) | {
        "programme": found,
        "partners": partners,
        "rows": [(one, ROLES_OF_ONE[PartnerRole(one.role)]) for one in partners.page],
        "facts": programme_pages.facts_of(found),
        "countries": programme_pages.country_names(found),
        "promises": programme_pages.promises_of(found),
        "calls": programme_pages.calls_of(found, at=now(request)),
        "working_days": programme_pages.working_days_of(found),
        "programme_face": face_of(found),
        "trail": [
            (_("Home"), reverse("desks:start")),
            (_("Programmes"), reverse("desks:programmes")),
        ],
    }
    return render(request, "desks/programme.html", context)


def _partners(found: Programme) -> dict[str, object]:
    partner, website = programme_pages.contact_of(found)
    counted = programme_pages.partners_counted(found)
    return {
        "contact": partner,
        "contact_website": website,
        "counted": counted,
        "groups": programme_pages.groups_of(found),
        "unknown_partnerships": programme_pages.unknown_partnerships(found),
        "by_country": programme_pages.partners_by_country(found),
    }


@cache_control(public=True, max_age=3600)
def look(request: HttpRequest, code: str) -> HttpResponse:
    """The style sheet with a programme's own colours."""
    found = programme_of(code)
    if found is None:
        raise Http404
    return HttpResponse(style_of(found), content_type="text/css; charset=utf-8")


@cache_control(public=True, max_age=3600)
def mark(request: HttpRequest, code: str) -> HttpResponse:
    """The programme's own mark, an image that can run nothing."""
    found = programme_of(code)
    if found is None or not found.mark:
        raise Http404
    response = HttpResponse(found.mark, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
