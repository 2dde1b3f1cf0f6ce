"""The whole thread of a call in a browser: from its publication to the letter with the outcome.

The call is loaded as a draft, the roles were given before, a rival has applied, and time passes.
Everything else that a person does is done in the browser.
"""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.evaluation.models import Assignment, Decision
from fondaco.mail.models import Letter
from fondaco.programmes.states import RoleKind
from tests import waits
from tests.journeys import stage
from tests.journeys.looking import look

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser(viewport={"width": 1280, "height": 900}),
]
ADDRESS = "amina@cedar.example"


def press(page: Page, name: str, to: str = "") -> None:
    """Press a button of the page itself that leads on."""
    waits.follow(page.locator("main").get_by_role("button", name=name, exact=True), to)


def follow(page: Page, name: str) -> None:
    """Follow a link of the page itself."""
    waits.follow(page.locator("main").get_by_role("link", name=name, exact=True).first)


def title(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait for the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def publish(page: Page, call: Call) -> None:
    """The officer reads the draft through, and publishes it."""
    page.goto(reverse("desks:office", args=[call.code]))
    follow(page, "Preview")
    look(page, "thread-preview-of-draft")
    page.goto(reverse("desks:office", args=[call.code]))
    look(page, "thread-draft-of-call")
    follow(page, "Publish")
    look(page, "thread-publish")
    page.get_by_label("Publish the call: everybody can read it").check()
    page.get_by_label("Yes, this shall stand on the public page").check()
    press(page, "Record it", "/office/$")
    expect(page.get_by_text("the page of the call says so")).to_be_visible()
    follow(page, "Public page")
    expect(page.get_by_role("link", name="Start application").first).to_be_visible()


def sign_up(page: Page, call: Call) -> None:
    """From the page of the call to an account whose address is proven."""
    page.goto(reverse("desks:call", args=[call.code]))
    look(page, "thread-call")
    follow(page, "Start application")
    look(page, "thread-start-stranger")
    follow(page, "Create an account")
    look(page, "thread-sign-up")
    page.get_by_label("Your name").fill("Amina Cedar")
    page.get_by_label("Email").fill(ADDRESS)
    page.locator("input[name=password1]").fill(stage.PASSWORD)
    press(page, "Sign up")
    page.locator("input[name=code]").wait_for()
    look(page, "thread-code")
    page.locator("input[name=code]").fill(stage.mailed_code(ADDRESS))
    with waits.turning(page):
        page.locator("input[name=code]").press("Enter")


def add_organisation(page: Page) -> None:
    """From the call, which asks for an organisation, and back to it."""
    title(page, "Start an application")
    look(page, "thread-start-alone")
    follow(page, "Find or add my organisation")
    look(page, "thread-organisations")
    follow(page, "Add an organisation")
    look(page, "thread-organisation-new")
    page.get_by_label("Name", exact=True).first.fill("Cedar Cluster")
    page.get_by_label("Kind of organisation").select_option("cluster")
    page.get_by_label("Country").select_option("LB")
    press(page, "Add the organisation", "/applications/new/$")
    title(page, "Start an application")


def write(page: Page, pdf: str) -> None:
    """Start, and fill each section; what is typed is kept by itself."""
    page.get_by_label("Cedar Cluster").check()
    look(page, "thread-start")
    press(page, "Start")
    look(page, "thread-draft")
    follow(page, "Your cluster")
    title(page, "Your cluster")
    page.get_by_label("Members today").fill("14")
    page.get_by_label("Yes, all of them").check()
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Saved at \d\d:\d\d"))
    look(page, "thread-section-1")
    press(page, "Save and go on")
    title(page, "Your plan")
    page.get_by_label("What do your members need?").fill("Buyers for what they dry and press.")
    page.get_by_label("Markets abroad").check()
    page.get_by_label("First day of work").fill("2027-02-01")
    page.get_by_label("Value of the expertise").fill("9500")
    look(page, "thread-section-2")
    press(page, "Save and go on")
    title(page, "Papers and signature")
    page.get_by_label("Proof of registration").set_input_files(pdf)
    page.get_by_label("Everything written here is true.").check()
    look(page, "thread-section-3")
    press(page, "Save")
    expect(page.get_by_role("link", name="proof.pdf")).to_be_visible()


def sign_and_send(page: Page) -> str:
    """Sign once it is proven anew who sits there, read through, send; the code of the receipt."""
    stage.grow_stale(page)
    follow(page, "Sign")
    title(page, "Is it still you?")
    look(page, "thread-still-you")
    page.locator("input[name=password]").fill(stage.PASSWORD)
    with waits.turning(page):
        page.locator("input[name=password]").press("Enter")
    title(page, "Signature for the cluster")
    look(page, "thread-sign")
    press(page, "Sign")
    title(page, "Check and send")
    look(page, "thread-review")
    press(page, "Send the application")
    title(page, re.compile("^Receipt "))
    expect(page.get_by_text("This is the version that counts.")).to_be_visible()
    look(page, "thread-receipt")
    return page.get_by_role("heading", level=1).inner_text().removeprefix("Receipt ")


def check(page: Page, call: Call) -> None:
    """The officer finds both applications in the list and confirms them as eligible."""
    page.goto(reverse("desks:office", args=[call.code]))
    look(page, "thread-office")
    page.goto(reverse("applications:office", args=[call.code]))
    look(page, "thread-applications")
    for number in range(2):
        waits.follow(page.locator("tbody th a").nth(number))
        press(page, "Confirm as eligible")
        expect(page.get_by_text("The application is confirmed as eligible.")).to_be_visible()
        look(page, "thread-admission")
        page.goto(reverse("applications:office", args=[call.code]))


def seat_and_spread(page: Page, call: Call) -> None:
    """Both evaluators sit on the panel, and each gets both files."""
    page.goto(reverse("evaluation:panel", args=[call.code]))
    look(page, "thread-panel")
    for _number in range(2):
        waits.follow(page.get_by_role("link", name="Put on the panel").first)
        look(page, "thread-seat")
        press(page, "Put on the panel", "/panel/$")
    look(page, "thread-panel-full")
    page.goto(reverse("evaluation:assign", args=[call.code]))
    follow(page, "Spread the files evenly")
    look(page, "thread-spread")
    press(page, "Give the files as shown", "/files/$")
    look(page, "thread-files")


def declare_conflict(page: Page, application: Application) -> None:
    """An evaluator who is tied to an applicant gives the file back, unopened."""
    page.goto(reverse("evaluation:desk"))
    follow(page, application.code)
    title(page, application.organisation.name)
    follow(page, "I have a conflict")
    look(page, "thread-conflict")
    page.get_by_label("Why?").fill("My sister works there.")
    press(page, "Give the file back", "/desk/$")
    expect(page.get_by_text("Thank you. The file went back.")).to_be_visible()
    look(page, "thread-conflict-declared")


def replace_evaluator(page: Page, call: Call, application: Application, by: Person) -> None:
    """The officer seats one evaluator more and gives her the file that came back."""
    page.goto(reverse("evaluation:panel", args=[call.code]))
    waits.follow(page.get_by_role("link", name="Put on the panel"))
    press(page, "Put on the panel", "/panel/$")
    page.goto(reverse("evaluation:assign", args=[call.code]))
    row = page.locator("tbody tr").filter(has_text=application.code)
    expect(row).to_contain_text("conflict")
    row.locator("select[name=person]").select_option(label=by.name)
    waits.follow(row.get_by_role("button", name="Give", exact=True), "/files/$")
    expect(page.get_by_text("The file was given.")).to_be_visible()
    look(page, "thread-given-by-hand")


def evaluate_file(page: Page, application: Application, points: tuple[str, str]) -> None:
    """An evaluator says that there is no conflict, opens the file, marks it and locks the marks."""
    need, plan = points
    page.goto(reverse("evaluation:desk"))
    look(page, "thread-desk")
    follow(page, application.code)
    look(page, "thread-no-conflict")
    press(page, "I have no conflict: open the file")
    page.fill("#points-need", need)
    page.fill("#comment-need", "The need is told with figures.")
    with waits.kept_by_itself(page, f"mark-plan={plan}"):
        page.fill("#points-plan", plan)
    expect(page.locator("#saved")).to_contain_text("Saved")
    look(page, "thread-marks")
    press(page, "Save and go on to lock", "/lock/$")
    look(page, "thread-lock")
    press(page, "Lock", "/desk/$")


def rank_and_propose(page: Page, call: Call) -> None:
    """The officer makes the ranking and proposes it as the decision."""
    page.goto(reverse("evaluation:progress", args=[call.code]))
    look(page, "thread-progress")
    page.goto(reverse("evaluation:ranking", args=[call.code]))
    press(page, "Make the ranking")
    expect(page.get_by_text("the reserve list begins")).to_be_visible()
    look(page, "thread-ranking")
    press(page, "Propose", "/decisions/")
    look(page, "thread-decisions")


def say_yes(page: Page, call: Call, decider: Person) -> None:
    """A decider, who proves anew who it is, says yes."""
    stage.demonstration(page, decider)
    decision = Decision.objects.get()
    page.goto(reverse("evaluation:decision", args=[call.code, decision.code]))
    look(page, "thread-decision")
    stage.grow_stale(page)
    page.locator("main").get_by_role("button", name="Say yes", exact=True).click()
    waits.follow(page.get_by_role("button", name="Yes, go on"))
    title(page, "Is it still you?")
    look(page, "thread-confirm")
    press(page, "It is me")
    expect(page.locator("aside li").filter(has_text=decider.name).first).to_be_visible()
    look(page, "thread-decided")


def release(page: Page, call: Call) -> None:
    """The officer reads a letter and releases all of them."""
    page.goto(reverse("mail:outbox", args=[call.code]))
    look(page, "thread-outbox")
    waits.follow(page.get_by_role("link", name="Good news"))
    look(page, "thread-preview")
    follow(page, "All letters of the call")
    press(page, "Release all 2 that wait")
    look(page, "thread-release")
    press(page, "Release", "/letters/")
    look(page, "thread-released")


def read_letter(page: Page, application: Application) -> None:
    """The applicant finds her letter on her desk, and what happened in the story."""
    page.goto("/en/home/")
    look(page, "thread-home")
    waits.follow(page.get_by_role("link", name="Good news"))
    expect(page.locator(".letter")).to_contain_text("has been selected, with 85 points")
    look(page, "thread-letter")
    page.goto(reverse("applications:detail", args=[application.call.code, application.code]))
    look(page, "thread-detail")
    page.goto(reverse("trail:story", args=[application.code]))
    look(page, "thread-story")


def sit_down(page: Page, cookies: Any) -> None:
    """Somebody who signed in before comes back to the browser."""
    page.context.clear_cookies()
    page.context.add_cookies(cookies)


def evaluate(page: Page, call: Call, own: Application, rival: Application) -> list[Any]:
    """Two evaluators read each file; one is tied to the rival, and another takes that file."""
    in_office = page.context.cookies()
    first, second = (
        stage.in_office(call, RoleKind.EVALUATOR, name) for name in ("Dalia One", "Elias Two")
    )
    check(page, call)
    seat_and_spread(page, call)
    stage.demonstration(page, second)
    declare_conflict(page, rival)
    evaluate_file(page, own, ("35", "50"))
    third = stage.in_office(call, RoleKind.EVALUATOR, "Ines Five")
    sit_down(page, in_office)
    replace_evaluator(page, call, rival, third)
    stage.demonstration(page, first)
    evaluate_file(page, own, ("35", "50"))
    evaluate_file(page, rival, ("30", "45"))
    stage.demonstration(page, third)
    evaluate_file(page, rival, ("30", "45"))
    sit_down(page, in_office)
    return in_office


def decide(page: Page, call: Call, in_office: list[Any]) -> None:
    """The officer ranks and proposes, two decide, and the officer sends the letters."""
    rank_and_propose(page, call)
    for name in ("Farah Three", "Ghassan Four"):
        say_yes(page, call, stage.in_office(call, RoleKind.DECIDER, name))
    stage.work()
    sit_down(page, in_office)
    release(page, call)
    stage.work()


def test_a_call_runs_from_its_publication_to_the_letter(page, live_server, pdf):
    call = stage.drafted()
    stage.with_two_factors(page, stage.in_office(call, RoleKind.OFFICER, "Clara Office"))
    publish(page, call)
    officers = page.context.cookies()
    page.context.clear_cookies()
    call.refresh_from_db()
    rival = stage.sent(call, stage.applicant("Bilal Olive", "Olive Cluster"))

    sign_up(page, call)
    add_organisation(page)
    write(page, str(pdf))
    receipt = sign_and_send(page)
    applicants = page.context.cookies()
    own = Application.objects.select_related("call").get(organisation__name="Cedar Cluster")
    stage.close(call)
    stage.work()
    sit_down(page, officers)
    decide(page, call, evaluate(page, call, own, rival))
    sit_down(page, applicants)
    read_letter(page, own)

    assert receipt == own.submissions.get().receipt
    assert set(own.findings.values_list("verdict", flat=True)) == {"met"}
    assert list(Decision.objects.values_list("state", flat=True)) == ["confirmed"]
    marked = Assignment.objects.values_list("evaluator__name", "application", "state")
    assert sorted(marked) == sorted(
        [
            ("Dalia One", own.pk, "locked"),
            ("Dalia One", rival.pk, "locked"),
            ("Elias Two", own.pk, "locked"),
            ("Elias Two", rival.pk, "conflicted"),
            ("Ines Five", rival.pk, "locked"),
        ]
    )
    told = Letter.objects.values_list("to__name", "occasion", "state")
    assert sorted(told) == [
        ("Amina Cedar", "application-received", "sent"),
        ("Amina Cedar", "awarded", "sent"),
        ("Bilal Olive", "application-received", "sent"),
        ("Bilal Olive", "reserve", "sent"),
    ]
