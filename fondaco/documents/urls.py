"""Addresses of files on their way here, without a language: scripts call them."""

from django.urls import path

from fondaco.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.creation, name="creation"),
    path("<slug:code>/", views.transfer, name="transfer"),
]
