"""The applicant's pages: what they show, what they keep, what they refuse."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.applications import selectors
from fondaco.applications.models import Application, Submission
from fondaco.applications.services import writing
from fondaco.applications.states import State
from fondaco.documents.models import Upload
from fondaco.questionnaires.rules.answers import mark
from tests.applications.reader import signed_in
from tests.factories.applications import (
    FORM,
    SMALL_ANSWERS,
    ApplicationFactory,
    SubmissionFactory,
    add_rule,
    colleague_of,
    officer_of,
    open_call,
)
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.documents import PDF, UploadFactory
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _clock_and_language():
    with translation.override("en"), time_machine.travel(NOW, tick=False):
        yield


def address(page, application, *more):
    where = [application.call.code, application.code, *more]
    return reverse(f"applications:{page}", args=where)


def long_form(**more):
    return ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)), **more)


def desk(application):
    return signed_in(colleague_of(application.organisation))


def complete(application):
    by = colleague_of(application.organisation)
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, by=by, at=NOW)
    return signed_in(by)


# Starting


def test_signed_out_the_start_page_says_what_comes_first():
    call = open_call()

    page = Client().get(reverse("applications:start", args=[call.code]))

    assert page.status_code == 200
    assert "Sign in first" in page.content.decode()


def test_signed_out_starting_asks_to_sign_in():
    here = reverse("applications:start", args=[open_call().code])

    assert f"next={here}" in Client().post(here).url


def test_without_an_organisation_the_page_leads_to_one():
    call = open_call()

    page = signed_in(PersonFactory()).get(reverse("applications:start", args=[call.code]))

    assert "Your organisation comes first" in page.content.decode()


@pytest.mark.parametrize(
    ("timetable", "said"),
    [
        ({"opens_at": NOW + timedelta(days=1)}, "has not opened yet"),
        ({"closes_at": NOW - timedelta(days=1)}, "has closed"),
        ({"form": None}, "has no form"),
    ],
)
def test_a_call_that_takes_nothing_says_why(timetable, said):
    call = open_call()
    for field, value in timetable.items():
        setattr(call, field, value)
    call.save()
    client = signed_in(PostFactory().person)

    page = client.get(reverse("applications:start", args=[call.code]))

    assert said in page.content.decode()
    assert '<form method="post" novalidate' not in page.content.decode()


def test_a_closed_call_refuses_a_posted_start():
    call = open_call(closes_at=NOW - timedelta(days=1))
    post = PostFactory()

    page = signed_in(post.person).post(
        reverse("applications:start", args=[call.code]), {"organisation": post.organisation.code}
    )

    assert "has closed" in page.content.decode()
    assert Application.objects.count() == 0


def test_an_unpublished_call_is_nowhere():
    call = open_call(published_at=None)

    assert Client().get(reverse("applications:start", args=[call.code])).status_code == 404


def test_nobody_starts_for_an_organisation_of_others():
    call, stranger = open_call(), OrganisationFactory()

    signed_in(PostFactory().person).post(
        reverse("applications:start", args=[call.code]), {"organisation": stranger.code}
    )

    assert Application.objects.count() == 0


def test_the_language_is_asked_where_there_are_several():
    call = open_call(form_languages=["fr", "en"])
    post = PostFactory()
    client, here = signed_in(post.person), reverse("applications:start", args=[call.code])

    page = client.get(here)
    client.post(here, {"organisation": post.organisation.code, "language": "en"})

    assert "In which language" in page.content.decode()
    assert Application.objects.get().language == "en"


# Its own page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "The form"),
        ({"sent": True}, "You may correct and send it again"),
        ({"state": State.WITHDRAWN}, "was withdrawn"),
        (
            {
                "state": State.COMPLETION,
                "submitted_at": AT,
                "asked_until": NOW,
                "asked": [{"question": "title"}, {"says": "Too short."}],
            },
            "Too short.",
        ),
    ],
)
def test_the_page_of_an_application_says_where_it_stands(more, said):
    application = ApplicationFactory(**more)

    page = desk(application).get(address("detail", application))

    assert said in page.content.decode()


def test_after_the_deadline_writing_goes_on_but_sending_does_not():
    application = ApplicationFactory(call=open_call(closes_at=NOW - timedelta(seconds=1)))

    page = desk(application).get(address("detail", application))

    assert "in case the deadline moves" in page.content.decode()


def test_officers_are_led_to_their_own_page():
    application = ApplicationFactory(sent=True)
    client = signed_in(officer_of(application.call.programme))

    assert client.get(address("detail", application)).url == address("admission", application)


@pytest.mark.parametrize("page", ["detail", "review", "withdraw", "copy", "copy-as-data"])
def test_a_guessed_address_opens_nothing(page):
    application = ApplicationFactory()

    answer = signed_in(PersonFactory()).get(address(page, application))

    assert answer.status_code == 404


# Writing


def test_a_section_that_is_not_there_is_not_there():
    application = ApplicationFactory()

    assert desk(application).get(address("section", application, "song")).status_code == 404


def test_saving_goes_on_or_stays_as_the_button_says():
    application = ApplicationFactory()
    client, here = desk(application), address("section", application, "project")

    on = client.post(here, {"q-title": "A"})
    stay = client.post(here, {"q-title": "A", "stay": "1"})
    end = client.post(address("section", application, "end"), {"q-members": "3"})

    assert on.url == address("section", application, "end")
    assert stay.url == here
    assert end.url == address("review", application)


def test_a_wrong_answer_is_kept_and_said_at_the_top_and_beside_the_field():
    application = ApplicationFactory()
    here = address("section", application, "end")

    page = desk(application).post(here, {"q-members": "many"})

    text = page.content.decode()
    assert page.status_code == 422
    assert 'href="#q-members"' in text
    assert 'value="many"' in text
    assert selectors.copy_of(application).answers == {"members": "many"}


def test_a_text_too_long_is_kept_whole():
    application = ApplicationFactory()

    page = desk(application).post(address("section", application, "project"), {"q-title": "x" * 21})

    assert "At most 20 characters; there are 21." in page.content.decode()
    assert selectors.copy_of(application).answers == {"title": "x" * 21}


def test_what_is_missing_is_said_when_it_is_asked_for():
    application = ApplicationFactory()
    client, here = desk(application), address("section", application, "project")

    assert "needs an answer" not in client.get(here).content.decode()
    assert "needs an answer" in client.get(f"{here}?check=1").content.decode()


def test_a_clash_is_shown_and_chosen_field_by_field():
    application = ApplicationFactory()
    client, here = desk(application), address("section", application, "project")
    mine = {"q-title": "mine", "was-title": mark("")}
    desk(application).post(here, {"q-title": "theirs", "was-title": mark("")})

    page = client.post(here, mine)

    text = page.content.decode()
    assert page.status_code == 409
    assert "mine" in text
    assert "theirs" in text
    chosen = {"only": "title", "was-title": mark("theirs"), "q-title": "mine", "stay": "1"}
    client.post(here, chosen | {"choose-title": "theirs"})
    assert selectors.copy_of(application).answers == {"title": "theirs"}
    client.post(here, chosen | {"choose-title": "mine"})
    assert selectors.copy_of(application).answers == {"title": "mine"}


def test_a_colleagues_other_answers_are_kept_and_told():
    application = long_form()
    client, here = desk(application), address("section", application, "organisation")
    marks = {f"was-{code}": mark("") for code in ("name", "country", "members", "topics")}
    desk(application).post(here, {**marks, "q-name": "Atelier"})

    page = client.post(here, {**marks, "q-members": "3", "stay": "1"}, follow=True)

    assert "A colleague changed other answers" in page.content.decode()
    kept = selectors.copy_of(application).answers
    assert (kept["name"], kept["members"]) == ("Atelier", "3")


def test_choices_are_kept_in_the_clash_page_too():
    application = long_form()
    client, here = desk(application), address("section", application, "organisation")
    desk(application).post(here, {"q-topics": ["training"], "was-topics": mark([])})

    page = client.post(here, {"q-topics": ["travel"], "was-topics": mark([])})

    assert 'name="q-topics" value="travel"' in page.content.decode()


def test_a_page_that_may_not_be_saved_comes_back_with_what_was_typed():
    application = ApplicationFactory(state=State.ELIGIBLE, submitted_at=AT)

    page = desk(application).post(
        address("section", application, "project"), {"q-title": "my text"}
    )

    text = page.content.decode()
    assert page.status_code == 409
    assert "can no longer be changed" in text
    assert "my text" in text
    assert application.section_answers.count() == 0


def test_text_typed_with_an_expired_session_comes_back_after_signing_in():
    application = ApplicationFactory()
    person = colleague_of(application.organisation)
    here = address("section", application, "project")
    client = Client()

    answer = client.post(here, {"q-title": "typed for an hour"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page, later = client.get(here), client.get(here)

    assert f"next={here}" in answer.url
    assert "typed for an hour" in page.content.decode()
    assert "before you were asked to sign in" in page.content.decode()
    assert "typed for an hour" not in later.content.decode()
    assert application.section_answers.count() == 0


def test_text_given_back_clashes_with_what_a_colleague_wrote_meanwhile():
    application = ApplicationFactory()
    person = colleague_of(application.organisation)
    here, client = address("section", application, "project"), Client()
    save(application, "first")
    client.post(here, {"q-title": "mine", "was-title": mark("first")})
    save(application, "theirs")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(here)
    shown = [one for one in page.context["marks"].items() if one[0] == "title"]
    answer = client.post(here, {"q-title": "mine", **{f"was-{code}": was for code, was in shown}})

    assert f'value="{mark("first")}"' in page.content.decode()
    assert answer.status_code == 409
    assert selectors.copy_of(application).answers["title"] == "theirs"


def save(application, title):
    """A colleague's change."""
    writing.save_section(
        application.pk, section="project", answers={"title": title}, by=PersonFactory(), at=AT
    )


