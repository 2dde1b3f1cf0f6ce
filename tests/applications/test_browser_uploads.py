"""Files in a real browser: in parts, through a cut line and a closed page, several at once."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fondaco.applications.selectors import copy_of
from fondaco.documents.models import Transfer, Upload
from tests.applications.test_browser import enter, section
from tests.factories.applications import ApplicationFactory, colleague_of, open_call
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory, question, schema
from tests.factories.questionnaires import section as part_of_form
from tests.waits import follow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PART = 256 * 1024
TWO_FILES = schema(
    part_of_form(
        "project",
        question("offer", "file", required=True, accepts=["pdf"], megabytes=10),
        question("plan", "file", accepts=["pdf", "png"], megabytes=10),
    )
)


@pytest.fixture
def application():
    closes_at = timezone.now() + timedelta(days=9)
    return ApplicationFactory(
        call=open_call(form=FormVersionFactory(schema=TWO_FILES), closes_at=closes_at)
    )


@pytest.fixture
def desk(page, live_server, application):
    """The page of the form, open for a colleague."""
    enter(page, live_server, colleague_of(application.organisation))
    page.goto(section(application, "project"))
    return page


def paper(folder, name, megabytes):
    """A file that begins as a PDF; invented."""
    made = folder / name
    noise = b"".join(hashlib.sha256(f"{name}{at}".encode()).digest() for at in range(32 * 1024))
    made.write_bytes(PDF + noise * megabytes)
    return made


def watched(page):
    """The parts that reach the site: where each begins, and how long it is."""
    parts = []

    def note(request):
        if request.method == "PATCH":
            headers = request.all_headers()
            parts.append((int(headers["upload-offset"]), int(headers["content-length"])))

    page.on("request", note)
    return parts


def place(page, name):
    return page.locator(f".file-field:has(#q-{name})")


def test_an_upload_goes_on_at_the_exact_byte_after_a_cut_and_a_reload(desk, application, tmp_path):
    made, sent = paper(tmp_path, "offer.pdf", 6), []

    def cut_in_the_middle(route):
        if route.request.method == "PATCH" and len(sent) == 9:
            route.abort("connectionreset")
            return
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
        route.continue_()

    desk.route("**/uploads/**", cut_in_the_middle)
    desk.locator("#q-offer").set_input_files(made)
    expect(place(desk, "offer")).to_contain_text("it goes on by itself")
    desk.on("dialog", lambda dialog: dialog.accept())
    before = len(sent) * PART
    desk.goto("about:blank")
    desk.unroute("**/uploads/**")
    desk.goto(section(application, "project"))

    expect(place(desk, "offer")).to_contain_text("offer.pdf is not here whole yet")
    parts = watched(desk)
    desk.locator("#q-offer").set_input_files(made)
    expect(place(desk, "offer").locator(".upload-said")).to_contain_text(
        "has arrived and is kept, byte for byte"
    )

    upload = Upload.objects.get()
    whole = made.stat().st_size
    assert sent == [at * PART for at in range(9)]
    assert parts[0][0] == before
    assert sum(length for _offset, length in parts) == whole - before
    assert max(length for _offset, length in parts) == PART
    assert upload.sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
    assert copy_of(application).answers["offer"] == upload.code
    expect(place(desk, "offer").get_by_role("link", name="offer.pdf")).to_have_attribute(
        "href", re.compile(f"/files/{upload.code}/$")
    )
    place(desk, "offer").get_by_text("Checksum").click()
    expect(place(desk, "offer")).to_contain_text(upload.sha256)
    follow(place(desk, "offer").get_by_role("button", name="Remove"))
    assert copy_of(application).answers["offer"] == ""


def test_two_files_come_at_once_and_a_button_waits_for_them(desk, application, tmp_path):
    first, second = paper(tmp_path, "offer.pdf", 3), paper(tmp_path, "plan.pdf", 3)

    desk.locator("#q-offer").set_input_files(first)
    desk.locator("#q-plan").set_input_files(second)
    follow(desk.get_by_role("button", name="Save and go on"))

    answers = copy_of(application).answers
    assert {upload.name for upload in Upload.objects.all()} == {"offer.pdf", "plan.pdf"}
    assert all(answers[code] for code in ("offer", "plan"))
    assert Upload.objects.count() == 2


def test_a_pause_keeps_what_arrived_and_cancel_forgets_it(desk, tmp_path):
    made = paper(tmp_path, "offer.pdf", 6)
    here = place(desk, "offer")

    desk.locator("#q-offer").set_input_files(made)
    expect(here).to_contain_text("25% of offer.pdf")
    here.get_by_role("button", name="Pause").press("Enter")
    expect(here).to_contain_text("Paused. What arrived is kept.")
    expect(here.get_by_role("button", name="Go on")).to_be_focused()
    here.get_by_role("button", name="Go on").press("Enter")
    expect(here.locator(".upload-said")).to_contain_text("is kept")
    desk.locator("#q-plan").set_input_files(made)
    expect(place(desk, "plan")).to_contain_text("25%")
    place(desk, "plan").get_by_role("button", name="Cancel").click()

    expect(place(desk, "plan")).to_contain_text("The upload was cancelled.")
    expect(desk.locator("#q-plan")).to_be_focused()
    assert Upload.objects.get().name == "offer.pdf"
    assert Transfer.objects.filter(place="plan").count() == 0


def test_what_is_not_taken_is_said_with_its_remedy(desk, tmp_path):
    wrong, large = tmp_path / "letter.pdf", paper(tmp_path, "large.pdf", 11)
    wrong.write_bytes(b"<html>" + b" " * 500)

    desk.locator("#q-offer").set_input_files(wrong)
    desk.locator("#q-plan").set_input_files(large)

    expect(place(desk, "offer").locator(".error")).to_have_text(
        "letter.pdf is, by its content, none of these: PDF."
    )
    expect(place(desk, "plan").locator(".error")).to_have_text(
        "large.pdf is larger than the 10 MB that are allowed. Choose a smaller file."
    )


def test_a_session_that_ended_in_the_middle_is_said(desk, tmp_path):
    made, here = paper(tmp_path, "offer.pdf", 6), place(desk, "offer")

    desk.locator("#q-offer").set_input_files(made)
    expect(here).to_contain_text("25% of offer.pdf")
    cookies = desk.context.cookies()
    desk.context.clear_cookies(name="sessionid")
    expect(here).to_contain_text("You are not signed in any more.")
    desk.context.add_cookies(cookies)
    here.get_by_role("button", name="Go on").click()

    expect(here.locator(".upload-said")).to_contain_text("is kept, byte for byte")


@pytest.mark.browser(java_script_enabled=False)
def test_without_script_the_buttons_send_the_file(desk, application, tmp_path):
    made = paper(tmp_path, "offer.pdf", 1)

    desk.locator("#q-offer").set_input_files(made)
    follow(desk.get_by_role("button", name="Save", exact=True))

    expect(place(desk, "offer").get_by_role("link", name="offer.pdf")).to_be_visible()
    assert Upload.objects.get().sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
