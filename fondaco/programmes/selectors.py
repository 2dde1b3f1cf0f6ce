"""Reading programmes."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from fondaco.directory.models import Person
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.states import RoleKind
from fondaco.web import words


def programme_of(code: str) -> Programme | None:
    """The programme with that code."""
    return Programme.objects.filter(code=code).first()


def programmes_by_code(codes: Iterable[str]) -> QuerySet[Programme]:
    """The programmes with these codes."""
    return Programme.objects.filter(code__in=list(codes))


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
    return sorted(dict(rows).items(), key=lambda pair: words.in_order(pair[1]))


def role_now(programme: Programme, person: Person, kind: RoleKind) -> Role | None:
    """The role of that kind that the person has in the programme now."""
    held = Role.objects.filter(programme=programme, person=person, kind=kind, until__isnull=True)
    return held.first()


def programmes_run_by(person_id: int) -> list[str]:
    """The codes of the programmes of which the person is an officer now, in their order."""
    held = Q(roles__person_id=person_id, roles__kind=RoleKind.OFFICER, roles__until__isnull=True)
    return list(Programme.objects.filter(held).order_by("code").values_list("code", flat=True))


def other_officers(programme_id: int, person_id: int) -> QuerySet[Role]:
    """The officers a programme has besides the person; whoever was erased is none."""
    held = Role.objects.filter(
        programme_id=programme_id,
        kind=RoleKind.OFFICER,
        until__isnull=True,
        person__is_active=True,
    )
    return held.exclude(person_id=person_id)


def objections_to_erasing(person_id: int) -> list[str]:
    """Whether a programme would be left without an officer."""
    run = Programme.objects.filter(code__in=programmes_run_by(person_id))
    left_alone = [row.pk for row in run if not other_officers(row.pk, person_id).exists()]
    return ["last-officer"] if left_alone else []


def roles_ever_of(person_id: int) -> QuerySet[Role]:
    """Every role a person has or had, with its programme."""
    held = Role.objects.filter(person_id=person_id)
    return held.select_related("programme", "partner").order_by("pk")


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    kept = roles_ever_of(person_id)
    return {
        "roles": list(kept.values("programme__code", "kind", "partner__code", "since", "until"))
    }


def role_with_people(programme: Programme, pk: int) -> Role | None:
    """A role of the programme that somebody has now, with the person and the partner."""
    rows = Role.objects.select_related("person", "partner__organisation", "programme")
    return rows.filter(programme=programme, pk=pk, until__isnull=True).first()


def team_of(programme: Programme) -> QuerySet[Role]:
    """Who has which role now, by name."""
    rows = Role.objects.filter(programme=programme, until__isnull=True)
    rows = rows.select_related("person", "partner__organisation")
    return rows.order_by("person__name", "person__email", "pk")
