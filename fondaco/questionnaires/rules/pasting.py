"""A list of questions as it stands in a document, read into questions that somebody corrects.

Numbers, bullets, tables, limits in brackets and answers on the lines below, in English, French and
Arabic. What cannot be told is guessed, and said to be guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fondaco.questionnaires.rules.reading import western
from fondaco.questionnaires.rules.schema import Kind

MOST_TEXT, MOST_QUESTIONS = 200_000, 400
LONG = 250
MOST_LIMIT = 20_000
_NUMBER = re.compile(
    r"^\(?(?:q(?:uestion)?\s*|سؤال\s*|س\s*)?(\d{1,3}(?:\.\d{1,3}){0,3})\s*[.):\-–]?\s+(?=\S)", re.I
)
_BULLET = re.compile(r"^(?:[•‣▪◦●■*–—-]|o(?=\s))\s*")
_BOX = re.compile(r"^(?:[☐☑☒□○◯❏❑]|\[\s?[xX]?\]|\(\s?\))\s*")
_LETTER = re.compile(r"^(?:[a-h]|[أبجدهوز])\s?[.)]\s+", re.I)
_HEADING = re.compile(
    r"^(?:section|part|partie|rubrique|chapter|chapitre|القسم|الجزء|المحور)\s+\w+\s*[.:–-]?\s*",
    re.I,
)
_LIMIT = re.compile(
    r"[(\[]?\s*(?:max(?:imum|\.)?|at most|up to|no more than|limit:?|au plus|maximum de|"
    r"jusqu[’']à|limite :?|بحد أقصى|لا يتجاوز|الحد الأقصى:?)?\s*"
    r"(\d[\d ., ]{0,7})\s*(characters?|chars?|signs?|caractères?|signes?|حرفًا|حرفا|حرف|أحرف|رمز|"
    r"words?|mots?|كلمة|كلمات)\s*(?:max(?:imum|\.)?|at most|au plus|كحد أقصى)?\.?\s*[)\]]?",
    re.I,
)
_WORDS = re.compile(r"^(?:words?|mots?|كلم)", re.I)
_MUST = re.compile(r"\((?:mandatory|required|obligatoire|إلزامي|مطلوب)\)|\*\s*$", re.I)
_MAY = re.compile(r"\((?:optional|if any|facultatif|optionnel|le cas échéant|اختياري)\)", re.I)
_YES_NO = re.compile(r"[(\[]?\s*(yes\s*/\s*no|oui\s*/\s*non|نعم\s*/\s*لا)\s*[)\]]?", re.I)
_SEVERAL = re.compile(
    r"all that apply|several|one or more|plusieurs|une ou plusieurs|كل ما ينطبق|أكثر من", re.I
)
_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.EMAIL, r"e-?mail|courriel|adresse électronique|البريد الإلكتروني"),
    (Kind.WEB, r"web ?site|site (?:web|internet)|\burl\b|الموقع الإلكتروني"),
    (
        Kind.FILE,
        r"\b(?:upload|attach|annex)|\b(?:joindre|joignez|télécharge|annexe)|أرفق|إرفاق|مرفق",
    ),
    (
        Kind.DECLARATION,
        (
            r"^(?:i|we) (?:declare|confirm|agree)|^(?:je|nous) (?:déclar|confirm|accept)|"
            r"^(?:أصرّ?ح|أقرّ?|نصرّ?ح|نقرّ?|أوافق)"
        ),
    ),
    (Kind.SIGNATURE, r"^signature|^توقيع|^التوقيع"),
    (
        Kind.COUNTRY,
        r"^(?:in )?(?:which )?countr(?:y|ies)|^(?:dans quel )?pays|^(?:ال)?(?:بلد|دولة)",
    ),
    (
        Kind.MONEY,
        (
            r"\b(?:amount|budget|cost|turnover|price|eur(?:o|os)?)\b|€|\b(?:montant|coût|"
            r"chiffre d[’']affaires|prix)\b|المبلغ|الميزانية|التكلفة|رقم الأعمال"
        ),
    ),
    (Kind.NUMBER, r"\b(?:how many|number of|headcount)\b|\b(?:combien|nombre d)|^كم |عدد"),
    (Kind.DATE, r"\b(?:date|since when|from which day)\b|تاريخ"),
    (
        Kind.LONG_TEXT,
        (
            r"\b(?:describe|explain|present|why|how (?:will|do|does|is|are))\b|"
            r"\b(?:décri|expliqu|présent|pourquoi|comment)|اشرح|صف |صِف|لماذا|كيف"
        ),
    ),
)
_MATCHING = tuple((kind, re.compile(words, re.I)) for kind, words in _KINDS)
YES_NO = {
    "yes": {"en": "Yes", "fr": "Oui", "ar": "نعم"},
    "no": {"en": "No", "fr": "Non", "ar": "لا"},
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """One question as it was read."""

    label: str
    kind: Kind
    section: str = ""
    number: str = ""
    limit: int | None = None
    is_required: bool = False
    help: str = ""
    options: tuple[str, ...] = ()
    words: int | None = None
    """A limit in words, which forms count in characters: somebody decides."""


@dataclass(slots=True)
class _Read:
    """What was read so far of the question at hand."""

    section: str = ""
    found: list[Pasted] = field(default_factory=list)


def questions_in(text: str) -> list[Pasted]:
    """The questions of a pasted text, in their order; at most as many as a form can have."""
    lines = [line for line in map(_clean, text[:MOST_TEXT].splitlines()) if line]
    read = _Read()
    for place, line in enumerate(lines):
        _take(read, line, lines[place + 1 :][:1])
        if len(read.found) >= MOST_QUESTIONS:
            break
    return [_settled(one) for one in read.found]


def _clean(line: str) -> str:
    """A line without signs that only set it, and a row of a table as one line with bars."""
    cells = [cell.strip() for cell in re.split(r"\t|\s\|\s|^\||\|$", line.strip("\ufeff")) if cell]
    kept = [" ".join(cell.replace("\u200f", "").replace("\u200e", "").split()) for cell in cells]
    return " | ".join(cell for cell in kept if cell and not re.fullmatch(r"[-:_=. ]+", cell))


def _take(read: _Read, line: str, after: Sequence[str]) -> None:
    cells = line.split(" | ")
    if _is_heading(line, after):
        read.section = _HEADING.sub("", _NUMBER.sub("", line)).strip(" :") or line
    elif _is_option(read, line):
        last = read.found[-1]
        option = _LETTER.sub("", _BULLET.sub("", _BOX.sub("", line))).strip(" ;,.")
        read.found[-1] = replace(last, options=(*last.options, option))
    elif _is_help(read, line):
        last = read.found[-1]
        read.found[-1] = replace(last, help=f"{last.help} {line}".strip(), limit=last.limit)
    else:
        read.found.append(_question(cells, read.section))


def _is_heading(line: str, after: Sequence[str]) -> bool:
    """A part is called so, is written in capitals, or has numbers below its own."""
    if _HEADING.match(line) and not _asks(line):
        return True
    number, below = (
        _NUMBER.match(western(line)),
        _NUMBER.match(western(after[0])) if after else None,
    )
    if number and below and below[1].startswith(f"{number[1]}."):
        return True
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) > 3 and line.isupper() and not _asks(line)  # noqa: PLR2004


def _asks(line: str) -> bool:
    return line.rstrip(" *").endswith(("?", "؟", ":"))


def _is_option(read: _Read, line: str) -> bool:
    """A box always is one; a bullet or a letter below a numbered question or behind a colon."""
    if not read.found or " | " in line:
        return False
    if _BOX.match(line):
        return True
    last = read.found[-1]
    is_marked = bool(_BULLET.match(line) or _LETTER.match(line)) and not _asks(line)
    if last.section != read.section:
        return False
    return is_marked and bool(last.number or last.options or last.label.endswith(":"))


def _is_help(read: _Read, line: str) -> bool:
    """A line in brackets, or one that gives nothing but a limit, belongs to the question above."""
    if not read.found:
        return False
    return line.startswith(("(", "[")) and line.endswith((")", "]")) and not _BOX.match(line)


def _question(cells: Sequence[str], section: str) -> Pasted:
    """A line, or a row of a table: its number, the question, and what stands beside it."""
    number, label = "", cells[0]
    if len(cells) > 1 and re.fullmatch(r"[\d.()]+", western(cells[0])):
        number, label, cells = western(cells[0]).strip("().") or "", cells[1], cells[1:]
    elif found := _NUMBER.match(western(label)):
        number, label = found[1], label[found.end() :]
    label = _BULLET.sub("", label)
    return Pasted(label, Kind.SHORT_TEXT, section, number, help=" ".join(cells[1:]))


def _settled(one: Pasted) -> Pasted:
    """A question with its limits, marks and kind read out of its words."""
    whole = f"{one.label} {one.help}".strip()
    limit, words = _limit_in(whole)
    is_required = bool(_MUST.search(one.label) or _MUST.search(one.help))
    options = one.options
    is_yes_no = bool(_YES_NO.search(whole)) and not options
    label, help_text = (_without_marks(text) for text in (one.label, one.help))
    kind = Kind.CHOICE if is_yes_no else _kind_of(label, whole, limit or (words or 0) * 6, options)
    is_text = kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT}
    return replace(
        one,
        label=label or one.label,
        help=help_text,
        kind=kind,
        limit=limit if is_text else None,
        words=words if is_text else None,
        is_required=is_required,
        options=("yes", "no") if is_yes_no else options,
    )


def _without_marks(text: str) -> str:
    for mark in (_LIMIT, _MUST, _MAY, _YES_NO):
        text = mark.sub(" ", text)
    return " ".join(text.split()).removesuffix("()").strip(" *").replace(" ?", "?")


def _limit_in(text: str) -> tuple[int | None, int | None]:
    """A limit in characters, or one in words."""
    found = _LIMIT.search(western(text))
    if not found:
        return None, None
    figure = int(re.sub(r"\D", "", found[1]) or 0)
    if not 1 <= figure <= MOST_LIMIT:
        return None, None
    return (None, figure) if _WORDS.match(found[2]) else (figure, None)


def _kind_of(label: str, whole: str, limit: int, options: Sequence[str]) -> Kind:
    if options:
        return Kind.CHOICES if _SEVERAL.search(whole) else Kind.CHOICE
    for kind, words in _MATCHING:
        if words.search(label) and not (limit and kind not in {Kind.LONG_TEXT}):
            return kind
    return Kind.LONG_TEXT if limit > LONG else Kind.SHORT_TEXT


def form_of(pasted: Sequence[Pasted], *, language: str, title: str) -> dict[str, Any]:
    """The questions as the data of a form, with codes of their own; `title` is for what has none.

    Codes come from the words where these are in Latin letters, else they are numbers.
    """
    sections: dict[str, dict[str, Any]] = {}
    codes, names = set[str](), set[str]()
    for number, one in enumerate(pasted, 1):
        name = one.section or title
        if name not in sections:
            code = _code(name, len(sections) + 1, "part", names)
            sections[name] = {"code": code, "title": {language: name}, "question": []}
        data = dict(_data(one, language))
        code = _code(one.label, number, "question", codes)
        sections[name]["question"].append({"code": code, **data})
    return {"section": list(sections.values())}


def _data(one: Pasted, language: str) -> Iterator[tuple[str, Any]]:
    yield "kind", one.kind.value
    if one.is_required:
        yield "required", True
    if one.limit:
        yield "limit", one.limit
    yield "label", {language: one.label}
    if one.help:
        yield "help", {language: one.help}
    if one.kind == Kind.DECLARATION:
        yield "text", {language: one.label}
    if one.options == ("yes", "no"):
        yield "option", [{"code": code, "label": label} for code, label in YES_NO.items()]
    elif one.options:
        taken = set[str]()
        yield (
            "option",
            [
                {"code": _code(said, place, "answer", taken), "label": {language: said}}
                for place, said in enumerate(one.options, 1)
            ],
        )


def _code(text: str, number: int, word: str, taken: set[str]) -> str:
    """A code of at most four words that nothing else has."""
    words = re.findall(r"[a-z0-9]+", text.lower()) if text.isascii() else []
    code = "-".join(words[:4])[:50] or f"{word}-{number}"
    while code in taken:
        code = f"{code[:50]}-{number}"
    taken.add(code)
    return code
