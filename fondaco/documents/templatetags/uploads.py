"""What a page tells the script that sends files in parts."""

import json

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fondaco.directory.models import Person
from fondaco.documents.gateways import offset_of
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.selectors import infected_at, unfinished_at

register = template.Library()


@register.simple_tag(takes_context=True)
def upload_place(context: RequestContext, door: str, owner: str, place: str) -> SafeString:
    """The attributes of a place that takes files, with what its reader has not finished there."""
    begun = _begun(context["request"].user, door, owner, place)
    return format_html(
        'data-upload-to="{}" data-upload-at="{}"{}',
        f"{door}:{owner}:{place}",
        reverse("documents:creation"),
        format_html(' data-unfinished="{}"', json.dumps(_told(begun))) if begun else "",
    )


def _begun(person: object, door: str, owner: str, place: str) -> Transfer | None:
    if not isinstance(person, Person):
        return None
    begun = unfinished_at(person, door, owner)
    return next((one for one in begun if one.place == place), None)


def _told(begun: Transfer) -> dict[str, object]:
    return {
        "url": reverse("documents:transfer", args=[begun.code]),
        "name": begun.name,
        "size": begun.length,
        "sha256": begun.sha256,
        "sent": offset_of(begun.code),
    }


@register.simple_tag
def lost_to_virus(owner: str, place: str) -> Upload | None:
    """The last file of a place, where it was removed because of a virus."""
    return infected_at(owner, place) if settings.CLAMD else None
