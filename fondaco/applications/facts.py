"""Asking for the facts that rules name; what the form and the partners say is told here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fondaco.applications.models import Application, Member
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.eligibility import Rule, verdicts
from fondaco.applications.rules.partners import different, small_ones
from fondaco.applications.selectors.frozen import organisation_now
from fondaco.applications.selectors.partners import consortium_of, partners_of
from fondaco.applications.states import Verdict
from fondaco.directory.models import Organisation
from fondaco.kernel.facts import UNKNOWN, Question, Told, Value, fact, tell
from fondaco.questionnaires.rules.rows import figure_of
from fondaco.web import reference

ANSWER = "answer."
FROM_THE_FORM = "form"
TOGETHER = "consortium"


def told_to(
    application: Application, rules: Iterable[Rule], copy: Copy, *, at: datetime
) -> dict[str, Told]:
    """What is known for each rule, by the rule's code."""
    return {rule.code: _told(application, rule, copy, at) for rule in rules}


def _told(application: Application, rule: Rule, copy: Copy, at: datetime) -> Told:
    if rule.fact.startswith(ANSWER):
        return told_by_answer(copy, rule.fact.removeprefix(ANSWER), at=at)
    return tell(rule.fact, Question(application.organisation_id, rule.of, application.pk))


@dataclass(frozen=True, slots=True)
class OfPartner:
    """What is known of a partner that confirmed, and what the rules for partners find of it."""

    member: Member
    told: Mapping[str, Told]
    found: Mapping[str, Verdict]

    def frozen(self) -> dict[str, object]:
        """The partner as a submission keeps it."""
        kept = self.member.organisation
        return (organisation_now(kept) if kept else {}) | {
            "promise": self.member.promise,
            "confirmed_at": self.member.answered_at,
            "confirmed_by": self.member.answered_name,
            "findings": [
                {"rule": rule, "verdict": found.value, "told": self.told[rule].value}
                for rule, found in self.found.items()
            ],
        }


def told_of_partners(application: Application, rules: Iterable[Rule]) -> list[OfPartner]:
    """Every partner that confirmed, by the rules that each partner must meet."""
    asked = [rule for rule in rules if rule.of_partners]
    found = []
    for member in partners_of(application):
        about = {
            rule.code: tell(rule.fact, Question(member.organisation_id or 0, rule.of))
            for rule in asked
        }
        found.append(OfPartner(member, about, verdicts(asked, about)))
    return found


def _of_all(question: Question, read: Callable[[list[Organisation]], int | None]) -> Told:
    """What the lead and the partners that confirmed come to together."""
    together = consortium_of(question.application_id)
    return Told(read(together), TOGETHER) if together else UNKNOWN


@fact("consortium.members")
def members(question: Question) -> Told:
    """How many organisations apply together, the lead included."""
    return _of_all(question, len)


@fact("consortium.smes")
def smes(question: Question) -> Told:
    """How many of them are small or medium-sized; unknown while the size of one is."""
    return _of_all(
        question, lambda together: small_ones([one.size for one in together], _small_sizes())
    )


@fact("consortium.countries")
def countries(question: Question) -> Told:
    """From how many countries they come; unknown while the country of one is."""
    return _of_all(question, lambda together: different([one.country for one in together]))


@fact("consortium.european")
def european(question: Question) -> Told:
    """From how many countries of the European Union they come."""
    return _of_all(
        question, lambda together: different([one.country for one in together], _in_union())
    )


def _small_sizes() -> frozenset[str]:
    """The sizes that have an upper limit: micro, small and medium-sized."""
    return frozenset(one.code for one in reference.sizes() if "staff_below" in one.more)


def _in_union() -> frozenset[str]:
    return frozenset(one.code for one in reference.countries() if one.more.get("eu"))


def told_as(application: Application, fact: str, copy: Copy, *, at: datetime) -> Value:
    """The value of one fact about the application, as it is known now."""
    if fact.startswith(ANSWER):
        return told_by_answer(copy, fact.removeprefix(ANSWER), at=at).value
    asked = Question(application.organisation_id, application_id=application.pk)
    return tell(fact, asked).value


def told_by_answer(copy: Copy, question: str, *, at: datetime) -> Told:
    """What the applicant declares in the form; unknown while it is not answered."""
    value = copy.values.get(question)
    asked = copy.form.question(question) if isinstance(value, dict) else None
    if asked is not None and asked.columns:
        figure = figure_of(asked, copy.answers)
        return Told(None if figure is None else f"{figure:f}", FROM_THE_FORM, at)
    if isinstance(value, dict):
        return Told(str(value.get("name") or "") or None, FROM_THE_FORM, at)
    return Told(tuple(value) if isinstance(value, list) else value, FROM_THE_FORM, at)
