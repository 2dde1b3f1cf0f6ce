"""Sending an application and taking it back."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from fondaco.applications.facts import told_of_partners, told_to
from fondaco.applications.models import (
    Application,
    Export,
    Finding,
    ReminderStop,
    SectionAnswers,
    Submission,
)
from fondaco.applications.rules.admission import Reason as AdmissionReason
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.eligibility import Rule, joined, verdicts
from fondaco.applications.rules.submission import action_of, submission
from fondaco.applications.selectors import (
    application_named,
    copy_of,
    findings_of,
    frozen_content,
    keys_sent,
    locked_application,
    paper_name,
    paper_of,
    rules_of,
    sent_earlier,
    submission_facts,
    submission_with,
    terms_of,
)
from fondaco.applications.selectors.partners import organisations_together
from fondaco.applications.services.acts import moved, record_act
from fondaco.applications.services.partners import forget_in_consortia
from fondaco.applications.services.signing import put_signature
from fondaco.applications.states import REPLACED, SENT, Action, State, Verdict
from fondaco.calls.models import Call
from fondaco.calls.states import Next
from fondaco.directory.models import Person
from fondaco.directory.selectors import locked_organisation
from fondaco.documents.services import keep_upload
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.facts import Told
from fondaco.kernel.plain import fingerprint, plain
from fondaco.web import written
from fondaco.web.jobs import later
from fondaco.web.rows import align

MOST_MEGABYTES_OF_PAPER = 50


@transaction.atomic
def submit_application(pk: int, *, key: str, by: Person, at: datetime) -> Submission:
    """Freeze the working copy as a numbered submission; the same key never makes a second one."""
    application = locked_application(pk)
    keys = keys_sent(application)
    if key in keys and (earlier := submission_with(application, key)):
        return earlier
    if counts_sent(application.call):
        for organisation in organisations_together(application):
            locked_organisation(organisation)
    copy, rules = copy_of(application), rules_of(application.call)
    told = told_to(application, rules, copy, at=at)
    partners = told_of_partners(application, rules)
    found = joined(verdicts(rules, told), [one.found for one in partners])
    facts, terms = submission_facts(application, copy, rules, found), terms_of(application)
    require(submission(facts, terms, at=at))
    action = action_of(State(application.state))
    application.state = moved(application, action)
    application.edited_at = at
    if action != Action.COMPLETE:
        application.submitted_at = at
    application.asked_until = None
    written.change(application, "state", "submitted_at", "edited_at", "asked_until")
    kept = _Content(copy, [one.frozen() for one in partners])
    frozen = _freeze(application, kept, number=len(keys) + 1, key=key, by=by, at=at)
    if rules or keys:
        _keep_findings(application, rules, told, found)
    record_act(
        "completed" if action == Action.COMPLETE else "submitted",
        application,
        by=by,
        at=at,
        receipt=frozen.receipt,
        fingerprint=frozen.fingerprint,
        verdicts=found,
        facts=facts,
        terms=terms,
    )
    return frozen


def counts_sent(call: Call) -> bool:
    """Whether it matters how many applications an organisation has sent."""
    limits = (call.per_organisation, call.per_organisation_in_programme)
    return any(limit is not None for limit in limits)


@transaction.atomic
def replace_earlier(code: str, *, why: str, by: Person, at: datetime) -> list[Application]:
    """Take back what this application takes the place of, the first sent first; what that was."""
    application = application_named(code)
    if application is not None and application.state not in SENT:
        return []
    most = application.call.per_organisation if application else None
    if application is None or most is None or application.call.next_application != Next.REPLACES:
        return []
    earlier = sent_earlier(application)
    beyond = max(len(earlier) + 1 - most, 0)
    kept = [locked_application(one) for one in sorted(one.pk for one in earlier[:beyond])]
    gone = [one for one in kept if one.state in REPLACED]
    for replaced in gone:
        was = replaced.state
        replaced.state = moved(replaced, Action.WITHDRAW)
        replaced.withdrawn_why = why
        replaced.save(update_fields=["state", "withdrawn_why"])
        record_act("withdrawn", replaced, by=by, at=at, was=was, replaced_by=application.code)
    return gone


@dataclass(frozen=True, slots=True)
class _Content:
    """What is frozen: the working copy, and the partners that confirmed."""

    copy: Copy
    partners: list[dict[str, object]]


def _freeze(
    application: Application, kept: _Content, *, number: int, key: str, by: Person, at: datetime
) -> Submission:
    content = frozen_content(application, kept.copy, number=number, at=at, partners=kept.partners)
    salt = secrets.token_hex(16)
    frozen = Submission(
        application=application,
        number=number,
        receipt=f"{application.code}-{number}",
        key=key,
        content=plain(content),
        salt=salt,
        fingerprint=fingerprint(content, salt=salt),
        at=at,
        by=by,
    )
    put_signature(frozen, at=at)
    written.add(frozen)
    return frozen


def _keep_findings(
    application: Application,
    rules: Collection[Rule],
    told: Mapping[str, Told],
    found: Mapping[str, Verdict],
) -> None:
    """Write what the rules found; an officer's word stands as long as the verdict is the same."""
    before = {finding.rule: finding for finding in findings_of(application)}
    align(
        application.findings,
        "rule",
        [
            {
                "position": position,
                "rule": rule.code,
                "verdict": found[rule.code].value,
                "told": plain(told[rule.code].value),
                "source": told[rule.code].source[:200],
                "told_at": told[rule.code].at,
                **_word_of_officer(before.get(rule.code), found[rule.code]),
            }
            for position, rule in enumerate(rules, 1)
        ],
    )


