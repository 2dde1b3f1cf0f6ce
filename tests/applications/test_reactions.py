"""Letters that follow, and what is told about people."""

from datetime import timedelta

import pytest
from django.utils import translation

from fondaco.applications.services import assessing, sending, writing
from fondaco.applications.states import State, Verdict
from fondaco.calls.services import cancel_call
from fondaco.kernel.told import erase_everywhere, everything_about
from fondaco.mail.models import Letter, LetterTemplate
from fondaco.mail.services import release_letters
from fondaco.mail.states import State as LetterState
from fondaco.trail.services import hear_all
from tests.factories.applications import (
    SMALL_ANSWERS,
    ApplicationFactory,
    FindingFactory,
    SubmissionFactory,
    add_rule,
    colleague_of,
    open_call,
)
from tests.factories.directory import AT, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db
AFTER = AT + timedelta(days=11)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


BODIES = {
    "application-received": "{{ person }} {{ organisation }} {{ call }} {{ number }} {{ date }}",
    "completion-asked": "{{ asked }} until {{ until }} at {{ address }}",
    "call-cancelled": "{{ call }}: {{ reasons }} on {{ date }}",
    "file-infected": "{{ file }} at {{ address }}",
    "not-eligible": "{{ reasons }} before {{ redress_until }} for {{ programme }}",
}


def with_letters(call, language="en"):
    for occasion, body in BODIES.items():
        LetterTemplate.objects.create(
            programme=call.programme,
            occasion=occasion,
            language=language,
            subject="About {{ number }}",
            body=body,
        )
    return call


def sent(call):
    application = ApplicationFactory(call=call)
    by = colleague_of(application.organisation)
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, by=by, at=AT)
    sending.submit_application(application.pk, key="k", by=by, at=AT)
    return application, by


def test_a_sent_application_is_confirmed_at_once():
    application, by = sent(with_letters(open_call()))

    hear_all(at=AT)

    letter = Letter.objects.get()
    assert (letter.to, letter.state) == (by, LetterState.RELEASED)
    assert letter.subject == f"About {application.code}"
    assert letter.body == (
        f"{by.name} {application.organisation.name} Bold call {application.code} "
        "1 November 2026, 10:00 CET"
    )


def test_every_version_that_is_sent_has_its_own_letter():
    application, by = sent(with_letters(open_call()))
    sending.submit_application(application.pk, key="k2", by=by, at=AT)
    given = {"questions": ["title"], "says": [], "days": 7, "by": PersonFactory()}
    assessing.ask_completion(application.pk, **given, at=AFTER)
    sending.submit_application(application.pk, key="k3", by=by, at=AFTER)

    hear_all(at=AFTER)

    letters = Letter.objects.filter(occasion="application-received").order_by("subject_code")
    assert [letter.subject_code for letter in letters] == [
        f"{application.code}-{number}" for number in (1, 2, 3)
    ]
    assert {letter.state for letter in letters} == {LetterState.RELEASED}


def test_the_days_of_a_completion_count_from_its_letter():
    application, _by = sent(with_letters(open_call()))
    given = {"questions": ["title"], "says": [], "days": 7, "by": PersonFactory()}
    assessing.ask_completion(application.pk, **given, at=AFTER)

    hear_all(at=AFTER + timedelta(hours=1))

    application.refresh_from_db()
    letter = Letter.objects.get(occasion="completion-asked")
    assert letter.released_at == AFTER
    assert application.asked_until.date() == (AFTER + timedelta(days=7)).date()


def test_letters_on_completion_go_out_at_once_and_each_request_has_its_own():
    application, _by = sent(with_letters(open_call()))
    officer = PersonFactory()
    for number in (1, 2):
        given = {"questions": ["title"], "says": [f"Say {number}."], "days": 7}
        assessing.ask_completion(application.pk, **given, by=officer, at=AFTER)
        hear_all(at=AT)
        again = application.section_answers.get(section="project").saved_by
        sending.submit_application(application.pk, key=f"again{number}", by=again, at=AFTER)

    first, second = Letter.objects.filter(occasion="completion-asked").order_by("pk")
    assert (first.state, second.state) == (LetterState.RELEASED, LetterState.RELEASED)
    assert first.subject_code == application.code
    assert second.subject_code.startswith(f"{application.code}.")
    assert first.body.startswith("- Say 1.\n- Title until 19 November 2026, 23:59 CET at <http")


def test_a_refusal_lists_the_conditions_that_are_not_met():
    call = with_letters(open_call(redress_days=30))
    add_rule(call, "country", "organisation.country", "in", ["TN"])
    application, _by = sent(call)

    assessing.refuse_application(application.pk, why="No proof.", by=PersonFactory(), at=AFTER)
    hear_all(at=AT)

    letter = Letter.objects.get(occasion="not-eligible")
    assert (letter.state, letter.counted) == (LetterState.WRITTEN, {"redress_until": 30})
    release_letters([letter.pk], by=None, at=AFTER + timedelta(days=2))
    letter.refresh_from_db()
    assert letter.body == (
        "- The condition country is met.\n- No proof. before 14 December 2026 for P1"
    )


