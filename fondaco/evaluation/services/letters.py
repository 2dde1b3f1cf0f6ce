"""Writing the letters of a decision; an officer reads them before they go out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from fondaco.applications.selectors import writers_to
from fondaco.directory.models import Person
from fondaco.evaluation import phrases
from fondaco.evaluation.models import Decision, Outcome
from fondaco.evaluation.rules.replay import PlainStep
from fondaco.evaluation.selectors.decisions import decision_coded, outcomes_to_tell
from fondaco.evaluation.selectors.outcomes import OCCASIONS
from fondaco.evaluation.states import DecisionState, Group
from fondaco.mail.services import write_letter
from fondaco.web import words as wording


@transaction.atomic
def write_letters(decision: str, *, at: datetime) -> int:
    """A letter for every outcome of a confirmed decision; how many there are now."""
    found = decision_coded(decision)
    if found is None or found.state != DecisionState.CONFIRMED:
        return 0
    return sum(_write(found, outcome, at=at) for outcome in outcomes_to_tell(found))


def _write(decision: Decision, outcome: Outcome, *, at: datetime) -> int:
    occasion = OCCASIONS.get(Group(outcome.group))
    if occasion is None:
        return 0
    letters = [
        write_letter(
            programme=decision.call.programme,
            call=decision.call.code,
            occasion=occasion,
            to=person,
            subject_code=outcome.application.code,
            words=_words(outcome, person, at=at),
            at=at,
            days=_days(decision),
            zone=decision.call.zone,
        )
        for person in writers_to(outcome.application)
    ]
    return sum(letter is not None for letter in letters)


def _days(decision: Decision) -> dict[str, int]:
    """The window for redress counts from the day the letter stands in the portal."""
    days = decision.call.redress_days
    return {} if days is None else {"redress_until": days}


def _words(outcome: Outcome, person: Person, *, at: datetime) -> dict[str, str]:
    """The words of the letter in its reader's language."""
    with translation.override(person.language):
        return _words_now(outcome, person, at=at)


def _words_now(outcome: Outcome, person: Person, *, at: datetime) -> dict[str, str]:
    application, call = outcome.application, outcome.decision.call
    speaker = phrases.Speaker.of(call)
    reasons: list[PlainStep] = outcome.reasons
    here = at.astimezone(ZoneInfo(call.zone)).date()
    path = reverse("applications:detail", args=[call.code, application.code])
    return {
        "person": str(person),
        "organisation": application.organisation.name,
        "call": wording.say(call.title).text,
        "programme": call.programme.acronym,
        "number": application.code,
        "date": wording.day(here),
        "score": "" if outcome.score is None else wording.number(round(outcome.score, 2)),
        "place": wording.number(outcome.position or outcome.place or 0),
        "reasons": "\n".join(f"- {phrases.step_in_words(step, speaker)}" for step in reasons),
        "address": f"{settings.ADDRESS}{path}",
    }
