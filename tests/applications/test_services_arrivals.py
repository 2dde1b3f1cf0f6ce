"""A virus in a file of an application: the answer goes, the person is told, others are kept out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import Client
from django.urls import reverse

from fondaco.applications.selectors import copy_of
from fondaco.applications.services.arrivals import lose_infected, terms_at
from fondaco.applications.services.writing import attach_file
from fondaco.documents.access import Terms
from fondaco.documents.models import Upload
from fondaco.documents.services import keep_finding
from fondaco.documents.states import Finding, Scan
from fondaco.kernel.decisions import Refused
from fondaco.mail.models import Letter, LetterTemplate
from fondaco.trail.services import hear_all
from tests.factories.applications import (
    FORM,
    ApplicationFactory,
    colleague_of,
    officer_of,
    open_call,
)
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))


@pytest.fixture
def person(application):
    return colleague_of(application.organisation)


@pytest.fixture
def upload(application, person, settings):
    settings.CLAMD = "/nowhere"
    code = attach_file(
        application.pk,
        question="offer",
        name="offer.pdf",
        content=ContentFile(PDF),
        by=person,
        at=AT,
    )
    return Upload.objects.get(code=code)


def infect(upload):
    keep_finding(upload.code, Finding.INFECTED, virus="Test", at=AT)
    hear_all(at=AT)


def desk(person, application, page, *more):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    way = [application.call.code, application.code, *more]
    return client.get(reverse(f"applications:{page}", args=way))


def test_an_infected_file_is_no_answer_any_more_and_its_person_is_told(application, person, upload):
    LetterTemplate.objects.create(
        programme=application.call.programme,
        occasion="file-infected",
        language="en",
        subject="About {{ number }}",
        body="{{ file }} at {{ address }}",
    )

    infect(upload)

    assert copy_of(application).answers["offer"] == ""
    letter = Letter.objects.get()
    assert (letter.to, letter.occasion, letter.state) == (person, "file-infected", "released")
    assert "offer" in letter.body
    assert application.code in letter.body


def test_the_page_says_which_file_was_lost_until_a_clean_one_comes(application, person, upload):
    infect(upload)
    lost = desk(person, application, "section", "project").content.decode()

    attach_file(
        application.pk, question="offer", name="clean.pdf", content=ContentFile(PDF), by=person,
        at=AT,
    )  # fmt: skip
    after = desk(person, application, "section", "project").content.decode()

    said = "A virus was found in offer.pdf, and the file was removed. Upload a clean copy."
    assert said in lost
    assert said not in after


def test_a_file_of_another_answer_is_left_alone(application, upload):
    lose_infected(application.pk, upload="other", at=AT)

    assert copy_of(application).answers["offer"] == upload.code


def test_a_virus_in_what_is_no_application_is_others_care(upload):
    Upload.objects.update(owner="place-1")

    infect(upload)

    assert Letter.objects.count() == 0


def test_a_person_that_is_gone_gets_no_letter(application, upload):
    Upload.objects.update(by=None)

    infect(upload)

    assert Letter.objects.count() == 0
    assert copy_of(application).answers["offer"] == ""


@pytest.mark.parametrize(
    ("scan", "colleague", "officer"),
    [(Scan.WAITING, 200, 403), (Scan.CLEAN, 200, 200), (Scan.INFECTED, 403, 403)],
)
def test_the_office_opens_only_what_was_searched(
    application, person, upload, monkeypatch, scan, colleague, officer
):
    Upload.objects.update(scan=scan, removed_at=AT)
    application.state, application.submitted_at = "submitted", AT
    application.save()
    monkeypatch.setattr("fondaco.applications.selectors.is_frozen", lambda *_given, **_more: True)
    one = officer_of(application.call.programme)
    monkeypatch.setattr("fondaco.directory.middleware.is_confirmed_twice", lambda _request: True)

    answers = [desk(who, application, "file", upload.code) for who in (person, one)]

    for answer in answers:
        b"".join(answer.streaming_content) if answer.streaming else None
    assert [answer.status_code for answer in answers] == [colleague, officer]


def test_what_a_question_takes_is_told_to_who_may_answer_it(application, person):
    assert terms_at(person, application.code, "offer", AT) == Terms(("pdf",), 1)
    with pytest.raises(Http404):
        terms_at(person, application.code, "aim", AT)
    with pytest.raises(Http404):
        terms_at(PersonFactory(), application.code, "offer", AT)


def test_in_a_completion_only_what_was_asked_takes_files(application, person):
    application.state, application.submitted_at = "completion", AT
    application.asked, application.asked_until = [{"question": "aim"}], AT + timedelta(days=1)
    application.save()

    with pytest.raises(Refused) as refusal:
        terms_at(person, application.code, "offer", AT)

    assert refusal.value.reasons == ("not-asked",)


def test_the_office_uploads_nothing(application):
    application.state, application.submitted_at = "submitted", AT
    application.save()

    with pytest.raises(PermissionDenied):
        terms_at(officer_of(application.call.programme), application.code, "offer", AT)
