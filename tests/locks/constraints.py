"""What a constraint of the database keeps safe where no lock does, and the proof of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from fondaco.applications.models import Application
from fondaco.applications.services.writing import start_application
from fondaco.directory.models import Bond, JoinRequest, Post
from fondaco.directory.services.organisations import ask_to_join, begin_bond, take_post
from fondaco.exchanges.models import Profile
from fondaco.exchanges.services import accept_profiles
from fondaco.mail.models import Letter
from fondaco.mail.services import write_letter
from fondaco.membership.models import Membership
from fondaco.membership.services import begin_memberships
from fondaco.programmes.models import Role
from fondaco.programmes.services import give_role
from fondaco.programmes.states import RoleKind
from fondaco.training.models import Place
from fondaco.training.services import give_places
from tests.factories import evaluation as made
from tests.factories.applications import open_call
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.exchanges import exchange_call
from tests.factories.mail import LetterTemplateFactory
from tests.factories.membership import letter_call
from tests.factories.programmes import ProgrammeFactory
from tests.factories.training import course
from tests.locks.race import Ran, Scene
from tests.threads import overlapping

MEMBERSHIP = "membership_membership_outcome_id_key"


@dataclass(frozen=True, slots=True)
class Once:
    """What two do at the same moment and the database lets stand once."""

    name: str
    constraint: str
    scene: Callable[[], Scene]
    said: str

    def run(self) -> Ran:
        """What was said against either, and how things stand afterwards."""
        scene = self.scene()
        return (*overlapping(scene.first, scene.second), scene.stands())


ONCE: list[Once] = []


def once(constraint: str, said: str = "") -> Callable[[Callable[[], Scene]], Callable[[], Scene]]:
    """Register a scene as what this constraint is for, with what the second is told."""

    def register(scene: Callable[[], Scene]) -> Callable[[], Scene]:
        ONCE.append(Once(scene.__name__, constraint, scene, said))
        return scene

    return register


@contextmanager
def dropped(constraint: str) -> Iterator[None]:
    """Do without a constraint or a unique index of the database; its table is empty afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE conname = %s",
            [constraint],
        )
        if found := cursor.fetchone():
            table = found[0]
            out = f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"'
            back = f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {found[1]}'
        else:
            asked = "SELECT tablename, indexdef FROM pg_indexes WHERE indexname = %s"
            cursor.execute(asked, [constraint])
            table, back = cursor.fetchone()
            out = f'DROP INDEX "{constraint}"'
        cursor.execute(out)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(back)


@once("role_once_at_a_time")
def a_role_is_given_once():
    programme, person, by = ProgrammeFactory(), PersonFactory(), PersonFactory()

    def give():
        give_role(person, RoleKind.EVALUATOR, programme=programme, by_id=by.pk, at=AT)

    return Scene(give, give, Role.objects.count)


@once("post_once_at_a_time", said="already-colleague")
def a_colleague_is_taken_on_once():
    person, organisation = PersonFactory(), OrganisationFactory()

    def take():
        take_post(person, organisation, is_admin=False, by=person, at=AT)

    return Scene(take, take, Post.objects.count)


@once("join_request_waits_once", said="already-asked")
def somebody_asks_to_join_once():
    person, organisation = PersonFactory(), OrganisationFactory()
    PostFactory(organisation=organisation, is_admin=True)

    def ask():
        ask_to_join(organisation, words="", by=person, at=AT)

    return Scene(ask, ask, JoinRequest.objects.count)


@once("bond_once_at_a_time")
def a_bond_begins_once():
    member, cluster = OrganisationFactory(), OrganisationFactory(kind="cluster")

    def begin():
        begin_bond(member, cluster, since=AT.date(), evidence="A letter.", at=AT)

    return Scene(begin, begin, Bond.objects.count)


@once("application_one_draft")
def an_organisation_has_one_draft():
    call, organisation, by = open_call(), OrganisationFactory(), PersonFactory()

    def start():
        start_application(call, organisation=organisation, by=by, at=AT)

    return Scene(start, start, Application.objects.count)


@once("letter_once_per_occasion")
def a_letter_is_written_once():
    template, to = LetterTemplateFactory(), PersonFactory()
    said = {"person": "P", "organisation": "O", "address": "A"}

    def write():
        given = {"programme": template.programme, "call": "", "occasion": template.occasion}
        write_letter(**given, to=to, subject_code="x-1", words=said, at=AT)

    return Scene(write, write, Letter.objects.count)


def awarded(call, make, model):
    """Two workers make what an award promises."""
    code = made.decided(made.sent(call)).decision.code

    def act():
        make(code, at=AT)

    return Scene(act, act, model.objects.count)


@once(MEMBERSHIP, said=f"constraint {MEMBERSHIP}")
def a_membership_begins_once():
    return awarded(letter_call(), begin_memberships, Membership)


@once("exchanges_profile_outcome_id_key", said="constraint exchanges_profile_outcome_id_key")
def a_profile_is_accepted_once():
    return awarded(exchange_call(), accept_profiles, Profile)


@once("training_place_outcome_id_key", said="constraint training_place_outcome_id_key")
def a_place_is_given_once():
    return awarded(course(), give_places, Place)
