"""The addresses of the directory, below the language."""

from django.urls import path

from fondaco.directory.views import account, colleagues, entry, organisations, pictures

app_name = "directory"
urlpatterns = [
    path("people/link/", entry.ask_for_link, name="ask-for-link"),
    path("people/link/<str:secret>/", entry.link, name="link"),
    path("people/again/", entry.again, name="again"),
    path("people/confirm/", entry.confirm, name="confirm"),
    path("people/second-factor/", entry.second_factor, name="second-factor"),
    path("people/demonstration/<str:token>/", entry.demonstration, name="demonstration"),
    path("people/me/", account.me, name="me"),
    path("people/me/export/", account.export, name="export"),
    path("people/me/erase/", account.erase, name="erase"),
    path("people/act-for/", account.act_for, name="act-for"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new, name="new"),
    path("organisations/requests/", colleagues.requests, name="requests"),
    path("organisations/requests/answer/", colleagues.answer, name="answer"),
    path("organisations/invitations/<str:secret>/", colleagues.invitation, name="invitation"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:code>/edit/", organisations.edit, name="edit"),
    path("organisations/<slug:code>/logo/", pictures.logo, name="logo"),
    path("organisations/<slug:code>/logo/remove/", pictures.remove_logo, name="remove-logo"),
    path("pictures/<slug:sha256>.webp", pictures.picture, name="picture"),
    path("organisations/<slug:code>/join/", organisations.join, name="join"),
    path("organisations/<slug:code>/recover/", organisations.recover, name="recover"),
    path("organisations/<slug:code>/colleagues/", colleagues.colleagues, name="colleagues"),
    path("organisations/<slug:code>/invite/", colleagues.invite, name="invite"),
    path("organisations/<slug:code>/posts/", colleagues.change_post, name="posts"),
    path("organisations/<slug:code>/leave/", colleagues.leave, name="leave"),
    path("organisations/<slug:code>/withdraw/", colleagues.withdraw, name="withdraw"),
]
