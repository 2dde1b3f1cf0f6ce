"""What evaluation does when something happened below, or a person is told of or erased."""

from fondaco.applications.access import knows_outcome
from fondaco.applications.models import Application
from fondaco.evaluation import access
from fondaco.evaluation.selectors import stories
from fondaco.evaluation.selectors.files import told_about
from fondaco.evaluation.selectors.outcomes import outcome_told
from fondaco.evaluation.services.assignments import release_assignments
from fondaco.evaluation.services.decisions import renounce_outcome
from fondaco.evaluation.services.erasure import erase_person
from fondaco.evaluation.services.letters import (
    acknowledge_redress,
    write_letters,
    write_redress_answer,
)
from fondaco.evaluation.services.redress import close_redress_of
from fondaco.kernel.told import told_about_person
from fondaco.trail.models import Entry
from fondaco.trail.services import at_once, joins_story, names_things, on, tells_story


@on("application.withdrawn")
def release_evaluators(entry: Entry) -> None:
    """Nobody works on a withdrawn application."""
    release_assignments(entry.subject, at=entry.at)


@on("application.withdrawn")
def close_redress(entry: Entry) -> None:
    """Nobody answers a request about a withdrawn application."""
    close_redress_of(entry.subject, at=entry.at)


@at_once("application.withdrawn")
def renounce_award(entry: Entry) -> None:
    """An award ends with its application, in one transaction.

    Were it left to the worker, money and places would still count as given to nobody, and a reader
    in between would see an award to a withdrawn application.
    """
    renounce_outcome(entry.subject, by_id=entry.by_id, at=entry.at)


@on("decision.confirmed")
def write_letters_of_decision(entry: Entry) -> None:
    """Every applicant gets a letter; an officer reads it first."""
    write_letters(entry.subject, at=entry.at)


@on("redress.asked")
def write_redress_receipt(entry: Entry) -> None:
    """Whoever asked for redress is told at once that it arrived, with its number."""
    acknowledge_redress(str(entry.data["redress"]), at=entry.at)


@on("redress.answered")
def write_answer_to_redress(entry: Entry) -> None:
    """The answer is a letter; an officer reads it first."""
    write_redress_answer(str(entry.data["redress"]), at=entry.at)


@knows_outcome
def is_outcome_told(application: Application) -> bool:
    """What follows an award is the applicant's to read once the letter stands in the portal."""
    return outcome_told(application) is not None


told_about_person("evaluation", tell=told_about, erase=erase_person)
tells_story(access.EVALUATION, access.may_read_evaluation)
tells_story(access.PANEL, access.may_read_panel)
tells_story(access.RANKING, access.may_read_ranking)
tells_story("", access.may_read_decision)
joins_story("call", stories.entries_about_judging)
joins_story("file", stories.entries_about_evaluation_of)
names_things(stories.judging_named)
