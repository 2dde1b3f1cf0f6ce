"""Races over questions about a call."""

from fondaco.enquiries import services
from fondaco.enquiries.models import Enquiry
from tests.factories.applications import officer_of
from tests.factories.directory import AT, PersonFactory
from tests.factories.enquiries import answered_by, asked_call, enquired
from tests.locks.race import Scene, race, told

CALL = "calls.locked_call"


@race(
    CALL,
    held=("", "", [1, 2]),
    broken=("", "constraint enquiry_number_once", [1]),
)
def two_questions_have_two_numbers():
    call, first, second = asked_call(), PersonFactory(), PersonFactory()

    def asking(person):
        services.ask(call.pk, text="May we?", language="en", by=person, at=AT)

    return Scene(
        lambda: asking(first),
        lambda: asking(second),
        lambda: sorted(Enquiry.objects.values_list("number", flat=True)),
    )


@race(
    "enquiries.locked_enquiry",
    held=("", "moved-on", 1),
    broken=("", "constraint version_number_once", 1),
)
def an_answer_is_published_once():
    call = asked_call()
    officers = [officer_of(call.programme), officer_of(call.programme)]
    enquiry = answered_by(enquired(call), officers, steps=2)

    def publish():
        services.publish_answer(enquiry.pk, by=officers[0], at=AT)

    return Scene(publish, publish, told("enquiry.published"))
