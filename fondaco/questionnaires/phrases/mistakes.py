"""What does not agree in a form, and what would be right, in the words of who writes forms."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fondaco.questionnaires.rules.checks import Fault, Mistake

_LOOK_BACK = _("Conditions look back: name a question that stands before this one.")
_ONE_OF = _("Write one of: %(choices)s.")
SAID: Mapping[Mistake, tuple[Promise, Promise]] = {
    Mistake.NO_SUCH_QUESTION: (_("The form has no question “%(word)s”."), _ONE_OF),
    Mistake.NO_SUCH_FACT: (_("“%(word)s” is no fact that a form can ask for."), _ONE_OF),
    Mistake.LATER_QUESTION: (_("“%(word)s” is asked later."), _LOOK_BACK),
    Mistake.ITSELF: (_("“%(word)s” hangs on its own answer."), _LOOK_BACK),
    Mistake.NO_SUCH_OPTION: (_("“%(word)s” is no answer that can be chosen."), _ONE_OF),
    Mistake.NO_VALUE: (
        _("The condition on “%(word)s” has no value."),
        _("Add: value = …, or write test = answered."),
    ),
    Mistake.VALUE_NOT_ASKED: (_("“answered” takes no value."), _("Take the value out.")),
    Mistake.NO_ORDER: (
        _("The answers to “%(word)s” have no order."),
        _("Use at-least and at-most with numbers, amounts, dates and groups."),
    ),
    Mistake.NOT_COMPARED: (
        _("The answer to “%(word)s” cannot be compared."),
        _("Write test = answered."),
    ),
    Mistake.GROUP_NEEDS_COLUMNS: (
        _("The group “%(word)s” has no column."),
        _("Add [[section.question.column]] with code, kind and label."),
    ),
    Mistake.COLUMNS_OF_NOTHING: (
        _("Only a group has columns and a budget; “%(word)s” is none."),
        _("Write kind = group, or take them out."),
    ),
    Mistake.NOT_IN_ROWS: (_("“%(word)s” cannot stand in a row."), _ONE_OF),
    Mistake.NO_SUCH_COLUMN: (
        _("“%(word)s” is no column that can be reckoned with here."),
        _ONE_OF,
    ),
    Mistake.NOT_A_FIGURE: (
        _("“%(word)s” is no number and no amount: it has no total and no formula."),
        _("Write kind = number or kind = money."),
    ),
    Mistake.FORMULA_WRONG: (
        _("The formula “%(word)s” cannot be read."),
        _("Write columns and numbers with spaces around + - *, such as: quantity * price."),
    ),
    Mistake.NOT_A_CHOICE: (_("“%(word)s” is no column with choices."), _ONE_OF),
    Mistake.NOT_MONEY: (_("“%(word)s” is no question that asks for an amount."), _ONE_OF),
    Mistake.NO_LIMIT: (
        _("The ceiling of “%(word)s” has no limit."),
        _("Add: most = … or percent = …"),
    ),
    Mistake.TWICE: (_("“%(word)s” stands here twice."), _("Give each its own code.")),
    Mistake.EXPORT_TAKEN: (
        _("“%(word)s” already names a column of the export."),
        _("Give each its own key."),
    ),
}
MOST_CHOICES = 12


def fault_words(fault: Fault) -> tuple[str, str]:
    """What is wrong, and the remedy."""
    what, remedy = SAID[fault.mistake]
    told = {"word": fault.word, "choices": ", ".join(fault.choices[:MOST_CHOICES])}
    if remedy is _ONE_OF and not fault.choices:
        return str(what) % told, _now("Take it out.")
    return str(what) % told, str(remedy) % told
