"""Addresses of the builder."""

from django.urls import path

from fondaco.sketches.views import steps, tools, trials, whole

app_name = "sketches"
urlpatterns = [
    path("programmes/<slug:programme>/calls/new/", whole.begin, name="begin"),
    path("calls/<slug:code>/build/languages/", whole.languages, name="languages"),
    path("calls/<slug:code>/build/questions/", tools.ready_questions, name="ready-questions"),
    path("calls/<slug:code>/build/sheet/", tools.sheet, name="sheet"),
    path("calls/<slug:code>/build/sheet/in/", tools.sheet_in, name="sheet-in"),
    path("calls/<slug:code>/build/drafts/", tools.drafts, name="drafts"),
    path("calls/<slug:code>/build/preview/", whole.preview, name="preview"),
    path("calls/<slug:code>/build/ready/", whole.ready, name="ready"),
    path("calls/<slug:code>/build/files/", whole.files, name="files"),
    path("calls/<slug:code>/build/discard/", whole.discard, name="discard"),
    path("calls/<slug:code>/build/trial/", trials.trial, name="trial"),
    path("calls/<slug:code>/build/trial/result/", trials.result, name="trial-result"),
    path("calls/<slug:code>/build/trial/receipt/", trials.receipt, name="trial-receipt"),
    path("calls/<slug:code>/build/trial/parts/<slug:section>/", trials.part, name="trial-part"),
    path("calls/<slug:code>/build/<slug:step>/", steps.step, name="step"),
]
