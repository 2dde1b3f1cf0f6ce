"""Files of a few bytes whose content is what it claims, and some that lie."""

import io
import zipfile

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from fondaco.documents.models import Upload
from tests.factories.directory import AT

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 32
ODT_KIND = "application/vnd.oasis.opendocument.text"


def package(*members: str, first: str = "") -> bytes:
    """A ZIP with these members, `first` being the kind that OpenDocument writes first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as kept:
        if first:
            kept.writestr("mimetype", first)
        for member in members:
            kept.writestr(member, "invented")
    return stream.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
ODT = package("content.xml", first=ODT_KIND)
DOCM = package("word/document.xml", "word/vbaProject.bin")


class UploadFactory(DjangoModelFactory[Upload]):
    """A PDF of an application."""

    class Meta:
        model = Upload

    code = factory.Sequence(lambda number: f"upload{number}")
    owner = "abc-222222"
    name = "offer.pdf"
    kind = "pdf"
    size = len(PDF)
    sha256 = "0" * 64
    stored = factory.LazyFunction(lambda: ContentFile(PDF, "stored.pdf"))
    at = AT
