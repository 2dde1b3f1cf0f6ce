"""Calls as the public sees them: in a list, and one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.calls import phrases
from fondaco.calls.models import Act, Call, Step
from fondaco.calls.rules.opening import cut_offs, deadline, next_deadline, opening
from fondaco.calls.selectors import countries_of, day_of_step, opening_terms, published_calls
from fondaco.calls.states import ActKind, Intake, Kind, Stage, Support
from fondaco.kernel.clock import abbreviation
from fondaco.kernel.texts import Spoken
from fondaco.web import reference, words

DAYS_FROM = 2
"""From so many days on, what is left is told in days, below in hours."""
ORDER = {
    Stage.OPEN: 0,
    Stage.SUSPENDED: 1,
    Stage.FORTHCOMING: 2,
    Stage.CLOSED: 3,
    Stage.DECIDED: 4,
    Stage.CANCELLED: 5,
}
STILL_TO_CLOSE = frozenset({Stage.DRAFT, Stage.OPEN, Stage.FORTHCOMING, Stage.SUSPENDED})
UP_TO = frozenset({Support.CEILING, Support.SHARE, Support.LUMP_SUM})
Badge = dict[str, object]


@dataclass(frozen=True, slots=True)
class Listed:
    """One call of the list."""

    call: Call
    stage: Stage
    closes_at: datetime | None
    countries: frozenset[str]

    @property
    def url(self) -> str:
        """Where its page is."""
        return reverse("desks:call", args=[self.call.code])

    @property
    def title(self) -> str:
        """Its title for the reader."""
        return words.say(self.call.title).text

    @property
    def text(self) -> str:
        """Its summary for the reader."""
        return words.say(self.call.summary).text

    @property
    def badges(self) -> list[Badge]:
        """Stage, kind and honesty at a glance."""
        return badges_of(self.call, self.stage)

    @property
    def meta(self) -> list[dict[str, object]]:
        """Deadline, amount and programme."""
        call = self.call
        told: list[dict[str, object]] = [{"icon": "house", "text": call.programme.acronym}]
        if self.closes_at:
            told.append(
                {"icon": "calendar", "text": words.moment_with_zone(self.closes_at, call.zone)}
            )
        if line := money_line(call):
            told.append({"icon": "money", "text": line})
        return told


def badges_of(call: Call, stage: Stage) -> list[Badge]:
    """The marks a call wears."""
    marks: list[Badge] = [
        {"label": phrases.STAGES[stage], "tone": phrases.STAGE_TONES[stage]},
        {"label": phrases.KINDS[Kind(call.kind)], "tone": "neutral"},
    ]
    if call.is_demonstration:
        marks.append(
            {"label": _("Demonstration, not open"), "tone": "demonstration", "icon": "flag"}
        )
    return marks


def money_line(call: Call) -> str:
    """What is paid, in one short line; empty where nothing is or nothing is known."""
    if call.support == Support.MENU:
        prices = sorted(item.amount_cents for item in call.items.all())
        if not prices:
            return ""
        lowest, highest = (words.amount(price, call.currency) for price in (prices[0], prices[-1]))
        return _("%(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest}
    if call.support == Support.SHARE and call.amount_cents is None and call.percent:
        return _("%(percent)s %% of the costs") % {"percent": words.number(call.percent)}
    if call.support == Support.PACK and call.amount_cents is None:
        return words.amount(sum(item.amount_cents for item in call.items.all()), call.currency)
    if call.amount_cents is None:
        return ""
    given = words.amount(call.amount_cents, call.currency)
    return _("up to %(amount)s") % {"amount": given} if call.support in UP_TO else given


def listed_calls(*, at: datetime) -> list[Listed]:
    """Every published call as it stands now: open ones first, the nearest deadline first."""
    calls = published_calls().prefetch_related("items", "rules")
    found = []
    for call in calls:
        terms = opening_terms(call)
        closes = next_deadline(terms, at=at)
        listed = Listed(call, opening(terms, at=at), closes, countries_of(call))
        if listed.stage != Stage.DRAFT:
            found.append(listed)
    return sorted(found, key=_place)


def _place(listed: Listed) -> tuple[int, float, str]:
    far = listed.closes_at.timestamp() if listed.closes_at else float("inf")
    is_past = ORDER[listed.stage] > ORDER[Stage.FORTHCOMING]
    return ORDER[listed.stage], -far if is_past else far, listed.call.code


def text_of(listed: Listed) -> str:
    """What searching looks at: title and summary in every language, names and codes."""
    call = listed.call
    texts: Iterable[Mapping[str, str]] = (call.title, call.summary)
    kept = [text for names in texts for text in names.values()]
    ecosystems = [reference.name_of(reference.ecosystems(), code) for code in call.ecosystems]
    return " ".join([call.code, call.programme.acronym, *kept, *ecosystems])


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timetable."""

    when: object
    what: object
    state: str
    note: object = ""
    is_dated: bool = True


