"""The face: charts, the map, icons, what we took from others, rules of sheets and templates."""

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory, override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fondaco.web import charts, maps
from fondaco.web.design import gallery
from fondaco.web.templatetags import face

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "fondaco" / "web"
CSS = WEB / "static" / "web" / "css"
LINKED = re.findall(r"web/css/([a-z]+\.css)", (WEB / "templates" / "base.html").read_text("utf-8"))
SHEETS = [CSS / name for name in LINKED]
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MODULES = sorted((WEB / "static" / "web" / "js").glob("*.js"))
VENDORED = sorted((WEB / "static" / "vendor").glob("*/vendor.json"))

numbers = st.floats(min_value=0, max_value=1e9, allow_nan=False)
rows_of_one = st.lists(numbers, min_size=1, max_size=14).map(
    lambda found: [charts.Row(str(at), (number,)) for at, number in enumerate(found)]
)
rows_of_three = st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=14).map(
    lambda found: [charts.Row(str(at), row) for at, row in enumerate(found)]
)


# Geometry


@given(rows_of_three)
def test_bars_never_leave_the_picture(rows):
    marked = charts.bars(rows)

    assert all(0 <= m.x <= 100 and 0 <= m.x + m.width <= 100.01 for r in marked for m in r.marks)


@given(rows_of_three)
def test_bars_stand_one_behind_the_other(rows):
    marked = charts.bars(rows)

    assert all(
        before.x + before.width == pytest.approx(after.x, abs=0.01)
        for row in marked
        for before, after in pairwise(row.marks)
    )


@given(rows_of_three)
def test_bars_from_right_to_left_are_the_mirror_image(rows):
    straight, turned = charts.bars(rows), charts.bars(rows, rtl=True)

    for one, other in zip(straight, turned, strict=True):
        for mark, mirror in zip(one.marks, other.marks, strict=True):
            assert mirror.x == pytest.approx(100 - mark.x - mark.width, abs=0.01)
            assert mirror.width == mark.width


@given(rows_of_one)
def test_bars_grow_with_their_numbers(rows):
    marked = sorted(charts.bars(rows), key=lambda row: row.number)

    assert all(a.marks[0].width <= b.marks[0].width for a, b in pairwise(marked))


def test_bars_are_as_long_as_their_share_of_the_most():
    [row] = charts.bars([charts.Row("a", (30.0,))], most=120)

    assert row.marks[0].width == 25


def test_bars_of_nothing_are_nothing():
    assert charts.bars([]) == []


@given(st.floats(min_value=0.001, max_value=1e12, allow_nan=False))
def test_steps_reach_the_largest_number_in_few_steps(most):
    steps = charts.steps_to(most)

    assert steps[0] == 0
    assert steps[-1] >= most
    assert 2 <= len(steps) <= 7


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (71, [0, 20, 40, 60, 80]),
        (100, [0, 25, 50, 75, 100]),
        (41200, [0, 10000, 20000, 30000, 40000, 50000]),
    ],
)
def test_steps_are_round_numbers(most, steps):
    assert charts.steps_to(most) == steps


@given(rows_of_three)
def test_columns_stand_on_the_floor_and_inside_the_picture(rows):
    for row in charts.columns(rows):
        for mark in row.marks:
            assert mark.y + mark.height == pytest.approx(charts.FLOOR, abs=0.02)
            assert mark.y >= charts.ROOF - 0.01
            assert -0.01 <= mark.x <= mark.x + mark.width <= 100.01


@given(rows_of_one)
def test_columns_from_right_to_left_are_the_mirror_image(rows):
    straight, turned = charts.columns(rows), charts.columns(rows, rtl=True)

    for one, other in zip(straight, turned, strict=True):
        assert other.middle == pytest.approx(100 - one.middle, abs=0.01)


@given(rows_of_three)
def test_a_line_from_right_to_left_is_the_mirror_image(rows):
    straight, turned = charts.line(rows), charts.line(rows, rtl=True)

    for points, mirrors in zip(straight, turned, strict=True):
        assert [100 - p.x for p in mirrors] == pytest.approx([p.x for p in points], abs=0.01)
        assert [p.y for p in mirrors] == [p.y for p in points]


def test_of_thirty_labels_every_third_is_left():
    rows = charts.rows_of([(str(day), day) for day in range(30)])

    labels = [row.label for row in charts.columns(rows)]

    assert labels == [str(day) if day % 3 == 0 else "" for day in range(30)]


