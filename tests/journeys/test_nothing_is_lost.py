"""What somebody types is never lost: offline, signed out, beside a colleague, on a shared computer.

The people, their organisations and what they write are invented.
"""

import json
import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from fondaco.applications import selectors
from fondaco.applications.models import Application, Submission
from fondaco.applications.services import writing
from tests.factories.applications import ApplicationFactory, colleague_of, open_call
from tests.factories.questionnaires import (
    FormVersionFactory,
    option,
    question,
    schema,
    section,
)
from tests.journeys import stage
from tests.journeys.looking import look
from tests.waits import Gate, be_patient, follow, turning

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 375, "height": 812}
KEEPS = "**/keep/*/project/"
SAVED = re.compile(r"Saved at \d\d:\d\d on the platform")
FORM = schema(
    section(
        "project",
        question("aim", "long-text", required=True),
        question("place"),
        question("topics", "choices", option=[option("training"), option("travel")]),
        question("iban", private=True),
    ),
    section("end", question("members", "number", required=True)),
)
PATIENT = """const at = setTimeout;
window.setTimeout = (what, ms, ...more) => at(what, ms === 3000 ? 60000 : ms, ...more);"""
"""The page waits for its answers however slow the machine is."""
KEPT = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  if (!names.includes("fondaco-copies")) return [];
  const open = indexedDB.open("fondaco-copies");
  await new Promise((resolve) => { open.onsuccess = resolve; });
  const asked = open.result.transaction("copies").objectStore("copies").getAll();
  await new Promise((resolve) => { asked.onsuccess = resolve; });
  open.result.close();
  const text = (buffer) => String.fromCharCode(...new Uint8Array(buffer));
  return asked.result.map((one) => ({ ...one, iv: text(one.iv), sealed: text(one.sealed) }));
}"""


@pytest.fixture
def application():
    call = open_call(
        form=FormVersionFactory(schema=FORM), closes_at=timezone.now() + timedelta(days=9)
    )
    return ApplicationFactory(call=call)


@pytest.fixture
def writer(application):
    return colleague_of(application.organisation)


def enter(page: Page, person) -> None:
    """Give the browser the session of somebody who has just signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    address = page.evaluate("location.origin") if page.url.startswith("http") else None
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": address or page.base}]
    )


def open_section(page: Page, application: Application, code: str = "project", language="en"):
    """Open a section and wait until its page has got its key."""
    address = reverse("applications:section", args=[application.call.code, application.code, code])
    with page.expect_response("**/keep/key/"):
        page.goto(address.replace("/en/", f"/{language}/"))


def copies(page: Page) -> list[dict]:
    """What the browser keeps."""
    return page.evaluate(KEPT)


def answers(application: Application) -> dict:
    """What the platform has."""
    return dict(selectors.copy_of(application).answers)


def give_up(route: Route) -> None:
    """What becomes of a save on a line that is cut."""
    route.abort()


def cut(page: Page) -> None:
    """From now on nothing that is saved of the section arrives."""
    page.route(KEEPS, give_up)


def mend(page: Page) -> None:
    """Let what is saved through again, and tell the page so, as a browser does."""
    page.unroute(KEEPS, give_up)
    page.evaluate("window.dispatchEvent(new Event('online'))")


def leave(page: Page) -> None:
    """Go to a page that sends nothing, and only then let through again what is saved."""
    page.goto("/robots.txt")
    page.unroute(KEEPS, give_up)


def type_in_vain(page: Page, application: Application, aim: str) -> None:
    """Type what never arrives, until this browser keeps it."""
    open_section(page, application)
    cut(page)
    page.get_by_label("Aim").fill(aim)
    expect(page.locator("#saved")).to_contain_text("kept in this browser only")
    expect(page.locator("#unsaved")).to_contain_text("this browser keeps a sealed copy")


@pytest.fixture
def desk(page, live_server):
    """The page, which knows where the site is before it is there."""
    page.base = live_server.url
    return page


