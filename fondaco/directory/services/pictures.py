"""Pictures are kept once, shown by several, and go with the last thing that shows them."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError

from fondaco.directory.models import Organisation, Person, Picture
from fondaco.directory.selectors import locked_organisation
from fondaco.kernel.decisions import Refused
from fondaco.trail import services as trail
from fondaco.web.pictures import Redrawn


@transaction.atomic
def keep_picture(drawn: Redrawn, *, at: datetime) -> Picture:
    """The picture under the hash of its bytes; the one that is here, where it is here already."""
    size = {"width": drawn.width, "height": drawn.height}
    Picture.objects.bulk_create(
        [Picture(sha256=drawn.sha256, at=at, **size)], ignore_conflicts=True
    )
    picture = Picture.objects.select_for_update().get(pk=drawn.sha256)
    if not picture.stored:
        picture.stored.save(f"{drawn.sha256}.webp", ContentFile(drawn.content), save=False)
        picture.save(update_fields=["stored"])
    return picture


@transaction.atomic
def drop_picture(sha256: str) -> None:
    """Take a picture away with its content, unless something shows it still."""
    picture = Picture.objects.select_for_update().filter(pk=sha256).first()
    if picture is None:
        return
    storage, stored = picture.stored.storage, str(picture.stored.name)
    try:
        with transaction.atomic():
            picture.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: storage.delete(stored))


@transaction.atomic
def give_logo(pk: int, drawn: Redrawn, *, words: str, by: Person, at: datetime) -> Organisation:
    """The organisation wears this logo from now on, with words for those who do not see it."""
    organisation = locked_organisation(pk)
    before = organisation.logo_id
    organisation.logo, organisation.logo_words = keep_picture(drawn, at=at), words
    organisation.save(update_fields=["logo", "logo_words"])
    _record("organisation.logo-given", organisation, by=by, at=at, sha256=drawn.sha256)
    if before and before != drawn.sha256:
        drop_picture(before)
    return organisation


@transaction.atomic
def describe_logo(pk: int, *, words: str, by: Person, at: datetime) -> Organisation:
    """Other words for the logo that is there; raises `Refused` where there is none."""
    organisation = locked_organisation(pk)
    if organisation.logo_id is None:
        raise Refused("no-logo")
    organisation.logo_words = words
    organisation.save(update_fields=["logo_words"])
    _record("organisation.logo-described", organisation, by=by, at=at)
    return organisation


@transaction.atomic
def remove_logo(pk: int, *, by: Person, at: datetime) -> Organisation:
    """The organisation shows no logo; twice is once."""
    organisation = locked_organisation(pk)
    before = organisation.logo_id
    if before:
        organisation.logo, organisation.logo_words = None, ""
        organisation.save(update_fields=["logo", "logo_words"])
        _record("organisation.logo-removed", organisation, by=by, at=at)
        drop_picture(before)
    return organisation


def _record(
    verb: str, organisation: Organisation, *, by: Person, at: datetime, **data: object
) -> None:
    code = organisation.code
    trail.record(verb, subject=code, by_id=by.pk, at=at, programme="", **data)
