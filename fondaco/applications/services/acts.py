"""What every verb of this slice does: heed the rules, follow the table, record the act."""

from datetime import datetime

from fondaco.applications.models import Application
from fondaco.applications.rules.submission import Reason
from fondaco.applications.states import TABLE, Action
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.trail import services as trail


def moved(application: Application, action: Action) -> str:
    """The state that the action leads to; raises `Refused` where it may not start."""
    try:
        return target_of(TABLE, action, application.state)
    except MoveRefused as refused:
        raise Refused(Reason.NOT_NOW) from refused


def record_act(
    what: str, application: Application, *, by: Person, at: datetime, **data: object
) -> None:
    """Write into the trail what happened to an application."""
    trail.record(
        f"application.{what}",
        subject=application.code,
        programme=application.call.programme.code,
        by_id=by.pk,
        at=at,
        call=application.call.code,
        **data,
    )
