"""Reading organisations: how they are described, likely duplicates, pictures and bonds."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from fondaco.directory.models import Bond, Organisation, Person, Picture, Post
from fondaco.directory.rules.names import Draft, search_key
from fondaco.web.prepared import Prepared, number

DRAFT_TEXTS = (
    *("name", "kind", "country", "region", "city", "registration_number", "vat_number"),
    *("nace", "size", "website"),
)


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


_OF_PERSON = Prepared(
    lambda: Organisation.objects.filter(
        posts__person_id=number("person"), posts__until__isnull=True
    ).order_by("posts__since", "pk")
)


def workplaces_of(person: Person) -> list[Organisation]:
    """The same, read at once: every page asks."""
    return _OF_PERSON.all(person=person.pk)


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


def bonds_of_id(organisation_id: int) -> list[Bond]:
    """The clusters an organisation belongs or belonged to, the latest first."""
    kept = Bond.objects.filter(member_id=organisation_id).select_related("cluster")
    return list(kept.order_by("-since", "pk"))
