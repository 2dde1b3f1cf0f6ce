"""The logo of an organisation: who gives it, what is kept, how it is shown, and where it goes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fondaco.directory.models import Organisation, Picture
from fondaco.directory.services import pictures
from fondaco.kernel.decisions import Refused
from fondaco.trail.models import Entry
from fondaco.web.picture_fields import PICTURE_FAULTS
from fondaco.web.pictures import MOST_BYTES, Fault, redrawn
from tests.directory.test_views_organisations import of, page
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.pictures import SCRIPT, SVG, encoded, png_bomb

pytestmark = pytest.mark.django_db
RED, BLUE = encoded(colour=(200, 0, 0)), encoded(colour=(0, 0, 200))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where pictures are stored, for this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pictures"


def administrator(**kept):
    """Somebody who runs an organisation."""
    return PostFactory(is_admin=True, **kept)


def sent(content, name="logo.png", words=""):
    """What the form sends."""
    return {"logo": SimpleUploadedFile(name, content, "image/png"), "words": words}


def verbs(code):
    return list(Entry.objects.filter(subject=code).order_by("pk").values_list("verb", flat=True))


def stored(folder):
    """The names of the pictures on disk."""
    return {path.name for path in folder.glob("*")}


def logo_of(organisation):
    return Organisation.objects.get(pk=organisation.pk).logo_id


# Giving it


def test_an_administrator_gives_a_logo_which_everybody_sees():
    post = administrator()
    code, client = post.organisation.code, of(post.person)

    answer = client.post(page("logo", code), sent(RED + SCRIPT, words="A red  field"))

    name = redrawn(RED).sha256
    assert answer.url == page("organisation", code)
    shown = client.get(answer.url).content.decode()
    assert f'<img src="/en/pictures/{name}.webp" alt="A red field"' in shown
    mine = client.get(page("organisations")).content.decode()
    assert f'<img src="/en/pictures/{name}.webp" alt=""' in mine
    assert verbs(code) == ["organisation.logo-given"]
    assert Entry.objects.get().data["sha256"] == name


def test_a_picture_is_served_as_what_we_drew_to_anybody_for_ever(client):
    post = administrator()
    of(post.person).post(page("logo", post.organisation.code), sent(RED + SCRIPT))
    drawn = redrawn(RED)

    answer = client.get(reverse("directory:picture", args=[drawn.sha256]))

    assert answer.content == drawn.content
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["0" * 64, "x", "logo"])
def test_a_picture_that_is_not_there_is_not_found(client, name):
    assert client.get(reverse("directory:picture", args=[name])).status_code == 404


REFUSED = {
    "svg": (SVG, "logo.svg", Fault.DRAWING),
    "a page called a picture": (b"<p>hello</p>", "logo.png", Fault.UNKNOWN),
    "bomb": (png_bomb(50_000, 50_000), "logo.png", Fault.TOO_MANY_PIXELS),
    "half": (RED[:200], "logo.png", Fault.BROKEN),
    "empty": (b"", "logo.png", Fault.EMPTY),
    "too large": (b"\0" * (MOST_BYTES + 1), "logo.png", Fault.TOO_LARGE),
}


@pytest.mark.parametrize(("content", "name", "fault"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_with_the_reason_and_the_words_stay(content, name, fault):
    post = administrator()

    answer = of(post.person).post(
        page("logo", post.organisation.code), sent(content, name, words="Two waves")
    )

    assert answer.context["form"].errors == {"logo": [str(PICTURE_FAULTS[fault])]}
    assert 'value="Two waves"' in answer.content.decode()
    assert (logo_of(post.organisation), Picture.objects.count()) == (None, 0)
    assert verbs(post.organisation.code) == []


def test_without_a_file_the_words_change_and_the_first_time_a_file_is_needed():
    post = administrator()
    code, client = post.organisation.code, of(post.person)

    assert client.post(page("logo", code), {"words": "x"}).context["form"].errors
    client.post(page("logo", code), sent(RED))
    client.post(page("logo", code), {"words": "A field"})

    kept = Organisation.objects.get(pk=post.organisation_id)
    assert (kept.logo_id, kept.logo_words) == (redrawn(RED).sha256, "A field")
    assert verbs(code) == ["organisation.logo-given", "organisation.logo-described"]


def test_the_words_of_no_logo_cannot_be_changed():
    organisation = OrganisationFactory()

    with pytest.raises(Refused):
        pictures.describe_logo(organisation.pk, words="x", by=PersonFactory(), at=AT)

    assert verbs(organisation.code) == []


# Access


def test_a_member_may_not_and_a_stranger_finds_nothing():
    post = PostFactory()
    stranger, code = PersonFactory(), post.organisation.code

    found = [
        [of(who).post(page(name, code), sent(RED)).status_code for who in (post.person, stranger)]
        for name in ("logo", "remove-logo")
    ]

    assert found == [[403, 404], [403, 404]]
    assert Picture.objects.count() == 0


def test_a_colleague_is_not_offered_what_they_may_not_do():
    post = PostFactory()

    shown = of(post.person).get(page("organisation", post.organisation.code)).content.decode()

    assert page("logo", post.organisation.code) not in shown


# Taking it away


def test_a_logo_is_removed_with_its_file(folder, django_capture_on_commit_callbacks):
    post = administrator()
    code, client = post.organisation.code, of(post.person)
    client.post(page("logo", code), sent(RED))
    assert f"{redrawn(RED).sha256}.webp" in stored(folder)

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            assert client.post(page("remove-logo", code)).status_code == 302

    assert (logo_of(post.organisation), Picture.objects.count()) == (None, 0)
    assert f"{redrawn(RED).sha256}.webp" not in stored(folder)
    assert verbs(code) == ["organisation.logo-given", "organisation.logo-removed"]


def test_what_another_organisation_still_shows_stays(folder, django_capture_on_commit_callbacks):
    first, second = administrator(), administrator()
    for post in (first, second):
        who = {"by": post.person, "at": AT}
        pictures.give_logo(post.organisation_id, redrawn(RED), words="", **who)

    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove_logo(first.organisation_id, by=first.person, at=AT)

    assert logo_of(second.organisation) == redrawn(RED).sha256
    assert f"{redrawn(RED).sha256}.webp" in stored(folder)


def test_another_logo_takes_the_place_of_the_first(folder, django_capture_on_commit_callbacks):
    post = administrator()
    who = {"words": "", "by": post.person, "at": AT}

    with django_capture_on_commit_callbacks(execute=True):
        for content in (RED, RED, BLUE):
            pictures.give_logo(post.organisation_id, redrawn(content), **who)

    assert logo_of(post.organisation) == redrawn(BLUE).sha256
    assert [kept.pk for kept in Picture.objects.all()] == [redrawn(BLUE).sha256]
    assert {f"{redrawn(BLUE).sha256}.webp"} == stored(folder)
    assert str(Picture.objects.get()) == f"picture {redrawn(BLUE).sha256[:8]}"


def test_a_picture_that_is_gone_already_is_not_missed():
    assert pictures.drop_picture("0" * 64) is None
