"""Anybody may check a receipt, and learns nothing but yes or no and the moment."""

import re
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fondaco.applications.models import ReceiptKey
from fondaco.applications.services import signing
from tests.applications.reader import signed_in
from tests.factories.applications import SubmissionFactory, colleague_of
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db
ASKED = {"number": "bc-a2b3c4-1", "fingerprint": "f" * 64}
YES, NO = "this receipt is ours", "we know no such receipt"


@pytest.fixture(autouse=True)
def _clock_and_cache():
    cache.clear()
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def given(**more):
    return SubmissionFactory(**{"receipt": ASKED["number"]} | more)


def checked(**asked):
    return Client().get(reverse("applications:check"), ASKED | asked)


def main_of(answer):
    page = re.sub(r"\s+", " ", answer.content.decode())
    return page[page.index("<main") : page.index("</main>")]


def test_the_page_asks_for_number_and_fingerprint():
    answer = Client().get(reverse("applications:check"))

    assert answer.status_code == 200
    assert YES not in main_of(answer)
    assert NO not in main_of(answer)
    assert answer.context["form"].errors == {}


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="as it stands there"),
        pytest.param({"number": " BC-A2B3C4-1\n"}, id="number as somebody types it"),
        pytest.param({"fingerprint": f"{'F' * 32}\n {'f' * 32}"}, id="fingerprint in two lines"),
    ],
)
def test_a_receipt_of_ours_is_told_with_its_moment(asked):
    sent = given(by=None)

    answer = checked(**asked)

    assert YES in main_of(answer)
    assert "1 November 2026" in main_of(answer)
    assert "09:00" in main_of(answer)
    call = sent.application.call
    for word in (call.code, call.title["en"], str(sent.application.organisation), "Invented"):
        assert word not in main_of(answer)


def test_unknown_numbers_and_wrong_fingerprints_are_answered_alike():
    given()

    unknown = checked(number="bc-a2b3c4-2")
    wrong = checked(fingerprint="e" + "f" * 63)

    pages = [main_of(unknown), main_of(wrong).replace("e" + "f" * 63, "f" * 64)]
    assert NO in pages[0]
    assert pages[0].replace("c4-2", "c4-1") == pages[1]
    assert unknown.status_code == wrong.status_code == 200


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"fingerprint": "f" * 63}, "fingerprint"),
        ({"fingerprint": "g" * 64}, "fingerprint"),
        ({"fingerprint": ""}, "fingerprint"),
        ({"number": ""}, "number"),
        ({"number": "b" * 71}, "number"),
    ],
)
def test_what_cannot_be_a_receipt_is_said_beside_the_field(asked, field):
    given()

    answer = checked(**asked)

    assert list(answer.context["form"].errors) == [field]
    assert NO not in main_of(answer)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="yes"),
        pytest.param({"number": "bc-a2b3c4-2"}, id="unknown"),
        pytest.param({"fingerprint": "e" * 64}, id="wrong"),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_every_answer_costs_one_question_and_six_of_the_cache(
    asked, rows, django_assert_num_queries
):
    sent = given()
    for number in range(2, rows + 1):
        SubmissionFactory(application=sent.application, number=number)
    checked()

    with django_assert_num_queries(7):
        checked(**asked)


def test_nobody_tries_numbers():
    given()

    codes = [checked(number=f"bc-{turn}").status_code for turn in range(21)]
    refused = checked()

    assert codes == [200] * 20 + [429]
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert YES not in main_of(refused)
    assert "Too many receipts" in main_of(refused)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(reverse("applications:check"), ASKED)
    assert YES in main_of(elsewhere)
    with time_machine.travel(AT + timedelta(hours=1, minutes=1), tick=False):
        assert YES in main_of(checked())


def test_an_answer_is_kept_by_nobody_and_nothing_is_posted():
    assert "no-store" in checked().headers["Cache-Control"]
    assert Client().post(reverse("applications:check"), ASKED).status_code == 405


def test_every_public_key_is_published(tmp_path, settings):
    signing.sign_submission(SubmissionFactory().pk, at=AT)
    settings.RECEIPT_KEY = tmp_path / "new.pem"
    signing.sign_submission(SubmissionFactory().pk, at=AT + timedelta(days=1))

    told = Client().get(reverse("applications:keys")).json()["keys"]

    kept = list(ReceiptKey.objects.order_by("since"))
    assert [one["key"] for one in told] == [key.key_id for key in kept]
    for one in told:
        read = load_pem_public_key(one["pem"].encode())
        assert read.public_bytes_raw().hex() == one["public"]
    assert "PRIVATE" not in str(told)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_keys_cost_one_question(rows, django_assert_num_queries):
    for number in range(rows):
        ReceiptKey.objects.create(key_id=f"{number:016}", public="00" * 32, since=AT)

    with django_assert_num_queries(1):
        assert len(Client().get(reverse("applications:keys")).json()["keys"]) == rows


def test_the_receipt_says_how_it_is_checked():
    sent = SubmissionFactory()
    signed = signing.sign_submission(sent.pk, at=AT)
    client = signed_in(colleague_of(sent.application.organisation))
    where = [sent.application.call.code, sent.application.code]

    page = main_of(client.get(reverse("applications:receipt", args=[*where, 1])))
    copy = client.get(reverse("applications:copy-as-data", args=where)).json()

    assert signed.signature in page
    assert signed.signed_with_id in page
    assert "openssl pkeyutl -verify" in page
    link = re.search(r'href="([^"]*/receipts/\?[^"]*)"', page)[1].replace("&amp;", "&")
    assert Client().get(link).context["received"] == sent.at
    kept = copy["submissions"][0]
    assert (kept["signature"], kept["key"]) == (signed.signature, signed.signed_with_id)


def test_a_receipt_that_is_not_signed_yet_says_so():
    sent = SubmissionFactory()
    client = signed_in(colleague_of(sent.application.organisation))
    where = [sent.application.call.code, sent.application.code, 1]

    page = main_of(client.get(reverse("applications:receipt", args=where)))

    assert "the signature follows" in page
