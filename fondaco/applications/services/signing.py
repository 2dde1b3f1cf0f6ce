"""Signing receipts, so that they can be checked without asking us."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from fondaco.applications.models import ReceiptKey, Submission
from fondaco.applications.rules.receipts import Proof, Receipt, signature_over
from fondaco.applications.selectors import locked_submission
from fondaco.trail.rules import SigningKey
from fondaco.web.keys import kept_key
from fondaco.web.prepared import Prepared, text

SIGNED_AT_ONCE = 500
_KNOWN_KEY = Prepared(lambda: ReceiptKey.objects.filter(key_id=text("key_id")))


def receipt_of(submission: Submission) -> Receipt:
    """What is signed of a frozen version."""
    files = submission.content["files"].values()
    hashes = tuple(file["sha256"] for file in files)
    return Receipt(submission.receipt, submission.fingerprint, hashes, submission.at)


def proof_of(submission: Submission) -> Proof | None:
    """What a receipt is checked with; None for as long as it is not signed."""
    key = submission.signed_with
    if key is None:
        return None
    return Proof(receipt_of(submission), submission.signature, key.key_id, key.public)


def published_keys() -> QuerySet[ReceiptKey]:
    """Every key that has ever signed receipts, the oldest first."""
    return ReceiptKey.objects.order_by("since", "pk")


def put_signature(submission: Submission, *, at: datetime) -> None:
    """Sign a submission that its caller saves; with a new key, its public half is published."""
    key = SigningKey(kept_key(settings.RECEIPT_KEY))
    submission.signed_with = _KNOWN_KEY.first(key_id=key.key_id) or _published(key, at)
    submission.signature = signature_over(receipt_of(submission), key)


def _published(key: SigningKey, at: datetime) -> ReceiptKey:
    defaults = {"public": key.public.hex(), "since": at}
    made, _is_new = ReceiptKey.objects.get_or_create(key_id=key.key_id, defaults=defaults)
    return made


@transaction.atomic
def sign_submission(pk: int, *, at: datetime) -> Submission:
    """Sign a submission of the time before receipts were signed; a signature stays as it is."""
    submission = locked_submission(pk)
    if not submission.signature:
        put_signature(submission, at=at)
        submission.save(update_fields=["signature", "signed_with"])
    return submission


def sign_earlier(*, at: datetime) -> int:
    """Sign what is not signed yet, each on its own; how many there were."""
    unsigned = Submission.objects.filter(signature="").order_by("pk")
    found = list(unsigned.values_list("pk", flat=True)[:SIGNED_AT_ONCE])
    for pk in found:
        sign_submission(pk, at=at)
    return len(found)
