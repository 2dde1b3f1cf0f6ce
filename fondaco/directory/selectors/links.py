"""Reading what was mailed to somebody: links to sign in with, and invitations."""

from datetime import datetime

from django.db.models import QuerySet

from fondaco.directory.models import Invitation, Organisation, Person, SignInLink
from fondaco.directory.rules.links import InvitationFacts, LinkFacts, hashed
from fondaco.directory.selectors.people import proven_addresses


def locked_link(secret: str) -> SignInLink | None:
    """For services only: the link of a secret, ours until the transaction ends."""
    links = SignInLink.objects.select_for_update(of=("self",)).select_related("person")
    return links.filter(hashed=hashed(secret), person__is_active=True).first()


def link_of(secret: str) -> SignInLink | None:
    """The link of a secret."""
    return SignInLink.objects.filter(hashed=hashed(secret), person__is_active=True).first()


def link_facts(link: SignInLink | None, browser: str) -> LinkFacts | None:
    """What decides whether a link opens, in the browser with that cookie."""
    if link is None:
        return None
    return LinkFacts(link.expires_at, link.used_at, link.browser, hashed(browser))


def invitation_of(secret: str) -> Invitation | None:
    """The invitation of a secret."""
    kept = Invitation.objects.select_related("organisation", "by")
    return kept.filter(hashed=hashed(secret)).first()


def invitation(pk: int) -> Invitation | None:
    """One invitation with its organisation and who sent it."""
    return Invitation.objects.select_related("organisation", "by").filter(pk=pk).first()


def locked_invitation(pk: int) -> Invitation:
    """For services only: the row is ours until the transaction ends."""
    kept = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    return kept.get(pk=pk)


def invitation_facts(invitation: Invitation | None, person: Person) -> InvitationFacts | None:
    """What decides whether the person may accept an invitation."""
    if invitation is None:
        return None
    return InvitationFacts(
        expires_at=invitation.expires_at,
        answered_at=invitation.answered_at,
        sent_to=invitation.email,
        addresses=proven_addresses(person),
    )


def open_invitations(organisation: Organisation, *, at: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    waiting = organisation.invitations.filter(answered_at__isnull=True, expires_at__gt=at)
    return waiting.order_by("email", "pk")