@pytest.mark.browser
def test_offline_signed_out_and_back_again_everything_is_there(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    desk.get_by_label("Aim").fill("To dry dates with the sun.")
    expect(desk.locator("#saved")).to_contain_text(SAVED)

    desk.context.set_offline(True)
    desk.get_by_label("Aim").fill("To dry dates with the sun, and figs.")
    expect(desk.locator("#saved")).to_contain_text("kept in this browser only")
    look(desk, "keep-offline")
    desk.get_by_label("Place").fill("Tozeur")
    stage.sign_out_elsewhere(desk)
    desk.context.set_offline(False)
    expect(desk.get_by_role("heading", name="Sign in again")).to_be_visible()
    expect(desk.get_by_label("Email")).to_have_value(writer.email)
    look(desk, "keep-signed-out")
    desk.get_by_label("Password").fill("wrong")
    desk.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("dialog").get_by_role("alert")).not_to_be_empty()
    desk.get_by_label("Password").fill(stage.PASSWORD)
    desk.get_by_role("dialog").get_by_role("button", name="Sign in").click()

    expect(desk.get_by_role("dialog")).to_be_hidden()
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    kept = answers(application)
    assert (kept["aim"], kept["place"]) == ("To dry dates with the sun, and figs.", "Tozeur")
    follow(desk.get_by_role("button", name="Save and go on"))
    desk.get_by_label("Members").fill("12")
    follow(desk.get_by_role("button", name="Save and go on"))
    follow(desk.get_by_role("button", name="Send the application"))
    expect(desk.get_by_role("heading", level=1)).to_have_text(re.compile("^Receipt "))
    sent = Submission.objects.get().content["answers"]
    assert sent["aim"] == "To dry dates with the sun, and figs."