@given(rows_of_three)
def test_a_line_has_one_stroke_less_than_points(rows):
    lines = charts.line(rows)

    assert len(charts.strokes(lines)) == sum(len(points) - 1 for points in lines)


def test_the_last_points_say_their_numbers_where_they_do_not_meet():
    rows = charts.rows_of([("2025", [1, 2, 3]), ("2026", [9, 5, 7])])

    assert [points[-1].says for points in charts.line(rows)] == ["above", "below", ""]


def test_many_labels_give_way_on_a_narrow_screen():
    rows = charts.rows_of([(str(month), month) for month in range(12)])

    spare = [row.is_spare for row in charts.columns(rows)]

    assert spare == [at % 3 != 0 for at in range(12)]


def test_what_is_not_known_counts_as_nothing():
    assert charts.rows_of([("a", None)]) == [charts.Row("a", (0.0,))]


# The map


def test_the_map_knows_the_countries_around_the_sea():
    codes = {land.code for land in maps.sheet().lands}

    assert codes >= {"PT", "ES", "FR", "MC", "IT", "MT", "SI", "HR", "BA", "ME", "AL", "GR", "CY"}
    assert codes >= {"TR", "SY", "LB", "IL", "PS", "JO", "EG", "LY", "TN", "DZ", "MA", "XK"}


def test_every_dot_stands_inside_the_picture():
    sheet = maps.sheet()

    assert all(
        -5 <= land.x <= sheet.width + 5 and -5 <= land.y <= sheet.height + 5 for land in sheet.lands
    )


def test_the_map_weighs_little():
    assert maps.SOURCE.stat().st_size < 150_000


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=60))
def test_shades_grow_with_the_numbers_and_the_largest_is_darkest(found):
    shades = maps.levels_of(found)

    assert all(shades[a] <= shades[b] for a, b in pairwise(sorted(set(found))))
    assert shades[max(found)] == (maps.LEVELS if max(found) else 0)
    assert all(0 <= level <= maps.LEVELS for level in shades.values())


def test_a_small_country_has_a_dot_on_a_shaded_map():
    found = {
        one.land.code: one.radius for one in maps.shaded([("MT", "Malta", 2), ("IT", "Italy", 3)])
    }

    assert found == {"MT": maps.SMALL_DOT, "IT": 0.0}


def test_the_area_of_a_dot_tells_the_number():
    rows = [("IT", "Italy", 100), ("ES", "Spain", 25), ("FR", "France", 0)]

    found = {one.land.code: one.radius for one in maps.shaded(rows, as_dots=True)}

    assert found == {"IT": maps.MOST_DOT, "ES": 18.5, "FR": 0.0}


def test_a_country_off_the_map_is_left_to_the_table():
    assert maps.shaded([("BR", "Brazil", 7)]) == []


def test_no_dot_where_all_numbers_are_nought():
    assert [one.radius for one in maps.shaded([("IT", "Italy", 0)], as_dots=True)] == [0.0]


def test_the_empty_north_is_cut_off():
    south = maps.shaded([("TN", "Tunisia", 1)])
    north = maps.shaded([("TN", "Tunisia", 1), ("NO", "Norway", 1)])

    assert (maps.top_of(south) > 400, maps.top_of(north), maps.top_of([])) == (True, 0, 0)


def test_the_legend_names_the_shades_that_occur():
    found = maps.shaded([("IT", "Italy", 8), ("ES", "Spain", 2), ("FR", "France", 0)])

    assert maps.legend(found) == [maps.Level(3, 2, 2), maps.Level(5, 8, 8)]


# Tags


def rendered(text, **context):
    """A template of one line, as the reader gets it."""
    return Template("{% load face %}" + text).render(Context(context))


def test_an_icon_is_an_ornament_without_a_label():
    assert 'aria-hidden="true"' in rendered("{% icon 'seal' %}")


def test_an_icon_with_a_label_is_read_out():
    assert 'role="img" aria-label="sealed"' in rendered("{% icon 'seal' 'sealed' %}")


def test_an_arrow_turns_with_the_direction_of_reading():
    assert 'class="icon icon-arrow icon-turns"' in rendered("{% icon 'arrow' %}")


def test_an_unknown_icon_is_a_mistake():
    with pytest.raises(TemplateSyntaxError):
        rendered("{% icon 'dragon' %}")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sana Trabelsi", "ST"),
        ("Marie-Claire du Pont", "MP"),
        ("Atelier", "A"),
        ("النسيج الأزرق", "ن"),
        ("  ", ""),
    ],
)
def test_initials_stand_for_a_name(name, letters):
    assert face.initials(name) == letters


