"""What the services of programmes write, tell the trail, and leave alone on a refusal."""

from datetime import timedelta

import pytest

from fondaco.directory.models import Organisation
from fondaco.directory.rules.names import search_key
from fondaco.directory.services import people
from fondaco.kernel.decisions import Refused
from fondaco.kernel.told import everything_about
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
    by = PersonFactory()

    given = [
        services.give_role(
            person, RoleKind.DECIDER, programme=programme, partner=part, by_id=by.pk, at=at
        )
        for at in (AT, LATER)
    ]

    assert given[0] == given[1] == Role.objects.get()
    assert (given[1].since, given[1].partner, given[1].given_by) == (AT, part, by)
    assert told() == [("role.given", programme.code, programme.code, by.pk, AT)]
    assert Entry.objects.get().data == {
        "person": person.pk,
        "kind": "decider",
        "partner": part.code,
    }


def test_nobody_makes_themselves_a_decider():
    officer = RoleFactory()

    with pytest.raises(Refused) as refused:
        services.give_role(
            officer.person,
            RoleKind.DECIDER,
            programme=officer.programme,
            by_id=officer.person_id,
            at=AT,
        )

    assert refused.value.reasons == ("own-decider",)
    assert (Role.objects.get(), told()) == (officer, [])


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
    expected = {"person": goes.person_id, "kind": "officer", "partner": ""}
    assert Entry.objects.get().data == expected


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


def test_an_officer_who_was_erased_is_no_other_officer():
    role = RoleFactory()
    RoleFactory(programme=role.programme, person__is_active=False)

    with pytest.raises(Refused) as refused:
        services.take_role_away(role.pk, by_id=role.person.pk, at=LATER)

    assert refused.value.reasons == ("last-officer",)


def test_the_last_officer_is_not_erased():
    role = RoleFactory()

    with pytest.raises(Refused) as refused:
        people.erase_person(role.person_id, by=role.person, at=LATER)

    role.refresh_from_db()
    assert refused.value.reasons == ("last-officer",)
    assert (role.until, role.person.is_active, told()) == (None, True, [])


def test_the_roles_of_the_erased_end_with_them():
    stays = RoleFactory()
    goes = RoleFactory(programme=stays.programme)
    evaluates = RoleFactory(person=goes.person, kind=RoleKind.EVALUATOR)

    people.erase_person(goes.person_id, by=goes.person, at=LATER)

    ends = set(Role.objects.filter(until__isnull=False).values_list("pk", flat=True))
    assert ends == {goes.pk, evaluates.pk}
    assert [verb for verb, *_ in told()] == ["role.taken-away", "role.taken-away", "person.erased"]


def test_a_person_is_told_of_their_roles():
    role = RoleFactory(until=LATER)

    assert everything_about(role.person_id)["programmes"] == {
        "roles": [
            {
                "programme__code": role.programme.code,
                "kind": "officer",
                "partner__code": None,
                "since": AT,
                "until": LATER,
            }
        ]
    }


def test_the_last_decider_may_go():
    role = RoleFactory(kind=RoleKind.DECIDER)

    assert services.take_role_away(role.pk, by_id=PersonFactory().pk, at=LATER).until == LATER


def test_a_role_that_has_ended_is_not_ended_anew():
    role = RoleFactory(kind=RoleKind.OBSERVER, until=AT)

    services.take_role_away(role.pk, by_id=PersonFactory().pk, at=LATER)

    role.refresh_from_db()
    assert role.until == AT
    assert told() == []


@pytest.mark.parametrize(
    ("groups", "moved_to"),
    [
        pytest.param(["north", "south"], "south", id="to a partnership that was there"),
        pytest.param(["south"], "south", id="while the old partnership goes"),
        pytest.param([], None, id="out of every partnership"),
    ],
)
def test_a_partner_that_moves_keeps_its_row_and_the_roles_of_its_people(groups, moved_to):
    names = ["north", "south"]
    programme = keep(
        partnerships=[group(code, place) for place, code in enumerate(names)],
        partners=[partner("anima", group="north")],
    )
    anima = programme.partners.get()
    role = RoleFactory(programme=programme, kind=RoleKind.DECIDER, partner=anima)

    keep(
        partnerships=[group(code, place) for place, code in enumerate(groups)],
        partners=[partner("anima", group=moved_to)],
        at=LATER,
    )

    role.refresh_from_db()
    anima.refresh_from_db()
    assert role.partner == anima
    assert (anima.partnership.code if anima.partnership else None) == moved_to
    assert sorted(programme.partnerships.values_list("code", flat=True)) == sorted(groups)


def test_a_partner_that_leaves_the_folder_is_gone_and_its_people_act_for_nobody():
    programme = keep(partners=[partner("anima")])
    role = RoleFactory(programme=programme, partner=programme.partners.get())

    keep(partners=[], at=LATER)

    role.refresh_from_db()
    assert (role.partner, programme.partners.count()) == (None, 0)
