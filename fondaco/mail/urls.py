"""Addresses of letters."""

from django.urls import path

from fondaco.mail import views

app_name = "mail"
_office = "calls/<slug:call>/letters/"
urlpatterns = [
    path(_office, views.outbox, name="outbox"),
    path(f"{_office}letters.csv", views.outbox_csv, name="outbox-csv"),
    path(f"{_office}release/", views.release, name="release"),
    path(f"{_office}<str:code>/", views.preview, name="preview"),
    path(f"{_office}<str:code>/words/", views.rewrite, name="rewrite"),
    path(f"{_office}<str:code>/discard/", views.discard, name="discard"),
    path(f"{_office}<str:code>/bounce/", views.bounce, name="bounce"),
    path(f"{_office}<str:code>/again/", views.again, name="again"),
    path("letters/<str:code>/", views.letter, name="letter"),
    path("mailbox/", views.mailbox, name="mailbox"),
]
