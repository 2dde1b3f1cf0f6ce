"""Reading people, organisations, posts and what waits for an answer."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation

from fondaco.directory.models import (
    Bond,
    Invitation,
    JoinRequest,
    Organisation,
    Person,
    Picture,
    Post,
    SignInLink,
)
from fondaco.directory.rules.links import InvitationFacts, LinkFacts, hashed
from fondaco.directory.rules.names import Draft, search_key
from fondaco.directory.rules.posts import ErasureFacts, PostFacts
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.states import RequestState
from fondaco.kernel import told

DEMONSTRATION_SALT = "fondaco.directory.demonstration"
DEMONSTRATION_LIFE = 7 * 24 * 3600
DRAFT_TEXTS = (
    *("name", "kind", "country", "region", "city", "registration_number", "vat_number"),
    *("nace", "size", "website"),
)


# People


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


def invented_people() -> QuerySet[Person]:
    """The people of the demonstration, by name."""
    return Person.objects.filter(is_invented=True, is_active=True).order_by("name", "pk")


def demonstration_address(person: Person) -> str:
    """Where an invented person signs in with one button; works on this machine alone."""
    token = signing.dumps(person.pk, salt=DEMONSTRATION_SALT)
    with translation.override(person.language):
        return settings.ADDRESS + reverse("directory:demonstration", args=[token])


def demonstration_links(people: Iterable[Person] | None = None) -> list[tuple[Person, str]]:
    """Each invented person with the address to sign in at."""
    wanted = invented_people() if people is None else people
    return [(person, demonstration_address(person)) for person in wanted]


def person_of_token(token: str) -> Person | None:
    """The invented person a demonstration link was made for."""
    try:
        pk = signing.loads(token, salt=DEMONSTRATION_SALT, max_age=DEMONSTRATION_LIFE)
    except signing.BadSignature:
        return None
    return invented_people().filter(pk=pk).first()


def second_factors(person: Person) -> frozenset[str]:
    """The kinds of second factor the person has set up."""
    kept = Authenticator.objects.filter(user_id=person.pk)
    return frozenset(kept.values_list("type", flat=True))


def locked_person(pk: int) -> Person:
    """For services only: the row is ours until the transaction ends."""
    return Person.objects.select_for_update(of=("self",)).get(pk=pk)


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


# Links


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


# Organisations


def organisation_of(code: str) -> Organisation | None:
    """The organisation with that code."""
    return Organisation.objects.filter(code=code).first()


def organisation_by_id(pk: int) -> Organisation | None:
    """The organisation with that number."""
    return Organisation.objects.filter(pk=pk).first()


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations a person works for now, in the order of joining."""
    current = Q(posts__person_id=person.pk, posts__until__isnull=True)
    return Organisation.objects.filter(current).order_by("posts__since", "pk")


def posts_of(person: Person) -> QuerySet[Post]:
    """The posts a person holds now, with their organisations."""
    held = Post.objects.filter(person_id=person.pk, until__isnull=True)
    return held.select_related("organisation").order_by("since", "pk")


def colleagues_of(organisation: Organisation) -> QuerySet[Post]:
    """The present posts of an organisation, with the people who hold them."""
    held = Post.objects.filter(organisation_id=organisation.pk, until__isnull=True)
    return held.select_related("person").order_by("person__name", "pk")


def post_in(organisation: Organisation, pk: int) -> Post | None:
    """A present post of this organisation."""
    return colleagues_of(organisation).filter(pk=pk).first()


def admins_of(organisation: Organisation) -> QuerySet[Person]:
    """The people who run an organisation."""
    held = Post.objects.filter(organisation_id=organisation.pk, until__isnull=True, is_admin=True)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("pk")


def post_at(person: Person, organisation: Organisation) -> Post | None:
    """The person's present post there."""
    return posts_of(person).filter(organisation_id=organisation.pk).first()


def likely_duplicates(draft: Draft, *, apart_from: Iterable[str] = ()) -> list[Organisation]:
    """Organisations that are probably the one described: same names or same number."""
    same = Q()
    if draft.country:
        for key in search_key(draft.name, draft.names).strip("|").split("|"):
            same |= Q(country=draft.country, search_key__contains=f"|{key}|")
        same |= Q(country=draft.country, name__iexact=draft.name)
        if draft.registration_number:
            number = draft.registration_number
            same |= Q(country=draft.country, registration_number=number)
    if draft.vat_number:
        same |= Q(vat_number=draft.vat_number)
    if not same:
        return []
    found = Organisation.objects.filter(same).exclude(code__in=list(apart_from))
    admins = Post.objects.filter(organisation=OuterRef("pk"), is_admin=True, until__isnull=True)
    return list(found.annotate(has_admin=Exists(admins)).order_by("name", "pk")[:10])


