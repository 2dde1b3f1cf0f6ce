"""Keeping files and taking them away."""

import hashlib
import struct

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils import translation

from fondaco.documents import phrases, selectors
from fondaco.documents.models import Upload
from fondaco.documents.rules import Reason
from fondaco.documents.services import destroy_upload, keep_upload, remove_upload
from fondaco.kernel.decisions import Refused
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import DOCM, DOCX, JPG, ODT, PDF, PNG, XLSX, UploadFactory, package

pytestmark = pytest.mark.django_db
ALL = ("pdf", "png", "jpg", "docx", "xlsx", "odt")


CROWDED = ("word/document.xml", *(f"a{number}" for number in range(5000)))


def claiming(content, *, entries=None, size=None):
    """The package with another number of entries, or size of their table, in its end record."""
    end = bytearray(content[-22:])
    if entries is not None:
        end[8:12] = struct.pack("<HH", entries, entries)
    if size is not None:
        end[12:16] = struct.pack("<I", size)
    return content[:-22] + bytes(end)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def keep(content, name="offer.pdf", accepts=ALL, megabytes=1, by=None):
    return keep_upload(
        owner="abc-1",
        name=name,
        content=ContentFile(content),
        accepts=accepts,
        megabytes=megabytes,
        by=by,
        at=AT,
    )


def test_a_file_is_kept_with_its_hash_under_a_random_name():
    person = PersonFactory()

    upload = keep(PDF, by=person)

    assert (upload.name, upload.kind, upload.size) == ("offer.pdf", "pdf", len(PDF))
    assert upload.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "offer" not in upload.stored.name
    assert (upload.by, upload.at) == (person, AT)
    with selectors.opened(upload) as stream:
        assert stream.read() == PDF


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "pdf"), (PNG, "png"), (JPG, "jpg"), (DOCX, "docx"), (XLSX, "xlsx"), (ODT, "odt")],
)
def test_each_kind_is_known_by_its_content(content, kind):
    assert keep(content, name="unnamed").kind == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90\x00" + b"\0" * 90, Reason.KIND_UNKNOWN),
        (b"PK\x03\x04 broken", Reason.KIND_UNKNOWN),
        (DOCM, Reason.HAS_MACROS),
        (b"", Reason.EMPTY),
        (PDF + b"\0" * 1024 * 1024, Reason.TOO_LARGE),
    ],
)
def test_a_refused_file_leaves_nothing_behind(content, reason):
    with pytest.raises(Refused) as refusal:
        keep(content)

    assert refusal.value.reasons == (reason,)
    assert Upload.objects.count() == 0


CROWD = package(*CROWDED)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(package(*CROWDED, "word/vbaProject.bin"), id="more parts than a document"),
        pytest.param(claiming(CROWD, entries=1), id="more parts than it claims"),
        pytest.param(claiming(DOCX, size=1024 * 1024), id="a long table of contents"),
        pytest.param(DOCX[:-22] + b"PK\x06\x07" + b"\0" * 16 + DOCX[-22:], id="a second table"),
    ],
)
def test_a_package_that_is_no_document_is_not_taken(content):
    with pytest.raises(Refused) as refusal:
        keep(content)

    assert refusal.value.reasons == (Reason.KIND_UNKNOWN,)


@pytest.mark.parametrize("content", [CROWD, DOCX + b"\0" * 1024 * 1024])
def test_a_table_of_contents_is_not_read_for_nothing(content, monkeypatch):
    def opened(_content):
        raise AssertionError

    monkeypatch.setattr("fondaco.documents.services.ZipFile", opened)

    with pytest.raises(Refused):
        keep(content)


def test_the_house_takes_no_larger_file_than_it_says(settings):
    settings.UPLOAD_MEGABYTES = 1

    with pytest.raises(Refused) as refusal:
        keep(PDF + b"\0" * 1024 * 1024, megabytes=10)

    assert refusal.value.reasons == (Reason.TOO_LARGE,)


def test_a_row_that_cannot_be_written_leaves_no_file(monkeypatch):
    kept = UploadFactory()
    monkeypatch.setattr("fondaco.documents.services.secrets.token_hex", lambda size: kept.code)

    with pytest.raises(IntegrityError):
        keep(PDF)

    storage = kept.stored.storage
    assert not storage.exists(f"files/{kept.code}.pdf")


def test_a_removed_file_keeps_its_content_for_frozen_copies():
    upload = UploadFactory()

    removed = remove_upload(upload.code, at=AT)

    assert removed.removed_at == AT
    assert list(selectors.uploads_of(upload.owner)) == []
    assert selectors.upload_named(upload.owner, upload.code) == upload
    assert selectors.uploads_named(upload.owner, [upload.code]) == {upload.code: upload}
    assert upload.stored.storage.exists(upload.stored.name)


def test_a_destroyed_file_is_gone_with_its_content(django_capture_on_commit_callbacks):
    upload = UploadFactory()

    with django_capture_on_commit_callbacks(execute=True):
        destroy_upload(upload.code, at=AT)

    assert Upload.objects.count() == 0
    assert not upload.stored.storage.exists(upload.stored.name)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            Reason.TOO_LARGE,
            "a.pdf is larger than the 10 MB that are allowed. Choose a smaller file.",
        ),
        (Reason.KIND_UNKNOWN, "a.pdf is, by its content, none of these: PDF, PNG."),
        (Reason.EMPTY, "a.pdf: The file is empty."),
    ],
)
def test_a_refusal_says_what_is_allowed(reason, said):
    assert phrases.refusal(reason, name="a.pdf", accepts=["pdf", "png"], megabytes=10) == said
