"""A decision is a yes, or a no with all its reasons."""

import pytest

from fondaco.kernel.decisions import Decision, Refused, require


def test_a_decision_without_reasons_is_a_yes():
    assert Decision()
    assert Decision().reasons == ()


def test_a_decision_with_reasons_is_a_no():
    assert not Decision(("too-late", "incomplete"))


def test_a_refusal_carries_every_reason():
    with pytest.raises(Refused) as refused:
        raise Refused("too-late", "incomplete")

    assert refused.value.reasons == ("too-late", "incomplete")
    assert str(refused.value) == "('too-late', 'incomplete')"


def test_what_is_required_goes_on_at_a_yes():
    require(Decision())


def test_what_is_required_carries_every_reason_of_a_no():
    with pytest.raises(Refused) as refused:
        require(Decision(("closed", "late")))

    assert refused.value.reasons == ("closed", "late")
