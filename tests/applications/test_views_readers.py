"""An answer that is not for everybody: who applies reads it, officers, evaluators as it says."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from fondaco.applications.access import reader_of
from fondaco.applications.models import Application
from fondaco.applications.services import sending, writing
from fondaco.questionnaires.rules.tables import Reader
from tests.applications.reader import signed_in
from tests.factories.applications import ApplicationFactory, colleague_of, officer_of, open_call
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import UploadFactory
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)
FORM = schema(
    section(
        "s",
        question("title"),
        question("secret", seen_by=["evaluators"]),
        question("cv", "file", seen_by=["partners"]),
    )
)


@pytest.fixture(autouse=True)
def _clock_and_language():
    with translation.override("en"), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sent():
    made = ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))
    by, file = colleague_of(made.organisation), UploadFactory(owner=made.code)
    answers = {"title": "A bridge", "secret": "Only for some"}
    writing.save_section(made.pk, section="s", answers=answers, by=by, at=NOW)
    row = made.section_answers.get()
    row.answers["cv"] = file.code
    row.save()
    sending.submit_application(made.pk, key="k", by=by, at=NOW)
    return Application.objects.get(), by, file


def page(person, name, application, *more):
    browser = signed_in(person)
    return browser.get(
        reverse(f"applications:{name}", args=[application.call.code, application.code, *more])
    )


def test_who_applies_reads_everything(sent):
    application, by, _file = sent

    said = page(by, "receipt", application, 1).content.decode()

    assert "Only for some" in said
    assert "not for you to read" not in said


def test_an_officer_reads_what_the_form_shows_to_officers(sent):
    application, _by, file = sent
    officer = officer_of(application.call.programme)

    for name, more in (("receipt", [1]), ("admission", [])):
        said = page(officer, name, application, *more).content.decode()
        assert "A bridge" in said
        assert "Only for some" not in said
        assert file.name not in said
        assert "Some answers of this part are not for you to read." in said
    assert page(officer, "file", application, file.code).status_code == 404
    assert page(officer, "paper", application, 1).status_code == 403


def test_everybody_reads_as_what_they_are(sent):
    application, _by, _file = sent
    officer = officer_of(application.call.programme)

    assert reader_of(officer, application) == Reader.OFFICERS
    assert reader_of(PersonFactory(), application) == Reader.EVALUATORS
    application.is_own = True
    assert reader_of(officer, application) is None
