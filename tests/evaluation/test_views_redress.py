"""Pages of redress: the applicant asks and takes back, somebody else reads and answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fondaco.evaluation.models import Redress
from fondaco.evaluation.states import RedressState
from fondaco.mail.models import Letter
from fondaco.mail.services import release_letters
from fondaco.trail.services import hear_all
from tests.evaluation.test_services_redress import asking, told_file
from tests.evaluation.test_views import at, signed_in
from tests.factories import evaluation as made
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db


def told_now(**more):
    """An application whose letter stands in the portal since this moment."""
    call, file, outcome = told_file(**more)
    Letter.objects.update(released_at=timezone.now())
    return call, file, outcome


def own(file, name="redress"):
    return at(name, file.call.code, file.code)


def body(response):
    return response.content.decode()


def test_an_applicant_asks_is_given_a_number_and_asks_only_once():
    _call, file, _outcome = told_now()
    browser = signed_in(file.started_by)

    before = body(browser.get(own(file)))
    browser.post(own(file), {"ground": "fact", "text": "A date."})
    browser.post(own(file), {"ground": "fact", "text": "Twice."})
    after = body(browser.get(own(file)))

    redress = Redress.objects.get()
    assert ("Ask for redress" in before, "A fact was misread" in before) == (True, True)
    assert (redress.text, redress.is_late) == ("A date.", False)
    assert (redress.code in after, "A date." in after, "Twice." in after) == (True, True, False)


def test_what_was_typed_stays_where_the_request_is_refused():
    _call, file, _outcome = told_now()

    page = body(signed_in(file.started_by).post(own(file), {"text": "Look at page 3."}))

    assert ("Look at page 3." in page, Redress.objects.count()) == (True, 0)


def test_without_grounds_the_text_is_needed():
    _call, file, _outcome = told_now(redress_grounds=[])
    browser = signed_in(file.started_by)

    browser.post(own(file), {"text": ""})
    assert not Redress.objects.exists()
    browser.post(own(file), {"text": "The rule of May."})
    assert Redress.objects.get().ground == ""


def test_after_the_last_day_the_page_offers_nothing_and_what_still_comes_is_marked():
    _call, file, _outcome = told_file(redress_days=1)
    browser = signed_in(file.started_by)

    page = body(browser.get(own(file)))
    browser.post(own(file), {"ground": "fact"})

    assert ("The last day to ask for redress was" in page, "<textarea" in page) == (True, False)
    assert Redress.objects.get().is_late
    assert "only be found not admissible" in body(browser.get(own(file)))


def test_before_the_letter_there_is_nothing_to_ask():
    call, _file, _outcome = told_now()
    other = made.sent(call)
    made.decided(other)

    page = body(signed_in(other.started_by).get(own(other)))

    assert "There is nothing to ask about" in page


def test_the_applicants_page_leads_there_and_says_where_it_stands():
    _call, file, _outcome = told_now()
    browser = signed_in(file.started_by)
    place = reverse("applications:detail", args=[file.call.code, file.code])

    offered = body(browser.get(place))
    asking(file)
    waiting = body(browser.get(place))

    assert (own(file) in offered, "Waits for an answer" in offered) == (True, False)
    assert "Waits for an answer" in waiting


def test_a_request_is_taken_back_on_the_page():
    _call, file, _outcome = told_now()
    asking(file)
    browser = signed_in(file.started_by)

    browser.post(own(file, "redress-withdraw"))

    assert Redress.objects.get().state == RedressState.WITHDRAWN
    assert "You took this request back" in body(browser.get(own(file)))


def test_taking_back_what_was_never_asked_changes_nothing():
    _call, file, _outcome = told_now()

    answer = signed_in(file.started_by).post(own(file, "redress-withdraw"))

    assert (answer.status_code, Redress.objects.count()) == (302, 0)


def test_a_decider_reads_the_file_and_answers_and_the_applicant_reads_the_letter_first():
    call, file, _outcome = told_now()
    made.templates_for(call.programme)
    redress, decider = asking(file), made.decider_of(call)
    place = at("redress-request", call.code, redress.code)

    page = body(signed_in(decider).get(place))
    signed_in(decider).post(
        at("redress-answer", call.code, redress.code), {"action": "dismiss", "reasons": "It was."}
    )
    hear_all(at=AT)
    unread = body(signed_in(file.started_by).get(own(file)))
    release_letters(Letter.objects.values_list("pk", flat=True), by=decider, at=AT)
    read = body(signed_in(file.started_by).get(own(file)))

    assert ("A date was misread." in page, "A bridge" in page) == (True, True)
    assert Redress.objects.get().state == RedressState.DISMISSED
    assert ("It was." in unread, "It was." in read) == (False, True)
    assert "It was." in body(signed_in(decider).get(place))


def test_who_may_not_answer_reads_why_and_who_may():
    call, file, outcome = told_now()
    redress, other = asking(file), made.decider_of(call)
    took = made.decider_of(call)
    outcome.decision.approvals.create(person=took, at=AT)

    page = body(signed_in(took).get(at("redress-request", call.code, redress.code)))

    assert ("You took this decision" in page, str(other) in page, "<textarea" in page) == (
        True,
        True,
        False,
    )


def test_a_refused_answer_keeps_what_was_typed():
    call, file, _outcome = told_now(redress_days=1)
    redress = asking(file, days=9)
    Redress.objects.update(is_late=True)
    place = at("redress-answer", call.code, redress.code)

    page = body(
        signed_in(made.decider_of(call)).post(place, {"action": "uphold", "reasons": "Yes, so."})
    )

    assert ("it can only be found not admissible" in page, "Yes, so." in page) == (True, True)
    assert Redress.objects.get().state == RedressState.ASKED


def test_answering_needs_a_fresh_sign_in():
    call, file, _outcome = told_now()
    redress = asking(file)

    answer = signed_in(made.decider_of(call), ago=600).post(
        at("redress-answer", call.code, redress.code), {"action": "dismiss", "reasons": "No."}
    )

    assert ("reauthenticate" in answer["Location"], Redress.objects.get().state) == (
        True,
        RedressState.ASKED,
    )


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(files, django_assert_num_queries):
    call, file, _outcome = told_now()
    asking(file)
    for _number in range(files - 1):
        other = made.sent(call)
        made.told(other)
        asking(other)
    browser = signed_in(made.officer_of(call))

    with django_assert_num_queries(QUERIES):
        page = body(browser.get(at("redress-list", call.code)))

    assert page.count("-redress-1</a>") == files


QUERIES = 13


def test_the_list_is_found_filtered_and_exported():
    call, file, _outcome = told_now()
    asking(file)
    file.organisation.name = "=Cold Water"
    file.organisation.save()
    browser, place = signed_in(made.officer_of(call)), at("redress-list", call.code)

    found = body(browser.get(place, {"search": "cold water"}))
    none = body(browser.get(place, {"state": "upheld"}))
    sheet = browser.get(place, {"export": "csv"}).content.decode("utf-8-sig").splitlines()

    assert (f"{file.code}-redress-1" in found, f"{file.code}-redress-1" in none) == (True, False)
    assert sheet[0] == "number,organisation,ground,asked,late,until,state,closed"
    assert sheet[1].startswith(f"{file.code}-redress-1,'=Cold Water,fact,")


def test_the_officer_and_the_decider_see_it_waiting_with_its_day():
    call, file, _outcome = told_now()
    redress = asking(file)
    day = timezone.localdate() - timedelta(days=1)
    Redress.objects.update(answer_by=day)

    for person in (made.officer_of(call), made.decider_of(call)):
        page = body(signed_in(person).get(reverse("desks:home")))
        assert (at("redress-request", call.code, redress.code) in page, "overdue" in page) == (
            True,
            True,
        )
