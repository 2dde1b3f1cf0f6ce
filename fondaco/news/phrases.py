"""The words of news: what happened to a call, and how soon somebody is told."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.calls.phrases import ACTS
from fondaco.news.rules.following import ANSWER, PUBLISHED, RESULTS, Pace

NEWS: Mapping[str, str | Promise] = {
    PUBLISHED: _("The call was published"),
    **{kind.value: words for kind, words in ACTS.items()},
    ANSWER: _("A question was answered"),
    RESULTS: _("The call was decided"),
}
PACES: Mapping[Pace, Promise] = {
    Pace.AT_ONCE: pgettext_lazy("how soon somebody is told", "At once"),
    Pace.WEEKLY: pgettext_lazy("how soon somebody is told", "Once a week, if there is any"),
}
ALL_CALLS = _("All calls")
