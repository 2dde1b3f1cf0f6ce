"""The words of the builder: its pages and fields, refusals, and what the trail tells."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.sketches.rules.refusals import Reason
from fondaco.web.sheets import Fault

REASONS: dict[Reason, Promise] = {
    Reason.NOTHING_TO_UNDO: _("There is nothing of yours to undo."),
    Reason.NOTHING_TO_REDO: _("There is nothing to do again."),
    Reason.CHANGED_SINCE: _(
        "Somebody changed the same place after you. Look at what stands there now."
    ),
    Reason.ROW_IS_GONE: _("Somebody removed this row meanwhile."),
    Reason.HAS_MISTAKES: _("Something is still missing or wrong; the list names it."),
    Reason.DEADLINE_HAS_ITS_PAGE: _(
        "The deadline of a published call is moved on its own page, with the reason."
    ),
    Reason.NOTHING_CHANGED: _("Nothing differs from what is published."),
    Reason.NO_FILE_READ: _("This file cannot be read as a call."),
    Reason.CODE_TAKEN: _("Another call has this short name already."),
    Reason.PUBLISHED: _("The call is published: it stays."),
}
SHEET_FAULTS: dict[Fault, Promise] = {
    Fault.TOO_LARGE: _("This spreadsheet is too large."),
    Fault.BOMB: _("This file is not what it seems: unpacked it would be far too large."),
    Fault.NOT_ONE: _("This is no spreadsheet that can be read. Save it as XLSX."),
    Fault.FORMULA: _("A cell holds a formula. Replace it by its text and save again."),
    Fault.ACTIVE: _("The spreadsheet holds macros or links to others. Save it without them."),
    Fault.TOO_MANY: _("The spreadsheet has more rows than a call can have texts."),
}
VERBS: dict[str, Promise] = {
    "sketch.begun": _("The call was begun in the builder"),
    "sketch.published": _("The call was published from the builder"),
    "sketch.corrected": _("A correction was published from the builder"),
    "sketch.discarded": _("The draft of the call was thrown away"),
}
VERB_KINDS = {"sketch": _("Builder")}
