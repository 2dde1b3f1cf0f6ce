"""Pictures as people send them, the treacherous ones among them; all drawn here."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
WHERE = "Latitude 41.9"


def encoded(
    kind: str = "PNG",
    *,
    size: tuple[int, int] = (900, 300),
    colour: Any = (10, 90, 140, 128),
    **more: Any,
) -> bytes:
    """A picture of one colour."""
    mode = {3: "RGB", 4: "RGBA"}[len(colour)]
    made = BytesIO()
    Image.new(mode, size, colour).save(made, kind, **more)
    return made.getvalue()


def with_exif(orientation: int = 6) -> bytes:
    """A photograph that says where it was taken, and which way is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, WHERE
    return encoded("JPEG", size=(400, 200), colour=(200, 30, 30), exif=exif, comment=SCRIPT)


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that promises a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def webp_bomb() -> bytes:
    """A WebP of a few bytes that promises the largest canvas there is."""
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4 + b"\xff" * 6
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk
