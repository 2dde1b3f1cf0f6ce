"""The map of addresses: pages below their language, plumbing without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from fondaco.applications.urls import KEEPING
from fondaco.web import views as plumbing

urlpatterns = [
    path("alive/", plumbing.alive, name="alive"),
    path("keep/", include(KEEPING)),
    path("received/", include("fondaco.intake.urls")),
    path("robots.txt", plumbing.robots, name="robots"),
    path("uploads/", include("fondaco.documents.urls")),
    *i18n_patterns(
        path("account/", include("allauth.urls")),
        path("design/", include("fondaco.web.urls")),
        path("", include("fondaco.applications.urls")),
        path("", include("fondaco.evaluation.urls")),
        path("", include("fondaco.incidents.urls")),
        path("", include("fondaco.enquiries.urls")),
        path("", include("fondaco.news.urls")),
        path("", include("fondaco.training.urls")),
        path("", include("fondaco.directory.urls")),
        path("", include("fondaco.mail.urls")),
        path("", include("fondaco.trail.urls")),
        path("", include("fondaco.sketches.urls")),
        path("", include("fondaco.desks.urls")),
    ),
]
handler400 = "fondaco.web.views.bad_request"
handler403 = "fondaco.web.views.forbidden"
handler404 = "fondaco.web.views.not_found"
handler500 = "fondaco.web.views.failed"
