"""Invented answers to the questions of a form, each valid for its question."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from random import Random

from django.core.files import File

from fondaco.directory.models import Organisation, Person
from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.rules.groups import FIRST, cell_key, row_key
from fondaco.questionnaires.rules.schema import Kind, Question, Section
from fondaco.season.material import Sentences

YES = "yes"
SOME_DAY = date(2026, 6, 15)
SMALLEST, LARGEST = 3, 40
OPTIONAL_SHARE = 0.7
NUMBERED = frozenset({"registration", "number", "vat", "pic", "phone", "nace"})
DEAREST, FEWEST = 50_000, 5
"""The largest amount anybody invents where the form sets none, and its least part."""


Bounds = dict[str, tuple[float | None, float | None]]
"""The least and the most that the rules of a call want of an answer."""


class Writer:
    """Somebody who fills a form for an organisation, in a language."""

    def __init__(
        self,
        sentences: Sentences,
        chance: Random,
        *,
        organisation: Organisation,
        person: Person,
        language: str,
        wanted: dict[str, object] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.sentences, self.chance = sentences, chance
        self.organisation, self.person, self.language = organisation, person, language
        self.wanted = wanted or {}
        self.bounds = bounds or {}

    def section(self, section: Section) -> dict[str, str | list[str]]:
        """Typed answers for what can be typed; an optional question is sometimes left out."""
        answers = {
            question.code: typed
            for question in section.questions
            if question.is_required or self.chance.random() < OPTIONAL_SHARE
            if (typed := self.typed(question)) is not None
        }
        for group in section.groups:
            answers |= self._rows(group)
        return answers

    def _rows(self, group: Question) -> dict[str, str | list[str]]:
        """As many rows of a group as must be, at least one, with every cell that is typed."""
        answers: dict[str, str | list[str]] = {}
        for place in range(1, max(1, int(group.at_least or 1)) + 1):
            row = f"{FIRST}{place}"
            answers[row_key(group.code, row)] = str(place)
            for column in group.columns:
                typed = None if column.formula else self.typed(column)
                if typed is not None:
                    answers[cell_key(group.code, row, column.code)] = typed
        return answers

    def typed(self, question: Question) -> str | list[str] | None:
        """What is typed into one question; None for what is not typed."""
        if question.code in self.wanted:
            return self._as_wanted(self.wanted[question.code])
        known = self._known(question.prefill)
        if known:
            return known[: question.limit] if question.limit else known
        writers: dict[Kind, Callable[[Question], str | list[str]]] = {
            Kind.SHORT_TEXT: self._short,
            Kind.LONG_TEXT: self._long,
            Kind.NUMBER: self._number,
            Kind.MONEY: self._money,
            Kind.DATE: self._day,
            Kind.CHOICE: self._choice,
            Kind.CHOICES: self._choices,
        }
        fixed: dict[Kind, str] = {
            Kind.COUNTRY: self.organisation.country,
            Kind.DECLARATION: YES,
            Kind.EMAIL: self.person.email,
            Kind.WEB: f"https://{self.organisation.code}.firms.example",
        }
        if question.kind in fixed:
            return fixed[question.kind]
        write = writers.get(question.kind)
        return write(question) if write else None

    def _as_wanted(self, value: object) -> str:
        choices = value if isinstance(value, list) else [value]
        return str(self.chance.choice(choices))

    def _known(self, prefill: str) -> str:
        organisation = self.organisation
        known = {
            "organisation.name": organisation.name,
            "organisation.country": organisation.country,
            "organisation.city": organisation.city,
            "person.name": self.person.name,
            "person.email": self.person.email,
        }
        return known.get(prefill, "")

    def _pool(self, kind: dict[str, list[str]]) -> list[str]:
        return kind.get(self.language) or kind["en"]

    def _short(self, question: Question) -> str:
        if NUMBERED & set(question.code.split("-")):
            return f"DEMO-{self.chance.randint(1000, 9999)}"
        text = self.chance.choice(self._pool(self.sentences.titles))
        return text[: question.limit] if question.limit else text

    def _long(self, question: Question) -> str:
        pool = self._pool(self.sentences.answers)
        chosen = self.chance.sample(pool, k=self.chance.randint(3, min(6, len(pool))))
        text = " ".join(chosen)
        if question.limit and len(text) > question.limit:
            return chosen[0][: question.limit]
        return text

    def _number(self, question: Question) -> str:
        asked, allowed = self.bounds.get(question.code, (None, None))
        least = max(int(float(question.at_least or SMALLEST)), int(asked or 0))
        most = min(int(float(question.at_most or max(LARGEST, least))), int(allowed or 10**9))
        return str(self.chance.randint(least, max(least, min(most, max(least * 3, LARGEST)))))

    def _money(self, question: Question) -> str:
        asked, allowed = self.bounds.get(question.code, (None, None))
        most = min(float(question.at_most or DEAREST), float(allowed or DEAREST))
        least = max(float(question.at_least or most / FEWEST), float(asked or 0))
        return str(int(self.chance.uniform(least, most) // 100 * 100 or least))

    def _day(self, question: Question) -> str:
        return question.at_least or question.at_most or SOME_DAY.isoformat()

    def _choice(self, question: Question) -> str:
        return self.chance.choice(question.option_codes)

    def _choices(self, question: Question) -> list[str]:
        codes = question.option_codes
        least = int(float(question.at_least)) if question.at_least else 1
        most = int(float(question.at_most)) if question.at_most else len(codes)
        return self.chance.sample(codes, k=self.chance.randint(least, min(most, len(codes))))


PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)


def invented_file(name: str) -> File[bytes]:
    """A small PDF that says it is invented."""
    text = f"Invented for the demonstration: {fingerprint(name)[:12]}"
    return File(BytesIO(_pdf(text)), name=f"{name}.pdf")


def _pdf(text: str) -> bytes:
    """The smallest PDF of one page that shows a line of ASCII text."""
    stream = f"BT /F1 14 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return made + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        start,
    )
