"""Addresses of the pages that join several slices."""

from django.urls import path

from fondaco.desks.views import acts, home, house, marks, observer, office, partner, public, team

app_name = "desks"
urlpatterns = [
    path("", public.start, name="start"),
    path("home/", home.home, name="home"),
    path("letters/", home.letters, name="letters"),
    path("calls/", public.calls, name="calls"),
    path("calls.csv", public.calls_csv, name="calls_csv"),
    path("calls/<slug:code>/", public.call, name="call"),
    path("calls/<slug:code>/questions/", public.questions, name="questions"),
    path("calls/<slug:code>/questions.pdf", public.questions_pdf, name="questions_pdf"),
    path("programmes/", public.programmes, name="programmes"),
    path("programmes/<slug:code>/", public.programme, name="programme"),
    path("programmes/<slug:code>/look.css", public.look, name="look"),
    path("programmes/<slug:code>/mark.svg", public.mark, name="mark"),
    path("calls/<slug:code>/office/", office.office, name="office"),
    path("calls/<slug:code>/edit/", office.edit_call, name="edit_call"),
    path("calls/<slug:code>/extend/", office.extend, name="extend"),
    path("calls/<slug:code>/acts/", acts.acts, name="acts"),
    path("programmes/<slug:code>/run/", office.run, name="run"),
    path("programmes/<slug:code>/edit/", office.edit_programme, name="edit_programme"),
    path("programmes/<slug:code>/mark/", marks.change_mark, name="change_mark"),
    path("programmes/<slug:code>/mark/remove/", marks.remove_mark, name="remove_mark"),
    path("programmes/<slug:code>/team/", team.team, name="team"),
    path("programmes/<slug:code>/team/give/", team.give_role, name="give_role"),
    path("programmes/<slug:code>/team/<int:role>/take/", team.take_role, name="take_role"),
    path("programmes/<slug:code>/partner/", partner.partner, name="partner"),
    path("programmes/<slug:code>/results/", observer.results, name="results"),
    path("programmes/<slug:code>/results.csv", observer.results_csv, name="results_csv"),
    path("about/", house.about, name="about"),
    path("accessibility/", house.accessibility, name="accessibility"),
    path("privacy/", house.privacy, name="privacy"),
]
