"""Races over applications: colleagues who write, people who send, officers who assess."""

from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import override_settings

from fondaco.applications.models import Application, Finding, Member, Submission
from fondaco.applications.services import (
    arrivals,
    assessing,
    extending,
    partners,
    sending,
    signing,
    writing,
)
from fondaco.applications.states import Standing, State, Verdict
from fondaco.documents.models import Transfer, Upload
from fondaco.questionnaires.rules.answers import mark
from tests.factories.applications import (
    FORM,
    SMALL_ANSWERS,
    ApplicationFactory,
    SubmissionFactory,
    add_rule,
    colleague_of,
    open_call,
)
from tests.factories.directory import AT, OrganisationFactory, PersonFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory
from tests.locks.race import Scene, race, told

APPLICATION = "applications.locked_application"
SECTION = "applications.locked_section"
SAVING = "applications.locked_for_saving"


def written(**more):
    """A draft without gaps, and who writes it."""
    application, by = ApplicationFactory(**more), PersonFactory()
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, by=by, at=AT)
    return application, by


@race(
    APPLICATION,
    held=("", "", ["k"]),
    broken=("", "constraint applications_submission_receipt_key", ["k"]),
)
def one_key_makes_one_submission():
    """Without the lock the constraint says no, and whoever pressed twice sees a fault."""
    application, by = written()

    def send():
        sending.submit_application(application.pk, key="k", by=by, at=AT)

    return Scene(send, send, lambda: list(Submission.objects.values_list("key", flat=True)))


@race(
    APPLICATION,
    held=("", "", [1, 2]),
    broken=("", "constraint applications_submission_receipt_key", [1]),
)
def two_submissions_are_numbered_one_after_the_other():
    application, by = written()
    return Scene(
        lambda: sending.submit_application(application.pk, key="a", by=by, at=AT),
        lambda: sending.submit_application(application.pk, key="b", by=by, at=AT),
        lambda: sorted(Submission.objects.values_list("number", flat=True)),
    )


@race(
    APPLICATION,
    held=("", "not-editable", State.WITHDRAWN),
    broken=("", "", State.SUBMITTED),
)
def what_was_just_withdrawn_is_not_sent():
    application, by = written()
    return Scene(
        lambda: sending.withdraw_application(application.pk, why="No.", by=by, at=AT),
        lambda: sending.submit_application(application.pk, key="k", by=by, at=AT),
        lambda: Application.objects.get().state,
    )


@race(
    APPLICATION,
    held=("", "not-now", State.WITHDRAWN),
    broken=("", "", State.ELIGIBLE),
)
def what_was_just_withdrawn_is_not_admitted():
    file, by = ApplicationFactory(call=open_call(intake="always"), sent=True), PersonFactory()
    return Scene(
        lambda: sending.withdraw_application(file.pk, why="No.", by=by, at=AT),
        lambda: assessing.admit_application(file.pk, by=by, at=AT),
        lambda: Application.objects.get().state,
    )


@race(APPLICATION, held=("", "not-later-than-holds", 1), broken=("", "", 2))
def an_application_is_given_more_time_once():
    application, by = written()
    until = application.call.closes_at + timedelta(days=3)

    def extend():
        extending.extend_application(application.pk, until=until, why="Ill.", by=by, at=AT)

    return Scene(extend, extend, told("application.extended"))


@race(APPLICATION, held=("", "", 1), broken=("", "", 2))
def a_receipt_is_kept_on_paper_once():
    submission = SubmissionFactory()

    def keep():
        sending.keep_paper(submission, pdf=PDF, language="en", at=AT)

    return Scene(keep, keep, Upload.objects.count)


def typed(application, by, **answers):
    """Save what was typed into the section."""
    given = {"section": "organisation", "by": by, "at": AT}
    writing.save_section(application.pk, answers=answers, **given)


def posted(application, by, **answers):
    """Save the section as a page sends it that was opened when only the name stood there."""
    sent = {}
    for code, stood in (("name", "House"), ("country", ""), ("members", "")):
        sent[f"was-{code}"], sent[f"q-{code}"] = [mark(stood)], [answers.get(code, stood)]
    writing.save_posted(application.code, section="organisation", sent=sent, by=by, at=AT)


def answered_twice(save=typed):
    """Two colleagues who answer different questions of one section."""
    application = ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))
    by = colleague_of(application.organisation)
    typed(application, by, name="House")

    def stands():
        answers = application.section_answers.get().answers
        return sorted(code for code, said in answers.items() if said)

    return Scene(
        lambda: save(application, by, country="TN"),
        lambda: save(application, by, members="12"),
        stands,
    )


