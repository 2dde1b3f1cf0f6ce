"""Every frozen version is signed, and stays checkable, by us and by OpenSSL alone."""

import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import override_settings

from fondaco.applications import selectors
from fondaco.applications.models import ReceiptKey, Submission
from fondaco.applications.services import sending, signing, writing
from fondaco.applications.tasks import sign_earlier
from fondaco.kernel.decisions import Refused
from fondaco.trail.models import Entry
from tests.applications.openssl import pasted
from tests.factories.applications import SMALL_ANSWERS, ApplicationFactory, SubmissionFactory
from tests.factories.directory import AT, PersonFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
GENUINE = "Signature Verified Successfully"


def sent(at=AT, application=None, key="k"):
    by = PersonFactory()
    application = application or ApplicationFactory()
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, by=by, at=at)
    return sending.submit_application(application.pk, key=key, by=by, at=at)


def read(submission):
    return selectors.submission_of_receipt(submission.receipt)


def test_a_submission_is_signed_as_it_is_frozen():
    frozen = read(sent())

    proof = signing.proof_of(frozen)

    assert proof
    assert (proof.receipt.number, proof.receipt.received) == (frozen.receipt, AT)
    key = ReceiptKey.objects.get()
    assert (key.key_id, key.since) == (proof.key_id, AT) == (frozen.signed_with_id, AT)
    assert stat.S_IMODE(settings.RECEIPT_KEY.stat().st_mode) == 0o600


def test_the_trail_says_what_it_always_said():
    frozen = sent()

    entry = Entry.objects.get(subject=frozen.application.code, verb="application.submitted")

    assert sorted(entry.data) == ["call", "facts", "fingerprint", "receipt", "terms", "verdicts"]
    assert (entry.data["receipt"], entry.data["fingerprint"]) == (
        frozen.receipt,
        frozen.fingerprint,
    )


def test_openssl_alone_finds_a_receipt_genuine(tmp_path):
    proof = signing.proof_of(read(sent()))

    assert pasted(proof.commands, tmp_path) == (True, GENUINE)
    assert (tmp_path / "receipt.txt").read_text("utf-8") == proof.text


def test_openssl_alone_finds_what_was_changed_in_the_database(tmp_path):
    frozen = sent()
    Submission.objects.filter(pk=frozen.pk).update(at=AT - timedelta(days=1))

    proof = signing.proof_of(read(frozen))

    assert not proof
    is_genuine, said = pasted(proof.commands, tmp_path)
    assert (is_genuine, GENUINE in said) == (False, False)


def test_an_old_receipt_stays_checkable_after_a_new_key(tmp_path):
    old = sent()
    with override_settings(RECEIPT_KEY=tmp_path / "new.pem"):
        new = sent(at=LATER)

    proofs = [signing.proof_of(read(one)) for one in (old, new)]

    assert all(proofs)
    assert [key.key_id for key in signing.published_keys()] == [one.key_id for one in proofs]
    assert len({one.key_id for one in proofs}) == 2
    assert pasted(proofs[0].commands, tmp_path) == (True, GENUINE)


def test_a_key_that_has_signed_is_never_deleted():
    sent()

    with pytest.raises(ProtectedError):
        ReceiptKey.objects.get().delete()


@pytest.mark.parametrize("lacking", [{"signature": ""}, {"signed_with": None}])
def test_a_signature_and_its_key_go_together(lacking):
    frozen = sent()

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=frozen.pk).update(**lacking)


def test_what_is_refused_publishes_no_key():
    application = ApplicationFactory()

    with pytest.raises(Refused):
        sending.submit_application(application.pk, key="k", by=PersonFactory(), at=AT)

    assert ReceiptKey.objects.count() == 0


def test_the_worker_signs_receipts_of_earlier_times():
    earlier, signed = SubmissionFactory(), sent()
    assert signing.proof_of(read(earlier)) is None

    sign_earlier()

    assert signing.proof_of(read(earlier))
    assert read(signed).signature == signed.signature
    assert signing.sign_earlier(at=LATER) == 0


def test_a_signature_is_put_once(tmp_path):
    frozen = sent()

    with override_settings(RECEIPT_KEY=tmp_path / "new.pem"):
        again = signing.sign_submission(frozen.pk, at=LATER)

    assert (again.signature, again.signed_with_id) == (frozen.signature, frozen.signed_with_id)
    assert ReceiptKey.objects.count() == 1
