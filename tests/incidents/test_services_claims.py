"""Attempts that came to nothing, and claims with what was recorded."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from fondaco.applications.services.sending import submit_application
from fondaco.incidents.models import Attempt, Claim
from fondaco.incidents.rules.attempts import Attempt as Line
from fondaco.incidents.rules.attempts import Kind, Result
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.services import claims as services
from fondaco.incidents.states import State
from fondaco.kernel.decisions import Refused
from fondaco.kernel.told import erase_everywhere, everything_about
from fondaco.mail.models import Letter
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories.directory import AT
from tests.factories.documents import PDF
from tests.factories.incidents import keep_log
from tests.incidents.work import late_draft, officer_for

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def line(application, person, number=1, **more):
    """A line of the log: a submission that came a minute late."""
    given = {"kind": Kind.SUBMIT, "status": 302, "result": Result.LATE, "reasons": ("closed",)}
    at = AT + timedelta(minutes=number)
    return Line(f"{number:032}", at, application=application.code, person=person.pk, **given | more)


def claimed(**more):
    """A claim that waits, and an officer."""
    application, person = late_draft()
    services.take_in_attempts([line(application, person)])
    claim = services.make_claim(application.pk, text="It hung.", by=person, at=AT + HOUR, **more)
    return claim, person, officer_for(application.call)


def test_attempts_are_taken_in_once_and_of_what_is_known():
    application, person = late_draft()
    stray = line(application, person, 2)
    unknown = Line("x" * 32, AT, Kind.SAVE, "nowhere", person.pk, 409, Result.REFUSED)
    gone = Line("y" * 32, AT, Kind.SAVE, application.code, 999_999, 409, Result.REFUSED)

    for _time in range(2):
        services.take_in_attempts([line(application, person), stray, unknown, gone])

    kept = list(Attempt.objects.order_by("request"))
    assert [(one.person, one.result) for one in kept] == [
        (person, "late"), (person, "late"), (None, "refused"),
    ]  # fmt: skip
    assert str(kept[0]) == "submit late"
    assert services.forget_attempts(before=AT + HOUR) == 3


def test_a_claim_freezes_what_was_recorded():
    application, person = late_draft()
    keep_log(AT - 24 * HOUR, AT + HOUR, (AT - timedelta(minutes=5), 3))
    services.take_in_attempts([line(application, person)])
    shot = ContentFile(PDF, "screen.pdf")

    claim = services.make_claim(
        application.pk, text=" It hung. ", file=shot, by=person, at=AT + HOUR
    )
    services.take_in_attempts([line(application, person, 2)])

    claim.refresh_from_db()
    assert (claim.text, claim.is_late, claim.state) == ("It hung.", False, State.WAITING)
    assert [(one["result"], one["own"]) for one in claim.attempts] == [("late", True)]
    assert len(claim.outages) == 1
    assert (claim.upload.name, claim.upload.owner) == ("screen.pdf", claim.code)
    assert str(claim) == f"{application.code}-claim-1"
    entry = Entry.objects.get(verb="claim.made")
    assert (entry.subject, entry.data["attempts"]) == (application.code, 1)


def test_a_late_claim_is_taken_in_and_marked():
    application, person = late_draft()

    claim = services.make_claim(
        application.pk, text="It hung.", by=person, at=AT + 24 * HOUR + timedelta(seconds=1)
    )

    assert claim.is_late


def test_what_speaks_against_a_claim_leaves_nothing_behind():
    claim, person, _officer = claimed()

    with pytest.raises(Refused) as refusal:
        services.make_claim(claim.application_id, text=" ", by=person, at=AT - HOUR)

    assert set(refusal.value.reasons) == {
        Reason.NOT_CLOSED, Reason.WAITS_ALREADY, Reason.TEXT_NEEDED,
    }  # fmt: skip
    assert Claim.objects.count() == 1


def test_granted_the_application_can_be_sent():
    claim, person, officer = claimed()

    services.grant_claim(claim.pk, until=AT + 9 * HOUR, why="True.", by=officer, at=AT + 2 * HOUR)

    claim.refresh_from_db()
    assert (claim.state, claim.until, claim.answered_by) == (
        State.GRANTED, AT + 9 * HOUR, officer,
    )  # fmt: skip
    sent = submit_application(claim.application_id, key="k", by=person, at=AT + 3 * HOUR)
    assert sent.number == 1
    assert Entry.objects.filter(verb="application.extended").count() == 1
    with pytest.raises(Refused, match=Reason.ANSWERED):
        services.refuse_claim(claim.pk, why="No.", by=officer, at=AT + 4 * HOUR)


def test_a_grant_of_no_use_leaves_the_claim_waiting():
    claim, _person, officer = claimed()

    with pytest.raises(Refused, match="not-later"):
        services.grant_claim(claim.pk, until=AT, why="True.", by=officer, at=AT + 2 * HOUR)

    claim.refresh_from_db()
    assert (claim.state, claim.reasons) == (State.WAITING, "")


def test_refused_with_a_reason_and_told_so():
    claim, person, officer = claimed()
    with pytest.raises(Refused, match=Reason.WHY_NEEDED):
        services.refuse_claim(claim.pk, why=" ", by=officer, at=AT + HOUR)

    services.refuse_claim(claim.pk, why="The log is whole.", by=officer, at=AT + HOUR)
    hear_all(at=AT + HOUR)

    letters = Letter.objects.filter(to=person).order_by("pk")
    assert [one.occasion for one in letters] == ["claim-received", "claim-refused"]
    assert "The log is whole." in letters[1].body


def test_another_claim_can_follow_a_refusal():
    claim, person, officer = claimed()
    services.refuse_claim(claim.pk, why="No.", by=officer, at=AT + HOUR)

    again = services.make_claim(claim.application_id, text="Look.", by=person, at=AT + 2 * HOUR)

    assert again.code.endswith("-claim-2")


def test_a_person_is_told_and_forgotten():
    claim, person, _officer = claimed()

    told = everything_about(person.pk)["incidents"]
    said = erase_everywhere(person.pk)

    assert [one["text"] for one in told["claims"]] == ["It hung."]
    assert len(told["attempts"]) == 1
    assert any("Claims" in str(sentence) for sentence in said)
    claim.refresh_from_db()
    assert claim.by is None
    assert Attempt.objects.get().person is None
