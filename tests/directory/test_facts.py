"""What the directory tells when a call asks."""

import pytest

from fondaco.directory.facts import nace_of_revision_2_1, region, staff
from fondaco.kernel.facts import Question, known_facts
from fondaco.web.reference import codes, facts, in_revision_2_1, nace
from tests.factories.directory import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "revision", "told"),
    [
        ("I55", "2", ("I55",)),
        ("N79", "2", ("O79",)),
        ("G45", "2", ("G46", "G47", "T95")),
        ("O79", "2.1", ("O79",)),
        ("", "2.1", None),
        ("", "2", None),
    ],
)
def test_a_division_is_told_in_the_later_revision(code, revision, told):
    organisation = OrganisationFactory(nace=code, nace_revision=revision)

    assert nace_of_revision_2_1(Question(organisation.pk)).value == told


def test_every_division_has_become_something():
    assert all(in_revision_2_1(code, "2") for code in codes(nace()))


def test_region_and_staff_are_told_as_the_organisation_writes_them():
    organisation = OrganisationFactory(region="Wallonia", staff=9)
    question = Question(organisation.pk)

    assert (region(question).value, staff(question).value) == ("Wallonia", 9)
    assert region(Question(OrganisationFactory(region="").pk)).value is None


def test_every_fact_that_a_rule_may_name_is_told_by_somebody():
    assert codes(facts()) <= known_facts()
