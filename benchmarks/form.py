"""The form of the benchmark, sixteen fields and a file, and answers to it; all invented."""

from typing import Any

SECTION = "everything"
TEXTS = 6
FILE = "offer"


def _question(code: str, kind: str, **more: Any) -> dict[str, Any]:
    label = {"en": f"Question {code.replace('-', ' ')}"}
    return {"code": code, "kind": kind, "label": label, **more}


def _option(code: str) -> dict[str, Any]:
    return {"code": code, "label": {"en": f"Option {code}"}}


QUESTIONS: list[dict[str, Any]] = [
    *(_question(f"text-{one}", "short-text", required=True, limit=40) for one in range(TEXTS)),
    _question("aim", "long-text", required=True, limit=600),
    _question("plan", "long-text", limit=600),
    _question("members", "number", required=True),
    _question("price", "money", required=True),
    _question("begins", "date"),
    _question("country", "country", required=True),
    _question("contact", "email", required=True),
    _question("site", "web"),
    _question("size", "choice", option=[_option("small"), _option("large")]),
    _question("honour", "declaration", text={"en": "All of this is true."}, required=True),
    _question(FILE, "file", accepts=["pdf"], megabytes=1),
]
"""Sixteen that are typed, and the file."""
FORM = {
    "section": [{"code": SECTION, "title": {"en": "Everything"}, "question": QUESTIONS}],
}
TYPED = [question["code"] for question in QUESTIONS if question["kind"] != "file"]
FILLED: dict[str, str] = {
    **{f"text-{one}": f"An invented answer, number {one}" for one in range(TEXTS)},
    "aim": " ".join(["To show what an application costs."] * 12),
    "plan": " ".join(["First we measure, then we mend, then we measure again."] * 8),
    "members": "12",
    "price": "3000",
    "begins": "2027-03-01",
    "country": "FR",
    "contact": "somebody@example.org",
    "site": "https://example.org/",
    "size": "small",
    "honour": "yes",
}


def pdf(size: int) -> bytes:
    """A file of exactly that many bytes that begins and ends as a PDF does."""
    head, tail = b"%PDF-1.7\n1 0 obj << >> endobj\n%", b"\n%%EOF\n"
    return head + b"x" * (size - len(head) - len(tail)) + tail
