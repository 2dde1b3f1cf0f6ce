"""What the directory writes, what it tells the trail, and what a refusal leaves untouched."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fondaco.directory import selectors
from fondaco.directory.models import (
    Bond,
    Invitation,
    JoinRequest,
    Organisation,
    Person,
    Post,
    SignInLink,
)
from fondaco.directory.rules.links import hashed
from fondaco.directory.rules.names import Draft
from fondaco.directory.rules.posts import JOIN_DAYS
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.services import organisations, people
from fondaco.kernel.decisions import Refused
from fondaco.kernel.facts import Question, tell
from fondaco.kernel.told import everything_about
from fondaco.trail.models import Entry, PersonKey
from fondaco.web.jobs import PERIODIC, job_of
from tests.directory.work import do_jobs, last_link
from tests.factories.directory import (
    AT,
    BondFactory,
    InvitationFactory,
    JoinRequestFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SignInLinkFactory,
)

pytestmark = pytest.mark.django_db


def verbs():
    """What happened, in order."""
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def reasons_of(refused):
    """The reasons of a refusal."""
    return refused.value.reasons


# People


def test_create_person_needs_no_proof_of_the_address():
    person = people.create_person(email="Nour@Example.org", name="Nour", at=AT, is_invented=True)

    assert (person.email, person.is_invented) == ("nour@example.org", True)
    assert selectors.person_of_address("NOUR@example.org") == person
    assert verbs() == ["person.joined"]


def test_a_person_is_found_whatever_the_capitals_of_the_address():
    person = PersonFactory(email="nour@example.org")

    assert Person.objects.get_by_natural_key("Nour@Example.org") == person


def test_create_person_refuses_an_address_that_is_taken():
    PersonFactory(email="nour@example.org")

    with pytest.raises(Refused) as refused:
        people.create_person(email="Nour@example.org", name="Nour", at=AT)

    assert reasons_of(refused) == (Reason.ADDRESS_TAKEN,)
    assert Person.objects.count() == 1
    assert verbs() == []


def test_change_person_keeps_name_language_and_zone():
    person = PersonFactory()

    people.change_person(person.pk, name="Nour", language="ar", time_zone="Asia/Beirut", at=AT)

    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Nour", "ar", "Asia/Beirut")
    assert verbs() == ["person.changed"]


def test_the_trail_never_holds_a_name_or_an_address():
    person = people.create_person(email="nour@example.org", name="Nour", at=AT)
    organisations.add_organisation(Draft("Olives", country="FR"), by=person, at=AT)

    told = [f"{entry.subject} {entry.data}" for entry in Entry.objects.all()]

    assert [line for line in told if "nour" in line.casefold()] == []


def test_erase_person_leaves_a_number():
    person = PersonFactory(email="nour@example.org", name="Nour")
    post = PostFactory(person=person)
    JoinRequestFactory(person=person)
    InvitationFactory(email="nour@example.org")
    SignInLinkFactory(person=person)

    kept = people.erase_person(person.pk, by=person, at=AT)

    person.refresh_from_db()
    post.refresh_from_db()
    assert kept == []
    assert (person.name, person.is_active) == ("", False)
    assert "nour" not in person.email
    assert None not in (person.erased_at, post.until)
    assert PersonKey.objects.get(person_id=person.pk).key == ""
    left = [JoinRequest, Invitation, SignInLink]
    assert [model.objects.count() for model in left] == [0, 0, 0]
    assert not EmailAddress.objects.filter(user=person).exists()
    assert verbs() == ["person.erased"]


def test_erase_person_ends_every_session():
    client, person = Client(), PersonFactory()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = {"session_key": client.session.session_key, "ip": "192.0.2.7"}
    UserSession.objects.create(user=person, **session)

    people.erase_person(person.pk, by=person, at=AT)

    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


def test_where_somebody_was_signed_in_is_forgotten_once_the_session_is_over():
    person = PersonFactory()
    ends = {"running": AT + timedelta(days=1), "over": AT - timedelta(days=1)}
    for key, expires in ends.items():
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    for key in (*ends, "gone", "just-begun"):
        since = AT - timedelta(minutes=5 if key == "just-begun" else 90)
        UserSession.objects.create(user=person, session_key=key, ip="192.0.2.7", created_at=since)

    forgotten = people.forget_ended_sessions(at=AT)

    kept = UserSession.objects.values_list("session_key", flat=True)
    assert (forgotten, sorted(kept)) == (2, ["just-begun", "running"])


def test_the_worker_forgets_ended_sessions_once_a_day():
    person = PersonFactory()
    long_ago = AT - timedelta(days=2)
    UserSession.objects.create(user=person, session_key="gone", ip="192.0.2.7", created_at=long_ago)
    name = "fondaco.directory.tasks.forget_ended_sessions"

    job_of(name).work()

    assert PERIODIC[name] == 24 * 3600
    assert not UserSession.objects.exists()


def test_rows_name_themselves():
    link, bond = SignInLinkFactory(), BondFactory()
    link.person.name = ""
    asked, invitation = JoinRequestFactory(), InvitationFactory()
    post = PostFactory()

    assert str(link.person) == link.person.email
    assert str(link) == "link of 2026-11-01 09:00"
    assert str(bond) == f"{bond.member} in {bond.cluster}"
    assert str(asked) == f"{asked.person} asks {asked.organisation}"
    assert str(invitation) == f"{invitation.email} to {invitation.organisation}"
    assert str(post) == f"{post.person} at {post.organisation}"


def test_erase_person_refuses_the_last_administrator():
    post = PostFactory(is_admin=True)
    PostFactory(organisation=post.organisation)

    with pytest.raises(Refused) as refused:
        people.erase_person(post.person_id, by=post.person, at=AT)

    post.person.refresh_from_db()
    assert reasons_of(refused) == (Reason.LAST_ADMIN,)
    assert post.person.is_active
    assert verbs() == []


def test_everything_about_a_person_is_told():
    post = PostFactory(organisation__name="Olives")
    JoinRequestFactory(person=post.person)
    InvitationFactory(email=post.person.email)

    told = everything_about(post.person_id)["directory"]

    assert told["person"]["name"] == post.person.name
    assert [row["organisation__name"] for row in told["posts"]] == ["Olives"]
    assert [len(told[part]) for part in ("addresses", "requests", "invitations")] == [1, 1, 1]


# Links


def test_keep_link_keeps_the_hash_and_forgets_the_old_ones():
    old = SignInLinkFactory(expires_at=AT - timedelta(days=2))

    secret = people.keep_link(old.person, browser=hashed("browser"), at=AT)

    kept = SignInLink.objects.get()
    assert kept.hashed == hashed(secret)
    assert secret not in (kept.hashed, kept.browser)
    assert kept.expires_at == AT + timedelta(minutes=15)


def test_use_link_works_once():
    link = SignInLinkFactory()

    person = people.use_link("secret", browser="browser", at=AT)
    with pytest.raises(Refused) as refused:
        people.use_link("secret", browser="browser", at=AT)

    assert person == link.person
    assert reasons_of(refused) == (Reason.LINK_USED,)


@pytest.mark.parametrize(
    ("secret", "browser", "minutes", "reason"),
    [
        ("other", "browser", 0, Reason.LINK_UNKNOWN),
        ("secret", "other", 0, Reason.OTHER_BROWSER),
        ("secret", "", 0, Reason.OTHER_BROWSER),
        ("secret", "browser", 15, Reason.LINK_EXPIRED),
    ],
)
def test_use_link_refuses_and_uses_nothing_up(secret, browser, minutes, reason):
    link = SignInLinkFactory()

    with pytest.raises(Refused) as refused:
        people.use_link(secret, browser=browser, at=AT + timedelta(minutes=minutes))

    link.refresh_from_db()
    assert reasons_of(refused) == (reason,)
    assert link.used_at is None


def test_the_link_of_an_inactive_person_is_unknown():
    SignInLinkFactory(person__is_active=False)

    assert selectors.link_of("secret") is None


# Organisations


DRAFT = Draft("Huilerie du Lac SARL", country="FR", vat_number="FR40303265045")


def test_add_organisation_makes_its_first_administrator():
    person = PersonFactory()

    organisation = organisations.add_organisation(DRAFT, by=person, at=AT)

    post = Post.objects.get()
    assert organisation.code == "huilerie-du-lac-sarl"
    assert (post.person, post.organisation, post.is_admin) == (person, organisation, True)
    assert verbs() == ["organisation.added", "post.taken"]


@pytest.mark.parametrize(
    "again",
    [
        Draft("HUILERIE DU LAC", country="FR"),
        Draft("Something else", country="IT", vat_number="FR40303265045"),
        Draft("Another name", country="FR", names={"fr": "Huilerie du lac"}),
    ],
)
def test_add_organisation_notices_a_likely_duplicate(again):
    person = PersonFactory()
    first = organisations.add_organisation(DRAFT, by=person, at=AT)

    with pytest.raises(Refused) as refused:
        organisations.add_organisation(again, by=person, at=AT)

    assert reasons_of(refused) == (Reason.LIKELY_DUPLICATE,)
    assert selectors.likely_duplicates(again) == [first]
    assert Organisation.objects.count() == 1


def test_the_same_registration_number_in_another_country_is_no_duplicate():
    OrganisationFactory(country="FR", registration_number="123")

    found = selectors.likely_duplicates(Draft("Alpha", country="MA", registration_number="123"))

    assert found == []


def test_a_duplicate_that_was_shown_and_denied_is_added():
    person = PersonFactory()
    first = organisations.add_organisation(DRAFT, by=person, at=AT)

    other = organisations.add_organisation(DRAFT, by=person, at=AT, apart_from=[first.code])

    assert other.code == "huilerie-du-lac-sarl-2"
    assert Entry.objects.filter(verb="organisation.added").last().data == {
        "apart_from": [first.code]
    }


def test_an_organisation_without_a_readable_name_has_no_duplicates():
    OrganisationFactory()

    assert selectors.likely_duplicates(Draft("—")) == []


def test_register_organisation_finds_the_one_that_is_here():
    first = organisations.register_organisation(DRAFT, at=AT, source=["x"], confidence="read")

    again = organisations.register_organisation(DRAFT, at=AT)

    assert again == first
    assert (first.source, first.confidence) == (["x"], "read")
    assert not Post.objects.exists()


def test_change_organisation_says_what_changed():
    organisation = OrganisationFactory(name="Olives")
    draft = selectors.draft_of(organisation)

    organisations.change_organisation(
        organisation.pk, Draft("Olives & Cie", country=draft.country), by=PersonFactory(), at=AT
    )

    organisation.refresh_from_db()
    assert (organisation.name, organisation.changed_at) == ("Olives & Cie", AT)
    assert Entry.objects.get().data == {"fields": ["name", "kind", "search_key"]}


# Posts


def test_take_post_is_refused_to_a_colleague():
    post = PostFactory()

    with pytest.raises(Refused) as refused:
        organisations.take_post(post.person, post.organisation, by=None, at=AT, is_admin=True)

    assert reasons_of(refused) == (Reason.ALREADY_COLLEAGUE,)
    assert verbs() == []


def test_an_organisation_is_handed_over():
    first = PostFactory(is_admin=True)
    second = PostFactory(organisation=first.organisation)

    organisations.make_admin(second.pk, by=first.person, at=AT)
    organisations.make_member(first.pk, by=second.person, at=AT)
    organisations.leave_post(first.pk, by=first.person, at=AT)

    first.refresh_from_db()
    assert first.until == AT
    assert list(selectors.admins_of(first.organisation)) == [second.person]
    assert verbs() == ["post.raised", "post.lowered", "post.left"]


@pytest.mark.parametrize("service", [organisations.leave_post, organisations.make_member])
def test_the_last_administrator_neither_leaves_nor_steps_down(service):
    post = PostFactory(is_admin=True)
    PostFactory(organisation=post.organisation)

    with pytest.raises(Refused) as refused:
        service(post.pk, by=post.person, at=AT)

    post.refresh_from_db()
    assert reasons_of(refused) == (Reason.LAST_ADMIN,)
    assert (post.is_admin, post.until) == (True, None)
    assert verbs() == []


def test_nobody_is_raised_who_has_left():
    post = PostFactory(until=AT)

    with pytest.raises(Refused) as refused:
        organisations.make_admin(post.pk, by=post.person, at=AT)

    assert reasons_of(refused) == (Reason.NO_LONGER_THERE,)


def test_an_organisation_is_locked_before_a_post_changes():
    post = PostFactory()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        organisations.leave_post(post.pk, by=post.person, at=AT)

    said = [query["sql"] for query in queries]
    locked = next(i for i, sql in enumerate(said) if 'FROM "directory_organisation"' in sql)
    written = next(i for i, sql in enumerate(said) if sql.startswith('UPDATE "directory_post"'))
    assert locked < written


# Invitations and requests


def test_invite_mails_a_link_whose_secret_is_nowhere():
    post = PostFactory(is_admin=True)

    made = organisations.invite(
        post.organisation, email="Amal@Example.org", is_admin=True, by=post.person, at=AT
    )
    do_jobs()

    made.refresh_from_db()
    secret = last_link().split("/")[-2]
    assert mail.outbox[0].to == ["amal@example.org"]
    assert made.hashed == hashed(secret)
    assert selectors.invitation_of(secret) == made
    assert verbs() == ["invitation.sent"]


def test_accept_invitation_takes_the_post():
    person = PersonFactory()
    invitation = InvitationFactory(email=person.email, is_admin=True)

    post = organisations.accept_invitation(invitation.pk, by=person, at=AT)

    invitation.refresh_from_db()
    assert (post.organisation, post.is_admin) == (invitation.organisation, True)
    assert invitation.answered_at == AT


@pytest.mark.parametrize("is_admin", [True, False])
def test_an_invitation_only_raises_a_present_colleague(is_admin):
    post = PostFactory(is_admin=False)
    invitation = InvitationFactory(
        organisation=post.organisation, email=post.person.email, is_admin=is_admin
    )

    kept = organisations.accept_invitation(invitation.pk, by=post.person, at=AT)

    assert (kept.pk, kept.is_admin) == (post.pk, is_admin)


def test_an_invitation_of_somebody_else_is_refused():
    person, invitation = PersonFactory(), InvitationFactory()

    with pytest.raises(Refused) as refused:
        organisations.accept_invitation(invitation.pk, by=person, at=AT)

    assert reasons_of(refused) == (Reason.OTHER_ADDRESS,)
    assert not Post.objects.exists()


def test_withdraw_invitation_closes_it_once():
    invitation = InvitationFactory()

    organisations.withdraw_invitation(invitation.pk, by=invitation.by, at=AT)
    with pytest.raises(Refused) as refused:
        organisations.withdraw_invitation(invitation.pk, by=invitation.by, at=AT)

    assert reasons_of(refused) == (Reason.INVITATION_ANSWERED,)
    assert verbs() == ["invitation.withdrawn"]


def test_a_withdrawn_invitation_is_not_mailed():
    post = PostFactory(is_admin=True)
    made = organisations.invite(
        post.organisation, email="amal@example.org", is_admin=False, by=post.person, at=AT
    )
    organisations.withdraw_invitation(made.pk, by=post.person, at=AT)

    do_jobs()

    assert mail.outbox == []


def test_ask_to_join_goes_to_the_administrators():
    post, person = PostFactory(is_admin=True), PersonFactory()

    asked = organisations.ask_to_join(post.organisation, words="Hello", by=person, at=AT)
    do_jobs()

    assert asked.asks_to_run is False
    assert [letter.to for letter in mail.outbox] == [[post.person.email]]
    assert list(selectors.waiting_requests(post.organisation)) == [asked]
    assert verbs() == ["joining.asked"]


def test_where_nobody_runs_the_organisation_the_installation_is_asked():
    admin = PersonFactory(is_installation_admin=True)
    organisation, person = OrganisationFactory(), PersonFactory()

    asked = organisations.ask_to_join(organisation, words="", by=person, at=AT)
    do_jobs()

    assert asked.asks_to_run is True
    assert [letter.to for letter in mail.outbox] == [[admin.email]]
    assert list(selectors.requests_to_run()) == [asked]


def test_nobody_asks_twice_or_for_what_they_have():
    asked, post = JoinRequestFactory(), PostFactory()

    with pytest.raises(Refused) as twice:
        organisations.ask_to_join(asked.organisation, words="", by=asked.person, at=AT)
    with pytest.raises(Refused) as had:
        organisations.ask_to_join(post.organisation, words="", by=post.person, at=AT)

    assert reasons_of(twice) == (Reason.ALREADY_ASKED,)
    assert reasons_of(had) == (Reason.ALREADY_COLLEAGUE,)


def test_what_silent_administrators_leave_unanswered_goes_to_the_installation():
    chief, admin = PostFactory(is_admin=True), PersonFactory(is_installation_admin=True)
    organisation, person = chief.organisation, PersonFactory()
    first = organisations.ask_to_join(organisation, words="Hello", by=person, at=AT)
    do_jobs()
    mail.outbox.clear()

    late = AT + timedelta(days=JOIN_DAYS)
    early, later = late - timedelta(seconds=1), late + timedelta(days=JOIN_DAYS)
    with pytest.raises(Refused) as too_early:
        organisations.ask_to_join(organisation, words="", by=person, at=early)
    asked = organisations.ask_to_join(organisation, words="", by=person, at=late)
    with pytest.raises(Refused) as twice:
        organisations.ask_to_join(organisation, words="", by=person, at=later)
    do_jobs()
    organisations.grant_request(asked.pk, by=admin, at=late)

    asked.refresh_from_db()
    assert reasons_of(too_early) == reasons_of(twice) == (Reason.ALREADY_ASKED,)
    assert (asked.pk, asked.asks_to_run, asked.words, asked.at) == (first.pk, True, "Hello", late)
    assert [letter.to for letter in mail.outbox] == [[admin.email]]
    assert list(selectors.waiting_requests(organisation)) == []
    assert set(selectors.admins_of(organisation)) == {chief.person, person}
    assert verbs() == ["joining.asked", "joining.asked", "joining.granted", "post.taken"]


def test_grant_request_makes_the_colleague_an_administrator_where_asked():
    post = PostFactory()
    asked = organisations.ask_to_run(post.organisation, words="", by=post.person, at=AT)
    do_jobs()

    organisations.grant_request(asked.pk, by=PersonFactory(), at=AT)
    do_jobs()

    post.refresh_from_db()
    assert post.is_admin
    assert [letter.to for letter in mail.outbox] == [[post.person.email]]
    assert verbs() == ["joining.asked", "joining.granted", "post.raised"]


def test_refuse_request_answers_once():
    asked = JoinRequestFactory()
    by = PersonFactory()

    organisations.refuse_request(asked.pk, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        organisations.grant_request(asked.pk, by=by, at=AT)

    assert reasons_of(refused) == (Reason.ALREADY_ANSWERED,)
    assert not Post.objects.exists()


def test_an_answer_is_not_mailed_to_somebody_who_is_gone():
    asked = JoinRequestFactory(person__is_active=False)
    organisations.refuse_request(asked.pk, by=PersonFactory(), at=AT)

    do_jobs()

    assert mail.outbox == []


def test_a_request_that_is_answered_needs_no_letter():
    asked = organisations.ask_to_join(
        PostFactory(is_admin=True).organisation, words="", by=PersonFactory(), at=AT
    )
    JoinRequest.objects.filter(pk=asked.pk).delete()

    do_jobs()

    assert mail.outbox == []


# Bonds and facts


def test_begin_bond_twice_is_once():
    member, cluster = OrganisationFactory(), OrganisationFactory(kind="cluster")
    said = {"since": date(2026, 1, 1), "evidence": "letter", "at": AT}

    one = organisations.begin_bond(member, cluster, **said)
    two = organisations.begin_bond(member, cluster, **said)

    assert one == two
    assert verbs() == ["bond.begun"]


def test_end_bond_ends_the_present_one():
    bond = BondFactory()

    ended = organisations.end_bond(bond.member, bond.cluster, until=date(2026, 6, 1), at=AT)
    again = organisations.end_bond(bond.member, bond.cluster, until=date(2026, 7, 1), at=AT)

    assert (ended, again) == (1, 0)
    assert Bond.objects.get().until == date(2026, 6, 1)
    assert verbs() == ["bond.ended"]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("organisation.country", "FR"),
        ("organisation.kind", "company"),
        ("organisation.size", None),
        ("organisation.ecosystems", ("tourism",)),
        ("organisation.nace", "A01"),
    ],
)
def test_facts_come_from_the_profile(fact, value):
    organisation = OrganisationFactory(ecosystems=["tourism"], nace="A01", changed_at=AT)

    told = tell(fact, Question(organisation.pk))

    assert (told.value, told.source, told.at) == (value, f"organisation {organisation.code}", AT)


@pytest.mark.parametrize("fact", ["organisation.country", "organisation.is_cluster_member"])
def test_nothing_is_known_of_an_organisation_that_is_not_here(fact):
    assert tell(fact, Question(0)).value is None


@pytest.mark.parametrize(("until", "value"), [(None, True), (date(2026, 6, 1), False)])
def test_membership_of_a_cluster_is_told_with_its_evidence(until, value):
    bond = BondFactory(until=until)

    told = tell("organisation.is_cluster_member", Question(bond.member_id))

    assert (told.value, told.source) == (value, f"{bond.cluster.code}: letter of membership")
