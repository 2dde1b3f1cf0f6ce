"""What is still English on a page that should speak French, by the catalogue of the house."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tools.paths import ROOT

CATALOGUE = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]")
ENGLISH = re.compile(r"\b(the|and|with|this|your|of|until|from|yet|nobody)\b", re.IGNORECASE)
VISIBLE_TEXTS = """() => {
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    const isOurs = one.closest("[lang]").lang === document.documentElement.lang;
    if (isOurs && !one.closest("script, style, textarea")) found.push(walker.currentNode.data);
  }
  for (const name of ["aria-label", "title", "placeholder", "data-confirm", "data-label"])
    for (const one of document.querySelectorAll(`[${name}]`)) found.push(one.getAttribute(name));
  return found.map(text => text.replace(/\\s+/g, " ").trim()).filter(text => text);
}"""


def _plain(text: str) -> str:
    """A message as a page shows it: without the marks of HTML, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def _many(text: object) -> list[str]:
    return list(text) if isinstance(text, tuple | list) else [str(text)]


@cache
def english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every message whose French is another: whole ones, and patterns for those with holes."""
    with Path(CATALOGUE).open("rb") as opened:
        messages = [one for one in read_po(opened) if one.id]
    french = {_plain(text) for one in messages for text in _many(one.string)}
    wanted = {_plain(text) for one in messages for text in _many(one.id)} - french
    whole = frozenset(text for text in wanted if not HOLE.search(text))
    holes = (text for text in wanted - whole if len(HOLE.sub("", text).strip()) > 3)
    patterns = (".+?".join(map(re.escape, HOLE.split(text))) for text in holes)
    return whole, tuple(re.compile(pattern) for pattern in patterns)


def left_in_english(page: Page) -> list[str]:
    """The texts of a page that are messages in English, or look very much like English."""
    whole, patterns = english()
    return [
        text
        for text in page.evaluate(VISIBLE_TEXTS)
        if text in whole
        or any(pattern.fullmatch(text) for pattern in patterns)
        or ENGLISH.search(text)
    ]
