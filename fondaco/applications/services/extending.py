"""More time for one application alone."""

from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.rules.admission import Reason as AdmissionReason
from fondaco.applications.rules.submission import extension
from fondaco.applications.selectors import locked_application, terms_of
from fondaco.applications.services.acts import record_act
from fondaco.applications.states import State
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.holds import is_held


@transaction.atomic
def extend_application(
    pk: int, *, until: datetime, why: str, by: Person, at: datetime
) -> Application:
    """Let this application be sent until a later moment than all others, with the reason.

    Raises `Refused` where the moment is of no use, or the application cannot be sent any more.
    """
    application = locked_application(pk)
    if is_held(application.pk):
        raise Refused(AdmissionReason.DECISION_STANDS)
    terms, was = terms_of(application), application.extended_until
    require(extension(State(application.state), terms, until, why=why, at=at))
    application.extended_until, application.extended_why = until, why.strip()
    application.save(update_fields=["extended_until", "extended_why"])
    told = {"until": until, "why": application.extended_why, "was": was, "terms": terms}
    record_act("extended", application, by=by, at=at, **told)
    return application
