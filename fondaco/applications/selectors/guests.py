"""Reading who was invited to a call, and on which invitation somebody applies."""

from django.db.models import Q, QuerySet

from fondaco.applications.models import Application, Guest
from fondaco.applications.selectors.frozen import last_submission
from fondaco.calls.models import Call
from fondaco.calls.states import BY_INVITATION
from fondaco.directory.models import Organisation, Person
from fondaco.directory.selectors import person_of_address


def guests_of(call: Call) -> QuerySet[Guest]:
    """Everybody who was invited to the call and still is, the latest first."""
    rows = Guest.objects.filter(call=call, withdrawn_at__isnull=True)
    return rows.select_related("organisation", "answers_from").order_by("-invited_at", "-pk")


def guest_for(call: Call, organisation: Organisation, person: Person) -> Guest | None:
    """The invitation on which this person can apply for this organisation.

    One by address counts for the organisation for which it was used first.
    """
    by_address = Q(organisation__isnull=True, email__iexact=person.email)
    own = Q(organisation_id=organisation.pk)
    rows = Guest.objects.filter(own | by_address, call=call, withdrawn_at__isnull=True)
    return rows.select_related("answers_from__form").order_by("-organisation_id", "pk").first()


def is_by_invitation(call: Call) -> bool:
    """Whether only those who were invited can begin."""
    return call.intake in BY_INVITATION


def guest_in(call: Call, pk: int) -> Guest | None:
    """One invitation to the call."""
    rows = Guest.objects.select_related("organisation", "call__programme")
    return rows.filter(call=call, pk=pk).first()


def guest_by_id(pk: int) -> Guest | None:
    """The invitation of a trail entry."""
    rows = Guest.objects.select_related("organisation", "call__programme")
    return rows.filter(pk=pk).first()


def is_invited(call: Call, *, organisation: Organisation | None, email: str) -> bool:
    """Whether the organisation, or the address, is invited already."""
    rows = Guest.objects.filter(call=call, withdrawn_at__isnull=True)
    if organisation is not None:
        return rows.filter(organisation=organisation).exists()
    return rows.filter(email__iexact=email).exists()


def has_begun(guest: Guest) -> bool:
    """Whether an application was begun on the invitation."""
    if guest.organisation_id is None:
        return False
    rows = Application.objects.filter(call_id=guest.call_id, organisation_id=guest.organisation_id)
    return rows.exists()


def readers_of(guest: Guest) -> list[Person]:
    """Who gets the letter: the administrators of the organisation, or whoever owns the address."""
    if guest.organisation is None:
        person = person_of_address(guest.email)
        return [person] if person else []
    posts = guest.organisation.posts.filter(until__isnull=True, is_admin=True)
    return [post.person for post in posts.select_related("person")]


def said_before(guest: Guest | None) -> tuple[Application, dict[str, object]] | None:
    """What was sent to the first stage, with its application; None where nothing was."""
    earlier = guest.answers_from if guest else None
    last = last_submission(earlier) if earlier else None
    if earlier is None or last is None:
        return None
    return earlier, dict(last.content.get("typed", last.content["answers"]))
