"""Attempts that came to nothing, and claims of those who were kept from sending."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files import File
from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.selectors import locked_application
from fondaco.applications.services.extending import extend_application
from fondaco.directory.models import Person
from fondaco.documents.models import Upload
from fondaco.documents.services import keep_upload
from fondaco.incidents import phrases, selectors
from fondaco.incidents.models import Attempt, Claim
from fondaco.incidents.rules import attempts
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.states import TABLE, Action
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.trail import services as trail


@transaction.atomic
def take_in_attempts(lines: Iterable[attempts.Attempt]) -> None:
    """Keep what was written down; a line that is kept already stays as it is."""
    tried = list(lines)
    known = selectors.applications_of_attempts({one.application for one in tried})
    people = selectors.people_known({one.person for one in tried})
    rows = [
        Attempt(
            request=one.request,
            application_id=known[one.application],
            person_id=one.person if one.person in people else None,
            at=one.at,
            kind=one.kind,
            result=one.result,
            status=one.status,
            reasons=list(one.reasons),
        )
        for one in tried
        if one.application in known
    ]
    Attempt.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def make_claim(
    pk: int, *, text: str, file: "File[bytes] | None" = None, by: Person, at: datetime
) -> Claim:
    """Say that one was kept from sending; what the platform recorded is attached and frozen.

    Raises `Refused` with every reason against it.
    """
    application = locked_application(pk)
    if failed := selectors.claim_barred(application, at=at, has_text=bool(text.strip())):
        raise Refused(*failed)
    claim = Claim(
        code=f"{application.code}-claim-{selectors.claims_about(application).count() + 1}",
        application=application,
        text=text.strip(),
        is_late=selectors.is_claim_late(application, at=at),
        at=at,
        by=by,
    )
    claim.attempts = selectors.evidence_of(application, by)
    claim.outages = selectors.outages_before(application.call, at=at)
    claim.upload = _kept(claim, file, by=by, at=at) if file else None
    claim.save(force_insert=True)
    _record("claim.made", claim, by=by, at=at, attempts=len(claim.attempts), late=claim.is_late)
    return claim


def _kept(claim: Claim, file: "File[bytes]", *, by: Person, at: datetime) -> Upload:
    return keep_upload(
        owner=claim.code,
        name=file.name or "file",
        content=file,
        accepts=phrases.PROOFS,
        megabytes=phrases.MEGABYTES,
        by=by,
        at=at,
    )


@transaction.atomic
def grant_claim(pk: int, *, until: datetime, why: str, by: Person, at: datetime) -> Claim:
    """Give the application more time, with the reason; raises `Refused`."""
    application, claim = _locked(pk)
    _answer(claim, Action.GRANT, why=why, by=by, at=at)
    extend_application(application.pk, until=until, why=why, by=by, at=at)
    claim.until = until
    claim.save()
    _record("claim.granted", claim, by=by, at=at, until=until, why=claim.reasons)
    return claim


@transaction.atomic
def refuse_claim(pk: int, *, why: str, by: Person, at: datetime) -> Claim:
    """Leave the application late, with the reason; raises `Refused` without one."""
    _application, claim = _locked(pk)
    _answer(claim, Action.REFUSE, why=why, by=by, at=at)
    claim.save()
    _record("claim.refused", claim, by=by, at=at, why=claim.reasons)
    return claim


def _locked(pk: int) -> tuple[Application, Claim]:
    """The application before its claim, in the order in which everybody locks."""
    application = locked_application(selectors.application_of_claim(pk))
    return application, selectors.locked_claim(pk)


def _answer(claim: Claim, action: Action, *, why: str, by: Person, at: datetime) -> None:
    if not why.strip():
        raise Refused(Reason.WHY_NEEDED)
    try:
        claim.state = target_of(TABLE, action, claim.state)
    except MoveRefused as refusal:
        raise Refused(Reason.ANSWERED) from refusal
    claim.reasons, claim.answered_by, claim.answered_at = why.strip(), by, at


@transaction.atomic
def forget_attempts(*, before: datetime) -> int:
    """Forget what was tried before a moment; what a claim froze stays with the claim."""
    return Attempt.objects.filter(at__lt=before).delete()[0]


@transaction.atomic
def forget_person(person_id: int) -> None:
    """Take a person's name out of attempts and claims."""
    Attempt.objects.filter(person_id=person_id).update(person=None)
    Claim.objects.filter(by_id=person_id).update(by=None)


def _record(verb: str, claim: Claim, *, by: Person, at: datetime, **data: object) -> None:
    trail.record(
        verb,
        subject=claim.application.code,
        programme=claim.application.call.programme.code,
        by_id=by.pk,
        at=at,
        claim=claim.code,
        call=claim.application.call.code,
        **data,
    )
