"""Keeping files and taking them away."""

import hashlib

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
from tests.factories.documents import DOCM, DOCX, JPG, ODT, PDF, PNG, XLSX, UploadFactory

pytestmark = pytest.mark.django_db
ALL = ("pdf", "png", "jpg", "docx", "xlsx", "odt")


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
        (Reason.TOO_LARGE, "a.pdf is larger than the 10 MB that are allowed."),
        (Reason.KIND_UNKNOWN, "a.pdf is, by its content, none of these: PDF, PNG."),
        (Reason.EMPTY, "a.pdf: The file is empty."),
    ],
)
def test_a_refusal_says_what_is_allowed(reason, said):
    assert phrases.refusal(reason, name="a.pdf", accepts=["pdf", "png"], megabytes=10) == said
