"""What a reader of a page sees: its width, and words that are in another language than theirs."""

import re

from playwright.sync_api import Page

WORDS_SEEN = """() => {
  const own = document.documentElement.lang;
  const found = document.querySelector("h1[lang], h1 [lang]") ? [] : [document.title];
  const spoken = (element) => element.closest("[lang]").lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const silent =
    "script, style, template, noscript, code, pre, textarea, [translate=no], [dir=auto]";
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(silent) && spoken(parent) === own) found.push(walker.currentNode.data);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-label", "data-confirm"])
      if (element.getAttribute(name) && spoken(element) === own)
        found.push(element.getAttribute(name));
  }
  return found;
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return [];
  const rightmost = [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > window.innerWidth + 1 || box.left < -1);
  });
  const named = rightmost.slice(-3).map((one) => one.outerHTML.slice(0, 90));
  return [`${wide} too wide: ${named.join(" | ")}`];
}"""
ENGLISH = re.compile(
    r"\b(the|your|you|and|with|this|that|are|has|have|not|from|is|was|will|been|who|what|which"
    r"|when|there|yet|of|to|by|it|no|new|add|all)\b"
)
LATIN = re.compile(r"[A-Za-z][a-z]{2,}(?: [A-Za-z]?[a-z]{2,})+")
ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|[\w-]+\.(?:pdf|csv|json|example)\b")


def words_seen(page: Page) -> list[str]:
    """Every text of the page that claims to be in the page's language, once."""
    found: list[str] = page.evaluate(WORDS_SEEN)
    return sorted({" ".join(text.split()) for text in found} - {""})


def left_in_english(texts: list[str], language: str, *, names: frozenset[str]) -> list[str]:
    """The texts that are English on a French or Arabic page, but for names."""
    return [text for text in texts if _is_english(_without_names(text, names), language)]


def _without_names(text: str, names: frozenset[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return ADDRESSES.sub("", text)


def _is_english(text: str, language: str) -> bool:
    return bool((LATIN if language == "ar" else ENGLISH).search(text))
