"""Addresses of questions about a call: of everybody, and of its office."""

from django.urls import include, path

from fondaco.enquiries.views import office, public

app_name = "enquiries"
FOR_ALL = [
    path("", public.answers, name="answers"),
    path("ask/", public.ask, name="ask"),
    path("alike/", public.alike, name="alike"),
]
OF_OFFICE = [
    path("", office.enquiries, name="enquiries"),
    path("<slug:code>/", office.enquiry, name="enquiry"),
    path("<slug:code>/draft/", office.draft, name="draft"),
    path("<slug:code>/approve/", office.approve, name="approve"),
    path("<slug:code>/translate/", office.translate, name="translate"),
    path("<slug:code>/publish/", office.publish, name="publish"),
    path("<slug:code>/refuse/", office.refuse, name="refuse"),
    path("<slug:code>/join/", office.join, name="join"),
    path("<slug:code>/part/", office.part, name="part"),
]
urlpatterns = [
    path("calls/<slug:call>/answers/", include(FOR_ALL)),
    path("calls/<slug:call>/enquiries/", include(OF_OFFICE)),
]
