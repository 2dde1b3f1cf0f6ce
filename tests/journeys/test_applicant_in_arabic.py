"""The applicant's part in Arabic, on a telephone's width, with the keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from tests.journeys import stage
from tests.journeys.keys import press, put, walk_to
from tests.journeys.looking import look
from tests.waits import turning

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser(locale="ar", viewport={"width": 375, "height": 812}),
]
NAME = "ليلى الأرز"
ADDRESS = "laila@arz.example"


def link(page: Page, address: str):
    """The link of the page itself that leads there."""
    return page.locator(f"main a[href^='{address}']").first


def address_of(name: str, *arguments: object) -> str:
    """The Arabic address of a page."""
    with translation.override("ar"):
        return reverse(name, args=arguments)


def come_in(page: Page, call: Call) -> None:
    """From the page of the call, through signing up, to the question of who applies."""
    page.goto(address_of("desks:call", call.code))
    look(page, "arabic-call")
    press(page, link(page, address_of("applications:start", call.code)))
    look(page, "arabic-start-stranger")
    press(page, link(page, address_of("account_signup")), to="/signup/")
    look(page, "arabic-sign-up")
    put(page, page.locator("input[name=name]"), NAME)
    put(page, page.locator("input[name=email]"), ADDRESS)
    put(page, page.locator("input[name=password1]"), stage.PASSWORD)
    press(page, page.locator("main form button.button-primary").first, to="/confirm-email/")
    look(page, "arabic-code")
    put(page, page.locator("input[name=code]"), stage.mailed_code(ADDRESS))
    with turning(page, "/applications/new/$"):
        page.keyboard.press("Enter")
    look(page, "arabic-start-alone")


def pick(page: Page, choice, value: str) -> None:
    """Walk to a list, and down its lines to the one that is meant."""
    walk_to(page, choice)
    for _line in range(choice.locator("option").count()):
        if choice.input_value() == value:
            break
        page.keyboard.press("ArrowDown")
    expect(choice).to_have_value(value)


def add_organisation(page: Page) -> None:
    """The organisation comes first; adding it leads back to the call."""
    press(page, link(page, address_of("directory:organisations")))
    look(page, "arabic-organisations")
    press(page, link(page, address_of("directory:new")))
    look(page, "arabic-organisation-new")
    put(page, page.locator("input[name=name]"), "تجمّع الأرز")
    pick(page, page.locator("select[name=kind]"), "cluster")
    pick(page, page.locator("select[name=country]"), "LB")
    press(page, page.locator("main form button.button-primary"), to="/applications/new/$")
    look(page, "arabic-start")


def choose(page: Page, radio) -> None:
    """Choose among several with the arrows, or the only one with Space."""
    walk_to(page, radio)
    page.keyboard.press("Space")
    expect(radio).to_be_checked()


def fill_cluster(page: Page) -> None:
    """The first section, with the choice made by an arrow."""
    look(page, "arabic-section-1")
    put(page, page.locator("[name=q-members]"), "١٢")
    walk_to(page, page.locator("[name=q-profile]").first)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=q-profile]").nth(1)).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=q-profile]").first).to_be_checked()
    expect(page.locator("#saved")).not_to_be_empty()
    press(page, page.locator("button[name=next]"))


def fill_project(page: Page) -> None:
    """The second section: a long text, boxes, a day and an amount."""
    page.locator("[name=q-need]").wait_for()
    look(page, "arabic-section-2")
    put(page, page.locator("[name=q-need]"), "يحتاج أعضاؤنا إلى غرف تبريد.")
    walk_to(page, page.locator("[name=q-areas]").nth(1))
    page.keyboard.press("Space")
    walk_to(page, page.locator("[name=q-starts]"))
    page.keyboard.type("03152027")  # the control of a day speaks the browser's own language
    expect(page.locator("[name=q-starts]")).to_have_value("2027-03-15")
    put(page, page.locator("[name=q-amount]"), "٩٠٠٠")
    press(page, page.locator("button[name=next]"))


def fill_papers(page: Page, pdf: str) -> None:
    """The third section: the keyboard opens the chooser of files."""
    page.locator("[name=q-proof]").wait_for()
    look(page, "arabic-section-3")
    with page.expect_file_chooser() as chooser:  # before the walk: it takes a moment to be in place
        walk_to(page, page.locator("[name=q-proof]"))
        page.keyboard.press("Enter")
    chooser.value.set_files(pdf)
    walk_to(page, page.locator("[name=q-honour]"))
    page.keyboard.press("Space")
    press(page, page.locator("button[name=stay]"))
    expect(page.get_by_role("link", name="proof.pdf")).to_be_visible()
    look(page, "arabic-section-3-kept")


def sign(page: Page) -> None:
    """Sign, once it is proven who sits there."""
    stage.grow_stale(page)
    press(page, page.locator("main .signature a.button"), to="/reauthenticate/")
    look(page, "arabic-still-you")
    put(page, page.locator("input[name=password]"), stage.PASSWORD)
    with turning(page, "/sign/signature/$"):
        page.keyboard.press("Enter")
    look(page, "arabic-sign")
    put(page, page.locator("input[name=name]"), NAME)
    press(page, page.locator("main form button"), "Space", to="/review/$")


def test_the_keyboard_alone_leads_from_the_call_to_the_receipt(page, live_server, pdf):
    call = stage.opened()

    come_in(page, call)
    add_organisation(page)
    choose(page, page.locator("input[name=organisation]"))
    press(page, page.locator("main form button.button-primary"), to=r"/applications/sb-\w+/$")
    look(page, "arabic-draft")
    press(page, page.locator("main .documents a").first)
    page.locator("[name=q-members]").wait_for()
    fill_cluster(page)
    fill_project(page)
    fill_papers(page, str(pdf))
    sign(page)
    look(page, "arabic-review")
    press(page, page.locator("main form button.button-primary"), to="/receipt/1/$")
    look(page, "arabic-receipt")

    application = Application.objects.get()
    answers = application.submissions.get().content["answers"]
    expect(page.locator("h1")).to_contain_text(application.submissions.get().receipt)
    assert (application.state, application.language) == ("submitted", "ar")
    assert {
        code: answers[code] for code in ("members", "profile", "areas", "starts", "amount")
    } == {
        "members": "12",
        "profile": "yes",
        "areas": ["export"],
        "starts": "2027-03-15",
        "amount": "9000.00",
    }
    assert answers["signature"]["name"] == NAME
