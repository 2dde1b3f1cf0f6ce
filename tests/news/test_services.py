"""Following, and who is told of what: the letters, their links, and what is never said."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fondaco.calls import services as calls
from fondaco.calls.states import Kind
from fondaco.enquiries.services import publish_answer
from fondaco.kernel.told import erase_everywhere, everything_about
from fondaco.mail.models import Letter
from fondaco.mail.selectors import envelope_of
from fondaco.news import services, tasks
from fondaco.news.models import Follow
from fondaco.news.rules.following import Pace
from fondaco.news.selectors.follows import follow_of, token_of
from fondaco.trail.services import hear_all
from tests.factories.applications import ApplicationFactory, officer_of, open_call
from tests.factories.directory import AT, PersonFactory, PostFactory
from tests.factories.enquiries import answered_by, asked_call, enquired

pytestmark = pytest.mark.django_db
WHY = {"en": "A page was missing."}


@pytest.fixture(autouse=True)
def now():
    """Everything happens at AT, so that it is news."""
    with time_machine.travel(AT, tick=False):
        yield


def followed(call=None, pace=Pace.AT_ONCE, person=None, **filters):
    person = person or PersonFactory()
    said = {"call": call, "filters": filters, "pace": pace, "zone": "Europe/Brussels"}
    return services.follow(person=person, at=AT, **said)


def by_mail(call, email="reader@example.org", language="fr", **more):
    said = {"call": call, "filters": {}, "pace": Pace.AT_ONCE, "zone": "UTC"}
    return services.follow_by_mail(email=email, language=language, at=AT, **said | more)


def told(occasion="call-news"):
    return sorted(Letter.objects.filter(occasion=occasion).values_list("address", flat=True))


def test_a_correction_is_told_to_writers_and_followers_each_once():
    call = open_call()
    draft = ApplicationFactory(call=call)
    writer = PostFactory(organisation=draft.organisation, is_admin=True).person
    follower = followed(call).person
    followed(call, person=writer)
    followed(person=follower, programme=call.programme)

    calls.correct_call(call.pk, reason=WHY, by=officer_of(call.programme), at=AT)
    hear_all(at=AT)
    hear_all(at=AT)

    assert told() == sorted([writer.email, follower.email])
    assert set(Letter.objects.values_list("call", "programme")) == {("", None)}
    letter = Letter.objects.get(to=follower)
    assert "A page was missing" in letter.body
    assert "/stop/" in letter.unsubscribe


def test_where_applicants_have_letters_of_their_own_only_followers_are_told():
    call = open_call()
    draft = ApplicationFactory(call=call)
    PostFactory(organisation=draft.organisation, is_admin=True)
    follower = followed(call).person

    later = call.closes_at + timedelta(days=3)
    officer = officer_of(call.programme)
    calls.extend_call(call.pk, closes_at=later, reason=WHY, by=officer, at=AT)
    hear_all(at=AT)

    assert told() == [follower.email]
    assert "New deadline" in Letter.objects.get(to=follower).body


def test_an_answer_is_told_to_all_but_those_who_asked():
    call = asked_call()
    officers = [officer_of(call.programme), officer_of(call.programme)]
    enquiry = answered_by(enquired(call), officers, steps=2)
    follower = followed(call).person
    followed(call, person=enquiry.by)

    publish_answer(enquiry.pk, by=officers[0], at=AT)
    hear_all(at=AT)

    assert told() == [follower.email]
    assert told("answer-published") == [enquiry.by.email]


def test_what_is_published_is_told_to_those_whom_it_suits():
    call = open_call(published_at=None, kind=Kind.VOUCHER)
    suits = followed(kinds=["voucher"]).person
    followed(kinds=["training"])
    followed(kinds=["voucher"], pace=Pace.WEEKLY)

    calls.publish_call(call.pk, by=officer_of(call.programme), at=AT)
    hear_all(at=AT)

    assert told() == [suits.email]


def test_of_a_demonstration_only_those_are_told_who_follow_it_by_name():
    call = open_call(is_demonstration=True)
    followed()
    named = followed(call).person

    calls.suspend_call(call.pk, reason=WHY, by=officer_of(call.programme), at=AT)
    hear_all(at=AT)

    assert told() == [named.email]


def test_old_news_are_none():
    call = open_call()
    followed(call)

    calls.suspend_call(call.pk, reason=WHY, by=officer_of(call.programme), at=AT)
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        hear_all(at=AT)

    assert told() == []


def test_an_address_is_told_nothing_before_it_said_yes():
    call = open_call()
    one = by_mail(call)
    officer = officer_of(call.programme)

    calls.suspend_call(call.pk, reason=WHY, by=officer, at=AT)
    hear_all(at=AT)
    before = told()
    services.confirm_follow(one.pk, at=AT)
    calls.resume_call(call.pk, reason=WHY, by=officer, at=AT)
    hear_all(at=AT)

    assert (before, told()) == ([], ["reader@example.org"])
    asked = Letter.objects.get(occasion="following")
    assert (asked.to, asked.language, asked.unsubscribe) == (None, "fr", "")
    assert token_of(one) in asked.body.replace("\\", "")


def test_a_letter_that_can_be_ended_says_so_to_the_mail_program():
    call = open_call()
    one = by_mail(call)
    services.confirm_follow(one.pk, at=AT)
    calls.suspend_call(call.pk, reason=WHY, by=officer_of(call.programme), at=AT)
    hear_all(at=AT)

    envelope = envelope_of(Letter.objects.get(occasion="call-news"))

    assert envelope.unsubscribe.endswith(f"/fr/follow/{token_of(one)}/stop/")
    assert envelope.unsubscribe in envelope.text
    assert "portal" not in envelope.text
    assert "portail" not in envelope.text


def test_nobody_asks_an_address_twice_for_one_call():
    call = open_call()

    first, second = by_mail(call), by_mail(call, email="READER@example.org")

    assert (first is None, second) == (False, None)
    assert told("following") == ["reader@example.org"]


def test_a_call_followed_again_has_another_pace():
    person, call = PersonFactory(), open_call()

    followed(call, person=person)
    again = followed(call, Pace.WEEKLY, person=person)

    assert Follow.objects.get() == again
    assert Follow.objects.get().pace == Pace.WEEKLY


MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 8 in the morning in Brussels


def test_the_news_of_the_week_are_one_letter_and_none_where_nothing_happened():
    person, call = PersonFactory(), open_call()
    quiet = followed(open_call(), Pace.WEEKLY)
    followed(call, Pace.WEEKLY, person=person)
    followed(None, Pace.WEEKLY, person=person, programme=call.programme)
    Follow.objects.update(told_until=MONDAY - timedelta(days=7))
    officer = officer_of(call.programme)
    at = MONDAY - timedelta(days=1)
    call.acts.create(number=1, kind="suspension", at=at, reason=WHY)
    answered_by(enquired(call, at=at), [officer, officer_of(call.programme)], steps=3)

    for moment in (MONDAY - timedelta(seconds=1), MONDAY, MONDAY + timedelta(hours=1)):
        with time_machine.travel(moment, tick=False):
            tasks.tell_weeks()

    assert told("news-of-the-week") == [person.email]
    letter = Letter.objects.get(occasion="news-of-the-week")
    assert "The call was suspended" in letter.body
    assert "May partners be abroad?" in letter.body
    assert letter.unsubscribe.endswith("?all=1")
    quiet.refresh_from_db()
    assert quiet.told_until == MONDAY


def test_two_workers_tell_a_reader_once():
    one = followed(open_call(), Pace.WEEKLY)
    one.call.acts.create(number=1, kind="suspension", at=AT + timedelta(hours=1), reason=WHY)

    first, second = (
        services.tell_week([one], at=AT + timedelta(days=1, minutes=late)) for late in (0, 1)
    )

    assert (first is None, second) == (False, None)


def test_what_was_ended_is_gone_and_its_link_leads_nowhere():
    one = followed(open_call())
    other = followed(open_call(), person=one.person)
    token = token_of(one)

    services.end_follow(one.pk)
    services.end_follow(one.pk)
    services.end_all_follows(one.pk)

    assert follow_of(token) is None
    assert follow_of("made-up") is None
    assert list(Follow.objects.all()) == [other]
    services.end_all_follows(other.pk)
    assert not Follow.objects.exists()


def test_addresses_that_never_said_yes_are_forgotten():
    call = open_call()
    by_mail(call)
    kept = by_mail(call, email="other@example.org")
    services.confirm_follow(kept.pk, at=AT)

    with time_machine.travel(AT + timedelta(days=8), tick=False):
        tasks.forget_addresses()

    assert list(Follow.objects.all()) == [kept]


def test_an_erased_person_follows_nothing():
    person = followed(open_call()).person

    assert everything_about(person.pk)["news"]["follows"][0]["pace"] == "at-once"
    erase_everywhere(person.pk)

    assert not Follow.objects.exists()
