"""A real call typed into the builder, field by field, is the call that its files load."""

import pytest

from fondaco.calls.models import Call
from fondaco.files.reading import read_folder
from fondaco.files.selectors.plain import call_data
from fondaco.files.services import load_folder
from fondaco.programmes.models import Programme
from tests.desks.pages import browser_of
from tests.factories.directory import AT
from tests.factories.programmes import RoleFactory
from tests.sketches.typist import Typist
from tools.paths import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_building")]
REAL = ["ikat-services", "eu-rural-tourism-2", "metastars-services"]


@pytest.mark.parametrize("code", REAL)
def test_both_ways_give_the_same_call(code):
    load_folder(read_folder(ROOT / "programmes" / "euroclusters"), by_id=None, at=AT)
    programme = Programme.objects.get()
    browser = browser_of(RoleFactory(programme=programme).person)
    loaded = call_data(Call.objects.get(code=code))
    title = loaded["call"]["title"]["en"]
    begin = f"/en/programmes/{programme.code}/calls/new/"
    browser.post(begin, {"title": title, "code": "built", "kind": loaded["call"]["kind"]})

    Typist(browser, "built").build(loaded)

    built = call_data(Call.objects.get(code="built"))
    for data in (built, loaded):
        for key in ("code", "publish"):
            data["call"].pop(key, None)
        data.pop("letters", None)
    assert built == loaded
