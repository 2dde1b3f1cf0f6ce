"""Reading uploads; who may is asked by the slice that owns them."""

from collections.abc import Collection
from typing import IO

from django.conf import settings
from django.db.models import QuerySet

from fondaco.documents.models import Upload


def megabytes_allowed(asked: int) -> int:
    """How large a file may be: as a question says, but never more than the house takes."""
    return min(asked, int(settings.UPLOAD_MEGABYTES))


def uploads_of(owner: str) -> QuerySet[Upload]:
    """The files of a thing that have not been removed, oldest first."""
    return Upload.objects.filter(owner=owner, removed_at__isnull=True).order_by("pk")


def uploads_named(owner: str, codes: Collection[str]) -> dict[str, Upload]:
    """The files of a thing by code, removed ones too: a frozen copy names them."""
    return {upload.code: upload for upload in Upload.objects.filter(owner=owner, code__in=codes)}


def upload_named(owner: str, code: str) -> Upload | None:
    """One file of a thing, removed or not."""
    return Upload.objects.filter(owner=owner, code=code).first()


def opened(upload: Upload) -> IO[bytes]:
    """The content, to be read and closed by the caller."""
    return upload.stored.storage.open(str(upload.stored.name), "rb")


def locked_upload(code: str) -> Upload:
    """For services only: the row is ours until the transaction ends."""
    return Upload.objects.select_for_update().get(code=code)
