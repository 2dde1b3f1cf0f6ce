"""The page of those who act for a partner of a programme."""

import pytest
import time_machine

from fondaco.programmes.models import Result, WorkPackage
from fondaco.programmes.states import RoleKind
from tests.desks.pages import browser_of, queries_of, shown, table_of
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.calls import CallFactory
from tests.factories.directory import AT, OrganisationFactory, PostFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
PAGE, HOME = "/en/programmes/bridge/partner/", "/en/home/"


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge", acronym="BRIDGE")


@pytest.fixture
def chamber(bridge):
    """A partner with a seat, a part and a work package."""
    organisation = OrganisationFactory(name="Chamber of the North", country="IT", city="Bari")
    partner = PartnerFactory(
        programme=bridge, organisation=organisation, does={"en": "Runs the vouchers"}
    )
    WorkPackage.objects.create(programme=bridge, number=1, title={"en": "Vouchers"}, leader=partner)
    return partner


@pytest.fixture
def role(bridge, chamber):
    return RoleFactory(programme=bridge, kind=RoleKind.PARTNER, partner=chamber)


@pytest.fixture
def client_of_partner(role):
    return browser_of(role.person, method="password")


@pytest.mark.parametrize("kind", [one for one in RoleKind if one != RoleKind.PARTNER])
def test_it_is_for_partners_alone(bridge, kind):
    client = browser_of(RoleFactory(programme=bridge, kind=kind).person)

    assert client.get(PAGE).status_code == 403


def test_others_find_nothing(client, role):
    elsewhere = RoleFactory(kind=RoleKind.PARTNER)
    path = PAGE.replace("bridge", "none")

    assert client.get(PAGE).status_code == 302
    assert browser_of(elsewhere.person).get(PAGE).status_code == 404
    assert browser_of(role.person).get(path).status_code == 404


@time_machine.travel(AT, tick=False)
def test_it_tells_where_each_call_stands_and_how_many_came_never_who(
    bridge, chamber, client_of_partner
):
    call = open_call(programme=bridge, code="spring", title={"en": "Spring call"}, partner=chamber)
    firm = OrganisationFactory(name="Secret Nets")
    ApplicationFactory(call=call, form=call.form, organisation=firm, sent=True)
    ApplicationFactory(call=call, form=call.form, organisation=firm)
    CallFactory(programme=bridge, code="draft", title={"en": "Not out yet"}, published_at=None)

    text = shown(client_of_partner, PAGE)

    assert "Spring call Run by you Open Sub-grant" in text
    assert "Calls open now 1 Applications received 1 Awarded 0" in text
    assert "Not out yet" not in text
    assert "Secret Nets" not in text


@time_machine.travel(AT, tick=False)
def test_what_was_awarded_is_counted(bridge, client_of_partner):
    call = made.graded_call(programme=bridge, code="past")
    made.decided(made.sent(call))

    page = client_of_partner.get(PAGE)

    assert [(row.received, row.awards, row.is_own) for row in page.context["list"].page] == [
        (1, 1, False)
    ]


def test_the_partners_own_calls_come_first_and_all_are_carried_away(
    bridge, chamber, client_of_partner
):
    CallFactory(programme=bridge, code="a-call", title={"en": "First by code"})
    CallFactory(programme=bridge, code="b-call", title={"en": "Ours"}, partner=chamber)

    rows = table_of(client_of_partner.get(PAGE, {"export": "csv"}))

    assert rows[0] == ["call", "code", "stage", "deadline", "received", "awarded"]
    assert [row[:2] for row in rows[1:]] == [["Ours", "b-call"], ["First by code", "a-call"]]


def test_it_shows_the_partners_part_its_people_and_whom_to_ask(bridge, role, client_of_partner):
    colleague = RoleFactory(
        programme=bridge, kind=RoleKind.DECIDER, partner=role.partner, person__name="Dina Decider"
    )
    RoleFactory(
        programme=bridge,
        kind=RoleKind.PARTNER,
        partner=PartnerFactory(programme=bridge),
        person__name="Somebody Else",
    )
    officer = RoleFactory(programme=bridge, person__name="Olive Officer").person
    Result.objects.create(
        programme=bridge,
        position=1,
        code="v",
        title={"en": "Vouchers given"},
        target=40,
        unit={"en": "vouchers"},
    )

    text = shown(client_of_partner, PAGE)

    assert "Chamber of the North Role Partner Seat Bari, Italy" in text
    assert "Part in the programme Runs the vouchers Leads Vouchers" in text
    assert f"{colleague.person} Decider" in text
    assert str(role.person) in text
    assert "Somebody Else" not in text
    assert f"Olive Officer {officer.email}" in text
    assert "Vouchers given 40 vouchers" in text


def test_a_colleague_of_the_organisation_finds_the_way_to_it(role, client_of_partner):
    link = f'href="/en/organisations/{role.partner.organisation.code}/"'

    before = client_of_partner.get(PAGE).content.decode()
    PostFactory(person=role.person, organisation=role.partner.organisation)

    assert link not in before
    assert link in client_of_partner.get(PAGE).content.decode()


def test_a_partner_that_left_the_programme_is_told_so(role, client_of_partner):
    role.partner = None
    role.save()

    assert "The partner you acted for is no longer in this programme" in shown(
        client_of_partner, PAGE
    )


def test_the_desk_leads_there_and_to_the_results(role, client_of_partner):
    html = client_of_partner.get(HOME).content.decode()

    links = [f'href="{path}"' for path in (PAGE, "/en/programmes/bridge/results/")]
    assert [link for link in links if link not in html] == []
    assert client_of_partner.get("/en/programmes/bridge/results/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_same_number_of_questions(bridge, role, client_of_partner, rows):
    for number in range(rows):
        call = made.graded_call(
            programme=bridge, code=f"c{number}", partner=PartnerFactory(programme=bridge)
        )
        made.decided(made.sent(call))
        RoleFactory(programme=bridge, kind=RoleKind.DECIDER, partner=role.partner)
        RoleFactory(programme=bridge)
        WorkPackage.objects.create(
            programme=bridge, number=number + 2, title={"en": "Work"}, leader=role.partner
        )

    assert queries_of(client_of_partner, PAGE) == 22


def test_a_result_without_a_target_says_so_and_names_its_source(role, client_of_partner):
    source = "https://source.example/report"
    for number, told in enumerate(({"source": [source]}, {}), start=1):
        role.programme.results.create(
            position=number, code=f"helped-{number}", title={"en": "Helped"}, reported=22, **told
        )
    pages = (PAGE, "/en/programmes/bridge/results/", "/en/programmes/bridge/")

    for text in (client_of_partner.get(page).content.decode() for page in pages):
        assert text.count("The source names no target.") == 1
        assert text.count(f'<a href="{source}"') == 1
        assert text.count("No target was found in public pages.") == 1
