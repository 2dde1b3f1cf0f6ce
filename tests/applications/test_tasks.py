"""The receipt on paper: its signature, the lines for OpenSSL, the code that leads to the check."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from fondaco.applications import selectors, tasks
from fondaco.applications.services import signing
from fondaco.documents.selectors import opened
from tests.applications.openssl import pasted
from tests.factories.applications import SubmissionFactory

pytestmark = pytest.mark.django_db


def paper_of(submission, language="en"):
    tasks.make_paper(submission.receipt, language)
    with opened(selectors.paper_of(submission, language)) as stream:
        return PdfReader(BytesIO(stream.read()))


def links_of(paper):
    notes = [note.get_object() for page in paper.pages for note in page.get("/Annots", ())]
    return [note["/A"]["/URI"] for note in notes if "/A" in note]


def pictures_of(paper):
    """What is said instead of the pictures."""
    found, waiting = [], [paper.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if hasattr(one, "keys"):
            found += [one["/Alt"]] if "/Alt" in one else []
            kids = one.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
    return found


def text_of(paper):
    return "\n".join(page.extract_text() for page in paper.pages)


def test_the_paper_of_an_earlier_receipt_is_signed_first():
    earlier = SubmissionFactory()

    paper = paper_of(earlier)

    proof = signing.proof_of(selectors.submission_of_receipt(earlier.receipt))
    said = "".join(text_of(paper).split())
    assert proof
    assert proof.signature in said
    assert f"Key:{proof.key_id}" in said


def test_the_lines_of_the_paper_are_enough_for_openssl(tmp_path):
    text = text_of(paper_of(SubmissionFactory()))

    begin = text.index("cat > key.pem")
    end = text.index("receipt.sig", text.index("-sigfile")) + len("receipt.sig")

    assert pasted(text[begin:end], tmp_path) == (True, "Signature Verified Successfully")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_code_leads_to_the_check_with_everything_filled_in(language, settings):
    settings.ADDRESS = "https://fondaco.example"
    sent = SubmissionFactory()

    paper = paper_of(sent, language)

    address = urlsplit(next(link for link in links_of(paper) if "?" in link))
    with translation.override(language):
        there = reverse("applications:check")
    assert (address.scheme, address.netloc, address.path) == ("https", "fondaco.example", there)
    asked = {"number": [sent.receipt], "fingerprint": [sent.fingerprint]}
    assert parse_qs(address.query) == asked
    answer = Client().get(f"{address.path}?{address.query}")
    assert answer.context["received"] == sent.at
    assert len(pictures_of(paper)) == 1


def test_the_code_is_the_address():
    address = f"https://fondaco.example/en/receipts/?number=bc-a2b3c4-1&fingerprint={'f' * 64}"
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=4, xmldecl=False)

    made = tasks.code_of(address)

    assert made == drawn.getvalue()
    assert made != tasks.code_of(f"{address}0")
