"""Reading who asked to join an organisation or to run it."""

from django.db.models import QuerySet

from fondaco.directory.models import JoinRequest, Organisation, Person
from fondaco.directory.selectors.posts import admins_of
from fondaco.directory.states import RequestState


def waiting_requests(organisation: Organisation) -> QuerySet[JoinRequest]:
    """Requests to join that the organisation's administrators have to answer."""
    waiting = organisation.join_requests.filter(state=RequestState.WAITING, asks_to_run=False)
    return waiting.select_related("person").order_by("at", "pk")


def requests_to_join(person: Person) -> QuerySet[JoinRequest]:
    """Requests that wait in the organisations which the person runs, the oldest first."""
    runs = person.posts.filter(is_admin=True, until__isnull=True)
    asked = JoinRequest.objects.filter(
        organisation__in=runs.values("organisation"), state=RequestState.WAITING, asks_to_run=False
    )
    return asked.select_related("person", "organisation").order_by("at", "pk")


def requests_to_run() -> QuerySet[JoinRequest]:
    """Requests to run an organisation, for the installation's administrator."""
    asked = JoinRequest.objects.filter(asks_to_run=True)
    return asked.select_related("person", "organisation").order_by("-at", "-pk")


def requests_of(person: Person) -> QuerySet[JoinRequest]:
    """What a person asked and still waits for."""
    asked = person.join_requests.filter(state=RequestState.WAITING)
    return asked.select_related("organisation").order_by("at", "pk")


def join_request(pk: int) -> JoinRequest | None:
    """One request with its organisation."""
    return JoinRequest.objects.select_related("organisation", "person").filter(pk=pk).first()


def reviewers_of(asked: JoinRequest) -> list[Person]:
    """Who has to answer: the organisation's administrators or the installation's."""
    if asked.asks_to_run:
        return list(
            Person.objects.filter(is_installation_admin=True, is_active=True).order_by("pk")
        )
    return list(admins_of(asked.organisation))


def locked_request(pk: int) -> JoinRequest:
    """For services only: the row is ours until the transaction ends."""
    asked = JoinRequest.objects.select_for_update(of=("self",))
    return asked.select_related("organisation", "person").get(pk=pk)


def locked_request_of(person: Person, organisation: Organisation) -> JoinRequest | None:
    """For services only: what the person asked and waits for, ours until the transaction ends."""
    asked = requests_of(person).filter(organisation=organisation)
    return asked.select_for_update(of=("self",)).first()
