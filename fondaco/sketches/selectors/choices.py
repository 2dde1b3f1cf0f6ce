"""What may be chosen in a field of the builder, in the reader's words."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.calls.phrases import (
    ACTS,
    COUNTS,
    DECIDERS,
    INTAKES,
    KINDS,
    NEXTS,
    OVERS,
    STEP_KINDS,
    SUPPORTS,
)
from fondaco.calls.states import NotFound, QueueOrder, Scale, Test
from fondaco.files.selectors.plain import known_facts
from fondaco.kernel.clock import WEEKDAYS
from fondaco.programmes.models import Programme
from fondaco.questionnaires.phrases.versions import KINDS as ASKED
from fondaco.questionnaires.rules.conditions import Match
from fondaco.questionnaires.rules.conditions import Test as Compared
from fondaco.questionnaires.rules.tables import Reader
from fondaco.web import reference, words

Pairs = list[tuple[str, str]]
SCALES: dict[Scale, Promise] = {
    Scale.POINTS: _("Points for each criterion"),
    Scale.ZERO_TO_FIVE: _("0 to 5, with a weight for each criterion"),
}
TESTS: dict[Test, Promise] = {
    Test.IS: pgettext_lazy("test of a rule", "is"),
    Test.IN: pgettext_lazy("test of a rule", "is one of"),
    Test.ANY_OF: pgettext_lazy("test of a rule", "has at least one of"),
    Test.NONE_OF: pgettext_lazy("test of a rule", "has none of"),
    Test.BETWEEN: pgettext_lazy("test of a rule", "is between"),
    Test.AT_LEAST: pgettext_lazy("test of a rule", "is at least"),
    Test.AT_MOST: pgettext_lazy("test of a rule", "is at most"),
}
QUEUE_ORDERS = {
    QueueOrder.ARRIVAL: _("In the order of arrival"),
    QueueOrder.RANDOM: _("Those of the first minutes in an order that is drawn"),
}
COMPARED = {
    Compared.IS: TESTS[Test.IS],
    Compared.IN: TESTS[Test.IN],
    Compared.ANY_OF: TESTS[Test.ANY_OF],
    Compared.ANSWERED: pgettext_lazy("test of an answer", "is answered"),
    Compared.AT_LEAST: TESTS[Test.AT_LEAST],
    Compared.AT_MOST: TESTS[Test.AT_MOST],
}
MATCHES = {Match.ALL: _("All of them"), Match.ANY: _("One is enough")}
READERS = {
    Reader.OFFICERS: _("Officers"),
    Reader.EVALUATORS: _("Evaluators"),
    Reader.PARTNERS: _("Partners of the application"),
}
VALUES: dict[str, Callable[[], reference.Choices]] = {
    "countries": reference.countries,
    "organisation-kinds": reference.organisation_kinds,
    "sizes": reference.sizes,
    "ecosystems": reference.ecosystems,
}
"""The lists that `values` of a fact names."""
ANSWER = "answer."


def choices_of(name: str, content: Mapping[str, Any], programme: Programme) -> Pairs:
    """The codes of one list with their words."""
    return _SOURCES[name](content, programme)


def values_of_fact(fact: str, content: Mapping[str, Any]) -> Pairs:
    """The values that a fact or an answer can have, where a list tells them; none otherwise."""
    code = fact.removeprefix(ANSWER)
    for question in _questions(content):
        if question.get("code") == code and question.get("option"):
            return [
                (row.get("code", ""), words.say(row.get("label") or {}).text)
                for row in question["option"]
            ]
    named = next((row for row in reference.facts() if row.code == fact), None)
    listed = VALUES.get(str(named.more.get("values", ""))) if named else None
    return list(reference.sorted_pairs(listed())) if listed else []


def _said(table: Mapping[Any, Any]) -> Callable[[Any, Any], Pairs]:
    return lambda _content, _programme: [(str(code), str(word)) for code, word in table.items()]


def _listed(read: Callable[[], reference.Choices]) -> Callable[[Any, Any], Pairs]:
    return lambda _content, _programme: [
        (code, name) for code, name in reference.sorted_pairs(read())
    ]


def _partners(_content: Any, programme: Programme) -> Pairs:
    rows = programme.partners.select_related("organisation")
    named = [(partner.code, partner.organisation.name) for partner in rows]
    return sorted(named, key=lambda pair: words.in_order(pair[1]))


def _zones(_content: Any, _programme: Any) -> Pairs:
    return [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone]


def _weekdays(_content: Any, _programme: Any) -> Pairs:
    return [(day, words.weekday(number)) for number, day in enumerate(WEEKDAYS)]


def _questions(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    sections = (content.get("form") or {}).get("section", [])
    return [question for section in sections for question in section.get("question", [])]


def _facts(content: Mapping[str, Any], _programme: Any) -> Pairs:
    named = dict(reference.pairs(reference.facts()))
    known = [(code, named.get(code, code)) for code in sorted(known_facts())]
    asked = [
        (
            f"{ANSWER}{question.get('code', '')}",
            str(_("Answer: %(question)s"))
            % {"question": words.say(question.get("label") or {}).text},
        )
        for question in _questions(content)
    ]
    return known + asked


def _criteria(content: Mapping[str, Any], _programme: Any) -> Pairs:
    return [
        (row.get("code", ""), words.say(row.get("name") or {}).text)
        for row in content["call"].get("criterion", [])
    ]


CONFIDENCES = {
    "read": _("Read in the source"),
    "derived": _("Derived from it"),
    "general-knowledge": _("General knowledge, not checked against its text"),
}
NOT_FOUND = {NotFound.CRITERIA: _("The criteria"), NotFound.DECISION: _("Who decides")}
_SOURCES: dict[str, Callable[[Any, Any], Pairs]] = {
    "kinds": _said(KINDS),
    "intakes": _said(INTAKES),
    "supports": _said(SUPPORTS),
    "deciders": _said(DECIDERS),
    "scales": _said(SCALES),
    "tests": _said(TESTS),
    "asked": _said(ASKED),
    "languages": lambda _content, _programme: [
        (row.code, str(row.more["own"])) for row in reference.languages()
    ],
    "ecosystems": _listed(reference.ecosystems),
    "partners": _partners,
    "zones": _zones,
    "weekdays": _weekdays,
    "facts": _facts,
    "questions": lambda content, _programme: [
        (row.get("code", ""), words.say(row.get("label") or {}).text) for row in _questions(content)
    ],
    "schemes": _listed(reference.lump_schemes),
    "step_kinds": _said(STEP_KINDS),
    "overs": _said(OVERS),
    "nexts": _said(NEXTS),
    "counts": _said(COUNTS),
    "queue_orders": _said(QUEUE_ORDERS),
    "compared": _said(COMPARED),
    "matches": _said(MATCHES),
    "readers": _said(READERS),
    "acts": _said(ACTS),
    "confidences": _said(CONFIDENCES),
    "not_found": _said(NOT_FOUND),
    "criteria": _criteria,
}