def codes_beginning(stem: str) -> frozenset[str]:
    """The codes that are taken already among those that begin so."""
    taken = Organisation.objects.filter(code__startswith=stem)
    return frozenset(taken.values_list("code", flat=True))


def draft_of(organisation: Organisation) -> Draft:
    """The organisation as it is described now."""
    return Draft(
        **{field: getattr(organisation, field) for field in DRAFT_TEXTS},
        names=organisation.names,
        description=organisation.description,
        ecosystems=tuple(organisation.ecosystems),
        staff=organisation.staff,
    )


def locked_organisation(pk: int) -> Organisation:
    """For services only: the row is ours until the transaction ends."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=pk)


def picture_named(sha256: str) -> Picture | None:
    """A picture by the hash of its bytes."""
    return Picture.objects.filter(pk=sha256).first()


def locked_post(pk: int) -> Post:
    """For services only: the post, once its organisation is locked."""
    organisation_id = Post.objects.values_list("organisation_id", flat=True).get(pk=pk)
    locked_organisation(organisation_id)
    posts = Post.objects.select_for_update(of=("self",)).select_related("organisation")
    return posts.get(pk=pk)


def post_facts(post: Post) -> PostFacts:
    """A post, and who else is there."""
    others = Post.objects.filter(organisation_id=post.organisation_id, until__isnull=True)
    counted = others.exclude(pk=post.pk).aggregate(
        colleagues=Count("pk"),
        admins=Count("pk", filter=Q(is_admin=True, person__is_active=True)),
    )
    return PostFacts(
        is_current=post.until is None,
        is_admin=post.is_admin,
        other_admins=counted["admins"],
        other_colleagues=counted["colleagues"],
    )


# Requests and bonds


def waiting_requests(organisation: Organisation) -> QuerySet[JoinRequest]:
    """Requests to join that the organisation's administrators have to answer."""
    waiting = organisation.join_requests.filter(state=RequestState.WAITING, asks_to_run=False)
    return waiting.select_related("person").order_by("at", "pk")


def requests_to_run() -> QuerySet[JoinRequest]:
    """Requests to run an organisation, for the installation's administrator."""
    asked = JoinRequest.objects.filter(asks_to_run=True)
    return asked.select_related("person", "organisation").order_by("-at", "-pk")


def requests_of(person: Person) -> QuerySet[JoinRequest]:
    """What a person asked and still waits for."""
    asked = person.join_requests.filter(state=RequestState.WAITING)
    return asked.select_related("organisation").order_by("at", "pk")


def join_request(pk: int) -> JoinRequest | None:
    """One request with its organisation."""
    return JoinRequest.objects.select_related("organisation", "person").filter(pk=pk).first()


def reviewers_of(asked: JoinRequest) -> list[Person]:
    """Who has to answer: the organisation's administrators or the installation's."""
    if asked.asks_to_run:
        return list(
            Person.objects.filter(is_installation_admin=True, is_active=True).order_by("pk")
        )
    return list(admins_of(asked.organisation))


def locked_request(pk: int) -> JoinRequest:
    """For services only: the row is ours until the transaction ends."""
    asked = JoinRequest.objects.select_for_update(of=("self",))
    return asked.select_related("organisation", "person").get(pk=pk)


def locked_request_of(person: Person, organisation: Organisation) -> JoinRequest | None:
    """For services only: what the person asked and waits for, ours until the transaction ends."""
    asked = requests_of(person).filter(organisation=organisation)
    return asked.select_for_update(of=("self",)).first()


def bonds_of_id(organisation_id: int) -> list[Bond]:
    """The clusters an organisation belongs or belonged to, the latest first."""
    kept = Bond.objects.filter(member_id=organisation_id).select_related("cluster")
    return list(kept.order_by("-since", "pk"))


def things_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call organisations and people, by the subjects of their stories."""
    wanted = list(subjects)
    found = {row.code: row.name for row in Organisation.objects.filter(code__in=wanted)}
    numbers = [int(one.removeprefix("person-")) for one in wanted if one.startswith("person-")]
    people = Person.objects.filter(pk__in=numbers)
    return found | {f"person-{one.pk}": str(one) for one in people}