@pytest.mark.browser
def test_what_was_typed_offline_is_back_after_the_tab_was_closed(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    desk.context.set_offline(True)
    desk.get_by_label("Aim").fill("Written in a train.")
    desk.get_by_label("Training").check()
    expect(desk.locator("#unsaved")).to_contain_text("this browser keeps a sealed copy")
    cut(desk)
    desk.context.set_offline(False)
    leave(desk)
    assert answers(application) == {}

    open_section(desk, application)

    expect(desk.get_by_text("what was not saved yet, is back")).to_be_visible()
    expect(desk.get_by_label("Aim")).to_have_value("Written in a train.")
    expect(desk.get_by_label("Training")).to_be_checked()
    look(desk, "keep-brought-back")
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    assert answers(application)["aim"] == "Written in a train."


@pytest.mark.browser
def test_what_only_the_browser_has_is_sent_from_another_page(desk, application, writer):
    enter(desk, writer)
    type_in_vain(desk, application, "Never sent.")
    leave(desk)

    with desk.expect_response(KEEPS) as sent:
        open_section(desk, application, "end")

    assert sent.value.json()["where"] == "database"
    assert answers(application)["aim"] == "Never sent."
    assert "iban" not in answers(application)


@pytest.mark.browser
def test_the_page_of_the_application_sends_what_only_the_browser_has(desk, application, writer):
    enter(desk, writer)
    type_in_vain(desk, application, "Never sent.")
    leave(desk)

    with desk.expect_response(KEEPS) as sent:
        desk.goto(reverse("applications:detail", args=[application.call.code, application.code]))

    assert sent.value.ok
    assert answers(application)["aim"] == "Never sent."


@pytest.mark.browser
def test_the_last_look_before_sending_brings_in_what_only_the_browser_has(
    desk, application, writer
):
    enter(desk, writer)
    type_in_vain(desk, application, "Never sent.")
    leave(desk)

    desk.goto(reverse("applications:review", args=[application.call.code, application.code]))

    expect(desk.get_by_text("Never sent.")).to_be_visible()
    assert answers(application)["aim"] == "Never sent."


@pytest.mark.browser
def test_whoever_sends_at_once_sends_what_only_the_browser_has(desk, application, writer):
    who = {"by": writer, "at": timezone.now()}
    whole = {"project": {"aim": "Saved."}, "end": {"members": "12"}}
    for code, answered in whole.items():
        writing.save_section(application.pk, section=code, answers=answered, **who)
    enter(desk, writer)
    type_in_vain(desk, application, "Never sent.")
    leave(desk)
    desk.add_init_script(PATIENT)
    asked = Gate(desk, "**/keep/key/", method="GET")
    with desk.expect_request("**/keep/key/"):
        desk.goto(reverse("applications:review", args=[application.call.code, application.code]))

    with turning(desk, "/receipt/"):
        desk.get_by_role("button", name="Send the application").click()
        asked.open()

    sent = Submission.objects.get().content["answers"]
    assert sent["aim"] == "Never sent."


@pytest.mark.browser
def test_the_last_look_says_where_two_answers_wait_for_a_choice(desk, application, writer):
    enter(desk, writer)
    type_in_vain(desk, application, "Mine.")
    leave(desk)
    who = {"by": colleague_of(application.organisation), "at": timezone.now()}
    writing.save_section(application.pk, section="project", answers={"aim": "Theirs."}, **who)

    desk.goto(reverse("applications:review", args=[application.call.code, application.code]))

    expect(desk.get_by_text("differs from the one on the platform")).to_be_visible()
    assert answers(application)["aim"] == "Theirs."


@pytest.mark.browser
def test_two_browsers_on_one_draft_choose_field_by_field(desk, application, writer, chromium):
    other = colleague_of(application.organisation)
    enter(desk, writer)
    open_section(desk, application)
    context = chromium.new_context(base_url=desk.base, locale="en")
    be_patient(context)
    second = context.new_page()
    second.base = desk.base
    enter(second, other)
    open_section(second, application)

    second.get_by_label("Aim").fill("Their aim.")
    second.get_by_label("Place").fill("Their place.")
    expect(second.locator("#saved")).to_contain_text(SAVED)
    expect(second.locator("#unsaved")).to_be_empty()
    context.close()
    desk.get_by_label("Aim").fill("My aim.")
    expect(desk.locator("#saved")).to_contain_text("A colleague changed the same answer")
    expect(desk.get_by_label("Place")).to_have_value("Their place.")
    desk.get_by_role("button", name="Compare the two").click()
    dialog = desk.get_by_role("dialog", name="Two answers to the same question")
    expect(dialog.get_by_role("group", name="Aim")).to_contain_text("Their aim.")
    expect(dialog.get_by_role("group", name="Aim")).to_contain_text("My aim.")
    look(desk, "keep-choice")
    dialog.get_by_label("The one on the platform").check()
    dialog.get_by_role("button", name="Keep what is chosen").click()

    expect(desk.get_by_label("Aim")).to_have_value("Their aim.")
    desk.get_by_label("Aim").fill("Their aim, and mine.")
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    kept = answers(application)
    assert (kept["aim"], kept["place"]) == ("Their aim, and mine.", "Their place.")


@pytest.mark.browser
def test_what_came_back_and_what_a_colleague_wrote_are_both_shown(desk, application, writer):
    other = colleague_of(application.organisation)
    enter(desk, writer)
    type_in_vain(desk, application, "Mine, from this browser.")
    leave(desk)
    who = {"by": other, "at": timezone.now()}
    theirs = {"aim": "Theirs, saved meanwhile."}
    writing.save_section(application.pk, section="project", answers=theirs, **who)

    open_section(desk, application)

    dialog = desk.get_by_role("dialog", name="Two answers to the same question")
    expect(dialog).to_contain_text("Mine, from this browser.")
    expect(dialog).to_contain_text("Theirs, saved meanwhile.")
    dialog.get_by_role("button", name="Keep what is chosen").click()
    expect(desk.get_by_label("Aim")).to_have_value("Mine, from this browser.")
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    assert answers(application)["aim"] == "Mine, from this browser."


@pytest.mark.browser
def test_another_person_on_the_browser_sees_and_sends_nothing(desk, application, writer):
    other = colleague_of(application.organisation)
    enter(desk, writer)
    type_in_vain(desk, application, "A secret of the first.")
    kept = json.dumps(copies(desk))
    assert "secret" not in kept
    assert writer.email not in kept
    asked = []
    stage.sign_out_elsewhere(desk)
    leave(desk)
    desk.on("request", lambda request: asked.append(request) if request.method == "POST" else None)

    enter(desk, other)
    open_section(desk, application)

    expect(desk.get_by_label("Aim")).to_have_value("")
    expect(desk.locator("#brought-back")).to_be_hidden()
    assert asked == []
    assert answers(application) == {}
    assert len(copies(desk)) == 1
    enter(desk, writer)
    open_section(desk, application)
    expect(desk.get_by_label("Aim")).to_have_value("A secret of the first.")


@pytest.mark.browser
def test_an_open_page_sends_nothing_once_somebody_else_signed_in(desk, application, writer):
    other = colleague_of(application.organisation)
    enter(desk, writer)
    open_section(desk, application)

    enter(desk, other)
    desk.get_by_label("Aim").fill("Typed by the first.")

    expect(desk.locator("#saved")).to_contain_text("Somebody else is signed in now.")
    assert answers(application) == {}


@pytest.mark.browser
def test_signing_out_wipes_the_copies_of_whoever_leaves(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    desk.get_by_label("Aim").fill("Kept for seven days.")
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    desk.wait_for_function(f"async () => (await ({KEPT})()).some((one) => one.saved > 0)")

    desk.locator("details.menu > summary").last.click()
    follow(desk.get_by_role("button", name="Sign out"))

    desk.wait_for_function(f"async () => (await ({KEPT})()).length === 0")
    desk.wait_for_function("!/(^|; )left=/.test(document.cookie)")
    assert "left" not in {cookie["name"] for cookie in desk.context.cookies()}


@pytest.mark.browser
def test_old_copies_leave_the_browser_on_any_page(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    desk.get_by_label("Aim").fill("Kept for seven days.")
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    desk.wait_for_function(f"async () => (await ({KEPT})()).some((one) => one.saved > 0)")
    week = 7 * 24 * 3600 * 1000 + 1000

    desk.evaluate(
        f"import('/static/web/js/copies.js').then((one) => one.sweep(Date.now() + {week}))"
    )

    assert copies(desk) == []


@pytest.mark.browser
def test_on_a_shared_computer_nothing_is_stored(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    desk.get_by_label("Aim").fill("Stored at first.")
    desk.wait_for_function(f"async () => (await ({KEPT})()).length > 0")

    desk.get_by_label("This is a shared computer").check()

    desk.wait_for_function(f"async () => (await ({KEPT})()).length === 0")
    cut(desk)
    desk.get_by_label("Aim").fill("On this page only.")
    expect(desk.locator("#unsaved")).to_contain_text("on this page only")
    expect(desk.locator("#saved")).to_contain_text("on this page only: leave it open")
    assert copies(desk) == []
    mend(desk)
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    assert copies(desk) == []
    open_section(desk, application)
    expect(desk.get_by_label("This is a shared computer")).to_be_checked()


@pytest.mark.browser
def test_a_private_answer_is_never_in_the_copy(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    cut(desk)

    desk.get_by_label("Iban").fill("XX00 INVENTED 0001")
    desk.get_by_label("Place").fill("Tozeur")
    expect(desk.locator("#unsaved")).to_contain_text("Bank and identity data are on this page only")

    key = desk.evaluate("fetch('/keep/key/').then((one) => one.json())")["key"]
    opened = desk.evaluate(
        """async (key) => {
          const { all } = await import("/static/web/js/copies.js");
          const { cipherOf } = await import("/static/applications/cipher.js");
          const cipher = await cipherOf(key);
          return Promise.all((await all()).map((one) => cipher.open(one.name, one)));
        }""",
        key,
    )
    assert [said["typed"]["place"] for said in opened] == [["Tozeur"]]
    assert "iban" not in json.dumps(opened).lower()
    mend(desk)
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    assert answers(application)["iban"] == "XX00 INVENTED 0001"


@pytest.mark.browser
def test_what_the_spool_took_is_received_and_no_clash_with_oneself(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application)
    taken = []

    def spool(route):
        taken.append(route.request.post_data)
        said = "Received at 21:04, not yet in the database"
        told = {"where": "spool", "saved": said, "at": timezone.now().isoformat(), "next": 0}
        route.fulfill(json=told | {"marks": {"aim": "0123456789abcdef"}, "clashes": []})

    desk.route(KEEPS, spool)
    desk.get_by_label("Aim").fill("Taken by the spool.")

    expect(desk.locator("#saved")).to_contain_text("Received at 21:04, not yet in the database")
    expect(desk.locator("[name=was-aim]")).to_have_value(re.compile(r"^\w{16} 0123456789abcdef$"))
    assert "many=topics" in taken[0]
    desk.unroute(KEEPS, spool)
    who = {"by": writer, "at": timezone.now()}
    answered = {"aim": "Taken by the spool."}
    writing.save_section(application.pk, section="project", answers=answered, **who)
    marked = desk.locator("[name=was-aim]")
    marked.evaluate(f"(one) => {{ one.value = one.value.split(' ')[0] + ' {mark_of(answered)}' }}")
    desk.get_by_label("Aim").fill("Typed on.")
    expect(desk.locator("#saved")).to_contain_text(SAVED)
    expect(desk.locator("#unsaved")).to_be_empty()
    assert answers(application)["aim"] == "Typed on."


def mark_of(answered: dict[str, str]) -> str:
    """The mark of the one answer."""
    from fondaco.questionnaires.rules.answers import mark

    return mark(answered["aim"])


@pytest.mark.browser(locale="ar", viewport=PHONE)
def test_on_a_phone_in_arabic_the_words_stand_where_they_should(desk, application, writer):
    enter(desk, writer)
    open_section(desk, application, language="ar")
    cut(desk)

    desk.locator("[name=q-aim]").fill("تجفيف التمور بالشمس.")
    expect(desk.locator("#saved .error")).to_be_visible()
    look(desk, "keep-offline-ar")
    stage.sign_out_elsewhere(desk)
    mend(desk)
    expect(desk.locator("#sign-in-again")).to_be_visible()
    look(desk, "keep-signed-out-ar")
    desk.locator("#again-password").fill(stage.PASSWORD)
    desk.locator("#again-password").press("Enter")
    expect(desk.locator("#sign-in-again")).to_be_hidden()
    expect(desk.locator("#saved .error")).to_have_count(0)
    expect(desk.locator("#unsaved")).to_be_empty()
    assert answers(application)["aim"] == "تجفيف التمور بالشمس."
