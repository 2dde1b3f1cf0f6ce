"""What is written after the deadline never comes into a version that was asked for before it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from fondaco.applications import selectors
from fondaco.applications.rules.submission import Reason
from fondaco.applications.services import assessing, sending, writing
from fondaco.applications.states import State
from fondaco.documents.models import Upload
from fondaco.kernel.decisions import Refused
from tests.factories.applications import SMALL_ANSWERS, ApplicationFactory, open_call
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = pytest.mark.django_db
DEADLINE = AT + timedelta(days=10)
LATE = DEADLINE + timedelta(days=1)


def who(at=AT):
    return {"by": PersonFactory(), "at": at}


def written(**more):
    application = ApplicationFactory(**more)
    for name, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=name, answers=answers, **who())
    return application


def ask(application, questions, at=LATE):
    assessing.ask_completion(application.pk, questions=questions, says=[], days=5, **who(at))


def test_a_completion_sends_only_what_was_asked_and_the_rest_as_it_was_sent():
    application = written()
    sending.submit_application(application.pk, key="one", **who())
    late = {"project": {"title": "Better late"}, "end": {"members": "99"}}
    for name, answers in late.items():
        writing.save_section(application.pk, section=name, answers=answers, **who(LATE))

    ask(application, ["members"])
    sent = sending.submit_application(application.pk, key="two", **who(LATE))

    assert sent.content["answers"] == {"title": "A bridge", "members": "99"}


def test_a_request_for_completion_brings_back_a_file_that_was_exchanged_late():
    form = FormVersionFactory(
        schema=schema(section("all", question("title"), question("offer", "file", accepts=["pdf"])))
    )
    application = ApplicationFactory(call=open_call(form=form))

    def attach(at):
        content = ContentFile(PDF, "offer.pdf")
        return writing.attach_file(
            application.pk, question="offer", name="offer.pdf", content=content, **who(at)
        )

    first = attach(AT)
    sending.submit_application(application.pk, key="one", **who())
    late = attach(LATE)

    ask(application, ["title"])

    assert selectors.copy_of(application).files == {"offer": first}
    assert not Upload.objects.filter(code=late).exists()


def test_a_typed_answer_that_reads_in_two_ways_comes_back_as_it_was_typed():
    form = FormVersionFactory(
        schema=schema(section("all", question("title"), question("share", "number")))
    )
    application = ApplicationFactory(call=open_call(form=form))
    writing.save_section(application.pk, section="all", answers={"share": "1.2340"}, **who())
    sending.submit_application(application.pk, key="one", **who())
    writing.save_section(application.pk, section="all", answers={"share": "7"}, **who(LATE))

    ask(application, ["title"])

    assert selectors.copy_of(application).answers["share"] == "1.2340"


def test_a_slow_submission_does_not_take_in_what_was_typed_after_the_deadline():
    application = written()
    late = DEADLINE + timedelta(minutes=9)
    writing.save_section(application.pk, section="project", answers={"title": "New"}, **who(late))
    early = {"members": "13"}
    writing.save_section(application.pk, section="end", answers=early, **who(DEADLINE))

    with pytest.raises(Refused) as refusal:
        sending.submit_application(
            application.pk, key="one", **who(DEADLINE - timedelta(seconds=1))
        )

    assert refusal.value.reasons == (Reason.EDITED_LATE,)


def test_a_change_that_overtakes_the_submission_before_the_deadline_does_no_harm():
    application = written()
    change = {"title": "New"}
    soon = AT + timedelta(minutes=2)
    writing.save_section(application.pk, section="project", answers=change, **who(soon))

    sent = sending.submit_application(application.pk, key="one", **who())

    assert sent.content["answers"]["title"] == "New"


def test_a_completion_does_not_cost_the_place_in_time():
    application = written()
    sending.submit_application(application.pk, key="one", **who())
    ask(application, ["members"])

    sending.submit_application(application.pk, key="two", **who(LATE))
    application.refresh_from_db()

    assert (application.state, application.submitted_at) == (State.SUBMITTED, AT)
