"""Reading calls, and what their rules are made of."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from fondaco.calls.models import Act, Call, Step
from fondaco.calls.rules.acts import Readiness
from fondaco.calls.rules.opening import (
    OpeningTerms,
    Recorded,
    assessing,
    deadline,
    opening,
)
from fondaco.calls.states import ActKind, Intake, Stage
from fondaco.web.prepared import Prepared, keep_fetched, number, related, text

_ACTS = Prepared(lambda: Act.objects.filter(call_id=number("call")))
_STEPS = Prepared(lambda: Step.objects.filter(call_id=number("call")))
_IN_PROGRAMME = Prepared(
    lambda: Call.objects.select_related("programme").filter(code=text("code"))[:1]
)


def acts_of(call: Call) -> list[Act]:
    """What was recorded of the call, in the order of recording."""
    return related(call, "acts", _ACTS, call=call.pk)


def steps_of(call: Call) -> list[Step]:
    """What is to happen in the call, in order."""
    return _STEPS.all(call=call.pk)


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
    )


def stage_of(call: Call, *, at: datetime) -> Stage:
    """Where the call stands at `at`."""
    return opening(opening_terms(call), at=at)


def deadline_of(call: Call, *, at: datetime | None = None) -> datetime | None:
    """The deadline that holds now, extensions counted."""
    return deadline(opening_terms(call), at=at)


def assessed_from(call: Call, *, at: datetime) -> datetime | None:
    """The deadline before which nothing of the call is assessed; None once it may be."""
    terms = opening_terms(call)
    return None if assessing(terms, at=at) else deadline(terms, at=at)


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
    """The call of that code with its programme, and nothing else."""
    return _IN_PROGRAMME.first(code=code)


def _with_details() -> QuerySet[Call]:
    return Call.objects.select_related(
        "programme", "partner__organisation", "form", "edition_of"
    ).prefetch_related("acts", "steps", "items", "rules", "criteria", "editions")


def call_with_details(code: str) -> Call | None:
    """One call with everything its page prints, in a fixed number of queries."""
    return _with_details().filter(code=code, published_at__isnull=False).first()


def draft_with_details(code: str) -> Call | None:
    """The same of a call that is not published, for a preview of its page."""
    return _with_details().filter(code=code, published_at__isnull=True).first()


def is_demonstration(code: str) -> bool:
    """Whether the call of that code is a demonstration edition."""
    return Call.objects.filter(code=code, is_demonstration=True).exists()


def weekend_of(call: Call) -> tuple[str, ...]:
    """The days on which nobody works on this call: its own, else those of its programme."""
    return tuple(call.weekend or call.programme.weekend)


def days_not_counted(call: Call) -> tuple[str, ...]:
    """The days of the week that its windows leave out; none where every day counts."""
    return weekend_of(call) if call.counts_working_days else ()


def locked_call(pk: int) -> Call:
    """For services only: the row is ours until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


def last_act(call: Call) -> Act | None:
    """The act recorded last."""
    return call.acts.order_by("-number").first()
