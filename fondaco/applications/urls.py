"""Addresses of applications, below their call."""

from django.urls import path

from fondaco.applications.views import office, papers, sending, starting, writing

app_name = "applications"
urlpatterns = [
    path("new/", starting.start, name="start"),
    path("office/", office.listing, name="office"),
    path("<slug:code>/", starting.detail, name="detail"),
    path("<slug:code>/form/<slug:section>/", writing.section, name="section"),
    path("<slug:code>/sign/<slug:question>/", writing.sign, name="sign"),
    path("<slug:code>/review/", sending.review, name="review"),
    path("<slug:code>/submit/", sending.submit, name="submit"),
    path("<slug:code>/receipt/<int:number>/", sending.receipt, name="receipt"),
    path("<slug:code>/receipt/<int:number>/paper/", papers.paper, name="paper"),
    path("<slug:code>/withdraw/", sending.withdraw, name="withdraw"),
    path("<slug:code>/files/<slug:upload>/", papers.file, name="file"),
    path("<slug:code>/copy/", papers.copy, name="copy"),
    path("<slug:code>/copy.json", papers.copy_as_data, name="copy-as-data"),
    path("<slug:code>/admission/", office.admission, name="admission"),
    path("<slug:code>/admission/admit/", office.admit, name="admit"),
    path("<slug:code>/admission/refuse/", office.refuse, name="refuse"),
    path("<slug:code>/admission/overrule/", office.overrule, name="overrule"),
    path("<slug:code>/admission/ask/", office.ask, name="ask"),
]