def timetable_of(call: Call, *, at: datetime) -> list[Moment]:
    """Opening, deadline with its moves, and what comes after, each past, now or next."""
    terms, found = opening_terms(call), []
    if call.opens_at:
        found.append(_dated(call, call.opens_at, _("The call opens"), at))
    moved = deadline(terms, at=at)
    if call.closes_at and moved != call.closes_at:
        found.append(
            _dated(
                call,
                call.closes_at,
                _("First deadline"),
                at,
                _("It was moved; the reason stands below."),
            )
        )
    dates = cut_offs(terms, at=at)
    for number, cut_off in enumerate(dates, start=1):
        said = _("Cut-off %(number)s") % {"number": words.number(number)}
        found.append(_dated(call, cut_off, said, at))
    if moved and not dates:
        found.append(_dated(call, moved, _("Deadline for applications"), at))
    steps = [step for step in call.steps.all() if not step.is_internal]
    return _with_present([*found, *(_step(call, step, at) for step in steps)])


def _step(call: Call, step: Step, at: datetime) -> Moment:
    """A step of the timetable; one that counts from the deadline says so."""
    on = day_of_step(call, step, at=at)
    when = words.day(on) if on else _("Date not set")
    state = "past" if on and on < at.date() else "next"
    note = ""
    if step.after is not None:
        days = ngettext(
            "%(count)s day after the deadline", "%(count)s days after the deadline", step.after
        )
        note = days % {"count": words.number(step.after)}
    return Moment(when, words.say(step.label), state, note, is_dated=on is not None)


def _dated(call: Call, when: datetime, what: str, at: datetime, note: str = "") -> Moment:
    shown = words.moment_with_zone(when, call.zone)
    return Moment(shown, what, "past" if when < at else "next", note)


def _with_present(moments: list[Moment]) -> list[Moment]:
    """The first moment still to come is the one that matters now."""
    for position, moment in enumerate(moments):
        if moment.state == "next" and moment.is_dated:
            now = replace(moment, state="now")
            return [*moments[:position], now, *moments[position + 1 :]]
    return moments


def facts_of(call: Call, closes: datetime | None, stage: Stage) -> list[dict[str, object]]:
    """The strip under the title: until when, how much, for how many, for whom."""
    return [
        _until_fact(call, closes, stage),
        _support_fact(call),
        _budget_fact(call),
        _who_fact(call),
    ]


def _until_fact(call: Call, closes: datetime | None, stage: Stage) -> dict[str, object]:
    label = _("Closes") if stage in STILL_TO_CLOSE else _("Closed")
    if call.intake == Intake.CUT_OFFS and stage in STILL_TO_CLOSE:
        label = _("Next cut-off")
    if closes is None:
        always = _("Always open") if stage == Stage.OPEN else _("Not known")
        return {
            "label": label,
            "value": always,
            "note": _("each application is decided by itself") if stage == Stage.OPEN else "",
        }
    return {
        "label": label,
        "value": words.day(words.local(closes, call.zone).date()),
        "note": _("%(time)s, Brussels time")
        % {"time": f"{words.clock(closes, call.zone)} {abbreviation(closes, call.zone)}"}
        if call.zone == "Europe/Brussels"
        else f"{words.clock(closes, call.zone)} {abbreviation(closes, call.zone)}",
    }


