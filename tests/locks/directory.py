"""Races over people, organisations, colleagues and pictures."""

from datetime import timedelta

from fondaco.directory.models import Organisation, Person, Picture, Post
from fondaco.directory.services import organisations, people, pictures
from fondaco.web.pictures import redrawn
from tests.factories.directory import (
    AT,
    InvitationFactory,
    JoinRequestFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SignInLinkFactory,
)
from tests.factories.pictures import encoded
from tests.locks.race import Scene, race, told

LONG_AGO = AT - timedelta(days=90)
WORN = "constraint directory_organisati_logo_id_0291b53c_fk_directory"


@race("directory.locked_person", held=("", "", 1), broken=("", "", 2))
def a_person_is_raised_once():
    person, by = PersonFactory(), PersonFactory(is_installation_admin=True)

    def act():
        people.make_installation_admin(person.pk, by_id=by.pk, at=AT)

    return Scene(act, act, told("person.raised"))


@race(
    "directory.locked_installation_admins",
    held=("", "only-installation-admin", 1),
    broken=("", "", 0),
)
def the_last_two_administrators_of_the_installation_step_down():
    one, two = (PersonFactory(is_installation_admin=True) for _number in range(2))
    return Scene(
        lambda: people.end_installation_admin(one.pk, by_id=one.pk, at=AT),
        lambda: people.end_installation_admin(two.pk, by_id=two.pk, at=AT),
        Person.objects.filter(is_installation_admin=True).count,
    )


@race(
    "directory.locked_installation_admins",
    held=("", "last-installation-admin", 1),
    broken=("", "", 0),
)
def the_last_two_administrators_of_the_installation_are_erased():
    one, two = (PersonFactory(is_installation_admin=True) for _number in range(2))
    return Scene(
        lambda: people.erase_person(one.pk, by=one, at=AT),
        lambda: people.erase_person(two.pk, by=two, at=AT),
        Person.objects.filter(is_installation_admin=True, is_active=True).count,
    )


@race(
    "directory.lock_what_hangs_on",
    held=("", "last-admin", 1),
    broken=("", "", 0),
)
def the_last_two_administrators_of_an_organisation_are_erased():
    organisation = OrganisationFactory()
    one, two = (PostFactory(organisation=organisation, is_admin=True) for _number in range(2))
    PostFactory(organisation=organisation)
    return Scene(
        lambda: people.erase_person(one.person_id, by=one.person, at=AT),
        lambda: people.erase_person(two.person_id, by=two.person, at=AT),
        Post.objects.filter(is_admin=True, until__isnull=True).count,
    )


@race(
    "directory.locked_link",
    held=("", "link-used", ["in"]),
    broken=("", "", ["in", "in"]),
)
def a_link_signs_in_once():
    SignInLinkFactory()
    opened = []

    def use():
        people.use_link("secret", browser="browser", at=AT)
        opened.append("in")

    return Scene(use, use, lambda: opened)


def invited():
    """An invitation to somebody whose address it names."""
    person = PersonFactory()
    return InvitationFactory(email=person.email), person


@race(
    "directory.locked_invitation",
    held=("", "invitation-answered", 1),
    broken=("", "", 1),
)
def an_invitation_is_accepted_once():
    """Without the lock the post is still taken once, but the second is not told that it was."""
    invitation, person = invited()

    def accept():
        organisations.accept_invitation(invitation.pk, by=person, at=AT)

    return Scene(accept, accept, told("post.taken"))


@race(
    "directory.locked_invitation",
    held=("", "invitation-answered", 1),
    broken=("", "", 2),
)
def an_invitation_is_accepted_or_withdrawn():
    invitation, person = invited()
    return Scene(
        lambda: organisations.accept_invitation(invitation.pk, by=person, at=AT),
        lambda: organisations.withdraw_invitation(invitation.pk, by=invitation.by, at=AT),
        told("post.taken", "invitation.withdrawn"),
    )


