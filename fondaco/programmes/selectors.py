"""Reading programmes."""

from django.db.models import Count, Q, QuerySet

from fondaco.programmes.models import Partner, Programme


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