def test_without_a_window_for_redress_the_officer_has_to_write_it():
    finding = FindingFactory(verdict=Verdict.NOT_MET)
    application = finding.application
    with_letters(application.call)
    PostFactory(organisation=application.organisation, is_admin=True)

    assessing.refuse_application(application.pk, why="", by=PersonFactory(), at=AFTER)
    hear_all(at=AT)

    assert "{{ redress_until }}" in Letter.objects.get().body


def test_the_letter_goes_to_an_administrator_when_the_sender_has_left():
    application = SubmissionFactory(by=PersonFactory()).application
    with_letters(application.call)
    admin = PostFactory(organisation=application.organisation, is_admin=True).person
    PostFactory(organisation=application.organisation)

    assessing.refuse_application(application.pk, why="No.", by=PersonFactory(), at=AFTER)
    hear_all(at=AT)

    assert [letter.to for letter in Letter.objects.all()] == [admin]


def test_without_a_template_nothing_is_written():
    sent(open_call())

    hear_all(at=AT)

    assert Letter.objects.count() == 0


def test_an_entry_about_nothing_writes_nothing():
    application, _by = sent(with_letters(open_call()))
    application.section_answers.all().delete()
    application.findings.all().delete()
    application.submissions.all().delete()
    application.delete()

    hear_all(at=AT)

    assert Letter.objects.count() == 0


def test_a_person_is_told_what_is_kept_of_them():
    application, by = sent(open_call())

    told = everything_about(by.pk)["applications"]

    assert [row["receipt"] for row in told["submitted"]] == [f"{application.code}-1"]
    assert {row["section"] for row in told["saved"]} == {"project", "end"}
    assert told["overruled"] == []


def test_erasing_a_person_says_what_stays():
    _application, by = sent(open_call())
    draft = ApplicationFactory(started_by=PersonFactory(), state=State.DRAFT)

    assert len(erase_everywhere(draft.started_by_id)) == 0
    assert "stay, with who sent" in " ".join(erase_everywhere(by.pk))


def test_a_letter_is_in_the_language_of_its_template():
    call = with_letters(open_call(), language="fr")
    application = SubmissionFactory(application__call=call).application
    PostFactory(organisation=application.organisation, is_admin=True, person__language="ar")

    assessing.ask_completion(
        application.pk,
        questions=["title"],
        says=[],
        days=7,
        by=PersonFactory(),
        at=AFTER,
    )
    hear_all(at=AT)

    assert "19 novembre 2026" in Letter.objects.get().body


def test_a_cancelled_call_tells_everybody_but_those_who_withdrew():
    call = open_call()
    with_letters(call)
    with_letters(call, "fr")
    writing_one, sent_one, gone = (
        ApplicationFactory(call=call),
        ApplicationFactory(call=call, sent=True),
        ApplicationFactory(call=call, state=State.WITHDRAWN),
    )
    people = [colleague_of(one.organisation, is_admin=True) for one in (writing_one, sent_one)]
    colleague_of(gone.organisation, is_admin=True)
    people[1].language = "fr"
    people[1].save()
    why = {"en": "No trainer.", "fr": "Pas de formateur."}

    for _time in range(2):
        hear_all(at=AT)
    cancel_call(call.pk, reason=why, by=PersonFactory(), at=AT)
    hear_all(at=AT)

    letters = Letter.objects.filter(occasion="call-cancelled").order_by("pk")
    assert [letter.to for letter in letters] == people
    assert [letter.state for letter in letters] == [LetterState.WRITTEN] * 2
    assert ["No trainer." in letters[0].body, "Pas de formateur." in letters[1].body] == [True] * 2


def test_the_letter_on_redress_counts_working_days_where_the_call_does():
    found = {}
    for name, counts in (("calendar", False), ("working", True)):
        call = open_call(
            counts_working_days=counts, weekend=["friday", "saturday"], redress_days=10
        )
        with_letters(call)
        application = ApplicationFactory(call=call, sent=True)
        colleague_of(application.organisation, is_admin=True)
        FindingFactory(application=application, verdict=Verdict.NOT_MET)
        assessing.refuse_application(application.pk, why="", by=PersonFactory(), at=AFTER)
        hear_all(at=AFTER)
        letter = Letter.objects.get(occasion="not-eligible", call=call.code)
        release_letters([letter.pk], by=PersonFactory(), at=AFTER)
        letter.refresh_from_db()
        found[name] = letter.body

    assert "before 22 November 2026" in found["calendar"]
    assert "before 26 November 2026" in found["working"]