def drawn(colour):
    """A picture of one colour, drawn anew."""
    return redrawn(encoded(colour=colour))


@race("directory.locked_organisation", held=("", "", 1), broken=("", "", 2))
def a_logo_leaves_no_other_behind():
    organisation, by = OrganisationFactory(), PersonFactory()
    red, blue = drawn((200, 0, 0)), drawn((0, 0, 200))
    return Scene(
        lambda: pictures.give_logo(organisation.pk, red, words="Red", by=by, at=AT),
        lambda: pictures.give_logo(organisation.pk, blue, words="Blue", by=by, at=AT),
        Picture.objects.count,
    )


@race(
    "directory.locked_organisation",
    held=("", "last-admin", 1),
    broken=("", "", 0),
)
def the_last_two_administrators_of_an_organisation_step_down():
    organisation = OrganisationFactory()
    one, two = (PostFactory(organisation=organisation, is_admin=True) for _number in range(2))
    return Scene(
        lambda: organisations.make_member(one.pk, by=one.person, at=AT),
        lambda: organisations.make_member(two.pk, by=two.person, at=AT),
        Post.objects.filter(is_admin=True).count,
    )


@race(
    "directory.locked_post",
    held=("", "no-longer-there", 1),
    broken=("", "", 2),
    besides=("directory.locked_organisation",),
)
def a_post_is_left_once():
    post = PostFactory()

    def leave():
        organisations.leave_post(post.pk, by=post.person, at=AT)

    return Scene(leave, leave, told("post.left"))


@race(
    "directory.locked_request",
    held=("", "already-answered", 1),
    broken=("", "", 2),
)
def a_request_to_join_is_granted_or_refused():
    asked, by = JoinRequestFactory(), PersonFactory()
    return Scene(
        lambda: organisations.grant_request(asked.pk, by=by, at=AT),
        lambda: organisations.refuse_request(asked.pk, by=by, at=AT),
        told("joining.granted", "joining.refused"),
    )


@race(
    "directory.locked_request_of",
    held=("", "already-asked", 1),
    broken=("", "", 2),
)
def a_request_that_nobody_answered_goes_higher_once():
    waiting = JoinRequestFactory(at=LONG_AGO)
    PostFactory(organisation=waiting.organisation, is_admin=True)

    def ask():
        organisations.ask_to_join(waiting.organisation, words="", by=waiting.person, at=AT)

    return Scene(ask, ask, told("joining.asked"))


def shown_once_more(first, second):
    """One wears a picture that is kept already, while another takes it away as not shown."""
    organisation, by, red = OrganisationFactory(), PersonFactory(), drawn((200, 0, 0))
    pictures.keep_picture(red, at=AT)
    acts = {
        "wear": lambda: pictures.give_logo(organisation.pk, red, words="Red", by=by, at=AT),
        "drop": lambda: pictures.drop_picture(red.sha256),
    }

    def stands():
        kept = Picture.objects.filter(pk=red.sha256).first()
        is_there = kept is not None and kept.stored.storage.exists(str(kept.stored.name))
        return is_there, Organisation.objects.get(pk=organisation.pk).logo_id == red.sha256

    return Scene(acts[first], acts[second], stands)


@race(
    "directory.keep_picture",
    held=("", "", (True, True)),
    broken=(WORN, "", (False, False)),
)
def a_picture_that_is_worn_again_is_not_taken_away():
    """Without the lock its content is gone, and the constraint takes back what wore it."""
    return shown_once_more("wear", "drop")


@race(
    "directory.drop_picture",
    held=("", "", (True, True)),
    broken=("", WORN, (True, True)),
)
def a_picture_is_not_taken_away_from_who_wears_it_again():
    """Without the lock the constraint still keeps the picture, but who takes it away sees a fault.

    The other lock stays in: it makes the second wait, which only this one tells of in time.
    """
    return shown_once_more("wear", "drop")
