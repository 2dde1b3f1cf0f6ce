"""Applications as small as an arriving file needs them."""

from django.db.models import QuerySet

from fondaco.applications.models import Application
from fondaco.applications.selectors.keeping import OF_A_SAVE, of_colleague
from fondaco.web.prepared import Prepared, number

OF_A_FILE = ("code", "call__code", *OF_A_SAVE)


def _rows() -> QuerySet[Application]:
    return Application.objects.select_related("call", "form").only(*OF_A_FILE)


_OF_COLLEAGUE = Prepared(lambda: of_colleague(_rows()))
_LOCKED = Prepared(lambda: _rows().select_for_update(of=("self",)).filter(pk=number("pk")))
_LOCKED_BY_COLLEAGUE = Prepared(lambda: of_colleague(_rows().select_for_update(of=("self",))))


def application_that_takes_files(person_id: int, code: str) -> Application | None:
    """The application, where the person works for who applies."""
    return _OF_COLLEAGUE.first(person=person_id, code=code)


def locked_for_file_of(person_id: int, code: str) -> Application | None:
    """For services only: the same, and locked until the transaction ends."""
    return _LOCKED_BY_COLLEAGUE.first(person=person_id, code=code)


def locked_for_file(pk: int) -> Application:
    """For services only: the row is ours until the transaction ends."""
    return _LOCKED.one(pk=pk)