def test_text_kept_for_sign_in_does_not_live_for_ever():
    application = ApplicationFactory()
    here, client = address("section", application, "project"), Client()
    client.post(here, {"q-title": "old"})
    person = colleague_of(application.organisation)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        page = client.get(here)

    assert 'value="old"' not in page.content.decode()


def test_more_than_anybody_types_is_not_kept():
    application = ApplicationFactory()
    here, client = address("section", application, "project"), Client()

    client.post(here, {"q-title": "x" * 100_001})

    assert "typed-before-sign-in" not in client.session


def test_nothing_is_kept_for_an_application_that_is_none():
    application, client = ApplicationFactory(), Client()
    here = address("section", application, "project").replace(application.code, "made-up-code")

    answer = client.post(here, {"q-title": "anything"})

    assert answer.status_code == 302
    assert not Session.objects.exists()


# Files


def test_a_file_that_was_not_asked_for_is_not_taken_away():
    application = long_form(
        state=State.COMPLETION,
        submitted_at=AT,
        asked=[{"question": "aim"}],
        asked_until=AT + timedelta(days=5),
    )
    here = address("section", application, "project")

    page = desk(application).post(here, {"q-aim": "To weave", "remove": "offer"})

    assert page.status_code == 422
    assert "Only what you were asked to complete can be changed." in page.content.decode()


