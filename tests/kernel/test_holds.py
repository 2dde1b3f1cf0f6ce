"""What holds an application, without being known."""

import pytest

from fondaco.kernel import holds


@pytest.fixture(autouse=True)
def _nobody(monkeypatch):
    monkeypatch.setattr(holds, "_HOLDERS", [])


def test_an_application_that_nobody_holds_is_free():
    assert holds.is_held(1) is False


def test_one_holder_is_enough():
    holds.holds_application(lambda _pk: False)
    holds.holds_application(lambda pk: pk == 1)

    assert (holds.is_held(1), holds.is_held(2)) == (True, False)


def test_a_holder_is_registered_once():
    def holder(_pk):
        return True

    holds.holds_application(holder)
    holds.holds_application(holder)

    assert len(holds._HOLDERS) == 1
