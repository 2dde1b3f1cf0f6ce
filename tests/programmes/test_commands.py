"""`fondaco role` as an operator types it."""

import pytest
from django.utils import translation

from fondaco.config.cli import main
from fondaco.programmes.models import Role
from fondaco.trail.models import Entry
from tests.factories.directory import AT, PersonFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


@pytest.fixture(autouse=True)
def _terminal_in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with translation.override("en"):
        yield


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge")


@pytest.fixture
def ada():
    return PersonFactory(email=ADA, name="Ada Example")


def run(capsys, *words):
    """The answer of one command: its number, what it says, what it complains of."""
    number = main(["role", *words])
    said = capsys.readouterr()
    return number, said.out.strip(), said.err.strip()


def held():
    """The roles that somebody has now: kind and partner."""
    rows = Role.objects.filter(until__isnull=True).order_by("pk")
    return list(rows.values_list("person__email", "kind", "partner__code"))


def test_a_role_is_given_and_told_to_the_trail(capsys, bridge, ada):
    answer = run(capsys, "give", "bridge", "Ada@Example.org", "officer")

    assert answer == (0, "Ada@Example.org: Programme officer of bridge from now on", "")
    assert held() == [(ADA, "officer", None)]
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject, entry.programme, entry.by_id) == (
        "role.given",
        "bridge",
        "bridge",
        None,
    )
    assert entry.data == {"person": ada.pk, "kind": "officer", "partner": ""}


def test_a_role_given_twice_is_given_once(capsys, bridge, ada):
    run(capsys, "give", "bridge", ADA, "officer")

    answer = run(capsys, "give", "bridge", ADA, "officer")

    assert answer == (0, f"{ADA}: Programme officer of bridge already", "")
    assert (held(), Entry.objects.count()) == ([(ADA, "officer", None)], 1)


def test_a_decider_is_given_a_partner(capsys, bridge, ada):
    PartnerFactory(programme=bridge, code="anima")

    assert run(capsys, "give", "bridge", ADA, "decider", "--partner", "anima")[0] == 0

    assert held() == [(ADA, "decider", "anima")]


def test_the_partner_of_a_role_is_not_changed_in_passing(capsys, bridge, ada):
    PartnerFactory(programme=bridge, code="anima")
    run(capsys, "give", "bridge", ADA, "decider")

    number, _said, wrong = run(capsys, "give", "bridge", ADA, "decider", "--partner", "anima")

    assert (number, held()) == (1, [(ADA, "decider", None)])
    assert wrong.endswith("To change the partner, take the role away first.")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("give", "x", ADA, "officer"), "There is no programme “x”."),
        (
            ("give", "bridge", "bob@example.org", "officer"),
            (
                "bob@example.org: Nobody is registered with this e-mail address. Ask the person to "
                "sign up first, with exactly this address, and to confirm it; then try again."
            ),
        ),
        (("give", "bridge", ADA, "partner"), "Say for which partner: --partner CODE"),
        (
            ("give", "bridge", ADA, "officer", "--partner", "anima"),
            "Only deciders and partners act for a partner. Leave it out.",
        ),
        (
            ("give", "bridge", ADA, "decider", "--partner", "sea"),
            "“sea” is no partner of bridge. Its partners: anima",
        ),
        (
            ("take", "bridge", ADA, "observer"),
            f"{ADA} does not have this role in bridge: Observer",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_its_remedy(capsys, bridge, ada, words, complaint):
    PartnerFactory(programme=bridge, code="anima")

    assert run(capsys, *words) == (1, "", complaint)
    assert (held(), Entry.objects.count()) == ([], 0)


def test_an_address_that_was_never_confirmed_gets_nothing(capsys, bridge):
    PersonFactory(email=ADA, address=False)

    number, _said, wrong = run(capsys, "give", "bridge", ADA, "officer")

    assert (number, held()) == (1, [])
    assert "never confirmed it" in wrong


def test_a_role_is_taken_away_but_not_the_last_officers(capsys, bridge, ada):
    role = RoleFactory(programme=bridge, person=ada)

    assert run(capsys, "take", "bridge", ADA, "officer") == (
        1,
        "",
        "This is the last officer of the programme. Make somebody else an officer first.",
    )
    RoleFactory(programme=bridge)
    answer = run(capsys, "take", "bridge", ADA, "officer")

    role.refresh_from_db()
    assert answer == (0, f"{ADA}: no longer Programme officer of bridge", "")
    assert role.until > AT
    assert Entry.objects.get().verb == "role.taken-away"


def test_a_role_that_there_is_not_is_a_wrong_word(capsys):
    with pytest.raises(SystemExit) as left:
        main(["role", "give", "bridge", ADA, "king"])

    assert left.value.code == 2
