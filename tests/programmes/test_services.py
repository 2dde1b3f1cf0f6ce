"""What the services of programmes write, tell the trail, and leave alone on a refusal."""

from datetime import timedelta

import pytest

from fondaco.directory.models import Organisation
from fondaco.directory.rules.names import search_key
from fondaco.kernel.decisions import Refused
from fondaco.programmes import services
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.states import PartnerRole, RoleKind
from fondaco.trail.models import Entry
from tests.factories.directory import AT, OrganisationFactory, PersonFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
LOADED = ("programme.loaded", "bridge", "bridge", None, AT)


def told():
    """What the trail was told, in order."""
    names = ("verb", "subject", "programme", "by_id", "at")
    return list(Entry.objects.order_by("pk").values_list(*names))


def partner(code, name="", country="IT", group=None, position=1, **more):
    """A partner as a folder describes it."""
    return {
        "position": position,
        "code": code,
        "role": PartnerRole.PARTNER,
        "described": {"name": name or code.title(), "country": country, **more},
        "partnership_code": group,
    }


def keep(*, partners=(), at=AT, fields=None, **rows):
    """Keep the programme `bridge` as a folder would."""
    given = {"code": "bridge", "acronym": "BRIDGE", "title": {"en": "Bridge"}} | (fields or {})
    names = ("periods", "key_facts", "partnerships", "results", "work_packages")
    return services.keep_programme(
        given,
        rows={name: rows.get(name, []) for name in names},
        partners=partners,
        by_id=None,
        at=at,
    )


def group(code, position=1):
    """A partnership as a folder describes it."""
    return {"position": position, "code": code, "name": code.title()}


def test_keep_programme_makes_one_where_there_is_none():
    programme = keep()

    assert Programme.objects.get() == programme
    assert (programme.acronym, programme.added_at) == ("BRIDGE", AT)
    assert told() == [LOADED]


def test_keep_programme_changes_the_one_there_is():
    first = keep()

    keep(fields={"acronym": "BRIDGES"}, at=LATER)

    first.refresh_from_db()
    assert (first.acronym, first.added_at, Programme.objects.count()) == ("BRIDGES", AT, 1)


def test_keep_programme_aligns_its_rows():
    periods = [{"position": number, "starts": f"202{number}"} for number in (1, 2, 3)]
    programme = keep(periods=periods, results=[{"position": 1, "code": "trained"}])
    kept = programme.periods.get(position=1).pk

    changed = [periods[0], {"position": 2, "starts": "2030"}]
    keep(periods=changed, results=[{"position": 1, "code": "reached"}])

    assert list(programme.periods.values_list("starts", flat=True)) == ["2021", "2030"]
    assert programme.periods.get(position=1).pk == kept
    assert list(programme.results.values_list("code", flat=True)) == ["reached"]


def test_keep_programme_joins_partners_partnerships_and_work_packages():
    programme = keep(
        partnerships=[group("north"), group("south", 2)],
        partners=[partner("anima", group="south"), partner("berytech", position=2)],
        work_packages=[{"number": 1, "title": {"en": "Lead"}, "leader_code": "anima"}],
    )

    anima, berytech = programme.partners.all()
    assert (anima.partnership.code, berytech.partnership) == ("south", None)
    assert programme.work_packages.get().leader == anima


def test_a_partner_may_stand_in_two_partnerships():
    both = [partner("anima", group="north"), partner("anima", group="south", position=2)]
    programme = keep(partnerships=[group("north"), group("south", 2)], partners=both)

    keep(partnerships=[group("north"), group("south", 2)], partners=both)

    assert programme.partners.count() == 2
    assert Organisation.objects.count() == 1


def test_partnerships_that_leave_the_folder_take_their_partners_along():
    both = [partner("anima", group="north"), partner("anima", group="south", position=2)]
    programme = keep(partnerships=[group("north"), group("south", 2)], partners=both)

    keep(partners=[partner("anima")])

    assert list(programme.partners.values_list("code", "partnership")) == [("anima", None)]
    assert not programme.partnerships.exists()


