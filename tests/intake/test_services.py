"""Bringing in: each record once, as of its receipt, and nothing dropped."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from fondaco.applications.models import SectionAnswers, Submission
from fondaco.applications.services.writing import save_section
from fondaco.directory.models import Post
from fondaco.intake import services, tasks
from fondaco.intake.gateways import spool
from fondaco.intake.models import BroughtIn
from fondaco.intake.rules.bringing import Outcome, Reason
from fondaco.kernel.told import erase_everywhere, everything_about
from fondaco.questionnaires.rules.answers import mark
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from fondaco.web.jobs import job_of
from tests.factories.applications import open_call
from tests.factories.directory import AT, PostFactory
from tests.intake.work import LATER, draft, save_of, submit_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def title_of(application):
    """What stands in the working copy."""
    return SectionAnswers.objects.get(application=application, section="project").answers["title"]


def test_a_save_is_kept_as_of_its_receipt():
    application, person = draft()
    record = save_of(application, person, title="A pier")

    row = services.bring_in(record, at=LATER)

    kept = SectionAnswers.objects.get(application=application)
    assert (kept.answers, kept.saved_at, kept.saved_by) == ({"title": "A pier"}, AT, person)
    assert (row.outcome, row.received_at, row.brought_at) == (Outcome.TAKEN, AT, LATER)
    assert str(row) == f"{application.code} taken"
    assert row.kept == ""


def test_a_second_time_nothing_is_done():
    application, person = draft()
    record = save_of(application, person)
    first = services.bring_in(record, at=LATER)
    save_section(application.pk, section="project", answers={"title": "B"}, by=person, at=LATER)

    second = services.bring_in(record, at=LATER)

    assert (second, title_of(application)) == (first, "B")
    assert services.set_aside(record, at=LATER) == first


def both_saved(application, person, *, at=AT):
    """A complete draft, received."""
    return [save_of(application, person, section, at=at) for section in ("project", "end")]


def test_a_submission_counts_from_its_receipt_although_the_call_has_closed():
    call = open_call(closes_at=AT + SECOND)
    application, person = draft(call=call)
    for record in [*both_saved(application, person), submit_of(application, person, at=AT)]:
        services.bring_in(record, at=AT + timedelta(hours=3))

    sent = Submission.objects.get()

    assert (sent.at, sent.by, sent.number) == (AT, person, 1)
    assert BroughtIn.objects.get(kind="submit").receipt == sent.receipt


def test_one_key_is_one_submission():
    application, person = draft()
    for record in [
        *both_saved(application, person),
        submit_of(application, person),
        submit_of(application, person),
    ]:
        services.bring_in(record, at=LATER)

    assert Submission.objects.count() == 1
    assert len(set(BroughtIn.objects.filter(kind="submit").values_list("receipt", flat=True))) == 1


def test_what_came_too_late_is_refused_kept_and_told(django_capture_on_commit_callbacks):
    application, person = draft(call=open_call(closes_at=AT))
    for record in both_saved(application, person):
        services.bring_in(record, at=LATER)

    row = services.bring_in(submit_of(application, person, at=AT + SECOND), at=LATER)
    hear_all(at=timezone.now())
    tasks.mail_outcome(row.pk)

    assert (row.outcome, row.reasons) == (Outcome.REFUSED, ["closed"])
    assert not Submission.objects.exists()
    told = Entry.objects.get(verb="intake.refused")
    assert (told.subject, told.by_id) == (application.code, person.pk)
    assert told.data["sha256"] == row.sha256
    [letter] = mail.outbox
    assert letter.to == [person.email]
    assert "not submitted" in letter.subject
    assert row.identity in letter.body
    assert "2026-11-01 09:00:01 UTC" in letter.body


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda record: replace(record, application="bc-gone"), Reason.NO_APPLICATION),
        (lambda record: replace(record, person=10**9), Reason.NO_PERSON),
        (lambda record: replace(record, form=10**9), Reason.OTHER_FORM),
        (lambda record: replace(record, section="nowhere"), Reason.NO_SECTION),
        (lambda record: replace(record, at=AT - timedelta(days=9)), Reason.NO_RIGHT),
    ],
)
def test_what_may_not_be_brought_in_is_kept_whole(spoil, reason):
    application, person = draft()
    record = spoil(save_of(application, person))

    row = services.bring_in(record, at=LATER)

    assert (row.outcome, reason in row.reasons, row.kept) == (Outcome.REFUSED, True, record.body)
    assert not SectionAnswers.objects.exists()


def test_the_right_is_judged_at_the_moment_of_receipt():
    application, person = draft()
    Post.objects.filter(person=person).update(until=AT + SECOND)

    rows = [
        services.bring_in(save_of(application, person, at=at), at=LATER) for at in (AT, AT + SECOND)
    ]

    assert [row.outcome for row in rows] == [Outcome.TAKEN, Outcome.REFUSED]


def test_a_page_that_heard_of_none_of_its_saves_clashes_with_nobody():
    application, person = draft()
    texts = ["One", "One two", "One two three"]

    rows = [
        services.bring_in(
            save_of(application, person, at=AT + number * SECOND, title=text), at=LATER
        )
        for number, text in enumerate(texts)
    ]

    assert {row.outcome for row in rows} == {Outcome.TAKEN}
    assert title_of(application) == texts[-1]


def test_a_colleagues_change_stands_and_mine_is_kept_for_me():
    application, person = draft()
    colleague = PostFactory(organisation=application.organisation).person
    save_section(
        application.pk, section="project", answers={"title": "Theirs"}, by=colleague, at=AT
    )

    row = services.bring_in(save_of(application, person, title="Mine"), at=LATER)
    tasks.mail_outcome(row.pk)

    assert (row.outcome, row.reasons, title_of(application)) == (
        Outcome.CLASHED,
        ["title"],
        "Theirs",
    )
    assert "Mine" in row.kept
    assert "theirs stand" in mail.outbox[0].body


def test_a_page_that_saw_the_colleagues_change_goes_on_from_it():
    application, person = draft()
    save_section(application.pk, section="project", answers={"title": "Theirs"}, by=person, at=AT)

    row = services.bring_in(
        save_of(application, person, title="Mine", was={"title": mark("Theirs")}), at=LATER
    )

    assert (row.outcome, title_of(application)) == (Outcome.TAKEN, "Mine")


def test_a_record_that_our_own_fault_keeps_out_holds_up_no_other(monkeypatch, caplog):
    application, person = draft()
    poisoned, good = save_of(application, person, title="Poison"), save_of(application, person)
    for record in (poisoned, good):
        spool().keep(record)

    def fail(record, *, at):
        if record == poisoned:
            raise ValueError("ours")
        return services.bring_in(record, at=at)

    monkeypatch.setattr(tasks, "bring_in", fail)
    tasks.bring_in_everything()

    rows = {row.identity: row for row in BroughtIn.objects.all()}
    assert rows[poisoned.identity].reasons == [Reason.FAULT]
    assert rows[good.identity].outcome == Outcome.TAKEN
    assert "is set aside" in caplog.text
    assert spool().applications() == []


def test_what_another_worker_had_begun_comes_before_what_came_since(monkeypatch):
    application, person = draft()
    spool().keep(save_of(application, person, title="First"))
    with pytest.raises(KeyboardInterrupt), spool().taken(application.code):
        raise KeyboardInterrupt
    spool().keep(save_of(application, person, title="Second"))

    is_done = tasks.bring_in_application(application.code, at=LATER)

    assert (is_done, title_of(application)) == (True, "Second")
    with spool().taken(application.code):
        assert not tasks.bring_in_application(application.code, at=LATER)


def test_what_nobody_has_read_is_not_forgotten():
    application, person = draft()
    taken = services.bring_in(save_of(application, person), at=AT)
    refused = services.bring_in(save_of(application, person, at=AT - timedelta(days=9)), at=AT)
    services.forget_brought_in(before=AT + SECOND)
    left = set(BroughtIn.objects.all())
    services.mark_seen(refused.identity, by=person, at=AT)
    services.mark_seen(taken.identity, by=person, at=AT)

    services.forget_brought_in(before=AT + SECOND)

    assert left == {refused}
    assert not BroughtIn.objects.exists()


def test_a_person_is_told_what_is_kept_and_is_forgotten():
    application, person = draft()
    services.bring_in(save_of(application, person, at=AT - timedelta(days=9)), at=AT)

    told = everything_about(person.pk)["intake"]
    erase_everywhere(person.pk)

    assert [(one["code"], one["outcome"]) for one in told] == [(application.code, "refused")]
    row = BroughtIn.objects.get()
    assert (row.person, row.kept) == (None, "")
    tasks.mail_outcome(row.pk)
    assert mail.outbox == []


def test_the_jobs_are_declared():
    assert job_of("fondaco.intake.tasks.bring_in_everything").retries == 0
    assert job_of("fondaco.intake.tasks.mail_outcome").retries == 5
