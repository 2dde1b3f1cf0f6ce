"""An officer and an evaluator in French: from the list of applications to the ranking."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.evaluation.models import Assignment, Ranking
from fondaco.evaluation.services import panel
from fondaco.programmes.states import RoleKind
from tests.journeys import stage
from tests.journeys.french import left_in_english
from tests.journeys.looking import look
from tests.waits import follow

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser(locale="fr", viewport={"width": 1280, "height": 900}),
]


LEFT: dict[str, list[str]] = {}


def open_page(page: Page, name: str, *arguments: object) -> None:
    """Open a page in French and read it."""
    with translation.override("fr"):
        page.goto(reverse(name, args=arguments))
    read(page, f"{name.replace(':', '-')}")


def read(page: Page, name: str) -> None:
    """Unfold everything on a page, and note what does not speak French."""
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    look(page, f"french-{name}")
    if left := left_in_english(page):
        LEFT[name] = left


def check(page: Page, call: Call) -> None:
    """The officer looks through the list and confirms each application."""
    open_page(page, "applications:office", call.code)
    for application in Application.objects.order_by("pk"):
        open_page(page, "applications:admission", call.code, application.code)
        follow(page.locator("main form[action$='/admit/'] button"))
        page.locator("main form[action$='/admit/']").wait_for(state="detached")
        read(page, "admission-confirmed")


def spread(page: Page, call: Call) -> None:
    """The officer looks at the panel and gives it the files."""
    open_page(page, "evaluation:panel", call.code)
    open_page(page, "evaluation:spread", call.code)
    follow(page.locator("main form button.button-primary").last, "/files/$")
    read(page, "files")


def mark(page: Page, evaluator: Person) -> None:
    """The evaluator, who sits alone on the panel, marks and locks every file."""
    stage.demonstration(page, evaluator)
    for number, application in enumerate(Application.objects.order_by("pk")):
        open_page(page, "evaluation:desk")
        open_page(page, "evaluation:file", application.code)
        follow(page.locator("main form button.button-primary"))
        page.fill("#points-need", "99")
        expect(page.locator("#fault-need")).not_to_be_empty()
        page.fill("#points-need", "30")
        page.fill("#points-plan", str(40 + number))
        page.fill("#comment-plan", "Le plan tient debout.")
        expect(page.locator("#fault-need")).to_be_empty()
        read(page, "marks")
        follow(page.locator("button[name=lock]"), "/lock/$")
        read(page, "lock")
        follow(page.locator("main form button.button-primary"), "/desk/$")
    read(page, "desk-done")


def rank(page: Page, call: Call) -> None:
    """The officer sees that all is locked, and makes the ranking."""
    open_page(page, "evaluation:progress", call.code)
    open_page(page, "evaluation:ranking", call.code)
    follow(page.locator("main form button.button-primary").last)
    page.locator(".line-of-money").wait_for()
    read(page, "ranking")


def test_from_the_list_of_applications_to_the_ranking(page, live_server):
    LEFT.clear()
    call = stage.opened()
    for person, organisation in (("Amel Figue", "Grappe Figue"), ("Badr Dattes", "Grappe Dattes")):
        stage.sent(call, stage.applicant(person, organisation, language="fr"), "fr")
    officer = stage.in_office(call, RoleKind.OFFICER, "Claire Bureau", language="fr")
    evaluator = stage.in_office(call, RoleKind.EVALUATOR, "Denis Lecteur", language="fr")
    panel.seat_evaluator(call.pk, person_id=evaluator.pk, by=officer, at=timezone.now())
    stage.close(call)
    Call.objects.update(experts=1)

    stage.demonstration(page, officer)
    officers = page.context.cookies()
    check(page, call)
    spread(page, call)
    mark(page, evaluator)
    page.context.clear_cookies()
    page.context.add_cookies(officers)
    rank(page, call)

    assert LEFT == {}
    assert set(Assignment.objects.values_list("state", flat=True)) == {"locked"}
    assert Ranking.objects.get().by == officer
