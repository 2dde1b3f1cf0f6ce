"""The words of the trail, and the sentences that the slices give their verbs."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Detail = Callable[[Mapping[str, Any], str], str]
"""What an entry says beyond its verb, from its data and the zone of the thing's clock."""
_SENTENCES: dict[str, Promise] = {}
_KINDS: dict[str, Promise] = {}
_DETAILS: dict[str, Detail] = {}

FAULTS: dict[str, Promise] = {
    "number-missing": _("An entry is missing from the sealed order."),
    "entry-changed": _("An entry, or the order of the entries, is not what was sealed."),
    "seal-chain": _("A seal does not stand on the chain of the entries before it."),
    "seal-missing": _("The last sealed entries have no seal."),
    "seal-orphaned": _("A seal stands where there are no longer any entries."),
    "key-unknown": _("A seal names a key that was never published."),
    "signature": _("The signature of a seal is not genuine."),
    "head-ahead": _("The head that was kept lies beyond the last sealed entry: entries are gone."),
    "head-differs": _("The trail up to the head that was kept is not what it was then."),
}


def phrases_of_verbs(
    sentences: Mapping[str, Promise],
    kinds: Mapping[str, Promise] | None = None,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Give verbs the sentences that people read in a story, their kinds and their details.

    Each slice keeps its own as `VERBS`, `VERB_KINDS` (by the word before the dot) and
    `VERB_DETAILS` in its `phrases.py`; they are read when the house starts.
    """
    _SENTENCES.update(sentences)
    _KINDS.update(kinds or {})
    _DETAILS.update(details or {})


def said_verbs() -> frozenset[str]:
    """The verbs that have a sentence."""
    return frozenset(_SENTENCES)


def sentence_of(verb: str) -> str:
    """What a verb says in the reader's language; the verb itself where nobody gave it words."""
    return str(_SENTENCES.get(verb, verb))


def kind_of(verb: str) -> str:
    """The word before the dot: what kind of thing happened."""
    return verb.partition(".")[0]


def said_kinds() -> frozenset[str]:
    """The kinds of verbs that have a name."""
    return frozenset(_KINDS)


def name_of_kind(kind: str) -> str:
    """What people call a kind of entries."""
    return str(_KINDS.get(kind, kind))


def detail_of(verb: str, data: Mapping[str, Any], zone: str) -> str:
    """What an entry says beyond its verb; empty where there is nothing to say."""
    detail = _DETAILS.get(verb)
    return detail(data, zone) if detail else ""


VERBS = {"reaction.tried-again": _("A reaction that had failed was tried again")}
VERB_KINDS = {"reaction": _("What should have followed")}
