"""The mark of a programme: given by its officer, drawn anew, shown, and taken away again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fondaco.directory.models import Picture
from fondaco.kernel.decisions import Refused
from fondaco.programmes.models import Programme
from fondaco.programmes.services import give_mark, remove_mark
from fondaco.trail.models import Entry
from fondaco.web.picture_fields import PICTURE_FAULTS
from fondaco.web.pictures import Fault, redrawn
from tests.desks.pages import browser_of
from tests.factories.directory import AT, PersonFactory
from tests.factories.pictures import SCRIPT, SVG, encoded
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
PAGE, REMOVE = "/en/programmes/bridge/mark/", "/en/programmes/bridge/mark/remove/"
PUBLIC, DRAWN = "/en/programmes/bridge/", redrawn(encoded(), longest=256)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge", acronym="BRIDGE", mark="<svg/>")


@pytest.fixture
def office(bridge):
    return browser_of(RoleFactory(programme=bridge).person)


def sent(content, name="mark.png"):
    return {"mark": SimpleUploadedFile(name, content, "image/png")}


def verbs():
    return list(
        Entry.objects.filter(subject="bridge").order_by("pk").values_list("verb", flat=True)
    )


def test_an_officer_gives_a_mark_that_the_public_page_shows(office, client):
    answer = office.post(PAGE, sent(encoded() + SCRIPT))

    assert answer.url == PUBLIC
    html = client.get(PUBLIC).content.decode()
    assert f'<img src="/en/pictures/{DRAWN.sha256}.webp" alt="">' in html
    assert "mark.svg" not in html
    assert Picture.objects.get().width == 256
    assert verbs() == ["programme.mark-given"]
    assert Programme.objects.get().edited_at is not None


def test_an_svg_is_refused_with_the_reason(office):
    answer = office.post(PAGE, sent(SVG, "mark.svg"))

    assert answer.context["form"].errors == {"mark": [str(PICTURE_FAULTS[Fault.DRAWING])]}
    assert (Picture.objects.count(), verbs()) == (0, [])


def test_without_a_picture_nothing_is_given(office):
    assert office.post(PAGE, {}).context["form"].errors
    assert verbs() == []


def test_removed_the_mark_of_the_folder_holds_again(office, client):
    office.post(PAGE, sent(encoded()))

    for _time in range(2):
        assert office.post(REMOVE).url == PAGE

    assert "/en/programmes/bridge/mark.svg" in client.get(PUBLIC).content.decode()
    assert Picture.objects.count() == 0
    assert verbs() == ["programme.mark-given", "programme.mark-removed"]


def test_the_same_mark_twice_is_given_once(bridge):
    who = {"by": PersonFactory(), "at": AT}

    for _time in range(2):
        give_mark("bridge", DRAWN, **who)

    assert verbs() == ["programme.mark-given"]


def test_a_programme_without_any_mark_shows_its_initials(client):
    ProgrammeFactory(code="bare", acronym="BARE", mark="")

    assert '<span class="mark">B</span>' in client.get("/en/programmes/").content.decode()


@pytest.mark.parametrize("act", [remove_mark, lambda code, **who: give_mark(code, DRAWN, **who)])
def test_no_programme_no_mark(act):
    with pytest.raises(Refused):
        act("nowhere", by=PersonFactory(), at=AT)
