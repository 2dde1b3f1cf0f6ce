"""Questions from asking to their published answer: the rows, the trail, and what is refused."""

from datetime import date, timedelta

import pytest

from fondaco.enquiries import selectors, services
from fondaco.enquiries.models import Enquiry, Version
from fondaco.enquiries.rules.answering import Reason
from fondaco.enquiries.rules.asking import Reason as NotTaken
from fondaco.enquiries.states import State
from fondaco.kernel.decisions import Refused
from fondaco.kernel.told import erase_everywhere, everything_about
from fondaco.mail.models import Letter
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories.applications import officer_of, programme
from tests.factories.directory import AT, PersonFactory
from tests.factories.enquiries import RULE, answered_by, asked_call, enquired

pytestmark = pytest.mark.django_db
SAID = {"question": {"en": "May we?"}, "answer": {"en": "Yes."}}


@pytest.fixture
def call():
    """A call in two languages that takes questions."""
    return asked_call(programme=programme(languages=["en", "fr"]))


@pytest.fixture
def officers(call):
    """Two officers of its programme."""
    return [officer_of(call.programme), officer_of(call.programme)]


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def refused(*reasons):
    return pytest.raises(Refused, match=" ".join(reasons) if len(reasons) == 1 else "")


def test_a_question_is_taken_in_with_its_number_and_its_day(call):
    person = PersonFactory()

    first = services.ask(call.pk, text=" May we? ", language="en", by=person, at=AT)
    second = services.ask(call.pk, text="And they?", language="en", by=person, at=AT)

    assert (first.number, second.number) == (1, 2)
    assert (first.asked, first.state, first.due_on) == (
        "May we?",
        State.RECEIVED,
        (AT + timedelta(days=4)).date(),
    )
    assert verbs() == ["enquiry.asked", "enquiry.asked"]
    assert "May" not in str(Entry.objects.values_list("data", flat=True))


def test_after_the_last_day_nothing_is_taken_in(call):
    with pytest.raises(Refused) as told:
        services.ask(call.pk, text="", language="en", by=PersonFactory(), at=AT + timedelta(days=6))

    assert told.value.reasons == (NotTaken.TOO_LATE, NotTaken.NO_WORDS)
    assert (Enquiry.objects.count(), verbs()) == (0, [])


def test_the_rule_of_the_programme_holds_where_the_call_has_none():
    call = asked_call(question_rule={}, programme=programme(question_rule=RULE))

    assert selectors.against_asking(call, None, at=AT) == ()
    assert selectors.refusal_of(call) == RULE["refusal"]
    assert selectors.refusal_of(asked_call(question_rule={})) == {}


def test_drafted_approved_by_another_translated_and_published(call, officers):
    enquiry = enquired(call)

    services.draft_answer(enquiry.pk, **SAID, by=officers[0], at=AT)
    with refused(Reason.SAME_PERSON):
        services.approve_answer(enquiry.pk, by=officers[0], at=AT)
    services.approve_answer(enquiry.pk, by=officers[1], at=AT)
    with refused(Reason.NOT_TRANSLATED):
        services.publish_answer(enquiry.pk, by=officers[0], at=AT)
    french = {"question": {"fr": "Pouvons-nous ?", "en": "x"}, "answer": {"fr": "Oui."}}
    services.translate_answer(enquiry.pk, **french, by=officers[0], at=AT)
    version = services.publish_answer(enquiry.pk, by=officers[0], at=AT)

    assert version.question == {"en": "May we?", "fr": "Pouvons-nous ?"}
    assert version.answer == {"en": "Yes.", "fr": "Oui."}
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.approved_by) == (State.PUBLISHED, officers[1])
    steps = ("drafted", "approved", "translated", "published")
    assert verbs() == [f"enquiry.{step}" for step in steps]


def test_a_translation_can_be_half_done(call, officers):
    enquiry = answered_by(enquired(call), officers, steps=2, languages=["en"])

    said = {"question": {"fr": "Pouvons-nous ?"}, "answer": {}}
    found = services.translate_answer(enquiry.pk, **said, by=officers[0], at=AT)

    assert found.state == State.APPROVED
    assert found.question["fr"] == "Pouvons-nous ?"


def test_an_approved_answer_is_changed_only_as_a_draft(call, officers):
    enquiry = answered_by(enquired(call), officers, steps=2)

    found = services.reopen_answer(enquiry.pk, by=officers[1], at=AT)

    assert (found.state, found.drafted_by, found.approved_by) == (State.DRAFTED, officers[1], None)
    for act in (services.reopen_answer, services.publish_answer):
        with refused(Reason.MOVED_ON):
            act(enquiry.pk, by=officers[0], at=AT)
    with refused(Reason.MOVED_ON):
        services.translate_answer(enquiry.pk, **SAID, by=officers[0], at=AT)


