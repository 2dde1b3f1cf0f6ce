"""What intake does when something was recorded: a letter; and what it tells about people."""

from fondaco.intake import selectors, services
from fondaco.kernel.told import told_about_person
from fondaco.trail.models import Entry
from fondaco.trail.services import on
from fondaco.web.jobs import later


@on("intake.refused", "intake.clashed")
def write_outcome(entry: Entry) -> None:
    """Whoever sent what was not taken in whole is told by mail, and on the application's pages."""
    row = selectors.brought_in(str(entry.data["record"]))
    if row is not None:
        later("fondaco.intake.tasks.mail_outcome", row.pk)


def _erase(person_id: int) -> list[str]:
    services.forget_person(person_id)
    return []


told_about_person("intake", tell=selectors.told_about, erase=_erase)
