"""Words, dates and amounts in templates."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondaco.kernel.clock import abbreviation
from fondaco.kernel.texts import Spoken
from fondaco.web import reference, words

register = template.Library()


def _marked(text: Spoken, inner: str, element: str) -> SafeString:
    """The text with its own language, and an honest mark where it is not the reader's."""
    if not text:
        return SafeString("")
    if text.is_translated and element == "div":
        return format_html('<div class="flow">{}</div>', inner)
    if text.is_translated:
        return SafeString(inner)
    return format_html(
        '<{0} class="spoken" lang="{1}" dir="{2}">{3}</{0}> '
        '<small class="untranslated" lang="{4}">{5}</small>',
        element,
        text.language,
        text.direction,
        inner,
        get_language() or "en",
        _("not translated yet"),
    )


@register.filter
def say(texts: Mapping[str, str] | None) -> SafeString:
    """A text in the reader's language, else in another one with a mark that says so."""
    text = words.say(texts)
    return _marked(text, format_html("{}", text.text), "span")


@register.filter
def said(text: Spoken | str) -> str:
    """A text that was chosen for the reader already, marked as `say` marks it."""
    return _marked(text, format_html("{}", text.text), "span") if isinstance(text, Spoken) else text


@register.filter
def say_plain(texts: Mapping[str, str] | None) -> str:
    """The text alone, for titles of pages and attributes."""
    return words.say(texts).text


@register.filter
def say_markdown(texts: Mapping[str, str] | None) -> SafeString:
    """A long text written in Markdown."""
    text = words.say(texts)
    return _marked(text, SafeString(words.html_of(text.text)), "div")


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown in the reader's own language."""
    return SafeString(words.html_of(text))


@register.filter
def money(cents: int | None, currency: str = "EUR") -> str:
    """Cents as an amount; nothing where nothing is known."""
    return "" if cents is None else words.amount(cents, currency)


@register.filter
def figure(value: Decimal | float | None) -> str:
    """A number with the reader's separators."""
    return "" if value is None else words.number(value)


@register.filter
def published_day(text: str) -> str:
    """A date as precise as it was published."""
    return words.published_day(text) if text else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words, on the reader's calendar."""
    if value is None:
        return ""
    shown = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return words.day(shown)


@register.simple_tag
def moment(value: datetime, zone: str = "") -> SafeString:
    """A moment on the clock of `zone`; a script adds the reader's own clock where it differs."""
    shown = zone or timezone.get_current_timezone_name()
    return format_html(
        '<time datetime="{}" data-reader-time data-zone="{}">{}, <span class="clock">{} '
        '<abbr title="{}">{}</abbr></span></time>',
        value.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ"),
        shown,
        words.day(value.astimezone(ZoneInfo(shown)).date()),
        words.clock(value, shown),
        shown,
        abbreviation(value, shown),
    )


@register.filter
def country(code: str) -> str:
    """A country by its name."""
    return reference.name_of(reference.countries(), code) if code else ""


@register.filter
def confidence(word: str) -> str:
    """How sure a fact is, in words."""
    said = {
        "read": _("stated by the source"),
        "derived": _("worked out from the sources"),
        "general-knowledge": _("general knowledge, to be confirmed"),
    }
    return said.get(word, word)
