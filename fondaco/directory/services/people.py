"""People join, change and are erased; they sign in by links; some run the installation."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from fondaco.directory import selectors
from fondaco.directory.models import (
    Invitation,
    Person,
    SignInLink,
)
from fondaco.directory.rules import links, posts
from fondaco.directory.rules.reasons import Reason
from fondaco.kernel import told
from fondaco.kernel.decisions import Refused, require
from fondaco.trail import services as trail

Rest = dict[str, Any]
SESSION_BEGINS = timedelta(hours=1)
"""How long after signing in a session may still be on its way into the database."""


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    at: datetime,
    language: str = "en",
    time_zone: str = "",
    password: str | None = None,
    **marks: bool,
) -> Person:
    """Somebody whose address needs no proof: invented, or entered by who runs the installation.

    Marks: `is_invented`, `is_installation_admin`.
    """
    if selectors.is_registered(email):
        raise Refused(Reason.ADDRESS_TAKEN)
    person = Person.objects.create_user(
        email, password, name=name, language=language, time_zone=time_zone, **marks
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    _record_joining(person, at=at)
    return person


@transaction.atomic
def complete_sign_up(pk: int, *, name: str, language: str, at: datetime) -> None:
    """Keep what somebody who signs up says of themselves."""
    person = selectors.locked_person(pk)
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    _record_joining(person, at=at)


def _record_joining(person: Person, *, at: datetime) -> None:
    trail.record("person.joined", subject=f"person-{person.pk}", by_id=person.pk, at=at)


@transaction.atomic
def make_installation_admin(pk: int, *, by_id: int | None, at: datetime) -> Person:
    """Let a person run the installation; twice is once."""
    person = selectors.locked_person(pk)
    if not person.is_installation_admin:
        person.is_installation_admin = True
        _save_admin(person, "person.raised", by_id=by_id, at=at)
    return person


@transaction.atomic
def end_installation_admin(pk: int, *, by_id: int | None, at: datetime) -> Person:
    """A person runs the installation no more; the last one stays until there is another.

    All administrators are locked, so that the last two cannot go at once.
    Raises `Refused(Reason.ONLY_INSTALLATION_ADMIN)`.
    """
    admins = selectors.locked_installation_admins()
    if [admin.pk for admin in admins] == [pk]:
        raise Refused(Reason.ONLY_INSTALLATION_ADMIN)
    person = selectors.locked_person(pk)
    if person.is_installation_admin:
        person.is_installation_admin = False
        _save_admin(person, "person.lowered", by_id=by_id, at=at)
    return person


def _save_admin(person: Person, verb: str, *, by_id: int | None, at: datetime) -> None:
    person.save(update_fields=["is_installation_admin"])
    trail.record(verb, subject=f"person-{person.pk}", by_id=by_id, at=at)


@transaction.atomic
def change_person(pk: int, *, name: str, language: str, time_zone: str, at: datetime) -> Person:
    """Name, language and time zone, as the person wants them."""
    person = selectors.locked_person(pk)
    person.name, person.language, person.time_zone = name, language, time_zone
    person.save(update_fields=["name", "language", "time_zone"])
    trail.record("person.changed", subject=f"person-{pk}", by_id=pk, at=at)
    return person


@transaction.atomic
def erase_person(pk: int, *, by: Person, at: datetime) -> list[str]:
    """Erase somebody in every slice and in the trail; the reasons for what has to stay."""
    person = selectors.lock_what_hangs_on(pk)
    require(posts.erasure(selectors.erasure_facts(person)))
    kept = told.erase_everywhere(pk)
    trail.record("person.erased", subject=f"person-{pk}", by_id=by.pk, at=at)
    trail.destroy_key(pk, at=at)
    return kept


@transaction.atomic
def erase_own_rows(pk: int, *, at: datetime) -> None:
    """The directory's part of an erasure: nothing stays but a number."""
    person = selectors.locked_person(pk)
    addresses = [person.email, *selectors.proven_addresses(person)]
    person.posts.filter(until__isnull=True).update(until=at, is_admin=False)
    Invitation.objects.filter(email__in=addresses).delete()
    person.join_requests.all().delete()
    SignInLink.objects.filter(person=person).delete()
    for kept in (EmailAddress, Authenticator):
        kept.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    person.email, person.name, person.time_zone = f"erased-{pk}@erased.invalid", "", ""
    person.is_active = person.is_installation_admin = False
    person.erased_at = at
    person.set_unusable_password()
    person.save()


def forget_ended_sessions(*, at: datetime) -> int:
    """Forget where people were signed in once those sessions are over; how many they were."""
    running = Session.objects.filter(expire_date__gte=at).values("session_key")
    begun = UserSession.objects.filter(created_at__lt=at - SESSION_BEGINS)
    return int(begun.exclude(session_key__in=running).delete()[0])


@transaction.atomic
def keep_link(person: Person, *, browser: str, at: datetime) -> str:
    """Make a link for the browser whose cookie has this hash; the secret is kept nowhere."""
    SignInLink.objects.filter(person=person, expires_at__lt=at - links.REMEMBERED).delete()
    secret, until = secrets.token_urlsafe(32), at + links.LINK_LIFE
    SignInLink.objects.create(
        person=person, hashed=links.hashed(secret), browser=browser, at=at, expires_at=until
    )
    return secret


@transaction.atomic
def use_link(secret: str, *, browser: str, at: datetime) -> Person:
    """The person whose link this is, once; raises `Refused` with the reason otherwise."""
    link = selectors.locked_link(secret)
    decision = links.sign_in(selectors.link_facts(link, browser), at=at)
    if not decision or link is None:
        raise Refused(*decision.reasons)
    link.used_at = at
    link.save(update_fields=["used_at"])
    return link.person
