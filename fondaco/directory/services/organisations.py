"""Organisations are added and described; colleagues join them and leave; clusters bind them."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from fondaco.directory import selectors
from fondaco.directory.models import (
    Bond,
    Invitation,
    JoinRequest,
    Organisation,
    Person,
    Post,
)
from fondaco.directory.rules import links, posts
from fondaco.directory.rules.names import Draft, code_of, search_key, stem_of
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.states import REQUEST_MOVES, RequestAction, RequestState
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.trail import services as trail
from fondaco.web.jobs import later

Rest = dict[str, Any]


@transaction.atomic
def add_organisation(
    draft: Draft, *, by: Person, at: datetime, apart_from: Collection[str] = ()
) -> Organisation:
    """A new organisation with its first administrator.

    Raises `Refused` when one is here that is probably the same, unless its code stands in
    `apart_from`: those the person was shown and said to be others.
    """
    if selectors.likely_duplicates(draft, apart_from=apart_from):
        raise Refused(Reason.LIKELY_DUPLICATE)
    organisation = _created(draft, by=by, at=at, kept={}, apart_from=sorted(apart_from))
    take_post(by, organisation, is_admin=True, by=by, at=at)
    return organisation


@transaction.atomic
def register_organisation(draft: Draft, *, at: datetime, **kept: object) -> Organisation:
    """The one that is here, or a new one that nobody runs, with its source, confidence …"""
    found = selectors.likely_duplicates(draft)
    return found[0] if found else _created(draft, by=None, at=at, kept=kept)


def _created(
    draft: Draft, *, by: Person | None, at: datetime, kept: Rest, apart_from: Sequence[str] = ()
) -> Organisation:
    stem = stem_of(draft.name, draft.country)
    code = code_of(stem, selectors.codes_beginning(stem))
    organisation = Organisation.objects.create(code=code, **_fields_of(draft), **kept)
    _record("organisation.added", organisation, by=by, at=at, apart_from=apart_from)
    return organisation


@transaction.atomic
def change_organisation(pk: int, draft: Draft, *, by: Person, at: datetime) -> Organisation:
    """Describe an organisation anew; its code stays."""
    organisation = selectors.locked_organisation(pk)
    wanted = _fields_of(draft)
    changed = [name for name, value in wanted.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, wanted[name])
    organisation.changed_at = at
    organisation.save(update_fields=[*changed, "changed_at", "name_order", "search_text"])
    _record("organisation.changed", organisation, by=by, at=at, fields=changed)
    return organisation


def _fields_of(draft: Draft) -> Rest:
    return {
        **{field: getattr(draft, field) for field in selectors.DRAFT_TEXTS},
        "names": dict(draft.names),
        "description": dict(draft.description),
        "ecosystems": list(draft.ecosystems),
        "staff": draft.staff,
        "search_key": search_key(draft.name, draft.names),
    }


@transaction.atomic
def take_post(
    person: Person, organisation: Organisation, *, by: Person | None, at: datetime, is_admin: bool
) -> Post:
    """Somebody works for an organisation from now on; raises `Refused` when they do already."""
    try:
        with transaction.atomic():
            post = Post.objects.create(
                person=person, organisation=organisation, is_admin=is_admin, since=at
            )
    except IntegrityError:
        raise Refused(Reason.ALREADY_COLLEAGUE) from None
    _record("post.taken", organisation, by=by, at=at, person=person.pk, is_admin=is_admin)
    return post


@transaction.atomic
def leave_post(pk: int, *, by: Person, at: datetime) -> Post:
    """End a post; the last administrator hands over first."""
    post = selectors.locked_post(pk)
    require(posts.leaving(selectors.post_facts(post)))
    post.until = at
    post.save(update_fields=["until"])
    _record("post.left", post.organisation, by=by, at=at, person=post.person_id)
    return post


@transaction.atomic
def make_admin(pk: int, *, by: Person, at: datetime) -> Post:
    """Let a colleague run the organisation too."""
    post = selectors.locked_post(pk)
    if post.until:
        raise Refused(Reason.NO_LONGER_THERE)
    post.is_admin = True
    post.save(update_fields=["is_admin"])
    _record("post.raised", post.organisation, by=by, at=at, person=post.person_id)
    return post


@transaction.atomic
def make_member(pk: int, *, by: Person, at: datetime) -> Post:
    """Take the running of the organisation back; somebody must still run it."""
    post = selectors.locked_post(pk)
    require(posts.stepping_down(selectors.post_facts(post)))
    post.is_admin = False
    post.save(update_fields=["is_admin"])
    _record("post.lowered", post.organisation, by=by, at=at, person=post.person_id)
    return post


def _record(
    verb: str, organisation: Organisation, *, by: Person | None, at: datetime, **data: object
) -> None:
    by_id, code = (by.pk if by else None), organisation.code
    trail.record(verb, subject=code, by_id=by_id, at=at, programme="", **data)


@transaction.atomic
def invite(
    organisation: Organisation, *, email: str, is_admin: bool, by: Person, at: datetime
) -> Invitation:
    """Ask a colleague to join; the worker makes the link and mails it."""
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email.lower(),
        is_admin=is_admin,
        hashed=secrets.token_hex(32),
        by=by,
        at=at,
        expires_at=at + links.INVITATION_LIFE,
    )
    _record("invitation.sent", organisation, by=by, at=at)
    later("fondaco.directory.tasks.mail_invitation", invitation.pk)
    return invitation


@transaction.atomic
def renew_secret(pk: int) -> str:
    """A new secret for an invitation's link; only its hash stays here."""
    invitation = selectors.locked_invitation(pk)
    secret = secrets.token_urlsafe(32)
    invitation.hashed = links.hashed(secret)
    invitation.save(update_fields=["hashed"])
    return secret


