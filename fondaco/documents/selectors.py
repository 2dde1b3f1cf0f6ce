"""Reading uploads; who may is asked by the slice that owns them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db.models import QuerySet

from fondaco.directory.models import Person
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.states import Scan
from fondaco.web.prepared import Prepared, number, text


def _unfinished() -> QuerySet[Transfer]:
    return Transfer.objects.filter(by_id=number("person"), finished_at__isnull=True)


_OF_OWNER = Prepared(lambda: Upload.objects.filter(owner=text("owner")))
_CALLED = Prepared(
    lambda: Upload.objects.filter(
        owner=text("owner"), name=text("name"), removed_at__isnull=True
    ).order_by("pk")[:1]
)
_UNFINISHED = Prepared(_unfinished)
_UNFINISHED_AT = Prepared(
    lambda: _unfinished().filter(door=text("door"), owner=text("owner")).order_by("pk")
)
_LOCKED_TRANSFER = Prepared(
    lambda: Transfer.objects.select_for_update(of=("self",)).filter(code=text("code"))
)


def megabytes_allowed(asked: int) -> int:
    """How large a file may be: as a question says, but never more than the house takes."""
    return min(asked, int(settings.UPLOAD_MEGABYTES))


def uploads_of(owner: str) -> QuerySet[Upload]:
    """The files of a thing that have not been removed, oldest first."""
    return Upload.objects.filter(owner=owner, removed_at__isnull=True).order_by("pk")


def uploads_named(owner: str, codes: Collection[str]) -> dict[str, Upload]:
    """The files of a thing by code, removed ones too: a frozen copy names them."""
    wanted = set(codes)
    found = _OF_OWNER.all(owner=owner) if wanted else []
    return {one.code: one for one in found if one.code in wanted}


def upload_called(owner: str, name: str) -> Upload | None:
    """The oldest file of a thing with this name that has not been removed."""
    return _CALLED.first(owner=owner, name=name)


def upload_named(owner: str, code: str) -> Upload | None:
    """One file of a thing, removed or not."""
    return Upload.objects.filter(owner=owner, code=code).first()


def opened(upload: Upload) -> IO[bytes]:
    """The content, to be read and closed by the caller."""
    return upload.stored.storage.open(str(upload.stored.name), "rb")


def locked_upload(code: str) -> Upload:
    """For services only: the row is ours until the transaction ends."""
    return Upload.objects.select_for_update().get(code=code)


def locked_transfer(code: str) -> Transfer:
    """For services only: the row is ours until the transaction ends."""
    return _LOCKED_TRANSFER.one(code=code)


def unfinished_at(person: Person, door: str, owner: str) -> list[Transfer]:
    """What the person began to upload for a thing and has not finished, oldest first."""
    return _UNFINISHED_AT.all(person=person.pk, door=door, owner=owner)


def unfinished_of(person: Person) -> list[Transfer]:
    """Everything that the person began to upload and has not finished."""
    return _UNFINISHED.all(person=person.pk)


def transfers_before(moment: datetime) -> list[Transfer]:
    """Those begun before a moment, finished or not."""
    return list(Transfer.objects.filter(at__lt=moment).order_by("pk"))


def known_transfers(codes: Iterable[str]) -> set[str]:
    """Those of the codes that are a transfer's."""
    return set(Transfer.objects.filter(code__in=list(codes)).values_list("code", flat=True))


def known_stored(names: Iterable[str]) -> set[str]:
    """Those of the stored names that an upload has."""
    return set(Upload.objects.filter(stored__in=list(names)).values_list("stored", flat=True))


def waiting_for_scan(before: datetime) -> list[str]:
    """The files that have waited for a search since before a moment."""
    rows = Upload.objects.filter(scan=Scan.WAITING, at__lt=before).order_by("pk")
    return list(rows.values_list("code", flat=True))


def infected_at(owner: str, place: str) -> Upload | None:
    """The last file that came to a place of a thing, where it had a virus."""
    last = Upload.objects.filter(owner=owner, place=place).order_by("-pk").first()
    return last if last and last.is_infected else None


def upload_coded(code: str) -> Upload | None:
    """One file, whatever it belongs to: for the worker."""
    return Upload.objects.filter(code=code).first()


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    uploads = Upload.objects.filter(by_id=person_id).order_by("pk")
    transfers = Transfer.objects.filter(by_id=person_id, finished_at__isnull=True).order_by("pk")
    return {
        "uploads": list(uploads.values("name", "owner", "size", "sha256", "at")),
        "unfinished": list(transfers.values("name", "owner", "length", "at")),
    }
