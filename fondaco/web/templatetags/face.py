"""The face: icons, charts, maps, meters and the language switch."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, get_language_from_path, pgettext
from django.utils.translation import gettext as _

from fondaco.web import charts, maps, words

register = template.Library()

SPRITE = Path(__file__).resolve().parents[1] / "static" / "web" / "icons.svg"
TURNING = frozenset({"arrow", "back", "leave", "external", "search", "pen"})
ARABIC = re.compile("[\u0600-\u06ff]")
ARTICLE = "\u0627\u0644"
Context = dict[str, object]
Say = Callable[[float], str]


def _amount(cents: float) -> str:
    """Cents as an amount in euros."""
    return words.amount(round(cents))


SAYERS: Mapping[str, Say] = {"number": words.number, "money": _amount, "share": words.share}


@cache
def icon_names() -> frozenset[str]:
    """The icons that the sprite holds."""
    return frozenset(re.findall(r'<symbol id="([a-z-]+)"', SPRITE.read_text("utf-8")))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is an ornament that nobody reads out."""
    return _drawn(name, str(label))


@lru_cache(maxsize=1024)
def _drawn(name: str, label: str) -> SafeString:
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"the sprite has no icon {name!r}")
    classes = f"icon icon-{name}{' icon-turns' if name in TURNING else ''}"
    voice = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"/></svg>',
        classes,
        voice,
        static("web/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def same_page_in(context: RequestContext, language: str) -> str:
    """The address of this page in another language; without a page, the language's start."""
    request = context.get("request")
    if request is None:
        return f"/{language}/"
    address: str = request.get_full_path()
    own = get_language_from_path(address)
    return f"/{language}{address[len(own) + 1 :]}" if own else address


@register.simple_tag
def start_address() -> str:
    """Where the house begins."""
    try:
        return reverse("desks:start")
    except NoReverseMatch:
        return "/"


@register.filter
def initials(name: str) -> str:
    """Two letters that stand for a name; one in Arabic, where two would join into a word."""
    parts = [part for part in re.split(r"[\s-]+", name.strip()) if part]
    if not parts:
        return ""
    if ARABIC.search(name):
        return parts[0].removeprefix(ARTICLE)[:1]
    return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()


@register.filter
def with_headings(row: Sequence[object], headings: Sequence[object]) -> list[tuple[object, object]]:
    """The cells of a row, each with the heading of its column."""
    return list(zip(row, headings, strict=False))


@register.inclusion_tag("web/_meter.html")
def meter(value: float, most: float, label: str = "", said: str = "", tone: str = "") -> Context:
    """How much of a whole is reached, as a bar and in words."""
    row = charts.bars(
        [charts.Row(label, (float(value or 0),))], rtl=get_language_bidi(), most=most
    )[0]
    return {"label": label, "said": said, "tone": tone, "mark": row.marks[0]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a chart says around its marks; `heading` and `unit` name the columns of its table."""

    title: str
    note: str = ""
    heading: str = ""
    unit: str = ""
    form: str = "number"
    series: tuple[str, ...] = ()


def _words(given: Mapping[str, object]) -> Words:
    """The words of a tag, checked: an unknown one is a mistake of the template."""
    known = {field.name for field in fields(Words)}
    if unknown := set(given) - known:
        raise template.TemplateSyntaxError(f"a chart has no words {sorted(unknown)}")
    series = given.get("series") or ()
    said = {name: str(text) for name, text in given.items() if name != "series"}
    names = tuple(str(name) for name in series) if isinstance(series, list | tuple) else ()
    return Words(**said, series=names)


def _figure(rows: Sequence[charts.Row], said: Words) -> Context:
    """What every chart has: its words and the table that stands with it."""
    say = SAYERS[said.form]
    columns_of = list(said.series) or [said.unit or pgettext("how many", "Number")]
    return {
        "title": said.title,
        "note": said.note,
        "form": said.form,
        "series": said.series,
        "headings": [said.heading or _("Item"), *columns_of],
        "table": [[row.label, *map(say, row.numbers)] for row in rows],
        "floor": charts.FLOOR,
        "is_rtl": get_language_bidi(),
    }


@register.inclusion_tag("web/_chart_bars.html")
def bars(
    given: Iterable[charts.Given], *, most: float | None = None, **words_of: object
) -> Context:
    """Lying bars of pairs (label, number); `most` is a full bar. Words: see `Words`."""
    rows = charts.rows_of(given)
    found = charts.bars(rows, rtl=get_language_bidi(), most=most)
    return {**_figure(rows, _words(words_of)), "marked": found}


@register.inclusion_tag("web/_chart_bars.html")
def stacked(given: Iterable[charts.Given], **words_of: object) -> Context:
    """Lying bars of several parts: pairs (label, numbers); `series` names the parts."""
    rows = charts.rows_of(given)
    return {
        **_figure(rows, _words(words_of)),
        "marked": charts.bars(rows, rtl=get_language_bidi()),
    }


@register.inclusion_tag("web/_chart_columns.html")
def columns(given: Iterable[charts.Given], **words_of: object) -> Context:
    """Standing columns of pairs (label, number or numbers)."""
    rows = charts.rows_of(given)
    found = charts.columns(rows, rtl=get_language_bidi())
    return {**_figure(rows, _words(words_of)), "marked": found, "scales": charts.scales(rows)}


@register.inclusion_tag("web/_chart_line.html")
def line(given: Iterable[charts.Given], **words_of: object) -> Context:
    """Lines of pairs (label, number or numbers), one line a series."""
    rows = charts.rows_of(given)
    found = charts.line(rows, rtl=get_language_bidi())
    marks = {"lines": found, "strokes": charts.strokes(found), "scales": charts.scales(rows)}
    return {**_figure(rows, _words(words_of)), **marks}


@register.filter
def as_said(number: float, form: str) -> str:
    """A number in the words of its chart."""
    return SAYERS[form](number)


@register.inclusion_tag("web/_chart_map.html")
def country_map(
    values: Iterable[tuple[str, str, float]], *, as_dots: bool = False, **words_of: object
) -> Context:
    """A map of rows (country code, name, number): shaded countries, or dots with `as_dots=True`."""
    rows = [(code, str(name), float(number or 0)) for code, name, number in values]
    figure = _figure(
        [charts.Row(name, (number,)) for _code, name, number in rows], _words(words_of)
    )
    found = maps.shaded(rows, as_dots=as_dots)
    marks = {
        "sheet": maps.sheet(),
        "shaded": found,
        "legend": maps.legend(found),
        "as_dots": as_dots,
    }
    top = maps.top_of(found)
    marks |= {"top": top, "height": maps.sheet().height - top}
    return {**figure, **marks}
