"""Dates, amounts and texts as each reader writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import example, given
from hypothesis import strategies as st

from fondaco.web import words
from fondaco.web.templatetags import words as filters

LANGUAGES = ["en", "fr", "ar"]
SUMMER = datetime(2023, 4, 12, 15, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"


def plain(text):
    """The text with ordinary spaces and without marks of direction."""
    return "".join(letter for letter in text if letter not in "\u200e\u200f\u061c").translate(
        dict.fromkeys(map(ord, "\u00a0\u202f"), " ")
    )


@pytest.mark.parametrize(
    ("cents", "currency", "language", "expected"),
    [
        (300_000, "EUR", "en", "€3,000"),
        (300_000, "EUR", "fr", "3 000 €"),
        (300_000, "EUR", "ar", "3,000 €"),
        (123_456, "EUR", "en", "€1,234.56"),
        (123_456, "EUR", "fr", "1 234,56 €"),
        (50, "EUR", "en", "€0.50"),
        (0, "EUR", "en", "€0"),
        (100_000_000, "TND", "fr", "1 000 000 TND"),
        (150_050, "TND", "en", "TND 1,500.500"),
    ],
)
def test_an_amount_shows_cents_only_where_there_are_any(cents, currency, language, expected):
    assert plain(words.amount(cents, currency, language)) == expected


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(LANGUAGES))
def test_an_amount_never_loses_a_digit(cents, language):
    shown = "".join(letter for letter in words.amount(cents, "EUR", language) if letter.isdigit())

    assert shown in {str(cents // 100), f"{cents // 100}{cents % 100:02}"}
    assert shown == str(cents // 100) or cents % 100


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (3000, "en", "3,000"),
        (3000, "fr", "3 000"),
        (Decimal("3000.00"), "en", "3,000"),
        (Decimal("1.50"), "en", "1.5"),
        (Decimal("1.50"), "fr", "1,5"),
        (0.25, "en", "0.25"),
        (Decimal(10), "ar", "10"),
    ],
)
def test_a_number_has_no_zeros_that_say_nothing(value, language, expected):
    assert plain(words.number(value, language)) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "90%"), ("fr", "90 %"), ("ar", "90%")])
def test_a_share_of_one(language, expected):
    assert plain(words.share(Decimal("0.9"), language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "12 April 2023"), ("fr", "12 avril 2023"), ("ar", "12 أبريل 2023")],
)
def test_a_day_in_words(language, expected):
    assert words.day(date(2023, 4, 12), language) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (BRUSSELS, "12 April 2023, 17:00 CEST"),
        ("UTC", "12 April 2023, 15:00 UTC"),
        ("Asia/Tokyo", "13 April 2023, 00:00 JST"),
    ],
)
def test_a_moment_stands_on_the_clock_of_its_zone(zone, expected):
    assert words.moment_with_zone(SUMMER, zone, "en") == expected


def test_the_abbreviation_follows_the_season():
    winter = datetime(2023, 1, 12, 15, tzinfo=UTC)

    assert words.moment_with_zone(winter, BRUSSELS, "fr") == "12 janvier 2023, 16:00 CET"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2022", "2022"), ("2022-04", "April 2022"), ("2022-04-01", "1 April 2022")],
)
def test_a_published_day_is_as_precise_as_it_was_published(text, expected):
    assert words.published_day(text, "en") == expected


def test_a_stamp_is_to_the_second():
    assert words.stamp(SUMMER, "fr") == "2023-04-12 15:00:00"


@pytest.mark.parametrize(
    ("language", "code"), [("en", "en_GB"), ("fr", "fr"), ("ar", "ar"), ("xx-nonsense", "en")]
)
def test_the_locale_of_a_language(language, code):
    assert str(words.locale_of(language)) == code


def test_the_locale_is_the_readers_where_none_is_named():
    with translation.override("fr"):
        assert str(words.locale_of()) == "fr"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("# Title\n\nText.\n", "<p>Text.</p>\n", id="its title is left out"),
        pytest.param("## One\n\n# Two\n", "<h3>One</h3>\nTwo\n", id="headings go one down"),
        pytest.param("**a** *b*", "<p><strong>a</strong> <em>b</em></p>\n", id="weight"),
        pytest.param(
            "<b onclick='x()'>a</b>", "<p>&lt;b onclick='x()'&gt;a&lt;/b&gt;</p>\n", id="no HTML"
        ),
        pytest.param(
            "[a](javascript:x())", "<p>[a](javascript:x())</p>\n", id="no script in an address"
        ),
        pytest.param(
            "[a](https://x.example)",
            '<p><a href="https://x.example" rel="noopener noreferrer">a</a></p>\n',
            id="an address",
        ),
        pytest.param("![a](https://x.example/a.png)", "<p></p>\n", id="no image from elsewhere"),
        pytest.param(
            "|a|\n|-|\n|b|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n",
            id="a table",
        ),
    ],
)
def test_markdown_becomes_the_few_elements_that_are_allowed(markdown, html):
    assert words.html_of(markdown) == html


@given(st.text(max_size=200))
def test_no_markdown_ever_runs_anything(text):
    html = words.html_of(text).lower()

    assert "<script" not in html
    assert "<img" not in html
    assert "<iframe" not in html


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("Économie bleue", "economie BLEUE", id="accents and capitals"),
        pytest.param("الأعمال", "الاعمال", id="alef with and without hamza"),
        pytest.param("إدارة", "اداره", id="ta marbuta and ha"),
        pytest.param("مستشفى", "مستشفي", id="final ya"),
        pytest.param("مُدَرِّب", "مدرب", id="vowel signs"),
        pytest.param("تـــونس", "تونس", id="the stroke that stretches"),
        pytest.param("مسؤول", "مسوول", id="waw with hamza"),
        pytest.param("ﷲ", "الله", id="a ligature"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
    ],
)
def test_texts_that_people_write_differently_are_found(text, asked):
    assert words.folded(asked) in words.folded(text)


@example("\N{MATHEMATICAL BOLD ITALIC CAPITAL A}")
@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert words.folded(words.folded(text)) == words.folded(text)


# In templates


def drawn(template, language="fr", **context):
    """What a template shows to a reader."""
    with translation.override(language):
        return Template(template).render(Context(context))


def test_say_shows_the_readers_own_text_without_a_mark():
    assert drawn("{{ t|say }}", t={"fr": "a & b", "en": "x"}) == "a &amp; b"


def test_say_marks_a_text_in_another_language():
    html = drawn("{{ t|say }}", "en", t={"ar": "<ع>"})

    assert html == (
        '<span class="spoken" lang="ar" dir="rtl">&lt;ع&gt;</span> '
        '<small class="untranslated" lang="en">not translated yet</small>'
    )


@pytest.mark.parametrize("texts", [None, {}, {"en": ""}])
def test_say_says_nothing_where_nothing_is_written(texts):
    assert drawn("{{ t|say }}{{ t|say_plain }}{{ t|say_markdown }}", t=texts) == ""


def test_say_markdown_keeps_the_language_of_a_long_text():
    assert drawn("{{ t|say_markdown }}", "fr", t={"fr": "*a*"}) == (
        '<div class="flow"><p><em>a</em></p>\n</div>'
    )
    assert '<div class="spoken" lang="ar" dir="rtl"><p>ع</p>' in drawn(
        "{{ t|say_markdown }}", "fr", t={"ar": "ع"}
    )


def test_say_plain_is_escaped_as_any_text():
    assert drawn("{{ t|say_plain }}", t={"fr": "<b>"}) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{{ v|money }}", 300_000, "€3,000"),
        ("{{ v|money:'TND' }}", 300_000, "TND 3,000"),
        ("{{ v|money }}", None, ""),
        ("{{ v|figure }}", Decimal("2.50"), "2.5"),
        ("{{ v|figure }}", None, ""),
        ("{{ v|published_day }}", "2022-04", "April 2022"),
        ("{{ v|published_day }}", "", ""),
        ("{{ v|day }}", date(2023, 4, 12), "12 April 2023"),
        ("{{ v|day }}", None, ""),
        ("{{ v|country }}", "TN", "Tunisia"),
        ("{{ v|country }}", "", ""),
        ("{{ v|country }}", "QQ", "QQ"),
        ("{{ v|confidence }}", "read", "stated by the source"),
        ("{{ v|confidence }}", "rumour", "rumour"),
        ("{{ v|markdown }}", "*a*", "<p><em>a</em></p>\n"),
    ],
)
def test_a_filter_says_it_in_words(template, value, expected):
    assert plain(drawn(template, "en", v=value)) == expected


def test_a_day_of_a_moment_is_that_of_the_readers_clock():
    late = datetime(2023, 4, 12, 23, tzinfo=UTC)

    with timezone.override("Europe/Brussels"):
        assert drawn("{{ v|day }}", "en", v=late) == "13 April 2023"
    with timezone.override("UTC"):
        assert drawn("{{ v|day }}", "en", v=late) == "12 April 2023"


def test_a_moment_carries_its_exact_time_for_the_script():
    html = drawn("{% moment v zone %}", "en", v=SUMMER, zone=BRUSSELS)

    assert html == (
        '<time datetime="2023-04-12T15:00:00Z" data-reader-time data-zone="Europe/Brussels">'
        '12 April 2023, <span class="clock">17:00 <abbr title="Europe/Brussels">CEST</abbr>'
        "</span></time>"
    )


def test_a_moment_without_a_zone_stands_on_the_readers_clock():
    with timezone.override("Africa/Tunis"):
        assert "16:00" in filters.moment(SUMMER)


@pytest.mark.parametrize(
    "in_order",
    [
        ["Écluse", "Edam", "Etoile", "Étoile", "Fado"],
        ["Égypte", "Espagne", "États-Unis", "Zambie"],
        ["Łódź", "Lyon", "Malta"],
        ["Odéon", "Œuvres", "Ohrid", "Ørsted", "Ostend"],
        ["أثينا", "اسطنبول", "إسكندرية", "بيروت", "تونس", "ليبيا"],
        ["alpha", "Beta", "gamma"],
    ],
)
def test_words_stand_where_readers_look_for_them(in_order):
    assert sorted(set(in_order), key=words.in_order) == in_order


def test_a_search_finds_letters_that_have_no_accent_to_take_away():
    assert words.folded("lodz oeuvre") == words.folded("Łódź Œuvre")
