"""Organisations and people in the stories of things."""

from collections.abc import Iterable

from fondaco.directory.models import Organisation, Person


def things_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call organisations and people, by the subjects of their stories."""
    wanted = list(subjects)
    found = {row.code: row.name for row in Organisation.objects.filter(code__in=wanted)}
    numbers = [int(one.removeprefix("person-")) for one in wanted if one.startswith("person-")]
    people = Person.objects.filter(pk__in=numbers)
    return found | {f"person-{one.pk}": str(one) for one in people}
