"""Addresses of the trail."""

from django.urls import path

from fondaco.trail import views

app_name = "trail"
urlpatterns = [
    path("story/<str:subject>/", views.story, name="story"),
    path("trail/head/", views.head, name="head"),
    path("trail/keys/", views.keys, name="keys"),
    path("trail/troubles/", views.troubles, name="troubles"),
    path("trail/troubles/<int:pk>/again/", views.again, name="again"),
    path("trail/<slug:programme>.csv", views.export_csv, name="export-csv"),
    path("trail/<slug:programme>.json", views.export_json, name="export-json"),
]
