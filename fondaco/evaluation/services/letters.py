"""Writing the letters of a decision; an officer reads them before they go out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fondaco.applications.selectors import writers_to
from fondaco.calls.selectors import days_not_counted
from fondaco.directory.models import Person
from fondaco.evaluation import phrases
from fondaco.evaluation.models import Decision, Outcome, Redress
from fondaco.evaluation.rules.replay import PlainStep
from fondaco.evaluation.selectors.decisions import decision_coded, outcomes_to_tell
from fondaco.evaluation.selectors.outcomes import OCCASIONS, told_under
from fondaco.evaluation.selectors.redress import (
    ANSWERS,
    ground_said,
    readers_of,
    redress_named,
)
from fondaco.evaluation.states import DecisionState, Group, RedressState
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
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
            subject_code=told_under([outcome])[outcome.pk],
            words=_words(outcome, person, at=at),
            at=at,
            days=_days(decision),
            zone=decision.call.zone,
            days_off=days_not_counted(decision.call),
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


@transaction.atomic
def acknowledge_redress(code: str, *, at: datetime) -> int:
    """The letter that a request for redress was received goes out at once; how many letters."""
    redress = redress_named(code)
    if redress is None:
        return 0
    return _write_about(redress, Occasion.REDRESS_RECEIVED, at=at, is_released=True)


@transaction.atomic
def write_redress_answer(code: str, *, at: datetime) -> int:
    """The letter with the answer waits for an officer to read it; how many letters."""
    redress = redress_named(code)
    occasion = ANSWERS.get(RedressState(redress.state)) if redress else None
    if redress is None or occasion is None:
        return 0
    return _write_about(redress, occasion, at=at)


def _write_about(
    redress: Redress, occasion: Occasion, *, at: datetime, is_released: bool = False
) -> int:
    application = redress.outcome.application
    call = application.call
    letters = [
        write_letter(
            programme=call.programme,
            call=call.code,
            occasion=occasion,
            to=person,
            subject_code=redress.code,
            words=_redress_words(redress, person, at=at),
            at=at,
            is_released=is_released,
        )
        for person in readers_of(redress)
    ]
    return sum(letter is not None for letter in letters)


def _redress_words(redress: Redress, person: Person, *, at: datetime) -> dict[str, str]:
    """The words of a letter about redress in its reader's language."""
    application = redress.outcome.application
    call = application.call
    path = reverse("evaluation:redress", args=[call.code, application.code])
    with translation.override(person.language):
        return {
            "person": str(person),
            "organisation": application.organisation.name,
            "call": wording.say(call.title).text,
            "programme": call.programme.acronym,
            "number": application.code,
            "redress": redress.code,
            "date": wording.day(at.astimezone(ZoneInfo(call.zone)).date()),
            "ground": wording.say(ground_said(redress)).text or redress.text,
            "until": wording.day(redress.answer_by) if redress.answer_by else _("no day is set"),
            "reasons": redress.reasons,
            "address": f"{settings.ADDRESS}{path}",
        }
