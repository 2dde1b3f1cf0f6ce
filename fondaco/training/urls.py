"""Addresses of the places of a course."""

from django.urls import path

from fondaco.training import views

app_name = "training"
urlpatterns = [
    path("calls/<slug:call>/places/", views.places, name="places"),
    path("calls/<slug:call>/places/<int:place>/complete/", views.complete, name="complete"),
    path("calls/<slug:call>/places/<int:place>/proof/", views.proof, name="proof"),
]
