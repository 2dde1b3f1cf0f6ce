"""What anybody may see of the house and its programmes, in three languages."""

import re
import tomllib

import pytest
from django.test import Client

from fondaco.calls.models import Call
from fondaco.calls.phrases import DECIDERS
from fondaco.desks.views.lists import PAGE_OF_PARTNERS
from fondaco.kernel.texts import spoken
from fondaco.programmes.models import Programme
from fondaco.web.words import html_of
from tests.desks.pages import LANGUAGES, listed, page, said, status, text_of
from tests.files.folders import FOUNDING
from tools.paths import ROOT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("founding_programmes", "day_of_loading"),
]
SOCIALTECH = "calls/socialtech4eu-training/"


# The house


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_shows_what_is_open_and_every_programme(language):
    shown = page("", language)

    for programme in Programme.objects.all():
        assert said(programme.title, language) in shown
    for code in listed(language, stage="open")[:6]:
        assert said(Call.objects.get(code=code).title, language) in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "calls/", "programmes/", "about/", SOCIALTECH])
def test_a_page_says_its_language_and_direction(language, path):
    html = Client().get(f"/{language}/{path}").content.decode()

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    for other in LANGUAGES:
        assert f'href="/{other}/{path}"' in html


@pytest.mark.parametrize("path", ["about/", "accessibility/", "privacy/", "programmes/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_about_the_house(language, path):
    assert len(page(path, language)) > 300


# The list of calls


def every_page(**asked):
    """The calls of all pages, one after another."""
    pages = range(1, -(-Call.objects.count() // 24) + 1)
    found = [listed(page=number, **asked) for number in pages]
    return list(dict.fromkeys(code for page_of_list in found for code in page_of_list))


def test_the_list_has_every_call_the_open_ones_first():
    found = every_page()

    stages = ("open", "suspended", "forthcoming", "closed", "decided")
    by_stage = [code for stage in stages for code in every_page(stage=stage)]
    assert sorted(found) == sorted(Call.objects.values_list("code", flat=True))
    assert found == by_stage


def test_the_list_is_paged():
    all_of_them = Call.objects.count()
    first = listed()
    copied = Call.objects.get(code="cluster-booster")
    for number in range(25):
        copied.pk, copied.code = None, f"copy-{number}"
        copied.save()

    pages = [listed(page=number) for number in (1, 2, 3)]

    assert [len(found) for found in pages] == [24, 24, all_of_them + 25 - 48]
    assert pages[0][: len(listed(stage="open"))] == first[: len(listed(stage="open"))]
    assert not set(pages[0]) & set(pages[1])
    assert listed(page="nonsense") == pages[0]
    assert listed(page=99) == pages[2]


def test_the_pager_keeps_the_filters():
    copied = Call.objects.get(code="cluster-booster")
    for number in range(25):
        copied.pk, copied.code = None, f"copy-{number}"
        copied.save()

    html = Client().get("/en/calls/", {"programme": "ecf", "search": "a b&c"}).content.decode()
    assert "page=" not in html

    html = Client().get("/en/calls/", {"programme": "ecf", "search": "booster"}).content.decode()
    assert '<a href="?page=2&amp;programme=ecf&amp;search=booster"' in html


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(
            {"programme": "ecf"}, {"cluster-booster", "cluster-booster-season"}, id="programme"
        ),
        pytest.param(
            {"kind": "membership"},
            {"joining-the-cluster", "joining-the-cluster-season"},
            id="kind",
        ),
        pytest.param(
            {"kind": "exchange", "stage": "closed"},
            {"clusterxchange-hosts", "clusterxchange-visitors"},
            id="kind and stage",
        ),
        pytest.param(
            {"country": "DZ", "programme": "ecf"},
            {"cluster-booster", "cluster-booster-season"},
            id="country",
        ),
        pytest.param({"country": "DZ", "kind": "membership"}, set(), id="no such country"),
        pytest.param({"programme": "nowhere"}, set(), id="no such programme"),
        pytest.param({"stage": "burning"}, set(), id="no such stage"),
        pytest.param({"programme": "open", "stage": "open"}, set(), id="two filters say the same"),
    ],
)
def test_each_filter(asked, expected):
    assert set(listed(**asked)) == expected


@pytest.mark.parametrize("stage", ["open", "forthcoming", "closed", "decided", "cancelled"])
def test_the_stage_filter_shows_that_stage_alone(stage):
    label = {"open": "Open", "forthcoming": "Opens soon", "closed": "Closed"}.get(stage)

    found = listed(stage=stage)

    if label is None:
        assert found == []
    for code in found:
        assert f" {label} " in page(f"calls/{code}/")


@pytest.mark.parametrize(
    ("language", "search", "expected"),
    [
        pytest.param("en", "socialtech4eu", "socialtech4eu-training", id="code"),
        pytest.param("en", "SOCIAL enterprises", "socialtech4eu-training", id="two words"),
        pytest.param("en", "enterprises social", "socialtech4eu-training", id="any order"),
        pytest.param("en", "ikat", "ikat-services", id="title"),
        pytest.param("fr", "cheques", "cluster-booster", id="without accents"),
        pytest.param("en", "chèques", "cluster-booster", id="a word of another language"),
        pytest.param("ar", "للمؤسسات الاجتماعية", "socialtech4eu-training", id="Arabic"),
        pytest.param("ar", "للموسسات الإجتماعيه", "socialtech4eu-training", id="Arabic, mixed up"),
        pytest.param("ar", "قـسـائـم", "cluster-booster", id="Arabic, stretched"),
    ],
)
def test_search_finds_what_people_write(language, search, expected):
    assert expected in listed(language, search=search)


def test_search_and_filter_together_and_nothing_found():
    assert listed(search="socialtech4eu", programme="ecf") == []
    assert "No call matches" in page("calls/", search="zzzzz")


def test_a_filter_offers_only_what_would_find_something():
    html = Client().get("/en/calls/").content.decode()

    options = set(re.findall(r'<option value="([^"]*)"', html))

    assert set(FOUNDING) <= options
    assert "DZ" in options
    assert "BR" not in options


def test_what_was_searched_stands_in_the_box_again_and_runs_nothing():
    html = Client().get("/en/calls/", {"search": '"><script>x'}).content.decode()

    assert "<script>x" not in html
    assert 'value="&quot;&gt;&lt;script&gt;x"' in html


# Programmes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", FOUNDING)
def test_the_page_of_a_programme_says_everything_of_it(language, code):
    programme = Programme.objects.get(code=code)
    shown = page(f"programmes/{code}/", language)

    texts = [programme.title, programme.summary, programme.funder["name"]]
    texts += [programme.funder.get("disclaimer"), programme.money.get("note")]
    texts += [fact.value for fact in programme.key_facts.all()]
    texts += [period.note for period in programme.periods.all()]
    texts += [package.title for package in programme.work_packages.all()]
    texts += [result.title for result in programme.results.all()]
    texts += [call.title for call in programme.calls.all()]
    texts += [partner.does for partner in programme.partners.filter(partnership=None)]
    assert [text for text in texts if said(text, language) not in shown] == []
    partners = [partner.organisation.name for partner in programme.partners.all()]
    pages = range(2, len(partners) // PAGE_OF_PARTNERS + 2)
    more = [page(f"programmes/{code}/", language, **{"partners-page": one}) for one in pages]
    assert [name for name in partners if name not in " ".join([shown, *more])] == []
    about = text_of(html_of(spoken(programme.about, language).text)).strip()
    assert about in shown


def test_a_programme_that_nobody_knows_is_not_there():
    for place in ("", "look.css", "mark.svg"):
        assert status(f"/en/programmes/nowhere/{place}") == 404


@pytest.mark.parametrize("code", FOUNDING)
def test_the_look_of_a_programme_is_a_style_sheet_of_its_colours(code):
    programme = Programme.objects.get(code=code)
    html = Client().get(f"/en/programmes/{code}/").content.decode()
    address = re.search(rf'href="(/en/programmes/{code}/look\.css\?v=[0-9a-f]{{8}})"', html)[1]

    response = Client().get(address)

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=3600" in response["Cache-Control"]
    assert response.content.decode() == (
        ":root {\n"
        f"  --band-deep: {programme.look['deep']};\n"
        f"  --band-bright: {programme.look['bright']};\n"
        f"  --band-tint: {programme.look['tint']};\n"
        "}\n"
    )


@pytest.mark.parametrize("code", FOUNDING)
def test_the_mark_of_a_programme_is_an_image_that_can_run_nothing(code):
    response = Client().get(f"/en/programmes/{code}/mark.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"<svg")


def test_a_programme_without_a_mark_has_none():
    Programme.objects.filter(code="ecf").update(mark="")

    assert status("/en/programmes/ecf/mark.svg") == 404
    assert "mark.svg" not in Client().get("/en/programmes/ecf/").content.decode()


@pytest.mark.parametrize("path", ["", "calls/", SOCIALTECH, "programmes/ecf/"])
def test_every_page_forbids_what_it_does_not_need(path):
    response = Client().get(f"/en/{path}")

    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"


FOUNDING_CALLS = sorted((ROOT / "programmes").glob("*/calls/*/call.toml"))


@pytest.mark.parametrize("file", FOUNDING_CALLS, ids=lambda file: file.parent.name)
def test_what_no_file_says_no_page_claims(file):
    told = tomllib.loads(file.read_text("utf-8"))

    shown = page(f"calls/{told['code']}/")

    for sentence in DECIDERS.values():
        assert str(sentence) not in shown or "by" in told.get("decision", {})
    assert "There is no scoring" not in shown or "experts" in told.get("evaluation", {})
    assert ("Who decided is not known." in shown) is ("decision" in told.get("not_found", []))


def test_a_programme_wears_the_words_of_its_funder():
    shown = {code: page(f"programmes/{code}/") for code in FOUNDING}

    for code, text in shown.items():
        is_whole = Programme.objects.get(code=code).funder["statement"] == "funded"
        assert ("Co-funded by the European Union" not in text) is is_whole
        assert "unded by the European Union" in text
