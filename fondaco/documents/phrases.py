"""The words people read about files."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fondaco.documents.rules import Fault, Reason
from fondaco.documents.states import Scan

REASONS = {
    Reason.EMPTY: gettext_lazy("The file is empty."),
    Reason.TOO_LARGE: gettext_lazy("The file is larger than allowed."),
    Reason.KIND_UNKNOWN: gettext_lazy("The content of the file is of a kind that is not taken."),
    Reason.KIND_NOT_ACCEPTED: gettext_lazy("This question does not take this kind of file."),
    Reason.HAS_MACROS: gettext_lazy(
        "The file contains a program (macros): save it without and try again."
    ),
    Reason.TOO_MUCH_UNFINISHED: gettext_lazy(
        "You have too many unfinished uploads. Finish or cancel one of them first."
    ),
    Reason.OTHER_CONTENT: gettext_lazy(
        "What arrived is not the file you chose. Upload it once more."
    ),
}


def refusal(reason: str, *, name: str, accepts: Collection[str], megabytes: int) -> str:
    """One reason why the file `name` was not kept, with what is allowed."""
    if reason == Reason.TOO_LARGE:
        said = _(
            "%(name)s is larger than the %(megabytes)s MB that are allowed. Choose a smaller file."
        )
        return said % {"name": name, "megabytes": megabytes}
    if reason in {Reason.KIND_UNKNOWN, Reason.KIND_NOT_ACCEPTED}:
        said = _("%(name)s is, by its content, none of these: %(kinds)s.")
        return said % {"name": name, "kinds": kinds(accepts)}
    return f"{name}: {REASONS[Reason(reason)]}"


def kinds(accepts: Collection[str]) -> str:
    """`PDF, PNG, JPG`."""
    return ", ".join(kind.upper() for kind in accepts)


FAULTS = {
    Fault.NO_LENGTH: gettext_lazy("The request does not say how large the file is."),
    Fault.BAD_METADATA: gettext_lazy("The request does not say what the file is for."),
    Fault.NO_OFFSET: gettext_lazy("The request does not say where its part begins."),
    Fault.NOT_OCTETS: gettext_lazy("The part is not sent as application/offset+octet-stream."),
    Fault.NO_CONTENT_LENGTH: gettext_lazy("The request does not say how long its part is."),
    Fault.PART_TOO_LARGE: gettext_lazy("One part may have 256 KB: send the file in smaller parts."),
    Fault.BEYOND_THE_END: gettext_lazy("The part goes beyond the end of the file."),
    Fault.BAD_CHECKSUM: gettext_lazy("The checksum is no SHA-256."),
}
SCANS = {
    Scan.UNCHECKED: gettext_lazy("Not checked"),
    Scan.WAITING: gettext_lazy("Being checked for viruses"),
    Scan.CLEAN: gettext_lazy("No virus found"),
    Scan.INFECTED: gettext_lazy("Removed: a virus was found in it"),
}
SIGN_IN = gettext_lazy("You are not signed in any more. Sign in in another tab, then go on here.")
GONE = gettext_lazy("This upload is not kept any more. Choose the file once more.")
LOCKED = gettext_lazy("The part before is still arriving. It goes on in a moment.")
BUSY = gettext_lazy("Many files are arriving just now. It goes on by itself.")
NO_ROOM = gettext_lazy("There is no room on our disk just now. What arrived is kept: try again.")
MOVED_ON = gettext_lazy("Another part of this file has arrived meanwhile.")
BROKEN = gettext_lazy("The part was damaged on its way. It is sent again.")
SLOW = gettext_lazy("Nothing more arrived for a while. What arrived is kept.")
NOT_CHECKED_YET = gettext_lazy(
    "This file is still being checked for viruses. Come back in a few minutes."
)
INFECTED = gettext_lazy("This file was removed, because a virus was found in it.")
VERB_KINDS = {"upload": pgettext_lazy("attached", "Files")}
VERBS = {"upload.infected": gettext_lazy("A virus was found in a file, and the file was removed")}
