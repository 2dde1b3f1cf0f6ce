"""The words of training."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.documents.phrases import REASONS as ABOUT_FILES
from fondaco.training.rules import Reason

REASONS: dict[str, str | Promise] = {
    **{str(code): words for code, words in ABOUT_FILES.items()},
    Reason.IN_THE_FUTURE: _("This day has not come yet."),
    Reason.MARKED_ALREADY: _("This place is marked as completed already."),
}
VERBS: dict[str, str | Promise] = {
    "place.given": _("A place on the course was given"),
    "place.completed": _("The course was completed"),
}
