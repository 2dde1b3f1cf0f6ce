"""Files in a real browser: in parts, through a cut line and a closed page, several at once."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from fondaco.applications.selectors import copy_of
from fondaco.documents.models import Transfer, Upload
from tests.applications.test_browser import enter, section
from tests.factories.applications import ApplicationFactory, colleague_of, open_call
from tests.factories.directory import PostFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory, question, schema
from tests.factories.questionnaires import section as part_of_form
from tests.waits import Gate, follow, turning

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PART = 256 * 1024
PARTS = "**/uploads/**"
A_QUARTER = 8
"""Parts of a file of six megabytes and a little more: a quarter of it, and not yet the half."""
TWO_FILES = schema(
    part_of_form(
        "project",
        question("offer", "file", required=True, accepts=["pdf"], megabytes=10),
        question("plan", "file", accepts=["pdf", "png"], megabytes=10),
    )
)


ALSO_A_NUMBER = schema(
    part_of_form(
        "project",
        question("offer", "file", accepts=["pdf"], megabytes=10),
        question("members", "number"),
    )
)


def asking(form):
    """An application to an open call that asks what the form says."""
    closes_at = timezone.now() + timedelta(days=9)
    return ApplicationFactory(
        call=open_call(form=FormVersionFactory(schema=form), closes_at=closes_at)
    )


@pytest.fixture
def application():
    return asking(TWO_FILES)


@pytest.fixture
def desk(page, live_server, application):
    """The page of the form, open for a colleague."""
    page.reader = colleague_of(application.organisation)
    enter(page, live_server, page.reader)
    page.goto(section(application, "project"))
    return page


def paper(folder, name, megabytes):
    """A file that begins as a PDF; invented."""
    made = folder / name
    noise = b"".join(hashlib.sha256(f"{name}{at}".encode()).digest() for at in range(32 * 1024))
    made.write_bytes(PDF + noise * megabytes)
    return made


def watched(page):
    """The requests that bring a part of a file, as they are made."""
    seen = []
    page.on("request", lambda one: seen.append(one) if one.method == "PATCH" else None)
    return seen


def parts_of(requests):
    """Where each part begins, and how long it is."""
    told = [one.all_headers() for one in requests]
    return [(int(one["upload-offset"]), int(one["content-length"])) for one in told]


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

    desk.route(PARTS, cut_in_the_middle)
    desk.locator("#q-offer").set_input_files(made)
    expect(place(desk, "offer")).to_contain_text("it goes on by itself")
    desk.on("dialog", lambda dialog: dialog.accept())
    before = len(sent) * PART
    desk.goto("about:blank")
    desk.unroute(PARTS, cut_in_the_middle)
    desk.goto(section(application, "project"))

    expect(place(desk, "offer")).to_contain_text("offer.pdf is not here whole yet")
    brought = watched(desk)
    desk.locator("#q-offer").set_input_files(made)
    expect(place(desk, "offer").locator(".upload-said")).to_contain_text(
        "has arrived and is kept, byte for byte"
    )

    upload = Upload.objects.get()
    whole, parts = made.stat().st_size, parts_of(brought)
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
    here, gate = place(desk, "offer"), Gate(desk, PARTS, method="PATCH", lets=A_QUARTER)

    desk.locator("#q-offer").set_input_files(made)
    expect(here).to_contain_text("25% of offer.pdf")
    here.get_by_role("button", name="Pause").press("Enter")
    expect(here).to_contain_text("Paused. What arrived is kept.")
    expect(here.get_by_role("button", name="Go on")).to_be_focused()
    gate.open()
    here.get_by_role("button", name="Go on").press("Enter")
    expect(here.locator(".upload-said")).to_contain_text("is kept")
    gate = Gate(desk, PARTS, method="PATCH", lets=A_QUARTER)
    desk.locator("#q-plan").set_input_files(made)
    expect(place(desk, "plan")).to_contain_text("25%")
    place(desk, "plan").get_by_role("button", name="Cancel").click()

    expect(place(desk, "plan")).to_contain_text("The upload was cancelled.")
    expect(desk.locator("#q-plan")).to_be_focused()
    gate.open()
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
    gate = Gate(desk, PARTS, method="PATCH", lets=A_QUARTER)

    desk.locator("#q-offer").set_input_files(made)
    expect(here).to_contain_text("25% of offer.pdf")
    cookies = desk.context.cookies()
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    gate.open()
    expect(here).to_contain_text("You are not signed in any more.")
    desk.context.add_cookies(cookies)
    here.get_by_role("button", name="Go on").click()

    expect(here.locator(".upload-said")).to_contain_text("is kept, byte for byte")


def press_enter(desk, made):
    """Type a number below a kept file, and press Enter in it."""
    person, application = desk.reader, asking(ALSO_A_NUMBER)
    PostFactory(person=person, organisation=application.organisation)
    desk.goto(section(application, "project"))
    desk.locator("#q-offer").set_input_files(made)
    follow(desk.get_by_role("button", name="Save", exact=True))
    expect(place(desk, "offer").get_by_role("button", name="Remove")).to_be_visible()

    desk.get_by_label("Members").fill("12")
    with turning(desk):
        desk.get_by_label("Members").press("Enter")

    expect(desk.get_by_label("Members")).to_have_value("12")
    expect(place(desk, "offer").get_by_role("link", name="offer.pdf")).to_be_visible()
    kept = copy_of(application).answers
    assert kept["offer"] == Upload.objects.get().code
    assert kept["members"] == "12"


def test_enter_in_a_field_saves_and_removes_no_file(desk, tmp_path):
    press_enter(desk, paper(tmp_path, "offer.pdf", 1))


@pytest.mark.browser(java_script_enabled=False)
def test_without_script_enter_in_a_field_saves_and_removes_no_file(desk, tmp_path):
    press_enter(desk, paper(tmp_path, "offer.pdf", 1))


@pytest.mark.browser(java_script_enabled=False)
def test_without_script_the_buttons_send_the_file(desk, application, tmp_path):
    made = paper(tmp_path, "offer.pdf", 1)

    desk.locator("#q-offer").set_input_files(made)
    follow(desk.get_by_role("button", name="Save", exact=True))

    expect(place(desk, "offer").get_by_role("link", name="offer.pdf")).to_be_visible()
    assert Upload.objects.get().sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