def _support_fact(call: Call) -> dict[str, object]:
    label: str | Promise = phrases.SUPPORTS[Support(call.support)]
    line = money_line(call)
    if call.support == Support.NONE:
        return {"label": _("Support"), "value": phrases.KINDS[Kind(call.kind)], "note": label}
    return {"label": _("Support"), "value": line or _("Not known"), "note": label}


def _budget_fact(call: Call) -> dict[str, object]:
    places = ""
    if call.places:
        places = ngettext("%(count)s place", "%(count)s places", call.places) % {
            "count": words.number(call.places)
        }
    if call.total_cents is None:
        return {
            "label": _("Places") if places else _("Budget"),
            "value": places or _("Not known"),
            "note": "",
        }
    return {
        "label": _("Budget"),
        "value": words.amount(call.total_cents, call.currency),
        "note": places,
    }


def _who_fact(call: Call) -> dict[str, object]:
    countries = countries_of(call)
    count = ngettext("%(count)s country", "%(count)s countries", len(countries))
    ecosystems = [reference.name_of(reference.ecosystems(), code) for code in call.ecosystems]
    note = ecosystems[0] if len(ecosystems) == 1 else ""
    if len(ecosystems) > 1:
        many = ngettext("%(count)s ecosystem", "%(count)s ecosystems", len(ecosystems))
        note = many % {"count": words.number(len(ecosystems))}
    if len(ecosystems) == len(reference.ecosystems()):
        note = _("All ecosystems")
    return {
        "label": _("Where"),
        "value": count % {"count": words.number(len(countries))},
        "note": note,
    }


@dataclass(frozen=True, slots=True)
class Holiday:
    """A date on which nobody works on the call, in words."""

    day: str
    reason: Spoken


def holidays_of(call: Call) -> list[Holiday]:
    """The holidays of the call's calendar, in order."""
    kept = sorted(call.holidays, key=lambda holiday: str(holiday["on"]))
    return [
        Holiday(words.day(date.fromisoformat(one["on"])), words.say(one.get("reason", {})))
        for one in kept
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """An act as the page tells it."""

    title: object
    at: datetime
    before: datetime | None
    after: datetime | None
    act: Act


def acts_of(call: Call) -> list[Told]:
    """What happened since publication, the newest first; an extension tells both deadlines."""
    found, before = [], call.closes_at
    for act in call.acts.all():
        kind = ActKind(act.kind)
        after = act.closes_at if kind == ActKind.EXTENSION else None
        found.append(Told(phrases.ACTS[kind], act.at, before if after else None, after, act))
        before = after or before
    return found[::-1]


def editions_of(call: Call, *, at: datetime) -> list[Listed]:
    """The other editions of a call: demonstrations of it, or what it was made after."""
    near = list(call.editions.all()) or ([call.edition_of] if call.edition_of else [])
    listed = []
    for other in near:
        terms = opening_terms(other)
        stage = opening(terms, at=at)
        if stage != Stage.DRAFT:
            listed.append(Listed(other, stage, next_deadline(terms, at=at), frozenset()))
    return listed


def tie_breaks_of(call: Call) -> list[object]:
    """What decides between equals, in order, in words."""
    names = {criterion.code: words.say(criterion.name) for criterion in call.criteria.all()}
    return [phrases.TIE_BREAKS.get(code) or names.get(code, code) for code in call.tie_breaks]


def time_left(closes: datetime | None, *, at: datetime) -> str:
    """How long until the deadline, in the largest unit that helps."""
    if closes is None or closes < at:
        return ""
    left = closes - at
    if left.days >= DAYS_FROM:
        return ngettext("%(count)s day left", "%(count)s days left", left.days) % {
            "count": words.number(left.days)
        }
    hours = int(left.total_seconds() // 3600)
    if hours >= 1:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {
            "count": words.number(hours)
        }
    minutes = max(int(left.total_seconds() // 60), 1)
    return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {
        "count": words.number(minutes)
    }


def trail_of(call: Call) -> list[tuple[str, str]]:
    """The way to a call's page."""
    return [
        (_("Home"), reverse("desks:start")),
        (_("Calls"), reverse("desks:calls")),
        (call.programme.acronym, reverse("desks:programme", args=[call.programme.code])),
    ]
