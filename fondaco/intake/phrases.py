"""The words of intake: what is told of what was received."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.applications import phrases as applications
from fondaco.intake.rules.bringing import Outcome, Reason

REASONS: Mapping[Reason, Promise] = {
    Reason.NO_APPLICATION: _("There is no such application any more."),
    Reason.NO_PERSON: _("The account that sent it is no longer there."),
    Reason.NO_RIGHT: _("You did not work for the organisation that applies at that moment."),
    Reason.OTHER_FORM: _("It was written on another version of the form."),
    Reason.NO_SECTION: _("The form has no such part."),
    Reason.FAULT: _("The fault is ours. Tell whoever runs the programme, with the number."),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.TAKEN: _("Taken in"),
    Outcome.CLASHED: _("A colleague changed the same answers meanwhile"),
    Outcome.REFUSED: _("Not taken in"),
}
VERBS: Mapping[str, Promise] = {
    "intake.refused": _("What was received while the database was away could not be taken in"),
    "intake.clashed": _(
        "What was received while the database was away met a colleague's change of the same answers"
    ),
}
VERB_KINDS: Mapping[str, Promise] = {"intake": _("Received while the database was away")}


def reason_words(reasons: Iterable[str]) -> list[str]:
    """Every reason of a refusal as a sentence."""
    return [
        str(REASONS[Reason(reason)])
        if reason in set(Reason)
        else applications.reason_words([reason])[0]
        for reason in reasons
    ]