def test_a_meter_begins_where_reading_begins():
    with translation.override("ar"):
        drawn = rendered("{% meter 25 100 label='x' said='y' %}")

    assert 'x="75.0%" width="25.0%"' in drawn


def test_every_chart_has_its_table():
    for tag in ("bars", "columns", "stacked", "line"):
        drawn = rendered(
            "{% " + tag + " rows title='T' heading='Kind' unit='Number' %}",
            rows=[("a", 12), ("b", 7)],
        )

        assert (tag, drawn.count("<table"), drawn.count('role="rowheader"')) == (tag, 1, 2)


def test_a_chart_without_figures_says_so():
    for tag in ("bars", "columns", "line"):
        assert "No figures yet." in rendered("{% " + tag + " rows title='T' %}", rows=[])


def test_a_chart_of_money_says_amounts():
    assert "€12,500" in rendered("{% bars rows title='T' form='money' %}", rows=[("a", 1250000)])


def test_a_chart_refuses_words_it_does_not_know():
    with pytest.raises(TemplateSyntaxError):
        rendered("{% bars rows title='T' colour='red' %}", rows=[])


def test_a_map_has_its_table_and_its_shapes():
    drawn = rendered(
        "{% country_map rows title='T' %}", rows=[("IT", "Italy", 3), ("BR", "Brazil", 7)]
    )

    assert (drawn.count("map-country"), drawn.count('role="rowheader"')) == (1, 2)


def test_the_language_switch_leads_to_the_same_page(settings):
    request = RequestFactory().get("/somewhere/?page=2")

    drawn = Template("{% load face %}{% same_page_in 'fr' %}").render(RequestContext(request))

    assert drawn == "/somewhere/?page=2"


def test_the_language_switch_works_where_no_page_was_found():
    assert rendered("{% same_page_in 'fr' %}") == "/fr/"


@override_settings(ROOT_URLCONF="tests.web.no_addresses")
def test_the_house_begins_at_the_root_until_a_slice_says_otherwise():
    assert face.start_address() == "/"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_gallery_shows_every_part(language):
    with translation.override(language):
        text = gallery(RequestFactory().get("/design/")).content.decode()

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in text
    for part in (
        "facts",
        "timeline",
        "steps",
        "waiting",
        "story",
        "signature",
        "letter",
        "score",
        "pager",
        "map",
    ):
        assert f'class="{part}' in text


# Rules


@pytest.mark.parametrize("described", VENDORED, ids=lambda path: path.parent.name)
def test_what_we_took_from_others_is_unchanged(described):
    assert changed_since(described) == set()
    facts = json.loads(described.read_text("utf-8"))
    assert all(facts[word] for word in ("name", "version", "licence"))


def changed_since(described):
    """The files that came, went or changed since the folder was described."""
    found = {
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in described.parent.iterdir()
        if path != described
    }
    said = set(json.loads(described.read_text("utf-8"))["files"].items())
    return {name for name, _hash in found ^ said}


def undescribed(vendor):
    """The folders that do not say where they are from."""
    folders = {path for path in vendor.iterdir() if path.is_dir()}
    return {path.name for path in folders if not (path / "vendor.json").exists()}


def test_every_vendored_folder_says_where_it_is_from():
    assert undescribed(WEB / "static" / "vendor") == set()
    assert VENDORED


def test_what_was_changed_or_not_described_is_seen(tmp_path):
    same = hashlib.sha256(b"same").hexdigest()
    (tmp_path / "known").mkdir()
    (tmp_path / "stray").mkdir()
    for name in ("same", "changed", "added"):
        (tmp_path / "known" / name).write_text("same" if name == "same" else "other")
    described = tmp_path / "known" / "vendor.json"
    described.write_text(json.dumps({"files": dict.fromkeys(("same", "changed", "gone"), same)}))

    assert changed_since(described) == {"changed", "added", "gone"}
    assert undescribed(tmp_path) == {"stray"}


PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|(min-|max-)?(width|height)|left|right|top|bottom|float)\s*:",
)


