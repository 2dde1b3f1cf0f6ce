"""What goes wrong in the hands of an applicant: a clear answer, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from fondaco.applications import selectors
from fondaco.applications.models import Application, Submission
from fondaco.documents.models import Upload
from tests.factories.calls import ActFactory
from tests.factories.documents import PDF
from tests.journeys import stage
from tests.journeys.french import left_in_english
from tests.journeys.looking import look
from tests.waits import follow, kept_by_itself, turning

MEGABYTE = 1024 * 1024
PHONE = {"width": 375, "height": 812}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call():
    return stage.opened()


def open_page(page: Page, language: str, name: str, *arguments: object) -> None:
    """Open a page in a language."""
    with translation.override(language):
        page.goto(reverse(name, args=arguments))


def open_section(page: Page, language: str, application: Application, section: str) -> None:
    """Open a section of the form in a language."""
    open_page(
        page, language, "applications:section", application.call.code, application.code, section
    )


@pytest.mark.browser
def test_what_is_sent_twice_arrives_once(page, live_server, call):
    writer = stage.applicant("Nadim Vine", "Vine Cluster")
    application = stage.sent(call, writer)
    Submission.objects.all().delete()
    Application.objects.update(state="draft", submitted_at=None)
    stage.demonstration(page, writer.person)
    open_page(page, "en", "applications:start", call.code)

    with turning(page, f"/{application.code}/$"):
        page.get_by_role("button", name="Start").dblclick()
    open_page(page, "en", "applications:review", call.code, application.code)
    with turning(page, "/receipt/1/$"):
        page.get_by_role("button", name="Send the application").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Receipt "))
    assert Application.objects.count() == 1
    assert Submission.objects.count() == 1


@pytest.mark.browser(locale="fr")
def test_a_file_of_thirty_megabytes_is_refused_and_the_rest_is_kept(
    page, live_server, call, tmp_path
):
    writer = stage.applicant("Nadim Vigne", "Grappe Vigne", language="fr")
    application = stage.draft(call, writer, "fr")
    large = tmp_path / "statuts.pdf"
    large.write_bytes(PDF + b"\0" * 30 * MEGABYTE)
    stage.demonstration(page, writer.person)
    open_section(page, "fr", application, "papers")

    page.locator("[name=q-proof]").set_input_files(large)

    refusal = page.get_by_role("status").filter(has_text="statuts.pdf")
    expect(refusal).to_contain_text("10 Mo")
    expect(refusal).to_contain_text("plus petit")
    with kept_by_itself(page, "was-honour"):
        page.locator("[name=q-honour]").uncheck()
    look(page, "wrong-file")
    assert left_in_english(page) == []
    assert Upload.objects.count() == 0
    assert "honour" not in selectors.copy_of(application).values


@pytest.mark.browser(locale="ar", viewport=PHONE)
def test_the_thirty_first_of_february_is_told_and_stays_on_the_page(page, live_server, call):
    writer = stage.applicant("Nadim Karma", "تجمّع الكرمة", language="ar")
    application = stage.draft(call, writer, "ar")
    stage.demonstration(page, writer.person)
    open_section(page, "ar", application, "project")

    page.locator("[name=q-need]").fill("غرف تبريد جديدة.")
    page.locator("[name=q-starts]").focus()
    page.keyboard.type("02312027")
    page.locator("button[name=next]").click()

    expect(page.locator("#q-starts-day")).to_be_visible()
    expect(page.locator("#q-starts-day")).to_contain_text("هذا ليس يومًا كاملًا")
    expect(page.locator("[name=q-starts]")).to_be_focused()
    look(page, "wrong-day")
    page.keyboard.type("02282027")
    follow(page.locator("button[name=next]"))
    page.locator("[name=q-proof]").wait_for()
    kept = selectors.copy_of(application).values
    assert (kept["starts"], kept["need"]) == ("2027-02-28", "غرف تبريد جديدة.")


@pytest.mark.browser
def test_a_day_written_by_hand_that_does_not_exist_comes_back_as_it_was_written(
    page, live_server, call
):
    writer = stage.applicant("Nadim Vine", "Vine Cluster")
    application = stage.draft(call, writer)
    stage.demonstration(page, writer.person)
    open_section(page, "en", application, "project")

    page.locator("[name=q-starts]").evaluate("one => { one.type = 'text' }")
    page.locator("[name=q-starts]").fill("31/02/2027")
    follow(page.locator("button[name=next]"))

    expect(page.locator("#q-starts-error")).to_contain_text(
        "“31/02/2027” is no day of the calendar"
    )
    expect(page.locator("[name=q-starts]")).to_have_value("31/02/2027")
    look(page, "wrong-day-by-hand")


@pytest.mark.browser(locale="fr")
def test_a_session_that_ends_while_somebody_types_loses_nothing(page, live_server, call):
    writer = stage.applicant("Nadim Vigne", "Grappe Vigne", language="fr", is_invented=False)
    application = stage.draft(call, writer, "fr")
    sign_in(page, writer.person)
    with page.expect_response("**/keep/key/"):
        open_section(page, "fr", application, "project")
    stage.sign_out_elsewhere(page)

    page.locator("[name=q-need]").fill("Des chambres froides, et vite.")
    expect(page.locator("#sign-in-again")).to_be_visible()
    look(page, "wrong-session-sign-in")
    assert left_in_english(page) == []
    page.locator("#again-password").fill(stage.PASSWORD)
    page.locator("#again-password").press("Enter")

    expect(page.locator("#sign-in-again")).to_be_hidden()
    expect(page.locator("#unsaved")).to_be_empty()
    look(page, "wrong-session-back")
    assert left_in_english(page) == []
    follow(page.locator("button[name=next]"))
    page.locator("[name=q-proof]").wait_for()
    assert selectors.copy_of(application).values["need"] == "Des chambres froides, et vite."


def sign_in(page: Page, person) -> None:
    """Sign in with the password."""
    page.goto(f"/{person.language}/account/login/")
    fill_in(page, person)
    expect(page).to_have_url(re.compile("/home/$"))


def fill_in(page: Page, person) -> None:
    """Fill the form of signing in and send it."""
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(stage.PASSWORD)
    with turning(page):
        page.locator("input[name=password]").press("Enter")


@pytest.mark.browser(locale="ar", viewport=PHONE)
def test_a_call_that_closes_in_between_says_so_and_keeps_the_words(page, live_server, call):
    writer = stage.applicant("Nadim Karma", "تجمّع الكرمة", language="ar")
    application = stage.draft(call, writer, "ar")
    stage.demonstration(page, writer.person)
    open_section(page, "ar", application, "project")
    stage.close(call)

    page.locator("[name=q-need]").fill("كلمات كُتبت متأخرة.")
    follow(page.locator("button[name=next]"))

    page.locator("[name=q-proof]").wait_for()
    expect(page.locator("main .note-warning")).to_contain_text("لا يمكن إرساله الآن")
    look(page, "wrong-closed")
    assert selectors.copy_of(application).values["need"] == "كلمات كُتبت متأخرة."


@pytest.mark.browser(locale="fr")
def test_sending_a_moment_too_late_is_refused_with_the_reason(page, live_server, call):
    writer = stage.applicant("Nadim Vigne", "Grappe Vigne", language="fr")
    application = stage.sent(call, writer, "fr")
    stage.demonstration(page, writer.person)
    open_page(page, "fr", "applications:review", call.code, application.code)
    stage.close(call)

    follow(page.locator("main form button.button-primary"))

    expect(page.locator("main .note-error").first).to_be_visible()
    look(page, "wrong-too-late")
    assert left_in_english(page) == []
    assert Submission.objects.count() == 1


@pytest.mark.browser(locale="fr")
def test_a_call_that_is_cancelled_leaves_the_words_on_the_page(page, live_server, call):
    writer = stage.applicant("Nadim Vigne", "Grappe Vigne", language="fr")
    application = stage.draft(call, writer, "fr")
    stage.demonstration(page, writer.person)
    open_section(page, "fr", application, "project")
    ActFactory.create(call=call, number=1, kind="cancellation", at=timezone.now())

    page.locator("[name=q-need]").fill("Des mots écrits trop tard.")
    follow(page.locator("button[name=next]"))

    expect(page.locator("main .note-error")).to_be_visible()
    expect(page.locator("[name=q-need]")).to_have_value("Des mots écrits trop tard.")
    look(page, "wrong-cancelled")
    assert left_in_english(page) == []


@pytest.mark.browser(locale="fr")
def test_a_guessed_address_shows_nothing_and_says_so(page, live_server, call):
    other = stage.sent(call, stage.applicant("Omar Autre", "Grappe Autre"))
    writer = stage.applicant("Nadim Vigne", "Grappe Vigne", language="fr")
    stage.demonstration(page, writer.person)

    for name, more in (("detail", []), ("review", []), ("section", ["project"]), ("receipt", [1])):
        open_page(page, "fr", f"applications:{name}", call.code, other.code, *more)
        look(page, "wrong-address")
        assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 404
        assert "Autre" not in page.content()
        assert left_in_english(page) == []
