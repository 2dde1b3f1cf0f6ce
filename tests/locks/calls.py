"""Races over what officers record about a call, and over programmes and their people."""

from datetime import timedelta

from fondaco.calls import services
from fondaco.directory.models import Picture
from fondaco.directory.services.people import erase_person
from fondaco.programmes.models import Role
from fondaco.programmes.services import give_mark, take_role_away
from fondaco.programmes.states import RoleKind
from fondaco.web.pictures import redrawn
from tests.factories.calls import CallFactory
from tests.factories.directory import AT, PersonFactory
from tests.factories.pictures import encoded
from tests.factories.programmes import ProgrammeFactory, RoleFactory
from tests.locks.race import Scene, race, told

CALL = "calls.locked_call"
ONE_NUMBER = "constraint act_number_once"
WHY = {"en": "So it is."}


def recorded(first, second, **more):
    """Two officers who record something about one call."""
    call, by = CallFactory(**more), PersonFactory()
    later = call.closes_at + timedelta(days=7)

    def extend():
        services.extend_call(call.pk, closes_at=later, reason=WHY, by=by, at=AT)

    acts = {
        "publish": lambda: services.publish_call(call.pk, by=by, at=AT),
        "extend": extend,
        "suspend": lambda: services.suspend_call(call.pk, reason=WHY, by=by, at=AT),
        "correct": lambda: services.correct_call(call.pk, reason=WHY, by=by, at=AT),
        "close": lambda: services.close_call_early(call.pk, reason=WHY, by=by, at=AT),
        "cancel": lambda: services.cancel_call(call.pk, reason=WHY, by=by, at=AT),
    }

    def stands():
        return sorted(call.acts.values_list("kind", flat=True))

    return Scene(acts[first], acts[second], stands)


@race(CALL, held=("", "published-already", 1), broken=("", "", 2))
def a_call_is_published_once():
    scene = recorded("publish", "publish", published_at=None)
    return Scene(scene.first, scene.second, told("call.published"))


@race(
    CALL,
    held=("", "not-later", ["extension"]),
    broken=("", ONE_NUMBER, ["extension"]),
)
def a_call_is_extended_once_by_the_same_days():
    return recorded("extend", "extend")


@race(
    CALL,
    held=("", "over", ["cancellation"]),
    broken=("", ONE_NUMBER, ["cancellation"]),
)
def a_call_that_was_just_cancelled_is_not_extended():
    return recorded("cancel", "extend")


@race(
    CALL,
    held=("", "not-open", ["suspension"]),
    broken=("", ONE_NUMBER, ["suspension"]),
)
def a_call_is_suspended_once():
    return recorded("suspend", "suspend")


@race(
    CALL,
    held=("", "", ["corrigendum", "corrigendum"]),
    broken=("", ONE_NUMBER, ["corrigendum"]),
)
def two_corrections_are_numbered_one_after_the_other():
    return recorded("correct", "correct")


@race(
    CALL,
    held=("", "not-open", ["early-closure"]),
    broken=("", ONE_NUMBER, ["early-closure"]),
)
def a_call_that_was_just_closed_is_not_suspended():
    return recorded("close", "suspend")


@race(
    "programmes.locked_programme",
    held=("", "last-officer", 1),
    broken=("", "", 0),
)
def the_last_two_officers_take_their_roles_away():
    programme = ProgrammeFactory()
    one, two = (RoleFactory(programme=programme) for _number in range(2))
    return Scene(
        lambda: take_role_away(one.pk, by_id=one.person_id, at=AT),
        lambda: take_role_away(two.pk, by_id=two.person_id, at=AT),
        Role.objects.filter(until__isnull=True).count,
    )


@race(
    "programmes.locked_programme",
    held=("", "last-officer", 1),
    broken=("", "", 0),
)
def the_last_two_officers_are_erased():
    programme = ProgrammeFactory()
    one, two = (RoleFactory(programme=programme).person for _number in range(2))
    return Scene(
        lambda: erase_person(one.pk, by=one, at=AT),
        lambda: erase_person(two.pk, by=two, at=AT),
        Role.objects.filter(until__isnull=True).count,
    )


@race("programmes.locked_programme", held=("", "", 1), broken=("", "", 2))
def a_mark_leaves_no_other_behind():
    programme, by = ProgrammeFactory(), PersonFactory()
    red, blue = (redrawn(encoded(colour=one)) for one in ((200, 0, 0), (0, 0, 200)))
    return Scene(
        lambda: give_mark(programme.code, red, by=by, at=AT),
        lambda: give_mark(programme.code, blue, by=by, at=AT),
        Picture.objects.count,
    )


@race(
    "programmes.take_role_away",
    held=("", "", 1),
    broken=("", "", 2),
    besides=("programmes.locked_programme",),
)
def a_role_is_taken_away_once():
    role, by = RoleFactory(kind=RoleKind.OBSERVER), PersonFactory()

    def take():
        take_role_away(role.pk, by_id=by.pk, at=AT)

    return Scene(take, take, told("role.taken-away"))
