"""The words of the trail, and the sentences that the slices give their verbs."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, Promise] = {}

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


def phrases_of_verbs(sentences: Mapping[str, Promise]) -> None:
    """Give verbs the sentences that people read in a story.

    Each slice keeps its own as `VERBS` in its `phrases.py`; they are read when the house starts.
    """
    _SENTENCES.update(sentences)


def said_verbs() -> frozenset[str]:
    """The verbs that have a sentence."""
    return frozenset(_SENTENCES)


def sentence_of(verb: str) -> str:
    """What a verb says in the reader's language; the verb itself where nobody gave it words."""
    return str(_SENTENCES.get(verb, verb))


VERBS = {"reaction.tried-again": _("A reaction that had failed was tried again")}
