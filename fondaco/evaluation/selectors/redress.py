"""Reading requests for redress: until when one can be made, what waits, what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max, QuerySet

from fondaco.applications.access import is_applicant
from fondaco.applications.models import Application
from fondaco.applications.selectors import writers_to
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.selectors import days_not_counted
from fondaco.calls.states import DecidedBy
from fondaco.directory.models import Person
from fondaco.evaluation.models import Outcome, Redress
from fondaco.evaluation.rules.consent import Voice
from fondaco.evaluation.rules.redress import RedressTerms, Window, answering, window
from fondaco.evaluation.selectors import decisions as kept
from fondaco.evaluation.selectors.outcomes import OCCASIONS, outcome_told, told_under
from fondaco.evaluation.states import Group, RedressState
from fondaco.kernel.decisions import Decision as Verdict
from fondaco.mail.selectors import letters_told
from fondaco.mail.states import Occasion
from fondaco.programmes.models import Programme, Role

ANSWERS = {
    RedressState.INADMISSIBLE: Occasion.REDRESS_INADMISSIBLE,
    RedressState.DISMISSED: Occasion.REDRESS_DISMISSED,
    RedressState.UPHELD: Occasion.REDRESS_UPHELD,
}


@dataclass(frozen=True, slots=True)
class RedressDesk:
    """What an applicant sees of redress: the decision that was told, the window, the request."""

    outcome: Outcome | None = None
    window: Window | None = None
    redress: Redress | None = None
    is_answer_told: bool = False


def redress_terms(call: Call) -> RedressTerms:
    """What the call says of redress."""
    return RedressTerms(call.redress_days, tuple(one["code"] for one in call.redress_grounds))


def window_of(outcome: Outcome) -> Window | None:
    """Until when redress can be asked for; None where there is none, or nothing was told.

    It counts from the last of the letters on the decision, so that none promised more than holds,
    and not before the decision itself: that a file is not eligible is told ahead of it.
    """
    call = outcome.application.call
    occasion = OCCASIONS.get(Group(outcome.group))
    if call.redress_days is None or occasion is None:
        return None
    if outcome.application.state == State.WITHDRAWN:
        return None
    letters = letters_told(told_under([outcome])[outcome.pk], [occasion])
    told_at = letters.aggregate(last=Max("released_at"))["last"]
    if told_at is None:
        return None
    begins = max(told_at, outcome.decision.confirmed_at or told_at)
    return window(begins, call.redress_days, call.zone, days_not_counted(call))


def redress_desk(application: Application) -> RedressDesk:
    """Where redress stands for an applicant: the open or the last request, and its decision."""
    told = outcome_told(application)
    found = _rows().filter(outcome__application=application)
    redress = found.filter(outcome=told).first() if told else found.order_by("-pk").first()
    if told is None:
        return RedressDesk(redress=redress, is_answer_told=is_answer_told(redress))
    return RedressDesk(told, window_of(told), redress, is_answer_told(redress))


def is_answer_told(redress: Redress | None) -> bool:
    """Whether the letter with the answer stands in the portal."""
    occasion = ANSWERS.get(RedressState(redress.state)) if redress else None
    if redress is None or occasion is None:
        return False
    return letters_told(redress.code, [occasion]).exists()


def _rows() -> QuerySet[Redress]:
    return Redress.objects.select_related(
        "outcome__application__organisation",
        "outcome__application__call__programme",
        "outcome__decision__call__programme",
        "answered_by",
        "asked_by",
    )


def redress_in(call: Call) -> QuerySet[Redress]:
    """The requests of a call: those that wait first, by the day on which they must be answered."""
    rows = _rows().filter(outcome__application__call=call)
    waits_first = F("closed_at").desc(nulls_first=True)
    return rows.order_by(waits_first, F("answer_by").asc(nulls_last=True), "asked_at", "pk")


def redress_named(code: str) -> Redress | None:
    """The request of that number, with what its letters name."""
    return _rows().filter(code=code).first()


def waiting_redress(programmes: Iterable[Programme]) -> QuerySet[Redress]:
    """The requests in these programmes that nobody has answered, the most pressing first."""
    return (
        _rows()
        .filter(outcome__application__call__programme__in=programmes, state=RedressState.ASKED)
        .order_by(F("answer_by").asc(nulls_last=True), "asked_at", "pk")
    )


def open_redress_of(application: str) -> list[int]:
    """The keys of the requests about an application that wait for an answer."""
    found = Redress.objects.filter(outcome__application__code=application, state=RedressState.ASKED)
    return list(found.order_by("pk").values_list("pk", flat=True))


def locked_redress(pk: int) -> Redress:
    """For services only: the request is ours until the transaction ends."""
    return (
        Redress.objects.select_for_update(of=("self",))
        .select_related("outcome__application__organisation", "outcome__decision__call__programme")
        .get(pk=pk)
    )


def application_of_redress(pk: int) -> int:
    """The key of the application that a request is about."""
    return Redress.objects.values_list("outcome__application_id", flat=True).get(pk=pk)


def redress_codes(application: Application) -> list[str]:
    """The numbers of the requests that were made about an application."""
    found = Redress.objects.filter(outcome__application=application)
    return list(found.order_by("pk").values_list("code", flat=True))


def may_answer(person: Person, redress: Redress) -> Verdict:
    """Whether the person may answer the request, and if not every reason why."""
    decision, application = redress.outcome.decision, redress.outcome.application_id
    voice: Voice = kept.voice_of(person, decision.call, [application])
    terms, took = kept.consent_terms(decision.call), kept.yeses_to(decision)
    return answering(terms, took, voice, proposer=decision.proposed_by_id)


def who_may_answer(redress: Redress) -> list[Role]:
    """Who decides in the call and did not take this decision, where more than one decides."""
    call = redress.outcome.application.call
    took = {yes.person for yes in kept.yeses_to(redress.outcome.decision)}
    is_one = call.decided_by == DecidedBy.ONE
    return [role for role in kept.deciders_of(call) if is_one or role.person_id not in took]


def ground_said(redress: Redress) -> dict[str, str]:
    """The ground of a request in the words of its call; empty where it names none."""
    grounds: list[dict[str, object]] = redress.outcome.application.call.redress_grounds
    found = next((one["label"] for one in grounds if one["code"] == redress.ground), {})
    return dict(found) if isinstance(found, dict) else {}


def readers_of(redress: Redress) -> list[Person]:
    """Who gets the letters: whoever asked, as long as they work there, and who reads the others."""
    application, asked_by = redress.outcome.application, redress.asked_by
    readers = writers_to(application)
    is_there = asked_by is not None and is_applicant(asked_by, application)
    mine = [asked_by] if asked_by is not None and is_there else []
    return list({one.pk: one for one in [*mine, *readers]}.values())