def send_file(application, content, name="offer.pdf"):
    sent = SimpleUploadedFile(name, content)
    here = address("section", application, "project")
    return desk(application).post(here, {"q-offer": sent, "q-aim": "To weave"})


def test_a_file_too_large_is_refused_and_the_rest_is_kept():
    application = long_form()

    page = send_file(application, PDF + b"\0" * 30 * 1024 * 1024)

    assert page.status_code == 422
    assert "larger than the 1 MB" in page.content.decode()
    assert Upload.objects.count() == 0
    assert selectors.copy_of(application).answers["aim"] == "To weave"


def test_a_program_that_calls_itself_pdf_is_refused():
    page = send_file(long_form(), b"MZ" + b"\0" * 99)

    assert "none of these: PDF" in page.content.decode()


def test_a_file_after_the_last_moment_is_refused_in_words():
    application = long_form(
        state=State.COMPLETION,
        submitted_at=AT,
        asked_until=NOW,
        asked=[{"question": "aim"}],
    )

    page = send_file(application, PDF)

    assert "Only what you were asked to complete" in page.content.decode()


def test_a_file_is_taken_away_again():
    application = long_form()
    send_file(application, PDF)
    here = address("section", application, "project")

    answer = desk(application).post(here, {"remove": "offer", "q-aim": "To weave"})

    assert answer.url == here
    assert selectors.copy_of(application).files == {}


def test_a_file_is_given_as_a_download_of_a_fixed_kind():
    application = ApplicationFactory()
    upload = UploadFactory(owner=application.code)

    answer = desk(application).get(address("file", application, upload.code))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="offer.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


def test_the_office_gets_only_files_that_were_sent():
    application = SubmissionFactory().application
    working, sent = UploadFactory.create_batch(2, owner=application.code)
    Submission.objects.update(content={"answers": {}, "files": {"a": {"code": sent.code}}})
    client = signed_in(officer_of(application.call.programme))

    answers = [
        client.get(address("file", application, code))
        for code in (working.code, sent.code, "nothing")
    ]

    assert b"".join(answers[1].streaming_content) == PDF
    assert [answer.status_code for answer in answers] == [404, 200, 404]


# Signing and sending


def test_a_signature_without_a_name_is_asked_again():
    application = long_form()
    client, here = desk(application), address("sign", application, "signature")

    assert client.get(here).status_code == 200
    assert "has-error" in client.post(here, {"name": ""}).content.decode()
    assert client.get(address("sign", application, "aim")).status_code == 404


def test_a_signature_on_what_is_decided_is_refused_in_words():
    application = long_form(state=State.ELIGIBLE, submitted_at=AT)

    page = desk(application).post(address("sign", application, "signature"), {"name": "Amal"})

    assert "can no longer be changed" in page.content.decode()


def test_signing_asks_for_a_fresh_sign_in():
    application = long_form()
    client = Client()
    person = colleague_of(application.organisation)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get(address("sign", application, "signature"))

    assert "reauthenticate" in answer.url


