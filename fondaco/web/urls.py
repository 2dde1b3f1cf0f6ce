"""The gallery of parts."""

from django.urls import path

from fondaco.web import design

app_name = "web"
urlpatterns = [path("", design.gallery, name="design")]
