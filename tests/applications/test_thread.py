"""The whole thread through the pages: start, write, look through, send, receipt, paper."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from fondaco.applications.models import Application, Submission
from fondaco.applications.services import sending
from fondaco.applications.tasks import make_paper
from fondaco.kernel.plain import fingerprint
from tests.applications.reader import signed_in
from tests.factories.applications import FORM, add_rule, open_call
from tests.factories.directory import AT, OrganisationFactory, PostFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock_and_language():
    with translation.override("en"), time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def _write(client, application, section, **answers):
    address = reverse(
        "applications:section", args=[application.call.code, application.code, section]
    )
    given = {f"q-{code.replace('_', '-')}": value for code, value in answers.items()}
    return client.post(address, given)


def test_an_application_goes_from_start_to_receipt():
    call = open_call(form=FormVersionFactory(schema=FORM))
    add_rule(call, "country", "organisation.country", "in", ["FR"], stops=True)
    post = PostFactory(organisation=OrganisationFactory(name="Atelier"))
    client = signed_in(post.person)

    started = client.post(
        reverse("applications:start", args=[call.code]), {"organisation": post.organisation.code}
    )

    application = Application.objects.get()
    assert started.url == reverse("applications:detail", args=[call.code, application.code])
    assert client.get(started.url).status_code == 200
    first = reverse("applications:section", args=[call.code, application.code, "organisation"])
    assert b'value="Atelier"' in client.get(first).content
    answer = _write(client, application, "organisation", name="Atelier", country="FR", members="١٢")
    assert answer.url.endswith("/form/project/")
    offer = SimpleUploadedFile("offer.pdf", PDF)
    answer = _write(client, application, "project", aim="To weave", price="3,000", offer=offer)
    assert answer.url.endswith("/form/declarations/")
    answer = _write(client, application, "declarations", honour="yes")
    review = reverse("applications:review", args=[call.code, application.code])
    assert answer.url == review
    assert b"It cannot be sent yet" in client.get(review).content
    sign = reverse("applications:sign", args=[call.code, application.code, "signature"])
    assert client.post(sign, {"name": "Amal Invented"}).url == review
    page = client.get(review)
    assert b"Nothing is missing" in page.content
    submit = reverse("applications:submit", args=[call.code, application.code])
    key = {"key": page.context["key"]}
    sent, again = client.post(submit, key), client.post(submit, key)
    assert sent.url == again.url
    frozen = Submission.objects.get()
    assert fingerprint(frozen.content, salt=frozen.salt) == frozen.fingerprint
    assert frozen.content["answers"]["price"] == "3000.00"
    receipt = client.get(sent.url)
    assert frozen.fingerprint.encode() in receipt.content
    asked = client.post(f"{sent.url}paper/")
    assert b"is being made" in client.get(asked.url).content
    make_paper(frozen.receipt, "en")
    make_paper(frozen.receipt, "en")
    make_paper("nothing", "en")
    sending.keep_paper(frozen, pdf=PDF, language="en", at=AT)
    assert client.post(f"{sent.url}paper/").url == asked.url
    assert b"Download the receipt" in client.get(asked.url).content
    paper = client.get(f"{sent.url}paper/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    where = [call.code, application.code]
    data = client.get(reverse("applications:copy-as-data", args=where))
    assert data.json()["submissions"][0]["receipt"] == frozen.receipt
    assert client.get(reverse("applications:copy", args=where)).status_code == 200
