"""Dates, amounts and texts in the reader's way, by the CLDR through Babel."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import nh3
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time, get_day_names
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from fondaco.kernel.clock import WEEKDAYS, abbreviation
from fondaco.kernel.texts import Spoken, spoken

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "h5", "blockquote", "code"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td", "hr"}


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def locale_of(language: str | None = None) -> Locale:
    """The reader's locale, or that of `language`; English where Babel does not know it.

    English is written the European way (30 January 2027), Arabic with the digits of the Maghreb,
    which every reader of Arabic around the Mediterranean reads.
    """
    asked = language or get_language() or "en"
    return _locale({"en": "en-GB"}.get(asked, asked))


_CODE_BY_FIGURE = re.compile(r"(?<=[A-Z])(?=\d)")


def amount(cents: int, currency: str = "EUR", language: str | None = None) -> str:
    """`3 000 €`, `€3,000`, `TND 3,000`: cents are shown only where there are any."""
    units = Decimal(cents) / 100
    pattern_digits = cents % 100 == 0
    text = format_currency(
        units,
        currency,
        locale=locale_of(language),
        currency_digits=not pattern_digits,
        format=_whole(language) if pattern_digits else None,
    )
    return _CODE_BY_FIGURE.sub("\N{NO-BREAK SPACE}", str(text))


@lru_cache(maxsize=16)
def _whole_of(code: str) -> str:
    pattern = str(_locale(code).currency_formats["standard"].pattern)
    return pattern.replace(".00", "")


def _whole(language: str | None) -> str:
    locale = locale_of(language)
    return _whole_of(str(locale).replace("_", "-"))


def number(value: Decimal | float | int, language: str | None = None) -> str:
    """A number with the reader's separators; no zeros behind the point that say nothing."""
    exact = value if isinstance(value, int) else Decimal(str(value)).normalize()
    return str(format_decimal(exact, locale=locale_of(language)))


def share(value: Decimal | float, language: str | None = None) -> str:
    """A share of one as a percentage."""
    return str(format_percent(value, locale=locale_of(language)))


def day(value: date, language: str | None = None, *, form: str = "d MMMM y") -> str:
    """`12 April 2023`, `12 avril 2023`, `12 أبريل 2023`."""
    return str(format_date(value, form, locale=locale_of(language)))


def moment(value: datetime, zone: str, language: str | None = None) -> str:
    """`12 April 2023, 17:00` on the clock of `zone`."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local.date(), language)}, {clock(value, zone, language)}"


def clock(value: datetime, zone: str, language: str | None = None) -> str:
    """`17:00` on the clock of `zone`."""
    return str(format_time(value.astimezone(ZoneInfo(zone)), "HH:mm", locale=locale_of(language)))


def moment_with_zone(value: datetime, zone: str, language: str | None = None) -> str:
    """`12 April 2023, 17:00 CEST`: the abbreviation is that of the date."""
    return f"{moment(value, zone, language)} {abbreviation(value, zone)}"


def published_day(text: str, language: str | None = None) -> str:
    """A date as precise as it was published: `2022`, `2022-04`, `2022-04-01`."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    forms = {2: "MMMM y", 3: "d MMMM y"}
    return day(date(*[*parts, 1][:3]), language, form=forms[len(parts)])


def working_days(weekend: Collection[str]) -> str:
    """The days of the week on which people work, by name, from the first one after the weekend."""
    first = next((n for n in range(7) if WEEKDAYS[n - 1] in weekend), 0)
    order = [n % 7 for n in range(first, first + 7)]
    return ", ".join(weekday(n) for n in order if WEEKDAYS[n] not in weekend)


def day_off(day_of_year: date, days_off: Collection[str]) -> str:
    """A day on which nobody works, as it is one: by its date, or by its day of the week."""
    is_holiday = day_of_year.isoformat() in days_off
    return day(day_of_year) if is_holiday else weekday(day_of_year.weekday())


def weekday(number: int, language: str | None = None) -> str:
    """`Monday`, `lundi`, `الاثنين` for 0, and so on."""
    return str(get_day_names("wide", "stand-alone", locale=locale_of(language))[number])


def stamp(value: datetime, language: str | None = None) -> str:
    """A moment of a log, in UTC, to the second."""
    return str(format_datetime(value, "y-MM-dd HH:mm:ss", locale=locale_of(language)))


def say(texts: Mapping[str, str] | None, language: str | None = None) -> Spoken:
    """The text for the reader, with the language it is really in."""
    return spoken(texts, language or get_language() or "en")


_TITLE = re.compile(r"\A\s*# .*\n")
_HEADING = re.compile(r"(</?h)([2-5])>")


def html_of(markdown: str) -> str:
    """Markdown as the few elements that are allowed; its title is left out, headings go one down.

    The page has a title of its own, and sections of its own above these headings.
    """
    rendered = MARKDOWN.render(_TITLE.sub("", markdown))
    lowered = _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}>", rendered)
    return nh3.clean(lowered, tags=ALLOWED, attributes={"a": {"href"}})


def local(value: datetime, zone: str) -> datetime:
    """The moment on the clock of `zone`."""
    return value.astimezone(ZoneInfo(zone))


_ARABIC_ALIKE = str.maketrans("أإآٱةىئؤ", "ااااهييو")
_LATIN_ALIKE = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "þ": "th", "ð": "d"}
)


def folded(text: str) -> str:
    """A text for searching: no capitals, no accents, Arabic letters that people mix up made one."""
    split = unicodedata.normalize("NFKD", text.casefold())
    split = unicodedata.normalize("NFKD", split.casefold())  # taking apart can bring capitals
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return bare.replace("ـ", "").translate(_ARABIC_ALIKE).translate(_LATIN_ALIKE)


def in_order(text: str) -> tuple[str, str]:
    """What a text sorts by: É stands beside E, as readers look for it.

    Letters come first, accents settle ties; databases differ, so no list leaves it to them. A ta
    marbuta stands with the ta, where Arabic lists have it, though a search takes it for a ha.
    """
    return folded(text.replace("ة", "ت")), text.casefold()
