"""Which questions are asked and which are not, and because of which answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from fondaco.questionnaires.rules.answers import Typed, value_of
from fondaco.questionnaires.rules.conditions import Match, ShownWhen, holds
from fondaco.questionnaires.rules.rows import figure_of
from fondaco.questionnaires.rules.schema import Form, Kind

Because = Mapping[str, tuple[str, ...]]
"""The questions and facts that keep a question hidden, by its code."""
NOTHING: Because = MappingProxyType({})
NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """What a page is told of all answers: what is hidden, what conditions are compared with."""

    hidden: Because
    values: Mapping[str, object]
    share: Decimal | None = None


def hidden_in(
    form: Form, answers: Mapping[str, Typed], facts: Mapping[str, object] = NO_FACTS
) -> Because:
    """Every question that is not asked, and what keeps it hidden; what was typed plays no part.

    Conditions look back only, so one way through the form is enough. What is hidden counts as not
    answered for the conditions after it.
    """
    if not form.is_conditional:
        return NOTHING
    return _followed(form, answers, facts)[0]


def known_in(
    form: Form, answers: Mapping[str, Typed], facts: Mapping[str, object] = NO_FACTS
) -> Mapping[str, object]:
    """What the conditions of a form are compared with: every answer that is asked, and facts."""
    return _followed(form, answers, facts)[1]


def _followed(
    form: Form, answers: Mapping[str, Typed], facts: Mapping[str, object]
) -> tuple[dict[str, tuple[str, ...]], dict[str, object]]:
    hidden: dict[str, tuple[str, ...]] = {}
    known: dict[str, object] = dict(facts)
    for section in form.sections:
        of_section = failing(section.shown_when, known)
        for question in section.questions:
            because = of_section or failing(question.shown_when, known)
            if because:
                hidden[question.code] = because
            elif question.kind == Kind.GROUP:
                known[question.code] = figure_of(question, answers)
            else:
                known[question.code] = value_of(question, answers.get(question.code))
    return hidden, known


def failing(shown: ShownWhen | None, known: Mapping[str, object]) -> tuple[str, ...]:
    """What the conditions miss: the answers and facts to blame; nothing where they hold."""
    if shown is None:
        return ()
    missed = [one for one in shown.conditions if not holds(one, known.get(one.of))]
    if not missed or (shown.match == Match.ANY and len(missed) < len(shown.conditions)):
        return ()
    return tuple(dict.fromkeys(condition.of for condition in missed))
