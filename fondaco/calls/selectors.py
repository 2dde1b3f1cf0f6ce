"""Reading calls, and what their rules are made of."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet, prefetch_related_objects

from fondaco.calls.models import Act, Call, Step
from fondaco.calls.rules.acts import Readiness
from fondaco.calls.rules.opening import (
    OpeningTerms,
    Recorded,
    assessing,
    deadline,
    deadline_of_sent,
    next_deadline,
    opening,
)
from fondaco.calls.rules.support import LumpSum, SupportTerms, amount_of, lump_sum
from fondaco.calls.rules.timetable import StepTerms, day_of
from fondaco.calls.states import ActKind, Intake, Stage, Support
from fondaco.kernel.money import cents_of
from fondaco.web import reference
from fondaco.web.prepared import Prepared, keep_fetched, number, related, text

_ACTS = Prepared(lambda: Act.objects.filter(call_id=number("call")))
_STEPS = Prepared(lambda: Step.objects.filter(call_id=number("call")))
OF_A_FRAME = (
    *("code", "title", "kind", "zone", "intake", "queue_order"),
    *("experts", "redress_days"),
    *("programme__code", "programme__acronym", "programme__funder", "programme__look"),
)
"""What the frame of a page and the tabs of an office say of a call."""
_IN_PROGRAMME = Prepared(
    lambda: Call.objects.select_related("programme").only(*OF_A_FRAME).filter(code=text("code"))[:1]
)


def acts_of(call: Call) -> list[Act]:
    """What was recorded of the call, in the order of recording."""
    return related(call, "acts", _ACTS, call=call.pk)


def steps_of(call: Call) -> list[tuple[Step, date | None]]:
    """What everybody may know is to happen in the call, in order, each with its day."""
    steps = [step for step in _STEPS.all(call=call.pk) if not step.is_internal]
    return [(step, day_of_step(call, step)) for step in steps]


def fetch_acts(call: Call) -> None:
    """Keep with the call what was recorded of it, for a page that asks several times."""
    keep_fetched(call, "acts", _ACTS.all(call=call.pk))


def opening_terms(call: Call) -> OpeningTerms:
    """What the stage of the call is computed from."""
    return OpeningTerms(
        intake=Intake(call.intake),
        published_at=call.published_at,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        decided_at=call.decided_at,
        acts=tuple(Recorded(ActKind(act.kind), act.at, act.closes_at) for act in acts_of(call)),
        cut_offs=tuple(datetime.fromisoformat(one) for one in call.cut_offs),
    )


def stage_of(call: Call, *, at: datetime) -> Stage:
    """Where the call stands at `at`."""
    return opening(opening_terms(call), at=at)


def deadline_of(call: Call, *, at: datetime | None = None) -> datetime | None:
    """The deadline that holds now, extensions counted."""
    return deadline(opening_terms(call), at=at)


def next_deadline_of(call: Call, *, at: datetime) -> datetime | None:
    """The next cut-off of the call, where it has several; else the deadline that holds."""
    return next_deadline(opening_terms(call), at=at)


def assessed_from(
    call: Call, *, at: datetime, received_at: datetime | None = None
) -> datetime | None:
    """The deadline before which what arrived then is not assessed; None once it may be."""
    terms = opening_terms(call)
    if assessing(terms, at=at, received_at=received_at):
        return None
    if received_at is None:
        return next_deadline(terms, at=at)
    return deadline_of_sent(terms, received_at, at=at)


def readiness_of(call: Call) -> Readiness:
    """What the call has of that which it needs to be published."""
    has_title = any(text.strip() for text in call.title.values())
    return Readiness(has_title=has_title, has_form=call.form_id is not None)


def calls_by_code(codes: Iterable[str]) -> QuerySet[Call]:
    """The calls with these codes, published or not."""
    return Call.objects.filter(code__in=list(codes))


def published_calls() -> QuerySet[Call]:
    """Every published call with what lists show of it."""
    return (
        Call.objects.filter(published_at__isnull=False)
        .select_related("programme", "edition_of")
        .prefetch_related("acts")
    )


def call_named(code: str) -> Call | None:
    """The call of that code, published or not, for those who run it."""
    return (
        Call.objects.select_related("programme")
        .prefetch_related("acts", "items", "criteria", "rules")
        .filter(code=code)
        .first()
    )


def call_in_programme(code: str) -> Call | None:
    """The call of that code with its programme, as the frame of a page needs them."""
    return _IN_PROGRAMME.first(code=code)


def _with_details() -> QuerySet[Call]:
    return Call.objects.select_related(
        "programme", "partner__organisation", "form", "edition_of", "stage_of"
    ).prefetch_related(
        *("acts", "steps", "items", "envelopes", "quotas", "rules", "criteria", "editions")
    )


def call_with_details(code: str) -> Call | None:
    """One call with everything its page prints, in a fixed number of queries."""
    return _with_details().filter(code=code, published_at__isnull=False).first()


def draft_with_details(code: str) -> Call | None:
    """The same of a call that is not published, for a preview of its page."""
    return _with_details().filter(code=code, published_at__isnull=True).first()


def countries_of(call: Call) -> frozenset[str]:
    """The countries a call is for: those its rule names, else those of its programme."""
    named = [rule.value for rule in call.rules.all() if rule.fact == "organisation.country"]
    return frozenset(named[0] if named else call.programme.countries)


def is_demonstration(code: str) -> bool:
    """Whether the call of that code is a demonstration edition."""
    return Call.objects.filter(code=code, is_demonstration=True).exists()


def weekend_of(call: Call) -> tuple[str, ...]:
    """The days on which nobody works on this call: its own, else those of its programme."""
    return tuple(call.weekend or call.programme.weekend)


def days_not_counted(call: Call) -> tuple[str, ...]:
    """The days that its windows leave out, of the week and by date; none where every day counts."""
    return (*weekend_of(call), *holidays_of(call)) if call.counts_working_days else ()


def non_working(call: Call) -> tuple[str, ...]:
    """The days on which nobody works on this call, of the week and by date, counted or not."""
    return (*weekend_of(call), *holidays_of(call))


def step_terms(step: Step) -> StepTerms:
    """When a step is, as the rules ask."""
    return StepTerms(step.position, step.on, step.after)


def day_of_step(call: Call, step: Step, *, at: datetime | None = None) -> date | None:
    """The day of a step with the deadline that holds; None where nobody knows it yet."""
    if step.after is None:
        return step.on
    closes, days_off = deadline_of(call, at=at), days_not_counted(call)
    return day_of(step_terms(step), closes, call.zone, days_off)


def holidays_of(call: Call) -> tuple[str, ...]:
    """The dates on which nobody works on this call, whatever day of the week they are."""
    return tuple(holiday["on"] for holiday in call.holidays)


def fetch_parts(call: Call) -> None:
    """Keep its envelopes and quotas with the call, for what asks for them several times."""
    prefetch_related_objects([call], "envelopes", "quotas")


def support_terms(call: Call) -> SupportTerms:
    """What the sum of one award is computed from."""
    return SupportTerms(
        form=Support(call.support),
        amount_cents=call.amount_cents,
        percent=call.percent,
        least_cents=call.least_cents,
        prices={item.code: item.amount_cents for item in call.items.all()},
        most_items=call.most_items,
        asks=call.asks,
    )


def same_for_all(call: Call) -> int | None:
    """What every award comes to, where all are alike; else the ceiling, where there is one."""
    is_pack = call.support == Support.PACK
    return amount_of(support_terms(call), None) if is_pack else call.amount_cents


def lump_sum_for(call: Call, country: str | None, *, at: datetime) -> LumpSum | None:
    """The sum of the call's scheme for a country, as the table holds at a moment."""
    rows = (
        LumpSum(
            row["scheme"],
            row.get("country", ""),
            cents_of(row["amount"]),
            row.get("valid_from", ""),
            row.get("valid_until", ""),
        )
        for row in reference.lump_sums()
    )
    return lump_sum(rows, scheme=call.scheme, country=country or None, on=at.date())


def ceiling_over_calls(call: Call) -> int | None:
    """The most that one organisation may get over all calls of the programme, in cents."""
    said = call.programme.ceiling.get("amount")
    return None if said is None else cents_of(said)


def locked_call(pk: int) -> Call:
    """For services only: the row is ours until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


def last_act(call: Call) -> Act | None:
    """The act recorded last."""
    return call.acts.order_by("-number").first()
