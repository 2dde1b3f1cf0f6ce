"""Where what was received is asked after; plumbing, below no language."""

from django.urls import path

from fondaco.intake import views

app_name = "intake"
urlpatterns = [
    path("<slug:code>/<slug:record>/", views.received, name="received"),
    path("<slug:code>/<slug:record>/seen/", views.seen, name="seen"),
]
