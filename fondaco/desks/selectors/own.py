"""What is the reader's own: the applications of their organisations, and where each stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from fondaco.applications.models import Application
from fondaco.applications.phrases import STATE_TONES, STATES
from fondaco.applications.selectors import applications_of
from fondaco.applications.states import State
from fondaco.directory.models import Organisation
from fondaco.evaluation.phrases import GROUP_TONES, GROUPS
from fondaco.evaluation.selectors.outcomes import groups_told


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application of the reader's, with where it stands in words."""

    application: Application
    state: object
    tone: str


def applications(organisations: Iterable[Organisation]) -> list[OwnApplication]:
    """The applications of the reader's organisations, the last edited first.

    Where one stands is what was decided, once it was told; until then its state.
    """
    rows = list(applications_of(organisations))
    told = groups_told(rows)
    found = []
    for row in rows:
        if row.pk in told:
            group = told[row.pk]
            found.append(OwnApplication(row, GROUPS[group], GROUP_TONES[group]))
        else:
            state = State(row.state)
            found.append(OwnApplication(row, STATES[state], STATE_TONES[state]))
    return found
