"""Reading programmes."""

from django.db.models import Count, Q, QuerySet

from fondaco.directory.models import Person
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.states import RoleKind


def programme_of(code: str) -> Programme | None:
    """The programme with that code."""
    return Programme.objects.filter(code=code).first()


def all_programmes() -> QuerySet[Programme]:
    """Every programme with the number of its calls that are published."""
    published = Count("calls", filter=Q(calls__published_at__isnull=False), distinct=True)
    return Programme.objects.annotate(calls_published=published)


def programme_with_details(code: str) -> Programme | None:
    """One programme with everything its page prints, in a fixed number of queries."""
    return (
        Programme.objects.prefetch_related(
            "periods",
            "key_facts",
            "results",
            "partnerships",
            "work_packages__leader__organisation",
            "partners__organisation",
            "partners__partnership",
        )
        .filter(code=code)
        .first()
    )


def locked_programme(code: str) -> Programme | None:
    """For services only: the row is ours until the transaction ends."""
    return Programme.objects.select_for_update(of=("self",)).filter(code=code).first()


def partner_of(programme: Programme, code: str) -> Partner | None:
    """The partner with that code in the programme."""
    return programme.partners.filter(code=code).first()


def partner_codes(programme: Programme) -> list[str]:
    """The codes of its partners, each once."""
    codes = programme.partners.order_by("code").values_list("code", flat=True)
    return list(codes.distinct())


def partners_named(programme: Programme) -> list[tuple[str, str]]:
    """Its partners, each once, by code and name, in the order of the names."""
    rows = programme.partners.values_list("code", "organisation__name")
    return sorted(dict(rows).items(), key=lambda pair: pair[1].casefold())


def role_now(programme: Programme, person: Person, kind: RoleKind) -> Role | None:
    """The role of that kind that the person has in the programme now."""
    held = Role.objects.filter(programme=programme, person=person, kind=kind, until__isnull=True)
    return held.first()


def role_with_people(programme: Programme, pk: int) -> Role | None:
    """A role of the programme that somebody has now, with the person and the partner."""
    rows = Role.objects.select_related("person", "partner__organisation", "programme")
    return rows.filter(programme=programme, pk=pk, until__isnull=True).first()


TEAM_ORDERS = {
    "person": ("person__name", "person__email"),
    "role": ("kind", "person__name"),
    "partner": ("partner__organisation__name", "person__name"),
    "since": ("since", "person__name"),
}


def team_of(
    programme: Programme, *, search: str = "", role: str = "", sort: str = ""
) -> QuerySet[Role]:
    """Who has which role now, as asked; `sort` is a column, with a hyphen before it downwards."""
    rows = Role.objects.filter(programme=programme, until__isnull=True)
    rows = rows.select_related("person", "partner__organisation")
    if role:
        rows = rows.filter(kind=role)
    if search:
        wanted = Q()
        for field in ("person__name", "person__email", "partner__organisation__name"):
            wanted |= Q(**{f"{field}__icontains": search})
        rows = rows.filter(wanted)
    names = TEAM_ORDERS.get(sort.removeprefix("-"), TEAM_ORDERS["person"])
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(*(f"{sign}{name}" for name in names), "pk")
