"""What pages show of the partners of an application: before it is sent, and as it was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fondaco.applications import phrases
from fondaco.applications.facts import OfPartner
from fondaco.applications.models import Application, Member, Submission
from fondaco.applications.selectors.frozen import submissions_of
from fondaco.applications.selectors.partners import members_of, taking_part_in
from fondaco.applications.states import Standing, Verdict
from fondaco.calls.models import Rule as RuleRow
from fondaco.questionnaires.rules.schema import Texts
from fondaco.web import reference

Badge = dict[str, object]


@dataclass(frozen=True, slots=True)
class Met:
    """A condition that each partner must meet, and what holds for one of them."""

    says: Texts
    told: str
    words: object
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A partner in words."""

    name: str
    country: str = ""
    promise: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    badge: Badge | None = None
    conditions: tuple[Met, ...] = ()
    member: Member | None = None


def standing_badge(standing: Standing) -> Badge:
    """Where a partner stands, as a badge."""
    return {"label": phrases.STANDINGS[standing], "tone": phrases.STANDING_TONES[standing]}


def of_lead(application: Application) -> list[Shown]:
    """Everybody whom the lead asked, for its own page."""
    return [_shown(one) for one in members_of(application)]


def _shown(member: Member, conditions: Iterable[Met] = ()) -> Shown:
    kept = member.organisation
    return Shown(
        name=kept.name if kept else member.email,
        country=_country(kept.country) if kept else "",
        promise=member.promise,
        confirmed_by=member.answered_name,
        confirmed_at=member.answered_at,
        badge=standing_badge(Standing(member.standing)),
        conditions=tuple(conditions),
        member=member,
    )


def before_sending(
    application: Application, rules: Iterable[RuleRow], found: Iterable[OfPartner]
) -> list[Shown]:
    """Those who take part, each with the conditions that it must meet for itself."""
    if application.call.consortium_most is None:
        return []
    rows = {rule.code: rule for rule in rules}
    known = {one.member.pk: one for one in found}
    return [
        _shown(member, _met(rows, known[member.pk]) if member.pk in known else ())
        for member in taking_part_in(application)
    ]


def on_own_page(application: Application) -> dict[str, object]:
    """What was sent, and who takes part, for the application's own page."""
    return {
        "submissions": submissions_of(application),
        "partners": before_sending(application, (), ()),
    }


def on_office_page(application: Application, sent: Submission | None) -> dict[str, object]:
    """What was sent last, and the partners that it carries with what the rules found of each."""
    return {"submission": sent, "partners": as_sent(sent, application.call.rules.all())}


def _met(rows: Mapping[str, RuleRow], partner: OfPartner) -> list[Met]:
    return [
        _condition(rows[code], partner.told[code].value, verdict)
        for code, verdict in partner.found.items()
    ]


def _condition(rule: RuleRow, told: object, verdict: Verdict) -> Met:
    return Met(
        says=rule.says,
        told=phrases.told_words(rule.fact, told),  # type: ignore[arg-type]
        words=phrases.VERDICTS[verdict],
        tone=phrases.VERDICT_TONES[verdict],
    )


def as_sent(submission: Submission | None, rules: Iterable[RuleRow] = ()) -> list[Shown]:
    """The partners that a frozen version carries; with the rules also what they found of each."""
    kept = submission.content.get("partners", []) if submission else []
    rows = {rule.code: rule for rule in rules}
    return [
        Shown(
            name=one["name"],
            country=_country(one["country"]),
            promise=one["promise"],
            confirmed_by=one["confirmed_by"],
            confirmed_at=datetime.fromisoformat(one["confirmed_at"]),
            conditions=tuple(
                _condition(rows[met["rule"]], met["told"], Verdict(met["verdict"]))
                for met in one["findings"]
                if met["rule"] in rows
            ),
        )
        for one in kept
    ]


def _country(code: str) -> str:
    return reference.name_of(reference.countries(), code) if code else ""
