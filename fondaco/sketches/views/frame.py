"""What stands around every page of the builder: its steps, what is missing, and the way back."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.calls.phrases import AGAINST
from fondaco.calls.rules.acts import Against
from fondaco.sketches.models import Sketch
from fondaco.sketches.phrases.steps import FIELDS, STEPS
from fondaco.sketches.rules.places import pattern_of
from fondaco.sketches.selectors import (
    Checked,
    against_publication,
    checked,
    to_redo,
    to_undo,
)
from fondaco.sketches.selectors.pages import wanting
from fondaco.web import words


def now() -> datetime:
    """The moment of the request."""
    return timezone.now()


def frame_of(call: Call, sketch: Sketch, by_id: int, *, here: str) -> dict[str, object]:
    """The context that all pages of the builder share."""
    found = checked(sketch)
    against = against_of(call, found)
    return {
        "call": call,
        "sketch": sketch,
        "here": here,
        "checked": found,
        "tabs": tabs_of(call, found, here),
        "can_undo": to_undo(sketch, by_id) is not None,
        "can_redo": to_redo(sketch, by_id) is not None,
        "is_published": call.published_at is not None,
        "trail": way_to(call),
        "wanting": wanting(found.lacks, {step.code: step.label for step in STEPS}),
        "against": against,
        "missing": len(found.lacks) + len(against),
        "previews": previews_of(call),
    }


def previews_of(call: Call) -> list[tuple[str, str, str]]:
    """The preview in each language of the house: code, name in itself, address."""
    found = []
    for language, own in settings.LANGUAGES:
        with translation.override(language):
            found.append((language, str(own), reverse("sketches:preview", args=[call.code])))
    return found


def against_of(call: Call, found: Checked) -> list[str]:
    """What keeps a draft without mistakes from being published, in sentences."""
    if found.lacks or call.published_at is not None:
        return []
    return [str(AGAINST[Against(reason)]) for reason in against_publication(call)]


def tabs_of(call: Call, found: Checked, here: str) -> list[dict[str, object]]:
    """The pages of the builder, each with the number of things missing there."""
    counted = _counted(found)
    steps = [
        (step.code, str(step.label), reverse("sketches:step", args=[call.code, step.code]))
        for step in STEPS
    ]
    more = [
        ("languages", _("Languages"), reverse("sketches:languages", args=[call.code])),
        ("trial", _("Try it"), reverse("sketches:trial", args=[call.code])),
        ("ready", _("Check and publish"), reverse("sketches:ready", args=[call.code])),
    ]
    return [
        {"label": label, "url": url, "is_current": code == here, "count": counted.get(code)}
        for code, label, url in [*steps, *more]
    ]


def _counted(found: Checked) -> dict[str, int]:
    names = {step.code: step.label for step in STEPS}
    counted: dict[str, int] = {}
    for one in wanting(found.lacks, names):
        counted[one.step] = counted.get(one.step, 0) + 1
    return counted


def way_to(call: Call) -> list[tuple[str, str]]:
    """The way to the pages of the builder."""
    return [
        (_("My desk"), reverse("desks:home")),
        (call.programme.acronym, reverse("desks:run", args=[call.programme.code])),
        (words.say(call.title).text or call.code, reverse("desks:office", args=[call.code])),
    ]


def places_named(places: Iterable[str]) -> str:
    """Places in the words of their fields, for a message."""
    named = []
    for place in places:
        pattern = pattern_of(place)
        field = FIELDS.get(pattern) or FIELDS.get(pattern.rpartition(".")[0])
        if field:
            named.append(str(field.label))
    return ", ".join(dict.fromkeys(named))
