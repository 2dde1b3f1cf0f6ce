"""The pages of the builder: each field with what stands in it, what may stand there, its faults."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings

from fondaco.files.selectors.plain import default_at
from fondaco.kernel.texts import Spoken
from fondaco.programmes.models import Programme
from fondaco.sketches.phrases.fields import Field, Part, Step, Table, When, Words
from fondaco.sketches.phrases.steps import STEP_OF
from fondaco.sketches.rules.places import MARK, pattern_of, table_at, value_at
from fondaco.sketches.rules.typed import mark, typed_of
from fondaco.sketches.selectors import Lack
from fondaco.sketches.selectors.choices import Pairs, choices_of, values_of_fact
from fondaco.sketches.selectors.sentences import sentences_of
from fondaco.sketches.states import Kind
from fondaco.web import words

Choices = tuple[tuple[str, str, bool], ...]
RULES = "call.rule"
TEXTUAL = frozenset({Kind.TEXTS, Kind.LONG_TEXTS})
SHORT = frozenset({Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.MOMENT, Kind.DAY, Kind.CODE})


@dataclass(frozen=True, slots=True)
class Tongue:
    """A text in one language, as the page asks for it."""

    place: str
    language: str
    own: str
    typed: str
    problems: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor_of(self.place)


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of the page; `shapes` tells that other fields come and go with its value."""

    field: Field
    place: str
    typed: str = ""
    tongues: tuple[Tongue, ...] = ()
    choices: Choices = ()
    problems: tuple[str, ...] = ()
    is_on: bool = False
    shapes: bool = False

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor_of(self.place)

    @property
    def kind(self) -> str:
        """The kind, as a word for the template; values of a list are ticked."""
        is_ticked = self.field.kind == Kind.WANTED and self.choices
        return Kind.WORDS.value if is_ticked else self.field.kind.value

    @property
    def is_table(self) -> bool:
        """It is none."""
        return False

    @property
    def is_folded(self) -> bool:
        """It is not."""
        return False

    @property
    def is_short(self) -> bool:
        """Whether what stands here is a few signs."""
        return self.field.kind in SHORT


@dataclass(frozen=True, slots=True)
class Folded:
    """What is asked rarely, folded away; it stands open where something in it is said or wrong."""

    place: str
    parts: tuple["Shown", ...]
    is_open: bool

    @property
    def is_table(self) -> bool:
        """It is none."""
        return False

    @property
    def is_folded(self) -> bool:
        """It is."""
        return True


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table; a closed one of a long table has no parts."""

    place: str
    mark: str
    title: Spoken | str
    number: int
    problems: int
    is_open: bool
    sentence: str
    parts: tuple["Shown", ...]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor_of(self.place)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the page with its rows."""

    table: Table
    place: str
    rows: tuple[ShownRow, ...]
    problems: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor_of(self.place)

    @property
    def is_table(self) -> bool:
        """It is one."""
        return True

    @property
    def is_folded(self) -> bool:
        """It is not."""
        return False


Shown = ShownField | ShownTable | Folded


