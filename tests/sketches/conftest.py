"""An officer, a programme, and a draft that she builds; all invented."""

import pytest
import time_machine

from fondaco.sketches.services.standing import begin_call
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory, RoleFactory

DATA = {
    "call": {
        "code": "spring",
        "kind": "voucher",
        "form_languages": ["en"],
        "title": {"en": "Spring call"},
        "publish": False,
    }
}


@pytest.fixture
def day_of_building():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge", acronym="BRIDGE")


@pytest.fixture
def officer(bridge):
    return RoleFactory(programme=bridge).person


@pytest.fixture
def spring(bridge, officer):
    """A draft with nothing but its name."""
    return begin_call(bridge, DATA, by=officer, at=AT)
