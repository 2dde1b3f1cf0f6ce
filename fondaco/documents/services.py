"""Keeping files, whole or arriving in parts, and taking them away."""

import hashlib
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.files import File
from django.db import transaction

from fondaco.directory.models import Person
from fondaco.directory.selectors import locked_person
from fondaco.documents.access import Terms, door_named
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.rules import (
    HEAD,
    MEGABYTE,
    MOST_MEMBERS,
    ZIP_TAIL,
    Look,
    Reason,
    acceptance,
    announcement,
    cleaned_name,
    is_small_package,
    kind_of,
)
from fondaco.documents.selectors import (
    locked_transfer,
    locked_upload,
    megabytes_allowed,
    unfinished_of,
)
from fondaco.documents.states import TABLE, Finding, Scan
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.states import target_of
from fondaco.trail import services as trail
from fondaco.web import written
from fondaco.web.jobs import later

SCAN = "fondaco.documents.tasks.scan_upload"


def look_at(content: File) -> Look:  # type: ignore[type-arg]
    """What the rules need to see of a file; the stream stands at its beginning afterwards."""
    content.seek(0)
    head = content.read(HEAD)
    members: frozenset[str] = frozenset()
    if head.startswith(b"PK"):
        found = _members_of(content)
        head, members = (b"\0", members) if found is None else (head, found)
    content.seek(0)
    return Look(content.size, head, members)


def _members_of(content: File) -> frozenset[str] | None:  # type: ignore[type-arg]
    """What a package holds; None where it cannot be read, or holds more than a document does."""
    content.seek(max(0, content.size - ZIP_TAIL))
    if not is_small_package(content.read(ZIP_TAIL)):
        return None
    try:
        with ZipFile(content) as package:
            names = package.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return None
    return frozenset(names) if len(names) <= MOST_MEMBERS else None


def keep_upload(
    *,
    owner: str,
    name: str,
    content: File,  # type: ignore[type-arg]
    accepts: Collection[str],
    megabytes: int,
    by: Person | None,
    at: datetime,
    place: str = "",
) -> Upload:
    """Keep a file under a random name; raises `Refused` with every reason against it.

    It is looked at before anything is written, and not at all where it is too large.
    """
    allowed = megabytes_allowed(megabytes)
    if content.size > allowed * MEGABYTE:
        raise Refused(Reason.TOO_LARGE)
    look = look_at(content)
    require(acceptance(look, accepts=accepts, megabytes=allowed))
    return _kept(look, owner=owner, place=place, name=name, content=content, by=by, at=at)


@transaction.atomic(savepoint=False)
def _kept(
    look: Look,
    *,
    owner: str,
    name: str,
    content: File,  # type: ignore[type-arg]
    by: Person | None,
    at: datetime,
    place: str = "",
) -> Upload:
    kind = kind_of(look)
    upload = Upload(
        code=secrets.token_hex(8),
        owner=owner,
        place=place,
        name=cleaned_name(name, kind),
        kind=kind,
        size=look.size,
        sha256=_sha256(content),
        by=by,
        at=at,
        scan=Scan.WAITING if settings.CLAMD and by else Scan.UNCHECKED,
    )
    upload.stored.save(f"{secrets.token_hex(16)}.{kind}", content, save=False)
    try:
        _put_on_disk(Path(upload.stored.path))
        written.add(upload)
        if upload.scan == Scan.WAITING:
            later(SCAN, upload.code)
    except Exception:
        upload.stored.storage.delete(str(upload.stored.name))
        raise
    return upload


def _put_on_disk(path: Path) -> None:
    """Content and name are on the disk before any row says so."""
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@transaction.atomic
def remove_upload(code: str, *, at: datetime) -> Upload:
    """Take a file out of its thing; the content stays, because a frozen copy may name it."""
    upload = locked_upload(code)
    upload.removed_at = upload.removed_at or at
    upload.save(update_fields=["removed_at"])
    return upload


@transaction.atomic
def destroy_upload(code: str, *, at: datetime) -> None:
    """Take a file away with its content, where nothing frozen names it."""
    upload = remove_upload(code, at=at)
    storage, stored = upload.stored.storage, str(upload.stored.name)
    upload.delete()
    transaction.on_commit(lambda: storage.delete(stored))


def _sha256(content: File) -> str:  # type: ignore[type-arg]
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to upload: where to, called what, how large, with which hash if known."""

    door: str
    owner: str
    place: str
    name: str
    length: int
    sha256: str = ""


@transaction.atomic
def begin_transfer(
    wanted: Wanted, *, terms: Terms, by: Person, at: datetime
) -> tuple[Transfer, list[str]]:
    """Let a file come in parts; with the codes of what it takes the place of.

    That is what the same person began for the same place before.
    """
    locked_person(by.pk)
    place = (wanted.door, wanted.owner, wanted.place)
    begun = unfinished_of(by)
    before = [one for one in begun if (one.door, one.owner, one.place) == place]
    decision = announcement(
        wanted.length,
        megabytes=megabytes_allowed(terms.megabytes),
        unfinished=sum(one.length for one in begun if one not in before),
        quota=settings.UPLOAD_QUOTA,
    )
    require(decision)
    for one in before:
        one.delete()
    made = Transfer(
        code=secrets.token_hex(16),
        door=wanted.door,
        owner=wanted.owner,
        place=wanted.place,
        name=wanted.name[:255],
        length=wanted.length,
        sha256=wanted.sha256,
        accepts=list(terms.accepts),
        megabytes=megabytes_allowed(terms.megabytes),
        by=by,
        at=at,
    )
    written.add(made)
    return made, [one.code for one in before]


@transaction.atomic
def finish_transfer(
    code: str,
    *,
    content: File,  # type: ignore[type-arg]
    by: Person,
    at: datetime,
) -> Transfer:
    """Hand a file that has arrived whole to the thing it is for; done once, however often asked."""
    transfer = locked_transfer(code)
    if transfer.finished_at:
        return transfer
    if transfer.sha256 and _sha256(content) != transfer.sha256:
        raise Refused(Reason.OTHER_CONTENT)
    kept = door_named(transfer.door).keeps(transfer, content, by, at)
    transfer.finished_at, transfer.upload, transfer.address = at, kept.upload, kept.address
    written.change(transfer, "finished_at", "upload", "address")
    return transfer


@transaction.atomic
def drop_transfer(code: str) -> None:
    """Forget a transfer; its bytes are taken away by whoever asked."""
    Transfer.objects.filter(code=code).delete()


@transaction.atomic
def keep_finding(code: str, finding: Finding, *, virus: str = "", at: datetime) -> Upload:
    """Keep what a search found; an infected file loses its content, and the trail tells of it."""
    upload = locked_upload(code)
    if upload.scan != Scan.WAITING:
        return upload
    upload.scan = target_of(TABLE, finding, upload.scan)
    if finding == Finding.CLEAN:
        upload.save(update_fields=["scan"])
        return upload
    upload.virus, upload.removed_at = virus[:120], upload.removed_at or at
    upload.save(update_fields=["scan", "virus", "removed_at"])
    trail.record(
        "upload.infected",
        subject=upload.owner,
        by_id=None,
        at=at,
        upload=upload.code,
        sha256=upload.sha256,
        virus=virus,
    )
    storage, stored = upload.stored.storage, str(upload.stored.name)
    transaction.on_commit(lambda: storage.delete(stored))
    return upload


@transaction.atomic
def forget_person(person_id: int) -> None:
    """What a person began to upload is dropped; finished files stay with what they belong to."""
    Transfer.objects.filter(by_id=person_id).delete()
