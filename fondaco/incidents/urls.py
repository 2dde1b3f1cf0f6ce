"""Addresses of what went wrong: of a call's office, and of an application."""

from django.urls import include, path

from fondaco.incidents.views import claims, office, outages, panel

app_name = "incidents"
BELOW_A_CALL = [
    path("", panel.panel, name="panel"),
    path("availability/", outages.availability, name="availability"),
    path("proposals/<slug:code>/", outages.proposal, name="proposal"),
    path("proposals/<slug:code>/confirm/", outages.confirm, name="confirm"),
    path("proposals/<slug:code>/decline/", outages.decline, name="decline"),
    path("attempts/", office.attempts, name="attempts"),
    path("extensions/", office.extensions, name="extensions"),
    path("claims/", office.claims, name="claims"),
    path("claims/<slug:code>/", office.claim, name="claim"),
    path("claims/<slug:code>/file/", claims.file, name="file"),
    path("claims/<slug:code>/grant/", office.grant, name="grant"),
    path("claims/<slug:code>/refuse/", office.refuse, name="refuse"),
]
urlpatterns = [
    path("calls/<slug:call>/last-hour/", include(BELOW_A_CALL)),
    path(
        "calls/<slug:call>/applications/<slug:code>/prevented/", claims.prevented, name="prevented"
    ),
]
