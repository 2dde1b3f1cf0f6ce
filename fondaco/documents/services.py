"""Keeping files and taking them away."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime
from zipfile import BadZipFile, ZipFile

from django.core.files import File
from django.db import transaction

from fondaco.directory.models import Person
from fondaco.documents.models import Upload
from fondaco.documents.rules import (
    HEAD,
    MEGABYTE,
    MOST_MEMBERS,
    ZIP_TAIL,
    Look,
    Reason,
    acceptance,
    cleaned_name,
    is_small_package,
    kind_of,
)
from fondaco.documents.selectors import locked_upload, megabytes_allowed
from fondaco.kernel.decisions import Refused


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
) -> Upload:
    """Keep a file under a random name; raises `Refused` with every reason against it.

    It is looked at before anything is written, and not at all where it is too large.
    """
    allowed = megabytes_allowed(megabytes)
    if content.size > allowed * MEGABYTE:
        raise Refused(Reason.TOO_LARGE)
    look = look_at(content)
    decision = acceptance(look, accepts=accepts, megabytes=allowed)
    if not decision:
        raise Refused(*decision.reasons)
    return _kept(look, owner=owner, name=name, content=content, by=by, at=at)


@transaction.atomic
def _kept(
    look: Look,
    *,
    owner: str,
    name: str,
    content: File,  # type: ignore[type-arg]
    by: Person | None,
    at: datetime,
) -> Upload:
    kind = kind_of(look)
    upload = Upload(
        code=secrets.token_hex(8),
        owner=owner,
        name=cleaned_name(name, kind),
        kind=kind,
        size=look.size,
        sha256=_sha256(content),
        by=by,
        at=at,
    )
    upload.stored.save(f"{secrets.token_hex(16)}.{kind}", content, save=False)
    try:
        upload.save()
    except Exception:
        upload.stored.storage.delete(str(upload.stored.name))
        raise
    return upload


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
