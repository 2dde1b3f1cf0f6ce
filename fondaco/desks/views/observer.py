"""What came of the money: the page of those who ask on the funder's side."""

import csv
from io import StringIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.desks.selectors import programmes as programme_pages
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.selectors.results import results_of, tiles_of
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.programmes.access import require_role
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import programme_with_details
from fondaco.programmes.states import RoleKind
from fondaco.web import words
from fondaco.web.downloads import text_attachment, without_formula

MAY_ASK = (RoleKind.OBSERVER, RoleKind.OFFICER, RoleKind.DECIDER)


def _programme_for(request: PersonRequest, code: str) -> Programme:
    found = programme_with_details(code)
    if found is None:
        raise Http404
    require_role(request.user, found, *MAY_ASK)
    return found


@signed_in
def results(request: PersonRequest, code: str) -> HttpResponse:
    """Money and awards decided so far, by call and country, beside what was promised."""
    programme = _programme_for(request, code)
    found = results_of(programme)
    context = {
        "programme": programme,
        "results": found,
        "tiles": tiles_of(found, programme),
        "promises": programme_pages.promises_of(programme),
        "programme_face": face_of(programme),
        "trail": [(_("My desk"), reverse("desks:home"))],
    }
    return render(request, "desks/results.html", context)


@signed_in
def results_csv(request: PersonRequest, code: str) -> HttpResponse:
    """The same figures as a table for spreadsheets."""
    programme = _programme_for(request, code)
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["call", "title", "received", "awarded", "amount", "currency"])
    for row in results_of(programme).calls:
        title = without_formula(words.say(row.call.title).text)
        writer.writerow(
            [
                row.call.code,
                title,
                row.received,
                row.awards,
                f"{row.cents / 100:.2f}",
                row.call.currency,
            ]
        )
    return text_attachment("\ufeff" + sheet.getvalue(), f"{code}-results.csv", "text/csv")
