"""Every race that a constraint decides, with the constraint and without it."""

import pytest

from tests.locks.constraints import ONCE, dropped

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("race", ONCE, ids=lambda race: race.name)
def test_a_constraint_lets_it_stand_once(race):
    assert race.run() == ("", race.said, 1)


@pytest.mark.parametrize("race", ONCE, ids=lambda race: race.name)
def test_without_the_constraint_it_stands_twice(race):
    with dropped(race.constraint):
        assert race.run() == ("", "", 2)
