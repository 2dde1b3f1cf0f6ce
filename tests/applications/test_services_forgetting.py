"""Personal answers are forgotten when the form said so, and not a day before."""

from datetime import UTC, datetime, timedelta

import pytest

from fondaco.applications import selectors, tasks
from fondaco.applications.models import Submission
from fondaco.applications.rules.forgetting import due, months_after
from fondaco.applications.selectors.forgetting import applications_due
from fondaco.applications.services import sending, writing
from fondaco.applications.services.forgetting import forget_answers
from fondaco.documents.models import Upload
from fondaco.questionnaires.rules.schema import form_from
from fondaco.trail.models import Entry
from tests.factories.applications import ApplicationFactory, colleague_of, open_call
from tests.factories.directory import AT
from tests.factories.documents import UploadFactory
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

MARK = {"purpose": {"en": "To invite the person."}, "months": 2}
FORM = schema(
    section(
        "people",
        question("title"),
        question("contact", personal=MARK),
        question("cv", "file", personal=MARK),
        question("team", "group", column=[question("name")], personal={**MARK, "months": 30}),
    )
)
NOW = AT + timedelta(hours=1)


def test_months_are_counted_by_the_calendar():
    assert months_after(datetime(2026, 12, 31, tzinfo=UTC), 2) == datetime(2027, 2, 28, tzinfo=UTC)
    assert months_after(datetime(2026, 1, 15, tzinfo=UTC), 12).year == 2027


def test_each_answer_has_its_own_time():
    form, closed = form_from(FORM), datetime(2026, 1, 10, tzinfo=UTC)

    assert due(form, closed, at=datetime(2026, 3, 9, tzinfo=UTC)) == []
    assert due(form, closed, at=datetime(2026, 3, 10, tzinfo=UTC)) == ["contact", "cv"]
    assert due(form, closed, at=datetime(2028, 7, 10, tzinfo=UTC)) == ["contact", "cv", "team"]


@pytest.fixture
def application(db):
    made = ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))
    by = colleague_of(made.organisation)
    file = UploadFactory(owner=made.code)
    answers = {"title": "A bridge", "contact": "Invented Person", "team.r1": "1"}
    writing.save_section(made.pk, section="people", answers=answers, by=by, at=NOW)
    writing.save_section(made.pk, section="people", answers={"team.r1.name": "Ada"}, by=by, at=NOW)
    row = made.section_answers.get()
    row.answers["cv"] = file.code
    row.save()
    sending.submit_application(made.pk, key="k", by=by, at=NOW)
    return made


@pytest.mark.django_db
def test_what_has_had_its_time_is_gone_from_everything(application, monkeypatch):
    before = Submission.objects.get()
    late = months_after(application.call.closes_at, 2)
    assert list(applications_due(at=late - timedelta(days=1))) == []
    monkeypatch.setattr(tasks.timezone, "now", lambda: late)

    tasks.forget_personal.__wrapped__() if hasattr(
        tasks.forget_personal, "__wrapped__"
    ) else tasks.forget_personal()

    after = Submission.objects.get()
    assert after.content["answers"].keys() == {"title", "team"}
    assert after.content["typed"].keys() == {"title", "team.r1", "team.r1.name"}
    assert after.content["files"]["cv"] == before.content["files"]["cv"] | {"code": "", "name": ""}
    assert after.fingerprint == before.fingerprint
    assert "Invented Person" not in str(after.content)
    assert selectors.copy_of(application).answers.keys() == {"title", "team.r1", "team.r1.name"}
    assert not Upload.objects.filter(owner=application.code).exists()
    entry = Entry.objects.get(verb="application.forgotten")
    assert entry.data["questions"] == ["contact", "cv"]


@pytest.mark.django_db
def test_a_second_time_nothing_is_done(application):
    late = months_after(application.call.closes_at, 2)

    assert forget_answers(application.pk, at=late) == ["contact", "cv"]
    assert forget_answers(application.pk, at=late) == []
    assert list(applications_due(at=late)) == []
    assert list(applications_due(at=months_after(late, 30))) == [application.pk]
