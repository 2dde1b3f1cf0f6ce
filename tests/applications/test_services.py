"""The verbs: the row, the trail, and on refusal nothing at all."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from fondaco.applications import selectors
from fondaco.applications.models import Application, Finding, Submission
from fondaco.applications.rules.admission import Reason as AdmissionReason
from fondaco.applications.rules.saving import Clash
from fondaco.applications.rules.submission import Reason
from fondaco.applications.services import assessing, sending, writing
from fondaco.applications.states import State, Verdict
from fondaco.calls.rules.opening import Reason as CallReason
from fondaco.documents.models import Upload
from fondaco.documents.rules import Reason as FileReason
from fondaco.kernel.decisions import Refused
from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.rules.answers import mark
from fondaco.trail.models import Entry
from tests.factories.applications import (
    FORM,
    SMALL_ANSWERS,
    ApplicationFactory,
    FindingFactory,
    add_rule,
    open_call,
)
from tests.factories.directory import AT, OrganisationFactory, PersonFactory
from tests.factories.documents import PDF
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
AFTER = AT + timedelta(days=11)


def who(at=AT):
    return {"by": PersonFactory(), "at": at}


def written(**more):
    application = ApplicationFactory(**more)
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, **who())
    return application


def long_form(**more):
    return ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)), **more)


def verbs(application):
    entries = Entry.objects.filter(subject=application.code).order_by("pk")
    return list(entries.values_list("verb", flat=True))


def refused(reason):
    return pytest.raises(Refused, match=f"^{reason.value}$")


# Starting


def test_starting_makes_a_draft_with_what_is_known():
    call = open_call(form=FormVersionFactory(schema=FORM), form_languages=["fr", "en"])
    organisation, acting = OrganisationFactory(name="Atelier", country="TN"), who()

    application = writing.start_application(
        call, organisation=organisation, language="en", **acting
    )

    assert (application.state, application.language) == (State.DRAFT, "en")
    assert selectors.copy_of(application).answers == {"name": "Atelier", "country": "TN"}
    assert verbs(application) == ["application.started"]
    entry = Entry.objects.get(subject=application.code)
    assert (entry.programme, entry.by_id, entry.at) == (call.programme.code, acting["by"].pk, AT)


def test_a_language_the_call_does_not_take_becomes_its_first():
    call = open_call(form_languages=["fr"])

    application = writing.start_application(
        call, organisation=OrganisationFactory(), language="ar", **who()
    )

    assert application.language == "fr"


def test_starting_again_goes_on_with_the_draft():
    call, organisation = open_call(), OrganisationFactory()
    first = writing.start_application(call, organisation=organisation, **who())

    again = writing.start_application(call, organisation=organisation, **who())

    assert again == first
    assert Application.objects.count() == 1


def test_a_draft_made_at_the_same_moment_is_gone_on_with(monkeypatch):
    draft = ApplicationFactory()
    seen = iter([None, draft])
    monkeypatch.setattr(
        "fondaco.applications.services.writing.draft_of", lambda call, organisation: next(seen)
    )

    found = writing.start_application(draft.call, organisation=draft.organisation, **who())

    assert found == draft


def test_a_code_that_is_taken_is_no_draft(monkeypatch):
    taken = ApplicationFactory(sent=True)
    monkeypatch.setattr("fondaco.applications.services.writing._new_code", lambda call: taken.code)

    with pytest.raises(IntegrityError):
        writing.start_application(open_call(), organisation=OrganisationFactory(), **who())

    assert Application.objects.count() == 1


def test_another_application_is_possible_once_the_first_is_sent():
    call, organisation = open_call(), OrganisationFactory()
    first = written(call=call, organisation=organisation)
    sending.submit_application(first.pk, key="k", **who())

    second = writing.start_application(call, organisation=organisation, **who())

    assert second != first


def test_an_organisation_sends_no_more_than_the_call_takes():
    call, organisation = open_call(per_organisation=1), OrganisationFactory()
    first = written(call=call, organisation=organisation)
    sending.submit_application(first.pk, key="k", **who())

    with refused(Reason.MOST_SENT):
        writing.start_application(call, organisation=organisation, **who())

    sending.submit_application(first.pk, key="corrected", **who())
    assert Application.objects.count() == 1


def test_a_withdrawn_application_makes_room():
    call, organisation = open_call(per_organisation=1), OrganisationFactory()
    first = written(call=call, organisation=organisation)
    sending.submit_application(first.pk, key="k", **who())
    sending.withdraw_application(first.pk, why="Wrong.", **who())

    second = writing.start_application(call, organisation=organisation, **who())

    assert second != first


def test_a_draft_of_before_is_not_sent_beyond_what_the_call_takes():
    call, organisation = open_call(), OrganisationFactory()
    first = written(call=call, organisation=organisation)
    sending.submit_application(first.pk, key="k", **who())
    second = written(call=call, organisation=organisation)
    call.per_organisation = 1
    call.save()

    with refused(Reason.MOST_SENT):
        sending.submit_application(second.pk, key="k", **who())

    assert verbs(second) == []


def test_a_closed_call_is_not_started():
    call = open_call()

    with refused(CallReason.CLOSED):
        writing.start_application(
            call, organisation=OrganisationFactory(), **who(call.closes_at + timedelta(seconds=1))
        )

    assert (Application.objects.count(), Entry.objects.count()) == (0, 0)


# Writing


def test_saving_keeps_what_was_typed_and_counts_the_revision():
    application, acting = ApplicationFactory(), who(LATER)

    writing.save_section(
        application.pk, section="project", answers={"title": "A", "song": "no"}, **acting
    )
    writing.save_section(application.pk, section="project", answers={"title": "A"}, **acting)

    row = application.section_answers.get()
    assert (row.answers, row.revision, row.saved_by, row.saved_at) == (
        {"title": "A"},
        1,
        acting["by"],
        LATER,
    )
    application.refresh_from_db()
    assert application.edited_at == LATER
    assert verbs(application) == []


def test_saving_never_unsubmits():
    application = written()
    sending.submit_application(application.pk, key="k", **who())

    writing.save_section(application.pk, section="project", answers={"title": "B"}, **who(LATER))

    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert Submission.objects.get().content["answers"]["title"] == "A bridge"


def test_two_colleagues_lose_nothing():
    application, was = ApplicationFactory(), {"title": mark("")}
    save = {"section": "project", "was": was}
    writing.save_section(application.pk, answers={"title": "theirs"}, **save, **who())

    found = writing.save_section(application.pk, answers={"title": "mine"}, **save, **who())

    assert found.clashes == (Clash("title", "mine", "theirs"),)
    assert selectors.copy_of(application).answers == {"title": "theirs"}


@pytest.mark.parametrize(
    ("section", "state", "at", "reason"),
    [
        ("song", State.DRAFT, AT, Reason.NO_SUCH_QUESTION),
        ("project", State.WITHDRAWN, AT, Reason.NOT_EDITABLE),
        ("project", State.ELIGIBLE, AT, Reason.NOT_EDITABLE),
    ],
)
def test_what_may_not_be_saved_changes_nothing(section, state, at, reason):
    application = ApplicationFactory(state=state, submitted_at=AT)

    with refused(reason):
        writing.save_section(application.pk, section=section, answers={"title": "A"}, **who(at))

    assert application.section_answers.count() == 0


def attach(application, content=PDF, at=AT):
    return writing.attach_file(
        application.pk, question="offer", name="offer.pdf", content=ContentFile(content), **who(at)
    )


def test_a_new_file_takes_the_place_of_the_old_one():
    application = long_form()
    first = attach(application)

    second = attach(application)

    assert selectors.copy_of(application).files == {"offer": second}
    assert list(Upload.objects.values_list("code", flat=True)) == [second]
    assert first != second


def test_a_file_that_was_sent_is_kept():
    application = long_form()
    code = attach(application)
    content = {"answers": {}, "files": {"offer": {"code": code}}}
    Submission.objects.create(
        application=application, number=1, receipt="r", key="k", content=content, at=AT
    )

    writing.detach_file(application.pk, question="offer", **who(LATER))

    assert Upload.objects.get(code=code).removed_at == LATER
    assert selectors.copy_of(application).files == {}


def test_thirty_megabytes_are_refused_where_one_is_allowed():
    application = long_form()

    with refused(FileReason.TOO_LARGE):
        attach(application, PDF + b"\0" * 30 * 1024 * 1024)

    assert (Upload.objects.count(), application.section_answers.count()) == (0, 0)


def test_a_question_that_asks_for_no_file_takes_none():
    application = long_form()

    with refused(Reason.NO_SUCH_QUESTION):
        writing.attach_file(
            application.pk, question="aim", name="a.pdf", content=ContentFile(PDF), **who()
        )


def test_a_signature_stands_under_what_is_answered():
    application, acting = long_form(), who(LATER)
    writing.save_section(application.pk, section="project", answers={"aim": "A"}, **who())

    writing.sign(application.pk, question="signature", name=" Amal ", **acting)

    copy = selectors.copy_of(application)
    assert copy.answers["signature"] == {
        "name": "Amal",
        "by": str(acting["by"].pk),
        "at": LATER.isoformat(),
        "of": copy.signed,
    }


def test_a_signature_needs_a_name():
    application = long_form()

    with refused(Reason.NAME_NEEDED):
        writing.sign(application.pk, question="signature", name=" ", **who())

    assert application.section_answers.count() == 0


# Sending


def test_submitting_freezes_a_numbered_version_with_a_salted_hash():
    application, acting = written(), who(LATER)

    frozen = sending.submit_application(application.pk, key="k", **acting)

    application.refresh_from_db()
    assert (application.state, application.submitted_at) == (State.SUBMITTED, LATER)
    assert (frozen.number, frozen.receipt, frozen.by) == (1, f"{application.code}-1", acting["by"])
    assert frozen.content["answers"] == {"title": "A bridge", "members": "12"}
    assert frozen.content["form"]["fingerprint"] == application.form.fingerprint
    assert fingerprint(frozen.content, salt=frozen.salt) == frozen.fingerprint
    entry = Entry.objects.get(subject=application.code)
    assert (entry.verb, entry.data["fingerprint"]) == (
        "application.submitted",
        frozen.fingerprint,
    )
    assert "A bridge" not in str(entry.data)


def test_the_same_key_sends_once():
    application = written()
    first = sending.submit_application(application.pk, key="k", **who())

    again = sending.submit_application(application.pk, key="k", **who(LATER))

    assert again == first
    assert verbs(application) == ["application.submitted"]


def test_another_key_sends_another_version():
    application = written()
    sending.submit_application(application.pk, key="k", **who())

    second = sending.submit_application(application.pk, key="l", **who(LATER))

    assert (second.number, second.receipt) == (2, f"{application.code}-2")


@pytest.mark.parametrize("delay", [timedelta(seconds=1), timedelta(days=9)])
def test_late_is_late(delay):
    application = written()

    with refused(CallReason.CLOSED):
        sending.submit_application(
            application.pk, key="k", **who(application.call.closes_at + delay)
        )

    application.refresh_from_db()
    assert (application.state, Submission.objects.count()) == (State.DRAFT, 0)
    assert verbs(application) == []


def test_an_incomplete_application_is_not_sent():
    application = ApplicationFactory()

    with refused(Reason.INCOMPLETE):
        sending.submit_application(application.pk, key="k", **who())

    assert Submission.objects.count() == 0


def test_only_stops_that_are_not_met_stop():
    call = open_call()
    add_rule(call, "country", "organisation.country", "in", ["TN"])
    add_rule(call, "size", "organisation.size", "in", ["micro"], stops=True)
    add_rule(call, "members", "answer.members", "at-least", 20, stops=True)
    application = written(call=call)

    with refused(Reason.STOPPED):
        sending.submit_application(application.pk, key="k", **who())

    answers = {"members": "20"}
    writing.save_section(application.pk, section="end", answers=answers, **who())
    sending.submit_application(application.pk, key="k", **who())
    found = Finding.objects.order_by("position").values_list("rule", "verdict", "told")
    assert list(found) == [
        ("country", "not-met", "FR"),
        ("size", "unknown", None),
        ("members", "met", "20"),
    ]


def test_an_officers_word_stands_until_the_verdict_changes():
    call = open_call(intake="always")
    add_rule(call, "members", "answer.members", "at-least", 20)
    application, officer = written(call=call), PersonFactory()
    sending.submit_application(application.pk, key="a", **who())
    given = {"rule": "members", "verdict": Verdict.MET, "why": "Seen.", "by": officer, "at": AT}
    assessing.overrule_finding(application.pk, **given)

    sending.submit_application(application.pk, key="b", **who())
    kept = Finding.objects.get()
    writing.save_section(application.pk, section="end", answers={"members": "20"}, **who())
    sending.submit_application(application.pk, key="c", **who())

    assert (kept.overruled, kept.overruled_why, kept.overruled_by) == ("met", "Seen.", officer)
    assert (Finding.objects.get().verdict, Finding.objects.get().overruled) == ("met", "")


def test_the_lock_precedes_every_write():
    application = written()

    with CaptureQueriesContext(
        connection,
    ) as seen:
        sending.submit_application(application.pk, key="k", **who())

    statements = [query["sql"] for query in seen.captured_queries]
    locked = next(at for at, sql in enumerate(statements) if "applications_application" in sql)
    first = next(
        at
        for at, sql in enumerate(statements)
        if sql.startswith(("INSERT", "UPDATE")) and "applications_" in sql
    )
    assert locked < first
    assert ("FOR UPDATE" in statements[locked]) == connection.features.has_select_for_update


def test_withdrawing_keeps_everything_with_the_reason():
    application = written()
    sending.submit_application(application.pk, key="k", **who())

    sending.withdraw_application(application.pk, why=" We merge. ", **who(LATER))

    application.refresh_from_db()
    assert (application.state, application.withdrawn_why) == (State.WITHDRAWN, "We merge.")
    assert Submission.objects.count() == 1
    assert verbs(application) == ["application.submitted", "application.withdrawn"]


def test_withdrawing_needs_a_reason_and_happens_once():
    application = ApplicationFactory()

    with refused(AdmissionReason.WHY_NEEDED):
        sending.withdraw_application(application.pk, why=" ", **who())
    sending.withdraw_application(application.pk, why="No.", **who())
    with refused(Reason.NOT_NOW):
        sending.withdraw_application(application.pk, why="Again.", **who())

    assert verbs(application) == ["application.withdrawn"]


# Assessing


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (assessing.admit_application, {}),
        (assessing.refuse_application, {"why": "No."}),
        (assessing.ask_completion, {"questions": ["title"], "says": [], "days": 7}),
        (assessing.overrule_finding, {"rule": "country", "verdict": Verdict.MET, "why": "Yes."}),
    ],
)
def test_before_the_deadline_nothing_is_assessed(act, more):
    application = FindingFactory().application

    with refused(CallReason.STILL_OPEN):
        act(application.pk, **more, **who(application.call.closes_at))

    application.refresh_from_db()
    assert (application.state, verbs(application)) == (State.SUBMITTED, [])


def test_a_call_that_is_always_open_is_assessed_at_any_time():
    call = open_call(intake="always", closes_at=None)
    application = FindingFactory(application=ApplicationFactory(call=call, sent=True)).application

    assessing.admit_application(application.pk, **who())

    application.refresh_from_db()
    assert application.state == State.ELIGIBLE


def test_admitting_confirms_and_records():
    application = FindingFactory().application

    assessing.admit_application(application.pk, **who(AFTER))

    application.refresh_from_db()
    assert application.state == State.ELIGIBLE
    assert verbs(application) == ["application.admitted"]


def test_a_broken_condition_is_overruled_before_admitting():
    application = FindingFactory(verdict=Verdict.NOT_MET).application

    with refused(AdmissionReason.NOT_MET_STANDS):
        assessing.admit_application(application.pk, **who(AFTER))

    assert verbs(application) == []
    given = {"rule": "country", "verdict": Verdict.MET, "why": "The register says so."}
    assessing.overrule_finding(application.pk, **given, **who(AFTER))
    assessing.admit_application(application.pk, **who(AFTER))
    assert verbs(application) == ["application.overruled", "application.admitted"]


def test_an_overruling_taken_back_leaves_the_finding():
    application = FindingFactory(verdict=Verdict.UNKNOWN).application
    given = {"rule": "country", "why": "Seen."}
    assessing.overrule_finding(application.pk, verdict=Verdict.MET, **given, **who(AFTER))

    assessing.overrule_finding(application.pk, verdict=Verdict.UNKNOWN, **given, **who(AFTER))

    assert Finding.objects.get().overruled == ""


@pytest.mark.parametrize(
    ("rule", "why", "reason"),
    [
        ("country", " ", AdmissionReason.WHY_NEEDED),
        ("song", "Seen.", AdmissionReason.RULE_UNKNOWN),
    ],
)
def test_an_overruling_without_ground_changes_nothing(rule, why, reason):
    application = FindingFactory().application

    with refused(reason):
        assessing.overrule_finding(
            application.pk, rule=rule, verdict=Verdict.NOT_MET, why=why, **who(AFTER)
        )

    assert Finding.objects.get().overruled == ""


def test_refusing_keeps_the_reason():
    application = FindingFactory().application

    with refused(AdmissionReason.NOTHING_SPEAKS_AGAINST):
        assessing.refuse_application(application.pk, why="", **who(AFTER))
    assessing.refuse_application(application.pk, why="Not an organisation.", **who(AFTER))

    application.refresh_from_db()
    assert (application.state, application.refused_why) == (
        State.INELIGIBLE,
        "Not an organisation.",
    )
    assert verbs(application) == ["application.refused"]


def test_completion_opens_what_is_asked_and_nothing_else():
    application = written()
    sending.submit_application(application.pk, key="k", **who())

    assessing.ask_completion(
        application.pk, questions=["title"], says=["Too short."], days=7, **who(AFTER)
    )
    at = AFTER + timedelta(days=1)
    writing.save_section(application.pk, section="project", answers={"title": "C"}, **who(at))
    writing.save_section(application.pk, section="end", answers={"members": "99"}, **who(at))
    frozen = sending.submit_application(application.pk, key="l", **who(at))

    application.refresh_from_db()
    assert (application.state, application.asked_until) == (State.SUBMITTED, None)
    assert frozen.content["answers"] == {"title": "C", "members": "12"}
    assert verbs(application) == [
        "application.submitted",
        "application.completion-asked",
        "application.completed",
    ]


def test_a_file_that_was_not_asked_for_is_not_taken():
    application = long_form(
        state=State.COMPLETION, submitted_at=AT, asked_until=LATER, asked=[{"question": "aim"}]
    )

    with refused(Reason.NOT_ASKED):
        attach(application)


def test_asking_for_nothing_changes_nothing():
    application = ApplicationFactory(sent=True)

    with refused(AdmissionReason.NOTHING_ASKED):
        assessing.ask_completion(application.pk, questions=[], says=[], days=7, **who(AFTER))

    application.refresh_from_db()
    assert (application.state, application.asked) == (State.SUBMITTED, [])


@pytest.mark.parametrize("verb", [assessing.admit_application, assessing.refuse_application])
def test_a_draft_is_not_assessed(verb):
    application = ApplicationFactory()
    more = {"why": "No."} if verb is assessing.refuse_application else {}

    with refused(Reason.NOT_NOW):
        verb(application.pk, **more, **who(AFTER))

    assert verbs(application) == []


def test_a_forgotten_person_leaves_working_copies_but_not_what_was_sent():
    person = PersonFactory()
    application = ApplicationFactory(started_by=person)
    acting = {"by": person, "at": AT}
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, **acting)
    sending.submit_application(application.pk, key="k", **acting)

    sending.forget_person(person.pk)

    application.refresh_from_db()
    assert application.started_by is None
    assert set(application.section_answers.values_list("saved_by", flat=True)) == {None}
    assert Submission.objects.get().by == person
