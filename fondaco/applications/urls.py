"""Addresses of applications, below their call, and of receipts, which anybody may check."""

from django.urls import include, path

from fondaco.applications.views import (
    autosave,
    exports,
    office,
    papers,
    partners,
    receipts,
    reminding,
    sending,
    starting,
    writing,
)

app_name = "applications"
BELOW_A_CALL = [
    path("new/", starting.start, name="start"),
    path("office/", office.listing, name="office"),
    path("office/tables/", exports.ask, name="export-ask"),
    path("office/tables/<slug:export>/", exports.page, name="export"),
    path("office/tables/<slug:export>/file/", exports.file, name="export-file"),
    path("<slug:code>/", starting.detail, name="detail"),
    path("<slug:code>/form/<slug:section>/", writing.section, name="section"),
    path("<slug:code>/sign/<slug:question>/", writing.sign, name="sign"),
    path("<slug:code>/review/", sending.review, name="review"),
    path("<slug:code>/submit/", sending.submit, name="submit"),
    path("<slug:code>/receipt/<int:number>/", sending.receipt, name="receipt"),
    path("<slug:code>/receipt/<int:number>/paper/", papers.paper, name="paper"),
    path("<slug:code>/partners/", partners.partners, name="partners"),
    path("<slug:code>/partners/<int:member>/again/", partners.again, name="partner-again"),
    path("<slug:code>/partners/<int:member>/out/", partners.out, name="partner-out"),
    path("<slug:code>/partner/", partners.partner, name="partner"),
    path("<slug:code>/partner/decline/", partners.decline, name="partner-decline"),
    path("<slug:code>/partner/leave/", partners.leave, name="partner-leave"),
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
RECEIPTS = [
    path("", receipts.check, name="check"),
    path("keys/", receipts.keys, name="keys"),
]
KEEPING = (
    [
        path("key/", autosave.key, name="key"),
        path("<slug:code>/<slug:section>/", autosave.keep, name="section"),
    ],
    "keep",
)
"""What pages that save themselves talk to; plumbing, below no language."""
urlpatterns = [
    path("calls/<slug:call>/applications/", include(BELOW_A_CALL)),
    path("receipts/", include(RECEIPTS)),
    path("reminders/<str:token>/", reminding.stop, name="reminders-stop"),
]
