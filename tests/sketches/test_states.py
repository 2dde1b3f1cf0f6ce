"""Every kind of field is read, and every button of the builder does something."""

from fondaco.sketches.phrases.steps import FIELDS
from fondaco.sketches.states import Act, Kind
from fondaco.sketches.views.steps import _ACTS


def test_every_kind_of_field_is_asked_for():
    assert {field.kind for field in FIELDS.values()} == set(Kind)


def test_every_act_is_done_by_somebody():
    assert set(_ACTS) == set(Act)
