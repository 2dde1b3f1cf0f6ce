"""Reading people: their addresses and proofs, and what hangs on them."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from fondaco.directory.models import Invitation, Organisation, Person, Post
from fondaco.directory.rules.posts import ErasureFacts
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.selectors.posts import post_facts, posts_of
from fondaco.kernel import told
from fondaco.web.prepared import Prepared, number

_BY_KEY = Prepared(lambda: Person.objects.filter(pk=number("pk")))
_LOCKED = Prepared(lambda: Person.objects.select_for_update(of=("self",)).filter(pk=number("pk")))


def person_of_key(pk: int) -> Person | None:
    """The person of a session: every request asks."""
    return _BY_KEY.first(pk=pk)


def person_of_address(address: str) -> Person | None:
    """The person who proved to own an e-mail address."""
    proven = EmailAddress.objects.filter(email__iexact=address, verified=True)
    return Person.objects.filter(is_active=True, pk__in=proven.values("user_id")).first()


def is_registered(address: str) -> bool:
    """Whether anybody, proven or not, is registered with an address."""
    return (
        Person.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )


def why_nobody(address: str) -> Reason:
    """Why `person_of_address` finds nobody: unknown, or not proven yet."""
    return Reason.ADDRESS_NOT_PROVEN if is_registered(address) else Reason.NOBODY_REGISTERED


def proven_addresses(person: Person) -> list[str]:
    """The e-mail addresses that the person has confirmed."""
    kept = EmailAddress.objects.filter(user_id=person.pk, verified=True)
    return list(kept.order_by("-primary", "email").values_list("email", flat=True))


def second_factors(person: Person) -> frozenset[str]:
    """The kinds of second factor the person has set up."""
    kept = Authenticator.objects.filter(user_id=person.pk)
    return frozenset(kept.values_list("type", flat=True))


def locked_person(pk: int) -> Person:
    """For services only: the row is ours until the transaction ends."""
    return _LOCKED.one(pk=pk)


def locked_installation_admins() -> list[Person]:
    """For services only: everybody who runs the installation, ours until the transaction ends."""
    admins = Person.objects.filter(is_installation_admin=True, is_active=True)
    return list(admins.select_for_update(of=("self",)).order_by("pk"))


def lock_what_hangs_on(pk: int) -> Person:
    """For services only: the person, ours until the end, and what others are counted in.

    These are the installation's administrators and the organisations the person works for,
    each in the order of their keys, so that two who leave at once wait for each other.
    """
    locked_installation_admins()
    held = Post.objects.filter(person_id=pk, until__isnull=True)
    concerned = Organisation.objects.filter(pk__in=held.values("organisation_id"))
    list(concerned.select_for_update(of=("self",)).order_by("pk"))
    return locked_person(pk)


def has_own_proof(person: Person) -> bool:
    """Whether the person can prove who they are without a mailed link."""
    return person.has_usable_password() or bool(second_factors(person))


def erasure_facts(person: Person) -> ErasureFacts:
    """What hangs on the person."""
    others = Person.objects.filter(is_installation_admin=True, is_active=True).exclude(pk=person.pk)
    return ErasureFacts(
        posts=tuple(post_facts(post) for post in posts_of(person)),
        is_installation_admin=person.is_installation_admin,
        other_installation_admins=others.count(),
        against=tuple(told.against_erasing(person.pk)),
    )


def told_about(person_id: int) -> dict[str, object]:
    """Everything the directory keeps about a person, as plain values."""
    person = Person.objects.get(pk=person_id)
    own = "email name language time_zone is_installation_admin is_invented joined_at last_login"
    return {
        "person": {field: getattr(person, field) for field in own.split()},
        "addresses": list(
            EmailAddress.objects.filter(user_id=person_id).values("email", "verified", "primary")
        ),
        "posts": list(
            person.posts.order_by("pk").values("organisation__name", "is_admin", "since", "until")
        ),
        "requests": list(
            person.join_requests.order_by("pk").values("organisation__name", "words", "state", "at")
        ),
        "invitations": list(
            Invitation.objects.filter(email__in=proven_addresses(person)).values(
                "organisation__name", "at", "answered_at"
            )
        ),
        "second_factors": list(
            Authenticator.objects.filter(user_id=person_id).values("type", "created_at")
        ),
    }
