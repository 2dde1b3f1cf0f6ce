"""A trial of a call: the sketch's form filled in by an officer, and what the rules say of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from fondaco.applications.facts import ANSWER, told_by_answer
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.eligibility import Rule, verdicts
from fondaco.applications.rules.submission import Facts, Terms, submission
from fondaco.applications.selectors import rules_of
from fondaco.applications.states import State, Verdict
from fondaco.calls.models import Call, Envelope, Quota
from fondaco.calls.rules.opening import OpeningTerms
from fondaco.calls.rules.support import amount_of, asked_cents, has_too_many, is_too_small
from fondaco.calls.selectors import lump_sum_for, support_terms
from fondaco.calls.states import Intake, Support
from fondaco.files.selectors.plain import CallFolder, call_as_said, form_schema
from fondaco.kernel.decisions import Decision
from fondaco.kernel.facts import Told
from fondaco.questionnaires.rules.schema import Form, SchemaMistake, Section, form_from
from fondaco.questionnaires.rules.visibility import Known, known_in
from fondaco.sketches.models import Sketch, Trial
from fondaco.sketches.rules.imagined import Ask, asks_of
from fondaco.sketches.selectors.imagined import organisation_section, told_of


def trial_of(sketch: Sketch, person_id: int) -> Trial | None:
    """The trial of that officer, where she has begun one."""
    return Trial.objects.filter(sketch=sketch, person_id=person_id).first()


def trials_of_person(person_id: int) -> list[dict[str, object]]:
    """What a person typed to try calls, for whoever asks what is kept about her."""
    rows = Trial.objects.filter(person_id=person_id).select_related("sketch__call")
    return [
        {
            "call": row.sketch.call.code,
            "at": row.at.isoformat(),
            "facts": row.facts,
            "answers": row.answers,
        }
        for row in rows
    ]


@lru_cache(maxsize=64)
def _form(schema: str) -> Form | None:
    try:
        return form_from(json.loads(schema))
    except SchemaMistake:
        return None


def form_in(folder: CallFolder | None) -> Form | None:
    """The form of the sketch; None where it has none, or none that can be asked.

    Equal forms are the very same object, so that what is kept of their fields is found again.
    """
    schema = form_schema(folder) if folder else {}
    return _form(json.dumps(schema, sort_keys=True)) if schema else None


@dataclass(frozen=True, slots=True)
class Sum:
    """What the trial comes to in money; the same names as what an application comes to."""

    asked: int | None
    cents: int | None
    is_too_small: bool
    is_reckoned: bool
    parts: tuple[Envelope | Quota, ...]
    meters: tuple[()] = ()


@dataclass(frozen=True)
class Tried:
    """A call as its sketch describes it, with the answers of a trial."""

    call: Call
    form: Form
    trial: Trial
    at: datetime

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules of the sketch."""
        return rules_of(self.call)

    @cached_property
    def organisation(self) -> Section:
        """The page about the imagined organisation."""
        return organisation_section(self._asks, self.call.form_languages)

    @cached_property
    def _asks(self) -> tuple[Ask, ...]:
        named = [part.fact for part in self._all_parts]
        if self.call.support == Support.LUMP_SUM:
            named.append(self.call.scheme_country)
        return asks_of(self.rules, [*sorted(self.form.facts), *named])

    @property
    def _all_parts(self) -> list[Envelope | Quota]:
        return [*self.call.envelopes.all(), *self.call.quotas.all()]

    @cached_property
    def _said(self) -> dict[tuple[str, str], Told]:
        return told_of(self._asks, self.organisation, self.trial.facts)

    @cached_property
    def copy(self) -> Copy:
        """The form with what was typed, as an application would have it."""
        known = {fact: told for (fact, of), told in self._said.items() if not of}
        facts = {name: _plain(known[name]) for name in self.form.facts if name in known}
        return Copy(self.form, self.trial.answers, facts, self.call.percent)

    @property
    def known(self) -> Known | None:
        """What a page is told of all answers, where its questions depend on any."""
        if not self.form.is_conditional and not self.form.has_groups:
            return None
        copy = self.copy
        found = known_in(self.form, copy.answers, copy.facts)
        return Known(copy.hidden, found, copy.share)

    @cached_property
    def told(self) -> dict[str, Told]:
        """What is known for each rule, by its code."""
        return {rule.code: self._tells(rule.fact, rule.of) for rule in self.rules}

    def _tells(self, fact: str, of: str = "") -> Told:
        if fact.startswith(ANSWER):
            return told_by_answer(self.copy, fact.removeprefix(ANSWER), at=self.at)
        return self._said.get((fact, of), Told(None))

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """What each rule says."""
        return verdicts(self.rules, self.told)

    @property
    def sum(self) -> Sum:
        """What would be paid, as far as it can be reckoned."""
        call, terms = self.call, support_terms(self.call)
        asked = asked_cents(terms, self.form, self.copy.values)
        if call.support == Support.LUMP_SUM:
            country = self._tells(call.scheme_country).value
            row = lump_sum_for(call, str(country or ""), at=self.at)
            asked = row.cents if row else None
        cents = amount_of(terms, asked)
        return Sum(
            asked=cents if asked is None else asked,
            cents=cents,
            is_too_small=is_too_small(terms, cents),
            is_reckoned=call.support != Support.NONE,
            parts=tuple(part for part in self._all_parts if self._is_in(part)),
        )

    def _is_in(self, part: Envelope | Quota) -> bool:
        value = self._tells(part.fact).value
        words = value if isinstance(value, tuple) else (value,)
        wanted = part.value if isinstance(part.value, list) else [part.value]
        return bool({str(word) for word in words} & {str(one) for one in wanted})

    @property
    def sending(self) -> Decision:
        """Whether it could be sent, by the form and the rules; a trial asks no clock."""
        copy, call = self.copy, self.call
        facts = Facts(
            state=State.DRAFT,
            lacks=tuple(problem.question for problem in copy.lacks),
            wrong=tuple(problem.question for problem in copy.wrong),
            broken_stops=tuple(
                rule.code
                for rule in self.rules
                if rule.stops and self.verdicts[rule.code] == Verdict.NOT_MET
            ),
            has_too_many_services=call.most_items is not None
            and has_too_many(support_terms(call), self.form, copy.values),
        )
        terms = Terms(OpeningTerms(Intake.ALWAYS, self.at, None, None))
        return submission(facts, terms, at=self.at)


def tried(sketch: Sketch, folder: CallFolder | None, trial: Trial, *, at: datetime) -> Tried | None:
    """The trial with the form and the rules of the sketch; None where it has no form yet."""
    form = form_in(folder)
    if folder is None or form is None:
        return None
    return Tried(call_as_said(sketch.call, folder), form, trial, at)


def _plain(told: Told) -> object:
    """A fact as conditions of a form compare it."""
    return list(told.value) if isinstance(told.value, tuple) else told.value