def test_what_is_published_stays_until_its_new_version_is(call, officers):
    enquiry = answered_by(enquired(call), officers, steps=3)

    later = AT + timedelta(days=1)
    services.draft_answer(enquiry.pk, **SAID, by=officers[1], at=later)
    before = selectors.answered(call)
    services.approve_answer(enquiry.pk, by=officers[0], at=later)
    services.translate_answer(
        enquiry.pk, question={"fr": "Q"}, answer={"fr": "R"}, by=officers[0], at=later
    )
    services.publish_answer(enquiry.pk, by=officers[0], at=later)

    assert [(one.version, one.question["en"]) for one in before] == [(1, "May partners be abroad?")]
    [found] = selectors.answered(call)
    assert (found.version, found.first_at, found.at) == (2, AT, later)
    assert found.is_changed
    assert Version.objects.count() == 2


def test_a_prior_opinion_is_refused_in_the_words_of_the_rule(call, officers):
    enquiry = enquired(call)

    services.refuse_enquiry(enquiry.pk, by=officers[0], at=AT)
    hear_all(at=AT)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.refused_in) == (State.REFUSED, RULE["refusal"])
    letter = Letter.objects.get()
    assert (letter.to, letter.occasion) == (enquiry.by, "question-refused")
    assert "Nobody can give a prior opinion" in letter.body


def test_without_words_of_a_rule_nothing_is_refused(officers):
    enquiry = enquired(asked_call(question_rule={"ask_until": 1}))

    with refused(Reason.NO_WORDS_OF_RULE):
        services.refuse_enquiry(enquiry.pk, by=officers[0], at=AT)

    assert verbs() == []


def test_the_answer_goes_to_whoever_asked_and_asked_the_same(call, officers):
    enquiry = enquired(call)
    same, late = enquired(call), enquired(call)

    services.join_enquiry(same.pk, same_as=str(enquiry.number), by=officers[0], at=AT)
    answered_by(enquiry, officers, steps=3)
    services.join_enquiry(late.pk, same_as=enquiry.code, by=officers[0], at=AT)
    hear_all(at=AT)

    told = Letter.objects.filter(occasion="answer-published")
    assert set(told.values_list("to", flat=True)) == {enquiry.by_id, same.by_id, late.by_id}
    assert all("Yes" in one.body and "released" in one.state for one in told)


def test_questions_are_not_joined_in_a_circle(call, officers):
    first, second, third = enquired(call), enquired(call), enquired(call)
    elsewhere = enquired(asked_call())
    services.join_enquiry(second.pk, same_as=first.code, by=officers[0], at=AT)

    for one, other, reason in (
        (first, first.code, Reason.ITSELF),
        (first, elsewhere.code, Reason.OF_ANOTHER_CALL),
        (third, second.code, Reason.JOINED_ITSELF),
        (first, third.code, Reason.HAS_JOINED),
    ):
        with pytest.raises(Refused) as told:
            services.join_enquiry(one.pk, same_as=other, by=officers[0], at=AT)
        assert reason in told.value.reasons
    parted = services.part_enquiry(second.pk, by=officers[0], at=AT)
    assert (parted.state, parted.same_as) == (State.RECEIVED, None)


def test_likely_the_same_is_found_among_answers_and_in_the_office(call, officers):
    enquiry = answered_by(enquired(call), officers, steps=3)
    again = enquired(call, asked="May a partner be abroad?")
    enquired(call, asked="Which costs are paid?")

    assert [one.code for one in selectors.alike_answered(call, again.asked, "en")] == [enquiry.code]
    assert selectors.alike_answered(call, again.asked, "ar") == []
    assert selectors.alike_in_office(again) == [enquiry]


def test_what_waits_is_told_by_call_with_what_is_due_first(call, officers):
    enquired(call)
    first = enquired(call, due_on=date(2026, 1, 2))
    enquired(call, due_on=date(2026, 1, 3))
    answered_by(enquired(call), officers, steps=3)

    rows = selectors.waiting_enquiries(type(call.programme).objects.all())

    assert rows == [(call, 3, first)]


def test_an_erased_person_leaves_the_question_without_name_and_words(call):
    enquiry = enquired(call, asked="I am Amel. May we?")
    person = enquiry.by

    assert everything_about(person.pk)["enquiries"]["questions"][0]["asked"] == enquiry.asked
    erase_everywhere(person.pk)

    enquiry.refresh_from_db()
    assert (enquiry.by, enquiry.asked) == (None, "")
