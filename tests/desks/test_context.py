"""The frame of every page: whose face it wears, and the one menu of a call's office."""

import re

import pytest
from django.test import Client

from fondaco.programmes.states import RoleKind
from tests.desks.pages import browser_of, shown
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory
from tests.factories.calls import CallFactory
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.mail import LetterFactory, ReleasedLetterFactory
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
FUNDED, VIEWS = "Funded by the European Union", "The views are the authors' own."
EMBLEM = b"web/emblem.svg"
WORN = (200, True, True, True, True)


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge", acronym="BRIDGE")


@pytest.fixture
def spring(bridge):
    """A course that experts judge, so that every page of an office is there."""
    return CallFactory(programme=bridge, code="spring", kind="training")


@pytest.fixture
def office(bridge):
    return browser_of(RoleFactory(programme=bridge).person)


def face_on(client, path):
    """Status of a page, and whether it has emblem, statement, disclaimer and colours."""
    response, text = client.get(path), shown(client, path)
    has_colours = b"/programmes/bridge/look.css" in response.content
    kept = EMBLEM in response.content, FUNDED in text, VIEWS in text
    return (response.status_code, *kept, has_colours)


def test_every_page_of_an_office_wears_the_face_of_its_programme(bridge, spring, office):
    ApplicationFactory(call=spring, form=spring.form, sent=True, code="s-1")
    letter = LetterFactory(programme=bridge, call="spring")
    parts = ("panel", "files", "files/spread", "progress", "ranking", "decisions")
    pages = [f"evaluation/{part}" for part in parts]
    pages += ["office", "edit", "extend", "applications/office", "applications/s-1/admission"]
    pages += ["places", "letters", f"letters/{letter.code}"]
    paths = [f"/en/calls/spring/{page}/" for page in pages]
    paths += [f"/en/programmes/bridge/{page}/" for page in ("run", "edit", "team", "results")]

    assert [path for path in paths if face_on(office, path) != WORN] == []


def test_the_pages_of_an_applicant_wear_it(spring):
    firm = OrganisationFactory()
    kept = ApplicationFactory(call=spring, form=spring.form, organisation=firm)
    client = browser_of(PostFactory(organisation=firm).person)
    section = kept.form.schema["section"][0]["code"]
    pages = ("", f"form/{section}/", "review/", "withdraw/")
    paths = [f"/en/calls/spring/applications/{kept.code}/{page}" for page in pages]

    assert [path for path in paths if face_on(client, path) != WORN] == []
    assert face_on(browser_of(PersonFactory()), "/en/calls/spring/applications/new/") == WORN


def test_a_file_and_a_letter_wear_it_for_their_reader(bridge, spring):
    person, file = made.evaluator_on(spring), made.sent(spring)
    made.assigned(file, person, state="accepted")
    letter = ReleasedLetterFactory(programme=bridge, to=person)
    client = browser_of(person)

    assert face_on(client, f"/en/desk/{file.code}/") == WORN
    assert face_on(client, f"/en/letters/{letter.code}/") == WORN


@pytest.mark.parametrize("path", ["/en/", "/en/calls/", "/en/home/", "/en/desk/", "/en/letters/"])
def test_pages_of_no_programme_wear_nobodys_face(spring, path):
    assert EMBLEM not in browser_of(PersonFactory()).get(path).content


def test_a_page_of_refusal_tells_nothing_of_what_stands_there(bridge, spring):
    CallFactory(programme=bridge, code="secret", published_at=None)
    file, letter = made.sent(spring), ReleasedLetterFactory(programme=bridge)
    stranger = browser_of(PersonFactory())
    paths = [
        "/en/calls/spring/applications/office/",
        "/en/calls/secret/letters/",
        "/en/calls/secret/evaluation/panel/",
        f"/en/desk/{file.code}/",
        f"/en/letters/{letter.code}/",
    ]

    answers = [stranger.get(path) for path in paths]
    forged = Client(enforce_csrf_checks=True).post("/en/calls/secret/applications/new/")

    assert [answer.status_code for answer in answers] == [404] * 5
    assert forged.status_code == 403
    assert [EMBLEM in answer.content for answer in (*answers, forged)] == [False] * 6


def test_somebody_without_the_right_is_refused_on_a_plain_page(bridge, spring):
    client = browser_of(RoleFactory(programme=bridge, kind=RoleKind.PARTNER).person)

    answer = client.get("/en/calls/spring/letters/")

    assert (answer.status_code, EMBLEM in answer.content) == (403, False)


def test_a_programme_that_is_funded_in_part_says_so(bridge, spring, office):
    bridge.funder = {"statement": "co-funded", "disclaimer": {"fr": "Les auteurs seuls."}}
    bridge.save()

    html = office.get("/en/calls/spring/letters/").content.decode()

    assert "Co-funded by the European Union" in html
    assert '<p lang="fr" dir="ltr">Les auteurs seuls.</p>' in html


# The menu of an office


def menu_of(client, path):
    """The entries of the menu, and those that are marked as where one is."""
    html = client.get(path).content.decode()
    menu = re.search(
        r'<nav class="tabs" aria-label="The office of this call">.*?</nav>', html, re.DOTALL
    )
    entries = re.findall(r'<a href="([^"]+)"( aria-current="page")?>(.*?)</a>', menu[0])
    return [(url, label) for url, _here, label in entries], [one[2] for one in entries if one[1]]


def labels_of(client, path):
    return [label for _url, label in menu_of(client, path)[0]]


def test_one_menu_leads_through_all_pages_of_an_office(spring, office):
    entries, _here = menu_of(office, "/en/calls/spring/office/")

    assert [label for _url, label in entries] == [
        *("Overview", "Applications", "Panel", "Files", "Progress", "Ranking", "Decisions"),
        *("Questions", "Last hour", "Places", "Letters"),
    ]
    assert [menu_of(office, url) for url, _label in entries] == [
        (entries, [label]) for _url, label in entries
    ]


def test_pages_below_an_entry_mark_that_entry(bridge, spring, office):
    ApplicationFactory(call=spring, form=spring.form, sent=True, code="s-1")
    letter = LetterFactory(programme=bridge, call="spring")
    marked = {
        "applications/s-1/admission": "Applications",
        f"letters/{letter.code}": "Letters",
        "evaluation/files/spread": "Files",
    }

    found = {page: menu_of(office, f"/en/calls/spring/{page}/")[1] for page in marked}

    assert found == {page: [label] for page, label in marked.items()}


def test_a_call_without_experts_has_no_panel_and_only_a_course_has_places(bridge, office):
    CallFactory(programme=bridge, code="plain", experts=0)

    labels = labels_of(office, "/en/calls/plain/office/")

    assert labels == ["Overview", "Applications", "Decisions", "Questions", "Last hour", "Letters"]


def test_deciders_see_what_is_open_to_them(bridge, spring):
    client = browser_of(RoleFactory(programme=bridge, kind=RoleKind.DECIDER).person)

    entries, _here = menu_of(client, "/en/calls/spring/evaluation/ranking/")

    labels = [label for _url, label in entries]
    assert labels == ["Overview", "Applications", "Ranking", "Decisions", "Questions", "Last hour"]
    assert [client.get(url).status_code for url, _label in entries] == [200] * 6


def test_the_receipt_of_an_applicant_has_no_menu_of_the_office(spring):
    firm = OrganisationFactory()
    kept = ApplicationFactory(call=spring, form=spring.form, organisation=firm, started_at=AT)
    client = browser_of(PostFactory(organisation=firm).person)

    html = client.get(f"/en/calls/spring/applications/{kept.code}/").content.decode()

    assert "The office of this call" not in html
