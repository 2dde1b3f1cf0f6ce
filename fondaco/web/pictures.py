"""Pictures that people give: read with suspicion, drawn anew, and nothing else kept of them.

What is kept is a WebP without loss and without metadata, whatever came: what was hidden in the
file, or hung on behind it, is not carried over. Drawing the result again gives the same bytes.
"""

import hashlib
import struct
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps

from fondaco.kernel.decisions import Refused

MEDIA_TYPE = "image/webp"
MEGABYTES = 4
MOST_BYTES = MEGABYTES * 1024 * 1024
MOST_PIXELS = 16_000_000
LONGEST_SIDE = 512
_READ = ("PNG", "JPEG", "WEBP")
_DRAWN_IN_TEXT = (b"<svg", b"<?xml", b"<!doctype svg")
_FAULTS = (OSError, SyntaxError, ValueError, ArithmeticError, struct.error, IndexError, MemoryError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class Fault(StrEnum):
    """Why a picture is not taken."""

    EMPTY = "picture-empty"
    TOO_LARGE = "picture-too-large"
    TOO_MANY_PIXELS = "picture-too-many-pixels"
    DRAWING = "picture-is-svg"
    UNKNOWN = "picture-unknown"
    BROKEN = "picture-broken"


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture as we drew it anew, named by the hash of its bytes."""

    content: bytes
    sha256: str
    width: int
    height: int


def redrawn(content: bytes, *, longest: int = LONGEST_SIDE) -> Redrawn:
    """The picture drawn anew, no side longer than `longest`; raises `Refused` with the fault."""
    if fault := fault_before_reading(content):
        raise Refused(fault)
    try:
        return _drawn(content, longest)
    except _BOMBS:
        raise Refused(Fault.TOO_MANY_PIXELS) from None
    except _FAULTS:
        raise Refused(Fault.BROKEN) from None


def fault_before_reading(content: bytes) -> Fault | None:
    """What speaks against a picture before any of it is unpacked."""
    if not content:
        return Fault.EMPTY
    if len(content) > MOST_BYTES:
        return Fault.TOO_LARGE
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(_DRAWN_IN_TEXT):
        return Fault.DRAWING
    if not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) and not _is_webp(content):
        return Fault.UNKNOWN
    if _pixels_of_webp(content) > MOST_PIXELS:
        return Fault.TOO_MANY_PIXELS
    return None if _has_its_end(content) else Fault.BROKEN


def _has_its_end(content: bytes) -> bool:
    """Whether the file ends as its kind does; the reader fills what is missing without a word."""
    if _is_webp(content):
        return len(content) >= 8 + int.from_bytes(content[4:8], "little")
    return (b"IEND" if content.startswith(b"\x89PNG") else b"\xff\xd9") in content


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _pixels_of_webp(content: bytes) -> int:
    """The canvas that a WebP promises, for which the decoder makes room before anybody is asked."""
    if not _is_webp(content) or content[12:16] != b"VP8X" or len(content) < 30:  # noqa: PLR2004
        return 0
    width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    return width * height


def _drawn(content: bytes, longest: int) -> Redrawn:
    with Image.open(BytesIO(content), formats=_READ) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused(Fault.TOO_MANY_PIXELS)
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        has_alpha = upright.has_transparency_data
        picture = upright.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare, made = Image.new(picture.mode, picture.size), BytesIO()
    bare.paste(picture)
    bare.save(made, "WEBP", lossless=True, quality=80, method=4)
    kept = made.getvalue()
    return Redrawn(kept, hashlib.sha256(kept).hexdigest(), *bare.size)
