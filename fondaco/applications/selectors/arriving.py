"""Applications as small as an arriving file needs them."""

from django.db.models import QuerySet

from fondaco.applications.models import Application
from fondaco.applications.selectors.keeping import OF_A_SAVE

OF_A_FILE = ("code", "call__code", *OF_A_SAVE)


def _rows() -> QuerySet[Application]:
    return Application.objects.select_related("call", "form").only(*OF_A_FILE)


def application_that_takes_files(person_id: int, code: str) -> Application | None:
    """The application, where the person works for who applies."""
    posts = {"organisation__posts__person_id": person_id, "organisation__posts__until": None}
    return next(iter(_rows().filter(code=code, **posts)[:1]), None)


def locked_for_file(pk: int) -> Application:
    """For services only: the row is ours until the transaction ends."""
    return _rows().select_for_update(of=("self",)).get(pk=pk)