@transaction.atomic
def accept_invitation(pk: int, *, by: Person, at: datetime) -> Post:
    """Join the organisation that invites; an invitation to run it raises a present colleague."""
    invitation = selectors.locked_invitation(pk)
    require(links.joining(selectors.invitation_facts(invitation, by), at=at))
    invitation.answered_at = at
    invitation.save(update_fields=["answered_at"])
    return _joined(by, invitation.organisation, is_admin=invitation.is_admin, by=by, at=at)


@transaction.atomic
def withdraw_invitation(pk: int, *, by: Person, at: datetime) -> None:
    """The link in the letter opens no more."""
    invitation = selectors.locked_invitation(pk)
    if invitation.answered_at:
        raise Refused(Reason.INVITATION_ANSWERED)
    invitation.answered_at = at
    invitation.save(update_fields=["answered_at"])
    _record("invitation.withdrawn", invitation.organisation, by=by, at=at)


def _joined(
    person: Person, organisation: Organisation, *, is_admin: bool, by: Person, at: datetime
) -> Post:
    """A post for the person; a colleague who is there already may only rise."""
    present = selectors.post_at(person, organisation)
    if present is None:
        return take_post(person, organisation, is_admin=is_admin, by=by, at=at)
    return make_admin(present.pk, by=by, at=at) if is_admin else present


@transaction.atomic
def ask_to_join(organisation: Organisation, *, words: str, by: Person, at: datetime) -> JoinRequest:
    """Ask the administrators; where nobody runs the organisation, ask to run it.

    Asked again after the administrators were silent too long, it goes to the installation.
    """
    if selectors.post_at(by, organisation):
        raise Refused(Reason.ALREADY_COLLEAGUE)
    waiting = selectors.locked_request_of(by, organisation)
    if waiting and posts.is_unanswered(waiting.at, asks_to_run=waiting.asks_to_run, at=at):
        return _asked_higher(waiting, words=words, by=by, at=at)
    asks_to_run = not selectors.admins_of(organisation).exists()
    return _asked(organisation, words=words, asks_to_run=asks_to_run, by=by, at=at)


@transaction.atomic
def ask_to_run(organisation: Organisation, *, words: str, by: Person, at: datetime) -> JoinRequest:
    """Ask the installation's administrator, because the organisation's own is gone."""
    return _asked(organisation, words=words, asks_to_run=True, by=by, at=at)


def _asked(
    organisation: Organisation, *, words: str, asks_to_run: bool, by: Person, at: datetime
) -> JoinRequest:
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(
                person=by, organisation=organisation, words=words, asks_to_run=asks_to_run, at=at
            )
    except IntegrityError:
        raise Refused(Reason.ALREADY_ASKED) from None
    return _told(asked, by=by, at=at)


def _asked_higher(asked: JoinRequest, *, words: str, by: Person, at: datetime) -> JoinRequest:
    asked.asks_to_run, asked.at, asked.words = True, at, words or asked.words
    asked.save(update_fields=["asks_to_run", "at", "words"])
    return _told(asked, by=by, at=at)


def _told(asked: JoinRequest, *, by: Person, at: datetime) -> JoinRequest:
    _record("joining.asked", asked.organisation, by=by, at=at, asks_to_run=asked.asks_to_run)
    later("fondaco.directory.tasks.mail_request", asked.pk)
    return asked


@transaction.atomic
def grant_request(pk: int, *, by: Person, at: datetime) -> JoinRequest:
    """Let somebody in, or let them run the organisation."""
    asked = _answered(pk, RequestAction.GRANT, by=by, at=at)
    _joined(asked.person, asked.organisation, is_admin=asked.asks_to_run, by=by, at=at)
    return asked


@transaction.atomic
def refuse_request(pk: int, *, by: Person, at: datetime) -> JoinRequest:
    """Say no; the person is told by mail."""
    return _answered(pk, RequestAction.REFUSE, by=by, at=at)


def _answered(pk: int, action: RequestAction, *, by: Person, at: datetime) -> JoinRequest:
    asked = selectors.locked_request(pk)
    try:
        asked.state = RequestState(target_of(REQUEST_MOVES, action, asked.state))
    except MoveRefused:
        raise Refused(Reason.ALREADY_ANSWERED) from None
    asked.answered_at, asked.answered_by = at, by
    asked.save(update_fields=["state", "answered_at", "answered_by"])
    verb = "joining.granted" if action == RequestAction.GRANT else "joining.refused"
    _record(verb, asked.organisation, by=by, at=at, person=asked.person_id)
    later("fondaco.directory.tasks.mail_answer", asked.pk)
    return asked


@transaction.atomic
def begin_bond(
    member: Organisation, cluster: Organisation, *, since: date, evidence: str, at: datetime
) -> Bond:
    """An organisation belongs to a cluster from a day on; twice is once."""
    first = {"since": since, "evidence": evidence}
    bond, is_new = Bond.objects.get_or_create(
        member=member, cluster=cluster, until=None, defaults=first
    )
    if is_new:
        _record("bond.begun", member, by=None, at=at, cluster=cluster.code, evidence=evidence)
    return bond


@transaction.atomic
def end_bond(member: Organisation, cluster: Organisation, *, until: date, at: datetime) -> int:
    """The organisation belongs to the cluster no more; how many bonds ended."""
    current = Bond.objects.filter(member=member, cluster=cluster, until__isnull=True)
    if ended := current.update(until=until):
        _record("bond.ended", member, by=None, at=at, cluster=cluster.code)
    return ended