def physical(sheet):
    """The declarations of a sheet that name a side of the paper; conditions are none."""
    plain = re.sub(r"/\*.*?\*/|@(media|container)[^{]*", "", sheet, flags=re.DOTALL)
    return [found.group(1) for found in PHYSICAL.finditer(plain)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_know_no_left_and_right(sheet):
    assert physical(sheet.read_text("utf-8")) == []


def test_the_search_for_left_and_right_can_go_red():
    assert physical("a { margin-left: 1px; top: 0; inline-size: 2px; border-width: 1px }") == [
        "margin-left",
        "top",
    ]


def outside_layers(sheet):
    """What a sheet begins outside every layer, but for fonts and the order of the layers."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    text = re.sub(r"@font-face \{[^}]*\}|@layer [\w, -]+;", "", text)
    heads, depth = [""], 0
    for piece in re.split(r"([{}])", text):
        heads[-1] += piece.strip() if depth == 0 and piece not in "{}" else ""
        depth += {"{": 1, "}": -1}.get(piece, 0)
        heads += [""] if piece == "}" and depth == 0 else []
    return [head for head in heads if head and not re.fullmatch(r"@layer [a-z]+", head)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_rule_lies_in_a_layer(sheet):
    assert outside_layers(sheet.read_text("utf-8")) == []


def test_the_search_for_rules_outside_layers_can_go_red():
    inside = "@layer base, parts;\n@layer base {\n a { b: c }\n}\n"
    outside = "p { d: e }\n@media (x) { p { q: r } }"

    assert (outside_layers(inside), outside_layers(inside + outside)) == ([], ["p", "@media (x)"])


INLINE = re.compile(
    r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|<script(?![^>]*\ssrc=)|javascript:|\shx-"
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_style_or_script(template):
    assert INLINE.findall(template.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text", ['<p style="x">', '<a onclick="x">', "<script>x</script>", '<a hx-get="/">']
)
def test_the_search_for_inline_style_and_script_can_go_red(text):
    assert INLINE.search(text)


def bare_words(text):
    """Words that a reader would see and nobody could translate."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", text, flags=re.DOTALL)
    spoken = re.findall(
        r"(?:aria-label|title|alt|placeholder)=\"([^\"{]*[A-Za-z]{2}[^\"{]*)\"", text
    )
    text = re.sub(r"\{[%{].*?[%}]\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "\n", text)
    return spoken + re.findall(r"[A-Za-z]{2,}[^\n]*", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_can_be_translated(template):
    assert bare_words(template.read_text("utf-8")) == []


def test_the_search_for_bare_words_can_go_red():
    assert bare_words('<p title="Hi there">{{ x }} Hello</p>') == ["Hi there", "Hello"]


def is_silent(name, text):
    """Whether a template is a fragment that does not say what it is given."""
    return (name.startswith("_") or name == "base.html") and not text.startswith("{# ")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_fragment_documents_its_parameters(template):
    assert not is_silent(template.name, template.read_text("utf-8"))


def test_the_search_for_silent_fragments_can_go_red():
    names = ("_part.html", "base.html", "page.html")

    assert [is_silent(name, "<p>") for name in names] == [True, True, False]
    assert not is_silent("_part.html", "{# a: what it is #}\n<p>")


def undrawn(text):
    """The icons that a template names and nobody drew."""
    return set(re.findall(r"\{% icon \"([a-z]+)\"", text)) - set(face.icon_names())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_named_in_a_template_is_drawn(template):
    assert undrawn(template.read_text("utf-8")) == set()


def test_an_icon_that_nobody_drew_is_seen():
    drawn = min(face.icon_names())

    assert undrawn(f'{{% icon "{drawn}" %}}{{% icon "unicorn" %}}') == {"unicorn"}


def faults_of_module(text):
    """A module says in its first line what it is for, and never runs text."""
    silent = [] if text.startswith("// ") else ["silent"]
    return silent + re.findall(r"\beval\(|innerHTML|new Function", text)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_modules_say_what_they_are_for_and_run_no_text(module):
    assert faults_of_module(module.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("// Opens.\nopen();", []),
        ("open();", ["silent"]),
        ("// Opens.\neval(x); new Function(z)", ["eval(", "new Function"]),
        ("// Opens.\na.innerHTML = y;", ["innerHTML"]),
    ],
)
def test_the_search_in_modules_can_go_red(text, faults):
    assert faults_of_module(text) == faults


def test_the_emblem_is_drawn_by_the_rule():
    emblem = (WEB / "static" / "web" / "emblem.svg").read_text("utf-8")

    assert emblem.count("<use ") == 12
    assert 'viewBox="0 0 270 180"' in emblem
    assert ("#003399" in emblem, "#FFCC00" in emblem) == (True, True)