@race(
    SAVING,
    held=("", "", ["country", "members", "name"]),
    broken=("", "", ["members", "name"]),
    besides=(SECTION,),
)
def colleagues_who_save_at_once_lose_nothing():
    return answered_twice()


@race(
    "applications.locked_by_colleague",
    held=("", "", ["country", "members", "name"]),
    broken=("", "", ["members", "name"]),
    besides=(SECTION,),
)
def pages_of_colleagues_that_save_themselves_lose_nothing():
    return answered_twice(posted)


@race(
    SECTION,
    held=("", "", ["country", "members", "name"]),
    broken=("", "", ["members", "name"]),
    besides=(SAVING,),
)
def colleagues_who_write_one_section_lose_nothing():
    return answered_twice()


@race(
    "applications.locked_for_file",
    held=("", "", 1),
    broken=("", "", 2),
    besides=(SECTION,),
)
def a_file_leaves_no_other_behind():
    call = open_call(form=FormVersionFactory(schema=FORM))
    application, by = ApplicationFactory(call=call), PersonFactory()
    given = {"section": "project", "answers": {"aim": "A bridge"}, "by": by, "at": AT}
    writing.save_section(application.pk, **given)

    def attach():
        file = {"question": "offer", "name": "offer.pdf", "content": ContentFile(PDF)}
        writing.attach_file(application.pk, **file, by=by, at=AT)

    return Scene(attach, attach, Upload.objects.count)


@race(
    "applications.locked_for_file_of",
    held=("", "", 1),
    broken=("", "", 2),
    besides=(SECTION,),
)
def a_file_that_arrived_in_parts_leaves_no_other_behind():
    application = ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))
    by = colleague_of(application.organisation)
    given = {"section": "project", "answers": {"aim": "A bridge"}, "by": by, "at": AT}
    writing.save_section(application.pk, **given)

    @transaction.atomic
    def arrive():
        way = {"door": "application", "owner": application.code, "place": "offer"}
        transfer = Transfer(name="offer.pdf", length=len(PDF), megabytes=1, by=by, at=AT, **way)
        arrivals.keep_arrived(transfer, ContentFile(PDF), by, AT)

    return Scene(arrive, arrive, Upload.objects.count)


@race(
    "applications.locked_finding",
    held=("", "", ("met", "not-met")),
    broken=("", "", ("met", "")),
    besides=(APPLICATION,),
)
def an_officers_word_stands_over_what_the_rule_found_just_now():
    call = open_call(intake="always")
    add_rule(call, "members", "answer.members", "at-least", 20)
    application, by = written(call=call)
    sending.submit_application(application.pk, key="a", by=by, at=AT)
    writing.save_section(application.pk, section="end", answers={"members": "20"}, by=by, at=AT)
    word = {"rule": "members", "verdict": Verdict.NOT_MET, "why": "Two left.", "by": by, "at": AT}
    return Scene(
        lambda: sending.submit_application(application.pk, key="b", by=by, at=AT),
        lambda: assessing.overrule_finding(application.pk, **word),
        lambda: Finding.objects.values_list("verdict", "overruled").get(),
    )


@race("applications.locked_submission", held=("", "", True), broken=("", "", False))
def a_signature_stays_as_it_is():
    """The second worker has another key: the first signature stands all the same."""
    submission = SubmissionFactory()
    signed = []

    def sign():
        signed.append(signing.sign_submission(submission.pk, at=AT).signature)

    def sign_anew():
        with override_settings(RECEIPT_KEY=settings.VAR / "keys" / "another.pem"):
            sign()

    return Scene(sign, sign_anew, lambda: Submission.objects.get().signature == signed[0])


@race(
    APPLICATION,
    held=("", "partners-settled", 0),
    broken=("", "", 1),
)
def a_partner_does_not_confirm_what_was_just_sent():
    call = open_call(consortium_most=1, consortium_confirm=False)
    application, by = written(call=call)
    firm = OrganisationFactory()
    member = partners.invite_partner(application.pk, organisation=firm, by=by, at=AT)
    answer = {"organisation": firm, "promise": "We build.", "by": by, "at": AT}
    return Scene(
        lambda: sending.submit_application(application.pk, key="k", by=by, at=AT),
        lambda: partners.confirm(member.pk, **answer),
        lambda: Member.objects.filter(standing=Standing.CONFIRMED).count(),
    )
