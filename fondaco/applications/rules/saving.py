"""Two colleagues in one section: whose change is kept, and what both must look at."""

from collections.abc import Mapping
from dataclasses import dataclass

from fondaco.questionnaires.rules.answers import Typed, mark
from fondaco.questionnaires.rules.groups import DOT

MOST_BYTES = 512 * 1024
"""The longest section as it travels when it saves itself; a longer one goes by the button."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One answer that two colleagues changed in different ways."""

    question: str
    mine: Typed
    theirs: Typed


@dataclass(frozen=True, slots=True)
class Merged:
    """The section as it is to be kept, what clashes, and what a colleague changed besides."""

    answers: Mapping[str, Typed]
    clashes: tuple[Clash, ...] = ()
    theirs: tuple[str, ...] = ()


def merged(
    kept: Mapping[str, Typed], mine: Mapping[str, Typed], was: Mapping[str, str] | None
) -> Merged:
    """Both changes together; `was` marks what my page showed, None means that mine counts.

    An answer is mine where I changed it, theirs where they did; where both did, differently, the
    kept one stays until somebody chooses. A mark may name several texts: what the page showed
    first, then what it sent that may or may not have arrived.
    """
    if was is None:
        return Merged({**kept, **mine})
    answers, clashes, theirs = dict(kept), list[Clash](), list[str]()
    for question, typed in mine.items():
        stands, shown = kept.get(question, ""), was.get(question, "").split() or [mark("")]
        if mark(typed) == mark(stands):
            continue
        if mark(stands) in shown:
            answers[question] = typed
        elif mark(typed) == shown[0]:
            theirs.append(question)
        elif is_place(question):
            answers[question] = typed or stands
            theirs += [] if typed else [question]
        else:
            clashes.append(Clash(question, typed, stands))
    back = _rows_put_back(kept, mine, answers) if theirs else {}
    return Merged(
        {**answers, **back}, tuple(clashes), tuple(code for code in theirs if code not in back)
    )


def is_place(key: str) -> bool:
    """Whether a key says where a row of a group stands."""
    return key.count(DOT) == 1


def _rows_put_back(
    kept: Mapping[str, Typed], mine: Mapping[str, Typed], answers: Mapping[str, Typed]
) -> dict[str, Typed]:
    """The rows that a colleague took away while I wrote into them: what is written keeps a row."""
    written = [key for key in mine if is_place(key) and mine[key] and not answers.get(key)]
    return {
        place: mine[place]
        for place in written
        if any(
            key.startswith(place + DOT) and answers.get(key) and answers[key] != kept.get(key)
            for key in mine
        )
    }
