"""Archives: a packed tar whose last member is the manifest with the hash of every other."""

import gzip
import hashlib
import os
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, cast

from django.utils.translation import gettext as _

from fondaco.backup import manifests
from fondaco.backup.faults import NotDone, named
from fondaco.backup.manifests import Manifest, Member, Unreadable

MANIFEST = "manifest.json"
FOLDERS = frozenset({"uploads", "keys", "spool"})
LARGEST_MANIFEST = 256 * 1024 * 1024
CHUNK = 1024 * 1024
LEVEL = 1
Received = dict[str, Member]


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        read = self.file.read(size)
        self.digest.update(read)
        return read


class Writer:
    """Puts files into an archive one after the other and remembers what went in."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: Received = {}

    def add(self, name: str, path: Path) -> None:
        """Put a file in, with its mode; raises `FileNotFoundError` before anything is written."""
        with path.open("rb") as file:
            seen = os.fstat(file.fileno())
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = seen.st_size, int(seen.st_mtime), seen.st_mode & 511
            hashed = _Hashing(file)
            self.tar.addfile(info, cast("IO[bytes]", hashed))
        self.members[name] = Member(info.size, hashed.digest.hexdigest(), info.mode)

    def close_with(self, manifest: Manifest) -> None:
        """Put the manifest in, the last of all."""
        text = manifests.written(manifest)
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mtime, info.mode = len(text), int(manifest.made_at.timestamp()), 0o600
        self.tar.addfile(info, BytesIO(text))


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """An archive that only its owner can read; it is on the disk when the block ends."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as raw:
        with (
            gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=raw) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield Writer(tar)
        raw.flush()
        os.fsync(raw.fileno())


def sha256_of(path: Path) -> str:
    """The hash of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(archive: Path) -> Manifest:
    """The manifest, once every byte has been read and is what the manifest says."""
    text = bytearray()

    def keep(name: str, read: bytes) -> None:
        if name == MANIFEST and len(text) < LARGEST_MANIFEST:
            text.extend(read)

    found = _read(archive, keep)
    try:
        manifest = manifests.read(bytes(text))
    except Unreadable as fault:
        words = _("%(archive)s: its manifest cannot be read: %(why)s")
        raise NotDone(words % {"archive": archive, "why": fault}) from fault
    del found[MANIFEST]
    wrong = _differing(manifest, found)
    if wrong:
        words = _("%(archive)s is not what its manifest says: %(members)s")
        raise NotDone(words % {"archive": archive, "members": named(wrong)})
    return manifest


def _differing(manifest: Manifest, found: Received) -> set[str]:
    """Members that are absent, strange, or of another content."""
    kept = manifest.members
    return {
        name
        for name in kept.keys() | found.keys()
        if name not in kept
        or name not in found
        or (kept[name].size, kept[name].sha256) != (found[name].size, found[name].sha256)
        or not _is_ours(name, manifest.database)
    }


def _is_ours(name: str, database: str) -> bool:
    """Whether a name stays inside the folders that an archive may fill."""
    parts = PurePosixPath(name).parts
    if len(parts) == 1:
        return name == database
    return parts[0] in FOLDERS and ".." not in parts


def unpack(archive: Path, place_of: Callable[[str], Path]) -> None:
    """Write every member but the manifest to its place, where nothing may be yet."""
    places: dict[str, Path] = {}

    def write(name: str, read: bytes) -> None:
        if name == MANIFEST:
            return
        if name not in places:
            places[name] = _made_place(place_of(name))
        with places[name].open("ab") as file:
            file.write(read)

    found = _read(archive, write)
    for name, place in places.items():
        place.chmod(found[name].mode | stat.S_IRUSR | stat.S_IWUSR)


def _made_place(path: Path) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def _read(archive: Path, take: Callable[[str, bytes], None]) -> Received:
    """Read an archive to its end, the checksum of the packing included."""
    found: Received = {}
    try:
        with gzip.open(archive, "rb") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                for info in tar:
                    if info.name in found or not info.isreg():
                        raise tarfile.ReadError(info.name)
                    found[info.name] = _taken(tar, info, take)
            while packed.read(CHUNK):
                continue
    except (OSError, EOFError, zlib.error, tarfile.TarError) as fault:
        words = _("%(archive)s cannot be read: %(why)s")
        raise NotDone(words % {"archive": archive, "why": fault}) from fault
    if MANIFEST not in found:
        raise NotDone(_("%(archive)s holds no manifest: it is no backup.") % {"archive": archive})
    return found


def _taken(
    tar: tarfile.TarFile, info: tarfile.TarInfo, take: Callable[[str, bytes], None]
) -> Member:
    digest, file = hashlib.sha256(), cast("IO[bytes]", tar.extractfile(info))
    take(info.name, b"")
    while read := file.read(CHUNK):
        digest.update(read)
        take(info.name, read)
    return Member(info.size, digest.hexdigest(), info.mode & 0o777)