def test_the_review_page_links_every_problem_to_its_field():
    application = ApplicationFactory()
    add_rule(application.call, "country", "organisation.country", "in", ["TN"], stops=True)

    page = desk(application).get(address("review", application))

    text = page.content.decode()
    assert f"{address('section', application, 'end')}?check=1#q-members" in text
    assert "Not met" in text
    assert "Known: France, from the organisation&#x27;s entry in the directory." in text
    assert "A condition of the call that stops a submission is not met." in text


def test_pressed_twice_it_is_sent_once():
    application = ApplicationFactory()
    client = complete(application)
    key = {"key": client.get(address("review", application)).context["key"]}

    first = client.post(address("submit", application), key)
    second = client.post(address("submit", application), key)

    assert first.url == second.url == address("receipt", application, 1)
    assert Submission.objects.count() == 1


def test_closed_between_looking_and_sending_is_said_with_every_reason():
    application = ApplicationFactory()
    client = complete(application)
    key = {"key": client.get(address("review", application)).context["key"]}

    with time_machine.travel(application.call.closes_at + timedelta(seconds=1), tick=False):
        page = client.post(address("submit", application), key, follow=True)

    assert "The call has closed." in page.content.decode()
    assert Submission.objects.count() == 0


def test_sending_without_a_key_or_signed_out_sends_nothing():
    application = ApplicationFactory()
    client = complete(application)

    assert client.post(address("submit", application)).url == address("review", application)
    answer = Client().post(address("submit", application), {"key": "k"})
    assert f"next={address('review', application)}" in answer.url
    assert client.get(address("submit", application)).status_code == 405
    assert Submission.objects.count() == 0


def test_a_receipt_of_an_older_version_says_so():
    first = SubmissionFactory()
    SubmissionFactory(application=first.application, number=2)
    client = desk(first.application)

    old = client.get(address("receipt", first.application, 1))
    new = client.get(address("receipt", first.application, 2))

    assert "A later version was sent" in old.content.decode()
    assert "This is the version that counts" in new.content.decode()
    assert client.get(address("receipt", first.application, 3)).status_code == 404


def test_the_paper_is_waited_for_without_reloading():
    sent = SubmissionFactory()
    client = desk(sent.application)
    here = address("receipt", sent.application, 1)

    answer = client.get(f"{here}?paper=asked", headers=HTMX)

    assert "data-hx-get" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert client.get(address("paper", sent.application, 1)).status_code == 404
    assert client.post(address("paper", sent.application, 2)).status_code == 404


def test_withdrawing_asks_for_a_reason_and_a_yes():
    application = ApplicationFactory()
    client, here = desk(application), address("withdraw", application)

    assert client.post(here, {"why": "We merge."}).status_code == 200
    application.refresh_from_db()
    assert application.state == State.DRAFT
    answer = client.post(here, {"why": "We merge.", "is_sure": "on"})
    application.refresh_from_db()
    assert answer.url == address("detail", application)
    assert application.state == State.WITHDRAWN
    again = client.post(here, {"why": "We merge.", "is_sure": "on"})
    assert "not possible in the present state" in again.content.decode()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_page_opens_in_every_language(language):
    sent = SubmissionFactory()
    application, client = sent.application, desk(sent.application)
    pages = [
        address("detail", application),
        address("section", application, "project"),
        address("review", application),
        address("receipt", application, 1),
        address("withdraw", application),
        address("copy", application),
        reverse("applications:start", args=[application.call.code]),
    ]

    codes = [client.get(page.replace("/en/", f"/{language}/", 1)).status_code for page in pages]

    assert codes == [200] * len(pages)


def test_a_full_organisation_is_led_to_what_it_sent():
    post = PostFactory()
    call = open_call(per_organisation=1, closes_at=timezone.now() + timedelta(days=1))
    sent = ApplicationFactory(call=call, organisation=post.organisation, sent=True)
    client, here = signed_in(post.person), reverse("applications:start", args=[call.code])

    page = client.get(here).content.decode()
    posted = client.post(here, {"organisation": post.organisation.code}).content.decode()

    assert "Each organisation may send one application to this call." in page
    assert reverse("applications:detail", args=[call.code, sent.code]) in page
    assert 'name="organisation"' not in page
    assert "as many applications to this call as it may" in posted
    assert call.applications.count() == 1


def test_of_two_organisations_the_one_with_room_starts():
    post = PostFactory()
    free = PostFactory(person=post.person).organisation
    call = open_call(per_organisation=1, closes_at=timezone.now() + timedelta(days=1))
    ApplicationFactory(call=call, organisation=post.organisation, sent=True)
    client, here = signed_in(post.person), reverse("applications:start", args=[call.code])

    refused = client.post(here, {"organisation": post.organisation.code}).content.decode()
    client.post(here, {"organisation": free.code})

    assert "as many applications to this call as it may" in refused
    assert call.applications.filter(organisation=free).count() == 1
