"""What evaluation does when something happened below, or a person is told of or erased."""

from fondaco.evaluation.selectors.files import told_about
from fondaco.evaluation.services.assignments import release_assignments
from fondaco.evaluation.services.erasure import erase_person
from fondaco.evaluation.services.letters import write_letters
from fondaco.kernel.told import told_about_person
from fondaco.trail.models import Entry
from fondaco.trail.services import on


@on("application.withdrawn")
def release_evaluators(entry: Entry) -> None:
    """Nobody works on a withdrawn application."""
    release_assignments(entry.subject, at=entry.at)


@on("decision.confirmed")
def write_letters_of_decision(entry: Entry) -> None:
    """Every applicant gets a letter; an officer reads it first."""
    write_letters(entry.subject, at=entry.at)


told_about_person("evaluation", tell=told_about, erase=erase_person)