@dataclass
class Page:
    """One page of the builder; `opened` is the row of a long table that stands open."""

    step: Step
    content: Mapping[str, Any]
    programme: Programme
    lacks: Iterable[Lack]
    opened: str = ""
    marks: dict[str, str] = field(default_factory=dict)

    @cached_property
    def parts(self) -> tuple["Shown", ...]:
        """Everything that the page asks for; reading it fills the marks."""
        self.marks.clear()
        return self._parts(self.step.parts, "")

    @property
    def marks_told(self) -> str:
        """The marks of what the page shows, as JSON."""
        _ = self.parts
        return json.dumps(self.marks)

    def _parts(self, parts: Iterable[Part], above: str) -> tuple["Shown", ...]:
        asked = {part.when.place for part in parts if part.when}
        asked |= {"fact"} & {part.place for part in parts}
        shown = [
            (
                part.is_rare,
                self._field(part, above, shapes=part.place in asked)
                if isinstance(part, Field)
                else self._table(part, above),
            )
            for part in parts
            if self._is_asked(part.when, above)
        ]
        often = tuple(one for is_rare, one in shown if not is_rare)
        rare = tuple(one for is_rare, one in shown if is_rare)
        return (*often, Folded(above, rare, any(map(_is_wrong, rare)))) if rare else often

    def _is_asked(self, when: When | None, above: str) -> bool:
        return when is None or self._stands(above + when.place) in when.values

    def _stands(self, place: str) -> Any:
        value = value_at(self.content, place)
        return default_at(pattern_of(place)) if value is None else value

    def _field(self, asked: Field, above: str, *, shapes: bool) -> ShownField:
        place = above + asked.place
        if asked.kind in TEXTUAL:
            return ShownField(
                asked, place, tongues=self._tongues(place), problems=self._said(place)
            )
        stands = self._stands(place)
        self.marks[place] = mark(value_at(self.content, place))
        return ShownField(
            asked,
            place,
            typed=typed_of(asked.kind, stands),
            choices=self._wanted(above, stands)
            if asked.kind == Kind.WANTED
            else self._choices(asked, stands),
            problems=self._said(place, whole=True),
            is_on=stands is True,
            shapes=shapes,
        )

    def _tongues(self, place: str) -> tuple[Tongue, ...]:
        texts = value_at(self.content, place)
        texts = texts if isinstance(texts, Mapping) else {}
        owned = dict(settings.LANGUAGES)
        found = []
        for language in dict.fromkeys([*owned, *texts]):
            here = f"{place}.{language}"
            self.marks[here] = mark(texts.get(language))
            typed = str(texts.get(language, ""))
            own = str(owned.get(language, language))
            found.append(Tongue(here, language, own, typed, self._said(here, whole=True)))
        return tuple(found)

    def _wanted(self, above: str, stands: Any) -> Choices:
        """The values of the fact that the row is about, where a list tells them."""
        fact = value_at(self.content, f"{above}fact") or value_at(self.content, f"{above}of")
        pairs = values_of_fact(str(fact or ""), self.content)
        return _ticked(pairs, stands) if pairs else ()

    def _choices(self, asked: Field, stands: Any) -> Choices:
        if not asked.choices:
            return ()
        return _ticked(choices_of(asked.choices, self.content, self.programme), stands)

    def _table(self, table: Table, above: str) -> ShownTable:
        place = above + table.place
        rows = table_at(self.content, place)
        shown = tuple(self._row(table, place, number, row) for number, row in enumerate(rows, 1))
        return ShownTable(table, place, shown, self._said(place))

    def _row(self, table: Table, above: str, number: int, row: Mapping[str, Any]) -> ShownRow:
        place = f"{above}.{MARK}{row[MARK]}"
        wrong = sum(1 for lack in self.lacks if f"{lack.place}.".startswith(f"{place}."))
        is_open = not table.is_long or self.opened == row[MARK]
        title = row.get(table.named)
        said = words.say(title) if isinstance(title, Mapping) else str(title or "")
        parts = self._parts(table.parts, f"{place}.") if is_open else ()
        sentence = self._sentence(place) if table.place == RULES else ""
        return ShownRow(place, row[MARK], said, number, wrong, is_open, sentence, parts)

    def _sentence(self, place: str) -> str:
        """The rule as its parts say it, for the reader."""
        return words.say(sentences_of(self.content, self.programme, place)).text

    def _said(self, place: str, *, whole: bool = False) -> tuple[str, ...]:
        """What is wrong at the place; with `whole` also with what stands below it."""
        return tuple(
            f"{lack.what} {lack.remedy}"
            for lack in self.lacks
            if lack.place == place or (whole and lack.place.startswith(f"{place}."))
        )


def _is_wrong(part: "Shown") -> bool:
    return bool(getattr(part, "problems", ())) or any(
        tongue.problems for tongue in getattr(part, "tongues", ())
    )


def _ticked(pairs: Pairs, stands: Any) -> Choices:
    """What may be chosen with what is; a code that no list has stays to be seen."""
    chosen = {str(one) for one in (stands if isinstance(stands, list) else [stands]) if one}
    strange = [(code, code) for code in sorted(chosen - dict(pairs).keys())]
    return tuple((code, label, code in chosen) for code, label in [*pairs, *strange])


def anchor_of(place: str) -> str:
    """The id of a place on its page."""
    return place.replace(".", "-").replace(MARK, "_")


def step_of_place(place: str) -> str:
    """The page of the builder on which the place, or the nearest one above it, is asked for."""
    pattern = pattern_of(place)
    while pattern:
        if pattern in STEP_OF:
            return STEP_OF[pattern]
        pattern = pattern.rpartition(".")[0]
    return "basics"


@dataclass(frozen=True, slots=True)
class Wanting:
    """Something that is missing, with the page and the field where it is put right."""

    lack: Lack
    step: str
    anchor: str
    opened: str
    name: Words


def wanting(lacks: Iterable[Lack], names: Mapping[str, Words]) -> list[Wanting]:
    """Everything that is missing, each with the way to its field."""
    return [
        Wanting(
            lack,
            step := step_of_place(lack.place),
            anchor_of(lack.place),
            _row_of(lack.place),
            names[step],
        )
        for lack in lacks
    ]


def _row_of(place: str) -> str:
    """The question in which the place stands, for a page that opens one at a time."""
    steps = place.split(".")
    if "question" in steps and steps.index("question") + 1 < len(steps):
        return steps[steps.index("question") + 1].removeprefix(MARK)
    return ""
