"""Who may do what in a programme; the other slices ask here."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from fondaco.directory.access import SecondFactorNeeded
from fondaco.directory.models import Person
from fondaco.programmes.models import Programme, Role
from fondaco.programmes.states import RoleKind

NEEDS_SECOND_FACTOR = frozenset({RoleKind.OFFICER, RoleKind.DECIDER})


def roles_of(person: Person) -> QuerySet[Role]:
    """The roles a person holds now."""
    return Role.objects.filter(person_id=person.pk, until__isnull=True)


def role_in(person: Person, programme_id: int, *kinds: RoleKind) -> Role | None:
    """The person's role of one of `kinds` in the programme, asleep or awake."""
    return roles_of(person).filter(programme_id=programme_id, kind__in=kinds).first()


def has_role(person: Person, programme_id: int, *kinds: RoleKind) -> bool:
    """Whether the person holds one of `kinds` there, and the session is strong enough for it."""
    held = roles_of(person).filter(programme_id=programme_id, kind__in=kinds)
    return any(is_awake(role, person) for role in held)


def is_awake(role: Role, person: Person) -> bool:
    """Officers and deciders act only in sessions opened with a second factor."""
    return role.kind not in NEEDS_SECOND_FACTOR or person.is_confirmed_twice


def require_role(person: Person, programme: Programme, *kinds: RoleKind) -> Role:
    """The role, or 404 to a stranger, 403 to a person of the programme without it.

    Raises `SecondFactorNeeded` where only the second factor is missing.
    """
    held = list(roles_of(person).filter(programme=programme))
    if not held:
        raise Http404
    wanted = [role for role in held if role.kind in kinds]
    if not wanted:
        raise PermissionDenied
    for role in wanted:
        if is_awake(role, person):
            return role
    raise SecondFactorNeeded


def programmes_with(person: Person, *kinds: RoleKind) -> QuerySet[Programme]:
    """The programmes in which the person holds one of `kinds`."""
    held = Q(roles__person_id=person.pk, roles__until__isnull=True, roles__kind__in=kinds)
    return Programme.objects.filter(held).distinct()
