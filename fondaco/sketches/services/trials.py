"""Keeping what an officer types to try a call; nothing of it ever leaves the builder."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fondaco.directory.models import Person
from fondaco.questionnaires.rules.answers import Typed
from fondaco.questionnaires.rules.groups import Move, changed
from fondaco.questionnaires.rules.schema import Question
from fondaco.sketches.models import Trial
from fondaco.sketches.selectors import locked_sketch
from fondaco.sketches.selectors.trials import trial_of

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
KEPT = ("answers", "facts", "language")


@transaction.atomic
def keep_facts(
    call_id: int, facts: Mapping[str, Typed], *, language: str = "", by: Person, at: datetime
) -> Trial:
    """Keep what is said of the imagined organisation, and in which language one writes."""
    trial = _own(call_id, by, at)
    trial.facts = {**trial.facts, **facts}
    trial.language = language or trial.language
    return _kept(trial, at)


@transaction.atomic
def keep_answers(call_id: int, typed: Mapping[str, Typed], *, by: Person, at: datetime) -> Trial:
    """Keep answers as they were typed, beside those of other pages."""
    trial = _own(call_id, by, at)
    trial.answers = {**trial.answers, **typed}
    return _kept(trial, at)


@transaction.atomic
def change_rows(
    call_id: int, group: Question, move: Move, row: str, *, by: Person, at: datetime
) -> str:
    """Add, move, take away or put back a row of a group; the code of the row."""
    trial = _own(call_id, by, at)
    code = row or "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    trial.answers = {**trial.answers, **changed(group, trial.answers, move, code, new=code)}
    _kept(trial, at)
    return code


@transaction.atomic
def sign(call_id: int, question: str, *, under: str, by: Person, at: datetime) -> Trial:
    """Sign by a button with one's own name; `under` is the fingerprint of what stands above it."""
    signature = {"name": by.name, "by": str(by.pk), "at": at.isoformat(), "of": under}
    return keep_answers(call_id, {question: signature}, by=by, at=at)


@transaction.atomic
def clear(call_id: int, *, by: Person, at: datetime) -> Trial:
    """Empty the trial; what stood there can be brought back."""
    trial = _own(call_id, by, at)
    if not _says_anything(trial):
        return trial
    trial.cleared = {name: getattr(trial, name) for name in KEPT}
    trial.answers, trial.facts, trial.language = {}, {}, ""
    return _kept(trial, at)


@transaction.atomic
def bring_back(call_id: int, *, by: Person, at: datetime) -> Trial:
    """Undo the emptying; what was typed since then can be brought back in its turn."""
    trial = _own(call_id, by, at)
    if not trial.cleared:
        return trial
    since = {name: getattr(trial, name) for name in KEPT} if _says_anything(trial) else {}
    for name in KEPT:
        setattr(trial, name, trial.cleared[name])
    trial.cleared = since
    return _kept(trial, at)


@transaction.atomic
def forget_person(person_id: int) -> None:
    """Remove what a person typed to try calls."""
    Trial.objects.filter(person_id=person_id).delete()


def _own(call_id: int, by: Person, at: datetime) -> Trial:
    """The officer's own trial, begun where there is none; the sketch is locked."""
    sketch = locked_sketch(call_id)
    return trial_of(sketch, by.pk) or Trial(sketch=sketch, person=by, at=at)


def _says_anything(trial: Trial) -> bool:
    return any(trial.answers.values()) or any(trial.facts.values())


def _kept(trial: Trial, at: datetime) -> Trial:
    trial.at = at
    trial.save()
    return trial
