"""Pages as a reader sees them."""

import re
from html import unescape

from django.test import Client

from fondaco.kernel.texts import spoken

LANGUAGES = ["en", "fr", "ar"]


def page(path, language="en", **asked):
    """The text of a page, without its marks."""
    response = Client().get(f"/{language}/{path}", asked)
    assert response.status_code == 200, path
    return text_of(response.content.decode())


def text_of(html):
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def said(text, language):
    """A text as a reader of that language sees it."""
    return " ".join(spoken(text, language).text.split())


def status(path):
    """How a page answers."""
    return Client().get(path).status_code


def listed(language="en", **asked):
    """The codes of the calls that the list shows, in order."""
    html = Client().get(f"/{language}/calls/", asked).content.decode()
    main = html[html.index("<main") : html.index("</main")]
    return re.findall(rf'<h3><a href="/{language}/calls/([a-z0-9-]+)/"', main)