def test_a_partner_that_leaves_the_folder_leaves_the_programme_not_the_directory():
    programme = keep(partners=[partner("anima"), partner("berytech", position=2)])

    keep(partners=[partner("berytech")])

    assert list(programme.partners.values_list("code", flat=True)) == ["berytech"]
    assert Organisation.objects.count() == 2


def test_an_organisation_is_found_by_name_and_country_and_what_it_lacks_is_filled_in():
    found = OrganisationFactory(name="Anima", country="IT", city="Bari", kind="", website="")

    keep(partners=[partner("anima", city="Rome", kind="cluster", website="https://anima.example")])

    found.refresh_from_db()
    assert (found.city, found.kind, found.website) == ("Bari", "cluster", "https://anima.example")
    assert Partner.objects.get().organisation == found


def test_an_organisation_that_is_new_can_be_found_by_its_name():
    keep(partners=[partner("anima", "Anima SpA")])

    organisation = Organisation.objects.get()
    assert organisation.search_key == search_key("Anima SpA", {})


def test_organisations_whose_codes_meet_get_codes_of_their_own():
    for number, country in enumerate(["IT", "TN", "IT", "IT", ""], start=1):
        keep(partners=[partner("anima", f"Anima {number}", country)])

    codes = list(Organisation.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["anima", "anima-tn", "anima-it", "anima-it-2", "anima-x"]


def test_give_role_twice_is_once():
    programme, person, part = ProgrammeFactory(), PersonFactory(), PartnerFactory()

    given = [
        services.give_role(
            person, RoleKind.DECIDER, programme=programme, partner=part, by_id=7, at=at
        )
        for at in (AT, LATER)
    ]

    assert given[0] == given[1] == Role.objects.get()
    assert (given[1].since, given[1].partner) == (AT, part)
    assert told() == [("role.given", programme.code, programme.code, 7, AT)]
    assert Entry.objects.get().data == {
        "person": person.pk,
        "kind": "decider",
        "partner": part.code,
    }


def test_give_role_again_after_it_was_taken_away():
    role = RoleFactory(until=AT)

    again = services.give_role(
        role.person, RoleKind.OFFICER, programme=role.programme, by_id=None, at=LATER
    )

    assert (again.pk != role.pk, again.since) == (True, LATER)


def test_take_role_away_ends_it_and_says_so():
    stays, goes = RoleFactory(), RoleFactory()
    Role.objects.filter(pk=stays.pk).update(programme=goes.programme)

    services.take_role_away(goes.pk, by_id=stays.person.pk, at=LATER)

    goes.refresh_from_db()
    assert goes.until == LATER
    code = goes.programme.code
    assert told() == [("role.taken-away", code, code, stays.person_id, LATER)]
    assert Entry.objects.get().data == {"person": goes.person_id, "kind": "officer"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="an officer of another programme"),
        pytest.param({"until": AT}, id="an officer who has left"),
        pytest.param({"kind": RoleKind.DECIDER}, id="a decider"),
    ],
)
def test_the_last_officer_of_a_programme_stays(other):
    role = RoleFactory()
    if other:
        RoleFactory(programme=role.programme, **other)
    else:
        RoleFactory()

    with pytest.raises(Refused) as refused:
        services.take_role_away(role.pk, by_id=role.person.pk, at=LATER)

    role.refresh_from_db()
    assert refused.value.reasons == ("last-officer",)
    assert role.until is None
    assert told() == []


def test_the_last_decider_may_go():
    role = RoleFactory(kind=RoleKind.DECIDER)

    assert services.take_role_away(role.pk, by_id=PersonFactory().pk, at=LATER).until == LATER


def test_a_role_that_has_ended_is_not_ended_anew():
    role = RoleFactory(kind=RoleKind.OBSERVER, until=AT)

    services.take_role_away(role.pk, by_id=PersonFactory().pk, at=LATER)

    role.refresh_from_db()
    assert role.until == AT
    assert told() == []
