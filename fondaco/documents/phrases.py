"""The words people read about files."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondaco.documents.rules import Reason

REASONS = {
    Reason.EMPTY: gettext_lazy("The file is empty."),
    Reason.TOO_LARGE: gettext_lazy("The file is larger than allowed."),
    Reason.KIND_UNKNOWN: gettext_lazy("The content of the file is of a kind that is not taken."),
    Reason.KIND_NOT_ACCEPTED: gettext_lazy("This question does not take this kind of file."),
    Reason.HAS_MACROS: gettext_lazy(
        "The file contains a program (macros): save it without and try again."
    ),
}


def refusal(reason: str, *, name: str, accepts: Collection[str], megabytes: int) -> str:
    """One reason why the file `name` was not kept, with what is allowed."""
    if reason == Reason.TOO_LARGE:
        said = _("%(name)s is larger than the %(megabytes)s MB that are allowed.")
        return said % {"name": name, "megabytes": megabytes}
    if reason in {Reason.KIND_UNKNOWN, Reason.KIND_NOT_ACCEPTED}:
        said = _("%(name)s is, by its content, none of these: %(kinds)s.")
        return said % {"name": name, "kinds": kinds(accepts)}
    return f"{name}: {REASONS[Reason(reason)]}"


def kinds(accepts: Collection[str]) -> str:
    """`PDF, PNG, JPG`."""
    return ", ".join(kind.upper() for kind in accepts)
