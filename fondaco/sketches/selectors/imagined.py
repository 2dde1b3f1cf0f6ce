"""The questions of a trial about its imagined organisation, and what their answers tell."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondaco.kernel.facts import Told
from fondaco.questionnaires.rules.answers import Typed, value_of
from fondaco.questionnaires.rules.schema import Kind, Option, Question, Section
from fondaco.sketches.rules.imagined import FALSE, LANGUAGE, TRUE, Ask, kind_of, told_by
from fondaco.sketches.selectors.choices import values_of_fact
from fondaco.web import reference

ORGANISATION = "organisation"


def organisation_section(asks: tuple[Ask, ...], languages: Sequence[str]) -> Section:
    """The page that asks for the facts, and for the language where there is a choice."""
    return _section(asks, tuple(languages), get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)
def _section(asks: tuple[Ask, ...], languages: tuple[str, ...], spoken: str) -> Section:
    """In the reader's language; kept, because fields that nobody answered are kept too."""
    questions = [_question(ask, spoken) for ask in asks]
    if len(languages) > 1:
        questions.append(_language(languages, spoken))
    return Section(ORGANISATION, {spoken: _("Imagined organisation")}, {}, tuple(questions))


def _named(fact: str) -> reference.Choice | None:
    return next((row for row in reference.facts() if row.code == fact), None)


def _is_many(fact: str) -> bool:
    named = _named(fact)
    return bool(named and named.more.get("many"))


def _question(ask: Ask, spoken: str) -> Question:
    named, pairs = _named(ask.fact), values_of_fact(ask.fact, {})
    label = named.said().text if named else ask.fact
    is_many = _is_many(ask.fact)
    kind = kind_of(
        ask,
        values=str(named.more.get("values", "")) if named else "",
        is_listed=bool(pairs),
        is_many=is_many,
    )
    if kind == Kind.CHOICE and not pairs:
        pairs = [(TRUE, _("yes")), (FALSE, _("no"))]
    is_written = is_many and kind == Kind.SHORT_TEXT
    return Question(
        code=ask.code,
        kind=kind,
        label={spoken: f"{label} ({ask.of})" if ask.of else label},
        help={spoken: _("Several with commas between them.")} if is_written else {},
        text={},
        is_required=True,
        options=tuple(Option(code, {spoken: name}) for code, name in pairs),
    )


def _language(languages: Sequence[str], spoken: str) -> Question:
    own = {row.code: str(row.more["own"]) for row in reference.languages()}
    return Question(
        code=LANGUAGE,
        kind=Kind.CHOICE,
        label={spoken: _("In which language will you write?")},
        help={},
        text={},
        is_required=True,
        options=tuple(Option(code, {spoken: own.get(code, code)}) for code in languages),
    )


def told_of(
    asks: Sequence[Ask], section: Section, typed: Mapping[str, Typed]
) -> dict[tuple[str, str], Told]:
    """What the imagined organisation tells, by the fact and what it is about."""
    asked = {question.code: question for question in section.questions}
    source = _("what you said of the imagined organisation")
    return {
        (ask.fact, ask.of): told_by(
            ask,
            value_of(asked[ask.code], typed.get(ask.code)),
            source=source,
            is_many=_is_many(ask.fact),
        )
        for ask in asks
    }
