"""What changed between two versions of a form, in sentences."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.questionnaires.rules.schema import Kind, Texts
from fondaco.questionnaires.rules.versions import Change, Sort
from fondaco.web import words

KINDS: Mapping[Kind, Promise] = {
    Kind.SHORT_TEXT: _("a short text"),
    Kind.LONG_TEXT: _("a long text"),
    Kind.NUMBER: _("a number"),
    Kind.MONEY: _("an amount"),
    Kind.DATE: _("a date"),
    Kind.CHOICE: _("one of several answers"),
    Kind.CHOICES: _("several answers"),
    Kind.COUNTRY: _("a country"),
    Kind.FILE: _("a file"),
    Kind.DECLARATION: _("a declaration"),
    Kind.SIGNATURE: _("a signature"),
    Kind.EMAIL: _("an e-mail address"),
    Kind.WEB: _("a web address"),
    Kind.GROUP: _("rows"),
}
SAID: Mapping[Sort, Promise] = {
    Sort.ADDED: _("New question: “%(label)s”."),
    Sort.REMOVED: _("“%(label)s” is not asked any more."),
    Sort.MOVED: _("“%(label)s” stands at another place."),
    Sort.RELABELLED: _("“%(was)s” now reads “%(now)s”."),
    Sort.EXPLAINED: _("“%(label)s” is explained in other words."),
    Sort.KIND: _("“%(label)s” asked for %(was)s, and now asks for %(now)s."),
    Sort.REQUIRED: _("“%(label)s” must now be answered."),
    Sort.OPTIONAL: _("“%(label)s” may now be left empty."),
    Sort.LIMIT: _("“%(label)s” has another limit of characters: %(was)s before, %(now)s now."),
    Sort.BOUNDS: _("“%(label)s” has other bounds: %(was)s before, %(now)s now."),
    Sort.OPTION_ADDED: _("“%(label)s” offers a new answer: “%(now)s”."),
    Sort.OPTION_REMOVED: _("“%(label)s” does not offer “%(was)s” any more."),
    Sort.OPTION_RELABELLED: _("In “%(label)s”, “%(was)s” now reads “%(now)s”."),
    Sort.COLUMNS: _("“%(label)s” has other columns or other limits of money."),
    Sort.CONDITION: _("“%(label)s” is asked under other conditions."),
    Sort.SECTION_ADDED: _("New part: “%(label)s”."),
    Sort.SECTION_REMOVED: _("The part “%(label)s” is gone."),
    Sort.SECTION_RENAMED: _("The part “%(was)s” is now called “%(now)s”."),
}
NO_LIMIT = _("none")


def change_words(change: Change) -> str:
    """One difference as a sentence."""
    was, now = _said(change, change.was), _said(change, change.now)
    return str(SAID[change.sort]) % {"label": _text(change.label), "was": was, "now": now}


def all_changes(changes: Iterable[Change]) -> list[str]:
    """Every difference as a sentence."""
    return [change_words(change) for change in changes]


def _text(label: Texts) -> str:
    return words.say(label).text


def _said(change: Change, value: Texts | str) -> str:
    if not isinstance(value, str):
        return _text(value)
    if change.sort == Sort.KIND:
        return str(KINDS[Kind(value)])
    if change.sort == Sort.LIMIT:
        return words.number(int(value)) if value else str(NO_LIMIT)
    return value