def _word_of_officer(finding: Finding | None, verdict: Verdict) -> dict[str, Any]:
    if finding is None or finding.verdict != verdict:
        return {"overruled": "", "overruled_why": "", "overruled_by": None}
    return {
        "overruled": finding.overruled,
        "overruled_why": finding.overruled_why,
        "overruled_by": finding.overruled_by,
    }


@transaction.atomic
def withdraw_application(pk: int, *, why: str, by: Person, at: datetime) -> Application:
    """Take the application back for good, with a reason; everything that was sent is kept."""
    application = locked_application(pk)
    if not why.strip():
        raise Refused(AdmissionReason.WHY_NEEDED)
    was = application.state
    application.state = moved(application, Action.WITHDRAW)
    application.withdrawn_why = why.strip()
    application.save(update_fields=["state", "withdrawn_why"])
    record_act("withdrawn", application, by=by, at=at, was=was)
    return application


@transaction.atomic
def forget_person(person_id: int) -> None:
    """Take a person's name out of working copies; what was sent stays under audit duty."""
    SectionAnswers.objects.filter(saved_by_id=person_id).update(saved_by=None)
    Application.objects.filter(started_by_id=person_id).update(started_by=None)
    Export.objects.filter(by_id=person_id).update(by=None)
    ReminderStop.objects.filter(person_id=person_id).delete()
    forget_in_consortia(person_id)


def ask_for_paper(submission: Submission, *, language: str) -> None:
    """Let the worker make the receipt on paper."""
    later("fondaco.applications.tasks.make_paper", submission.receipt, language)


@transaction.atomic
def keep_paper(submission: Submission, *, pdf: bytes, language: str, at: datetime) -> None:
    """Keep the receipt on paper beside its submission; a second one is not kept."""
    locked_application(submission.application_id)
    if paper_of(submission, language):
        return
    name = paper_name(submission, language)
    keep_upload(
        owner=submission.receipt,
        name=name,
        content=ContentFile(pdf, name),
        accepts=["pdf"],
        megabytes=MOST_MEGABYTES_OF_PAPER,
        by=None,
        at=at,
    )
