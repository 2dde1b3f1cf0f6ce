"""Races over outages and claims, over what was brought in, and over what the trail sets off."""

from datetime import timedelta
from unittest.mock import patch

from fondaco.incidents.models import Claim, Proposal
from fondaco.incidents.services import claims, outages
from fondaco.intake import services as intake
from fondaco.intake.models import BroughtIn
from fondaco.trail import services as trail
from fondaco.trail.models import Heard
from tests.factories.applications import officer_of
from tests.factories.directory import AT, PersonFactory
from tests.factories.incidents import call_closing, keep_log
from tests.incidents.work import late_draft, officer_for
from tests.intake.work import draft, save_of
from tests.locks.race import Scene, race, told
from tests.trail.work import record

HOUR = timedelta(hours=1)
CALL = "calls.locked_call"
APPLICATION = "applications.locked_application"
PROPOSED = "outage.extension-proposed"


def outage():
    """A call that closes in two hours, after an outage of an hour."""
    call = call_closing(2)
    keep_log(AT - 24 * HOUR, AT, (AT - 5 * HOUR, 61))
    return call


@race(CALL, held=("", "", 1), broken=("", "constraint incidents_proposal_code_key", 1))
def an_outage_is_proposed_once():
    call = outage()

    def propose():
        outages.propose_extension(call.pk, at=AT)

    return Scene(propose, propose, Proposal.objects.count)


@race("incidents.proposal_before", held=("", "", 2), broken=("", "", 3), besides=(CALL,))
def a_proposal_grows_once_with_the_loss():
    call = outage()
    outages.propose_extension(call.pk, at=AT)
    keep_log(AT, AT + HOUR, (AT + timedelta(minutes=5), 10))

    def propose():
        outages.propose_extension(call.pk, at=AT + HOUR)

    return Scene(propose, propose, told(PROPOSED))


def waiting():
    """A proposal that waits for an officer, and the officer."""
    call = outage()
    return outages.propose_extension(call.pk, at=AT), officer_of(call.programme)


@race("incidents.locked_proposal", held=("", "answered-already", 1), broken=("", "", 2))
def a_proposal_is_declined_once():
    proposal, by = waiting()

    def decline():
        outages.decline_extension(proposal.pk, why="At night.", by=by, at=AT)

    return Scene(decline, decline, told("outage.extension-declined"))


@race(
    "incidents.locked_proposal",
    held=("", "answered-already", "granted"),
    broken=("", "", "refused"),
)
def a_proposal_that_was_just_confirmed_is_not_declined():
    proposal, by = waiting()
    return Scene(
        lambda: outages.confirm_extension(proposal.pk, by=by, at=AT),
        lambda: outages.decline_extension(proposal.pk, why="At night.", by=by, at=AT),
        lambda: Proposal.objects.get().state,
    )


@race(
    APPLICATION,
    held=("", "claim-waits-already", 1),
    broken=("", "constraint incidents_claim_code_key", 1),
)
def a_claim_is_made_once():
    application, by = late_draft()

    def claim():
        claims.make_claim(application.pk, text="It hung.", by=by, at=AT + HOUR)

    return Scene(claim, claim, Claim.objects.count)


@race(
    "incidents.locked_claim",
    held=("", "answered-already", "granted"),
    broken=("", "", "refused"),
    besides=(APPLICATION,),
)
def a_claim_that_was_just_granted_is_not_refused():
    application, person = late_draft()
    claim = claims.make_claim(application.pk, text="It hung.", by=person, at=AT + HOUR)
    by, later = officer_for(application.call), AT + 2 * HOUR
    return Scene(
        lambda: claims.grant_claim(claim.pk, until=AT + 9 * HOUR, why="True.", by=by, at=later),
        lambda: claims.refuse_claim(claim.pk, why="No.", by=by, at=later),
        lambda: Claim.objects.get().state,
    )


@race(
    APPLICATION,
    held=("", "", 1),
    broken=("", "constraint intake_broughtin_identity_key", 1),
)
def a_record_is_brought_in_once():
    application, person = draft()
    save = save_of(application, person)

    def bring():
        intake.bring_in(save, at=AT + HOUR)

    return Scene(bring, bring, BroughtIn.objects.count)


@race("intake.locked_brought_in", held=("", "", AT), broken=("", "", AT + HOUR))
def what_was_brought_in_is_seen_once():
    application, person = draft()
    row = intake.bring_in(save_of(application, person, at=AT - timedelta(days=9)), at=AT)
    return Scene(
        lambda: intake.mark_seen(row.identity, by=person, at=AT),
        lambda: intake.mark_seen(row.identity, by=person, at=AT + HOUR),
        lambda: BroughtIn.objects.get().seen_at,
    )


def failed_once():
    """A reaction that failed and is due again, what it did since, and how it is registered."""
    done = []
    reaction = {"thing.done": {"follow": done.append}}
    heard = Heard.objects.create(
        reaction="follow", entry=record(), at=AT, due_at=AT, attempts=1, error="ValueError: no luck"
    )
    return heard, done, patch.dict(trail.REACTIONS, reaction)


@race(
    "trail.locked_heard",
    held=("", "", ("", None)),
    broken=("", "", ("ValueError: late", AT)),
)
def a_failure_of_a_slow_worker_leaves_what_was_made_good():
    heard, _done, registered = failed_once()
    return Scene(
        lambda: trail.hear("thing.done", at=AT),
        lambda: trail._keep_failure("follow", heard.entry, ValueError("late")),
        lambda: Heard.objects.values_list("error", "due_at").get(),
        registered,
    )


@race("trail.try_again", held=("", "", None), broken=("", "", AT))
def what_was_just_made_good_is_not_tried_again():
    heard, _done, registered = failed_once()
    by = PersonFactory()
    return Scene(
        lambda: trail.hear("thing.done", at=AT),
        lambda: trail.try_again(heard.pk, by_id=by.pk, at=AT),
        lambda: Heard.objects.get().due_at,
        registered,
    )
