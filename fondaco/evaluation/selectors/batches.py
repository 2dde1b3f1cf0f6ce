"""What of a call is compared together: a cut-off, a drawn list, or one application alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet, Sum

from fondaco.applications.models import Application
from fondaco.applications.states import SENT
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import cut_offs, span_of
from fondaco.calls.selectors import opening_terms
from fondaco.calls.states import OPEN_ENDED, Intake
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules.funds import Part
from fondaco.evaluation.rules.ranking import DRAW, Candidate, Terms
from fondaco.evaluation.selectors.draws import drawn_in
from fondaco.evaluation.selectors.funds import given_in_parts
from fondaco.evaluation.states import Group


def arrived_by(
    call: Call, cut_off: int | None, rows: QuerySet[Application]
) -> QuerySet[Application]:
    """Those of the applications that belong to a cut-off of the call; without one, all."""
    if cut_off is None:
        return rows
    after, until = span_of(opening_terms(call), cut_off)
    if after is not None:
        rows = rows.filter(submitted_at__gt=after)
    return rows if until is None else rows.filter(submitted_at__lte=until)


def terms_for(call: Call, terms: Terms, cut_off: int | None) -> Terms:
    """The terms of a ranking as the way of intake leaves them.

    A lottery knows no marks; earlier cut-offs have taken what they awarded.
    """
    if call.intake == Intake.LOTTERY:
        return replace(terms, criteria=(), experts=0, threshold=None, tie_breaks=(DRAW,))
    if cut_off is None:
        return terms
    awards, cents = given_before(call, cut_off)
    taken = given_in_parts(call, but=not_before(call, cut_off))
    return replace(
        terms,
        total_cents=_less(terms.total_cents, cents),
        places=_less(terms.places, awards),
        parts=tuple(_part_less(part, taken.get(part.code, 0)) for part in terms.parts),
    )


def _less(whole: int | None, taken: int) -> int | None:
    return None if whole is None else max(whole - taken, 0)


def _part_less(part: Part, taken: int) -> Part:
    return replace(part, most=_less(part.most, taken), least=_less(part.least, taken))


def not_before(call: Call, cut_off: int) -> list[int]:
    """The applications that belong to no earlier cut-off, by key."""
    after, _until = span_of(opening_terms(call), cut_off)
    rows = Application.objects.filter(call=call)
    later = rows if after is None else rows.filter(submitted_at__gt=after)
    return list(later.values_list("pk", flat=True))


def alone(terms: Terms) -> Terms:
    """The terms under which one application is judged by its own marks: no money, no places."""
    return replace(terms, total_cents=None, places=None, parts=())


def given_before(call: Call, cut_off: int) -> tuple[int, int]:
    """How many awards the earlier cut-offs have made by confirmed decisions, and their cents."""
    after, _until = span_of(opening_terms(call), cut_off)
    if after is None:
        return 0, 0
    found = Outcome.objects.filter(
        application__call=call,
        application__submitted_at__lte=after,
        is_final=True,
        group=Group.AWARDED,
    ).aggregate(awards=Count("pk"), cents=Sum("amount_cents"))
    return found["awards"], found["cents"] or 0


def on_list(call: Call, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """What can be put in order: in a lottery whoever is on its list.

    Who became eligible after the list was frozen is decided by itself.
    """
    found = tuple(candidates)
    if call.intake != Intake.LOTTERY:
        return found
    draw = drawn_in(call)
    receipts = set(draw.receipts) if draw else set()
    return tuple(one for one in found if not one.is_eligible or one.receipt in receipts)


def is_by_itself(call: Call) -> bool:
    """Whether the call decides each application as it comes."""
    return call.intake in OPEN_ENDED


@dataclass(frozen=True, slots=True)
class Batch:
    """One cut-off as the office sees it: what came by it, and how much of that is decided."""

    number: int
    files: int
    decided: int


def batches_of(call: Call) -> list[Batch]:
    """The cut-offs of a call with what came by each."""
    rows = Application.objects.filter(call=call, state__in=list(SENT))
    found = []
    for number in range(1, len(cut_offs(opening_terms(call))) + 1):
        own = arrived_by(call, number, rows)
        decided = own.filter(outcomes__is_final=True).distinct().count()
        found.append(Batch(number, own.count(), decided))
    return found
