"""The handbook: the Markdown under docs/ as pages, with every link between them checked.

Made with the Markdown library that the site itself uses, so that no further tool must be kept.
"""

import html
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tools.paths import ROOT, stop
from tools.serve import LOOPBACK, port_from, refuse_taken

DOCS = ROOT / "docs"
BUILT = ROOT / "var" / "handbook"
PARTS = ("tutorials", "how-to", "reference", "explanation", "decisions")
VARIABLE = "FONDACO_DOCS_PORT"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title} · Fondaco</title>
<link rel="stylesheet" href="{up}handbook.css">
</head>
<body>
<nav aria-label="Handbook">{contents}</nav>
<main>
{text}</main>
</body>
</html>
"""
STYLE = """:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { display: grid; grid-template-columns: 16rem minmax(0, 46rem); gap: 3rem; margin: 2rem; }
nav ul { list-style: none; padding-inline-start: 0; font-size: 0.9rem; }
pre, table { display: block; overflow-x: auto; }
th, td { border-block-end: 1px solid; padding: 0.3rem 0.8rem 0.3rem 0; text-align: start; }
@media (width < 60rem) { body { display: block; } }
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the handbook: its source, its words, and the headings one can point at."""

    source: Path
    tokens: Sequence[Token]
    anchors: frozenset[str]
    title: str

    @property
    def place(self) -> Path:
        """Where it stands in the handbook."""
        return self.source.relative_to(DOCS).with_suffix(".html")


def markdown() -> MarkdownIt:
    """Markdown as written in the sources: CommonMark and tables."""
    return MarkdownIt("commonmark").enable("table")


def anchor_of(heading: str) -> str:
    """The name one points at a heading with, as code forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def read(source: Path) -> Page:
    """A page, its headings named."""
    tokens = markdown().parse(source.read_text(encoding="utf-8"))
    headings: dict[str, str] = {}
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            anchor = anchor_of(words.content)
            opening.attrSet("id", anchor)
            headings.setdefault(anchor, words.content)
    title = next(iter(headings.values()), source.stem)
    return Page(source, tokens, frozenset(headings), title)


def links_of(page: Page) -> Iterator[Token]:
    """The links of a page that lead to a place in this repository."""
    for block in page.tokens:
        for token in block.children or ():
            if token.type == "link_open" and not urlsplit(str(token.attrGet("href"))).scheme:
                yield token


def broken_links(pages: Sequence[Page]) -> list[str]:
    """Links that lead nowhere; links between pages are pointed at the built ones on the way."""
    by_source = {page.source: page for page in pages}
    broken = []
    for page in pages:
        for link in links_of(page):
            href = str(link.attrGet("href"))
            path, fragment = unquote(urlsplit(href).path), urlsplit(href).fragment
            target = (page.source.parent / path).resolve() if path else page.source
            aim = by_source.get(target)
            if not target.exists() or (fragment and aim and fragment not in aim.anchors):
                broken.append(f"{page.source.relative_to(ROOT)}: {href} leads nowhere")
            elif aim:
                link.attrSet("href", re.sub(r"\.md(?=#|$)", ".html", href))
    return broken


def contents(pages: Sequence[Page], up: str) -> str:
    """The list of all pages, by part."""
    parts = []
    for part in ("", *PARTS):
        items = [page for page in pages if str(page.place.parent) == (part or ".")]
        rows = "".join(
            f'<li><a href="{up}{page.place.as_posix()}">{html.escape(page.title)}</a></li>'
            for page in items
        )
        parts.append(f"<h2>{part.capitalize()}</h2><ul>{rows}</ul>" if part and rows else rows)
    return "".join(f"<ul>{row}</ul>" if row.startswith("<li>") else row for row in parts)


def build(into: Path = BUILT) -> int:
    """Write all pages; stop when a link is broken."""
    pages = [read(source) for source in sorted(DOCS.rglob("*.md"))]
    if broken := broken_links(pages):
        raise stop(*broken, code=1)
    into.mkdir(parents=True, exist_ok=True)
    (into / "handbook.css").write_text(STYLE, encoding="utf-8")
    for page in pages:
        up = "../" * (len(page.place.parts) - 1)
        text = markdown().renderer.render(page.tokens, markdown().options, {})
        built = into / page.place
        built.parent.mkdir(parents=True, exist_ok=True)
        words = {"title": html.escape(page.title), "up": up, "text": text}
        built.write_text(PAGE.format(contents=contents(pages, up), **words), encoding="utf-8")
    if not (into / "index.html").exists():
        words = {"title": "Handbook", "up": "", "text": "<h1>Handbook</h1>\n"}
        (into / "index.html").write_text(PAGE.format(contents=contents(pages, ""), **words))
    return len(pages)


def serve() -> None:
    """Show the handbook until Ctrl-C."""
    port = port_from(os.environ, VARIABLE, 8001)
    refuse_taken(port, variable=VARIABLE, verb="docs")
    handler = partial(SimpleHTTPRequestHandler, directory=str(BUILT))
    with ThreadingHTTPServer((LOOPBACK, port), handler) as server:
        print(f"The handbook: http://{LOOPBACK}:{port}/  (Ctrl-C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    print(f"{build()} pages of the handbook, all links good: {BUILT.relative_to(ROOT)}")
    if sys.argv[1:] == ["serve"]:
        serve()
