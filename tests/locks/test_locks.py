"""Every lock of the house is tried twice: with it all goes well, without it the same goes wrong."""

import pytest

from tests.locks import (  # noqa: F401
    applications,
    calls,
    directory,
    documents,
    evaluation,
    incidents,
    mail,
    sketches,
)
from tests.locks.race import RACES

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.name)
@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "lock taken out"])
def test_a_lock_does_what_it_is_for(race, is_locked):
    came, asked = race.run(is_locked=is_locked)

    assert race.lock in asked
    assert came == (race.held if is_locked else race.broken)
