"""What a frozen submission says: its answers, its files, and who applied when it was sent."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from fondaco.questionnaires.rules.answers import Value

ANSWER = "answer."
ORGANISATION = "organisation."


class Matching(Protocol):
    """A part of the call: the fact it asks for, and the values that belong to it."""

    code: str
    fact: str
    value: list[object]


def answers_in(content: Mapping[str, Any]) -> dict[str, Value]:
    """The frozen answers by question: what was typed, as it was understood."""
    return dict(content.get("answers", {}))


def files_in(content: Mapping[str, Any]) -> frozenset[str]:
    """The codes of the files that a frozen version names."""
    return frozenset(file["code"] for file in content.get("files", {}).values())


def said_in(content: Mapping[str, Any], fact: str) -> frozenset[str]:
    """What the frozen version says of a fact, as words; nothing where it does not."""
    if fact.startswith(ANSWER):
        said = content.get("answers", {}).get(fact.removeprefix(ANSWER))
    else:
        said = content.get("organisation", {}).get(fact.removeprefix(ORGANISATION))
    if isinstance(said, list | tuple):
        return frozenset(str(one) for one in said)
    return frozenset() if said in (None, "") else frozenset({str(said)})


def parts_in(content: Mapping[str, Any], parts: Iterable[Matching]) -> tuple[str, ...]:
    """The envelopes and quotas that the application belongs to, by code."""
    return tuple(
        part.code
        for part in parts
        if said_in(content, part.fact) & {str(value) for value in part.value}
    )
