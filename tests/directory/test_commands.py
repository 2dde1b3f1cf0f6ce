"""`fondaco admin` as an operator types it."""

import pytest
from django.utils import translation

from fondaco.config.cli import main
from fondaco.directory.models import Person
from fondaco.trail.models import Entry
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


@pytest.fixture(autouse=True)
def _terminal_in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with translation.override("en"):
        yield


def run(capsys, *words):
    """The answer of one command: its number, what it says, what it complains of."""
    number = main(["admin", *words])
    said = capsys.readouterr()
    return number, said.out.strip(), said.err.strip()


def admins():
    return list(Person.objects.filter(is_installation_admin=True).values_list("email", flat=True))


def told():
    return list(Entry.objects.order_by("pk").values_list("verb", "subject", "by_id"))


def test_somebody_becomes_administrator_once(capsys):
    ada = PersonFactory(email=ADA)

    answers = [run(capsys, ADA), run(capsys, ADA)]

    assert answers == [(0, f"{ADA}: administrator of the installation", "")] * 2
    assert admins() == [ADA]
    assert told() == [("person.raised", f"person-{ada.pk}", None)]


def test_the_only_administrator_stays(capsys):
    PersonFactory(email=ADA, is_installation_admin=True)

    answer = run(capsys, ADA, "--take")

    complaint = "This is the only administrator of the installation. Name another one first."
    assert answer == (1, "", f"{ADA}: {complaint}")
    assert (admins(), told()) == ([ADA], [])


def test_one_of_two_administrators_may_go(capsys):
    ada = PersonFactory(email=ADA, is_installation_admin=True)
    PersonFactory(email="bob@example.org", is_installation_admin=True)

    answers = [run(capsys, ADA, "--take"), run(capsys, ADA, "--take")]

    assert answers == [(0, f"{ADA}: no longer administrator", "")] * 2
    assert admins() == ["bob@example.org"]
    assert told() == [("person.lowered", f"person-{ada.pk}", None)]


def test_nobody_is_registered_with_that_address(capsys):
    number, said, wrong = run(capsys, ADA)

    assert (number, said) == (1, "")
    assert wrong.startswith(f"{ADA}: Nobody is registered with this e-mail address.")
