"""What the tests of backups play with: archives rewritten by somebody who should not."""

import gzip
import io
import json
import tarfile
from pathlib import Path

from fondaco.backup.archives import MANIFEST


def opened(archive):
    """The members of an archive: name, content and mode."""
    with gzip.open(archive) as packed, tarfile.open(fileobj=packed) as tar:
        return {
            info.name: (tar.extractfile(info).read(), info.mode) for info in tar if info.isreg()
        }


def packed(archive, members):
    """Write an archive of these members."""
    with gzip.open(archive, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
        for name, (content, mode) in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), mode
            tar.addfile(info, io.BytesIO(content))
    return archive


def said_of(archive):
    """The manifest as it is written."""
    return json.loads(opened(archive)[MANIFEST][0])


def retold(archive, tell):
    """The archive with a manifest that says something else."""
    members = opened(archive)
    said = json.loads(members[MANIFEST][0])
    tell(said)
    return packed(archive, {**members, MANIFEST: (json.dumps(said).encode(), 0o600)})


def files_below(folder):
    """Every file of a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }
