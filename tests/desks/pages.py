"""Pages as a reader sees them."""

import csv
import io
import re
from html import unescape

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fondaco.kernel.texts import spoken
from tests.directory.work import enter
from tests.factories.directory import AT

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


def browser_of(person, *, method="mfa"):
    """The browser of somebody who signed in, by habit with a second factor."""
    return enter(Client(), person, method=method, at=timezone.now())


def shown(client, path, status=200, **asked):
    """The text of a page as this reader sees it."""
    response = client.get(path, asked)
    assert response.status_code == status, path
    return text_of(response.content.decode())


def table_of(response):
    """The rows of a downloaded table."""
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def queries_of(client, path):
    """How many queries a page takes, once what lasts is warm."""
    with time_machine.travel(AT, tick=False):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
    return len(queries)
