"""What waits for a reader, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.applications.models import Application
from fondaco.applications.rules.submission import in_time
from fondaco.applications.selectors import applications_of, deadline_for, terms_of
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing
from fondaco.calls.selectors import deadline_of, opening_terms, stage_of
from fondaco.calls.states import OPEN_ENDED, Stage
from fondaco.desks.selectors.calls import time_left
from fondaco.directory.models import Organisation, Person
from fondaco.enquiries.models import Enquiry
from fondaco.enquiries.selectors import waiting_enquiries
from fondaco.evaluation.models import Assignment, Decision, Redress
from fondaco.evaluation.selectors.decisions import numbers_to_decide
from fondaco.evaluation.selectors.files import files_of
from fondaco.evaluation.selectors.redress import waiting_redress
from fondaco.evaluation.states import AssignmentState, DecisionState
from fondaco.incidents.selectors import waiting_claims, waiting_proposals
from fondaco.mail.models import Letter
from fondaco.mail.states import State as LetterState
from fondaco.programmes.access import programmes_with
from fondaco.programmes.models import Programme
from fondaco.programmes.states import RoleKind
from fondaco.web import words

SOON = timedelta(days=3)
RETURNED = (LetterState.BOUNCED, LetterState.FAILED)
"""The states of a letter that an officer must look after, because its e-mail did not arrive."""
LettersAt = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing to do: what, where, about what, until when."""

    what: str
    url: str
    about: str = ""
    until: str = ""
    left: str = ""
    tone: str = "told"
    icon: str = "pen"
    day: date | None = None
    since: date | None = None

    @property
    def rank(self) -> tuple[bool, date]:
        """What has a last day before what has none, and among these what waits longest first."""
        return self.day is None, self.day or self.since or date.max


def _counted(sentence: str, count: int) -> str:
    return sentence % {"count": words.number(count)}


def unfinished_applications(organisations: Iterable[Organisation]) -> list[Application]:
    """The applications that may wait for the reader's organisations, the last edited first."""
    rows = applications_of(organisations).filter(state__in=[State.DRAFT, State.COMPLETION])
    return list(rows.prefetch_related("call__acts"))


def applicant_waits(applications: Iterable[Application], *, at: datetime) -> list[Wait]:
    """Drafts that can still be sent, and papers that an officer asked for."""
    found = []
    for application in applications:
        if application.state == State.DRAFT and _is_open(application, at):
            found.append(_draft_wait(application, at))
        if application.state == State.COMPLETION and application.asked_until:
            found.append(_completion_wait(application, application.asked_until, at))
    return found


def _is_open(application: Application, at: datetime) -> bool:
    """Whether the draft can be sent: the call is open, or it alone has more time."""
    return bool(in_time(State.DRAFT, terms_of(application), at=at))


def _title(application: Application) -> str:
    return words.say(application.call.title).text


def _place(application: Application) -> str:
    return reverse("applications:detail", args=[application.call.code, application.code])


def _draft_wait(application: Application, at: datetime) -> Wait:
    closes = deadline_for(application, at=at)
    is_near = closes is not None and closes - at < SOON
    return Wait(
        what=_("Go on with your application"),
        url=_place(application),
        about=f"{_title(application)} · {application.organisation.name}",
        until=words.moment_with_zone(closes, application.call.zone) if closes else "",
        left=time_left(closes, at=at),
        tone="bad" if is_near else "told",
        day=closes.date() if closes else None,
    )


def _completion_wait(application: Application, until: datetime, at: datetime) -> Wait:
    return Wait(
        what=_("Send what is missing"),
        url=_place(application),
        about=f"{_title(application)} · {application.organisation.name}",
        until=words.moment_with_zone(until, application.call.zone),
        left=time_left(until, at=at),
        tone="bad" if until - at < SOON else "soon",
        icon="upload",
        day=until.date(),
    )


def _days_left(days: int) -> str:
    return _counted(ngettext("%(count)s day left", "%(count)s days left", days), days)


def evaluator_waits(person: Person, *, at: datetime) -> list[Wait]:
    """How many files are left, and until when."""
    open_states = [AssignmentState.ASSIGNED, AssignmentState.ACCEPTED]
    left = [row for row in files_of(person) if row.state in open_states]
    if not left:
        return []
    due = min((row.due_on for row in left if row.due_on), default=None)
    days = (due - at.date()).days if due else None
    return [
        Wait(
            what=_counted(
                ngettext("One file to evaluate", "%(count)s files to evaluate", len(left)),
                len(left),
            ),
            url=reverse("evaluation:desk"),
            about=_programmes_of(left),
            until=words.day(due) if due else "",
            left="" if days is None else _days_left(days),
            tone="bad" if days is not None and days <= SOON.days else "told",
            icon="files",
            day=due,
        )
    ]


def _programmes_of(rows: Iterable[Assignment]) -> str:
    return ", ".join(sorted({row.application.call.programme.acronym for row in rows}))


def officer_waits(person: Person, *, at: datetime) -> list[Wait]:
    """Applications to look at, letters to read, and letters that did not arrive."""
    programmes = programmes_with(person, RoleKind.OFFICER)
    to_check = Q(applications__state=State.SUBMITTED)
    calls = (
        Call.objects.filter(programme__in=programmes)
        .select_related("programme")
        .annotate(
            to_check=Count("applications", filter=to_check),
            first_sent=Min("applications__submitted_at", filter=to_check),
        )
        .order_by("code")
    )
    letters, to_decide = _letters_at(programmes), numbers_to_decide(programmes)
    found = []
    for call in calls.prefetch_related("acts"):
        found += _checks(call, at=at) if _is_assessed(call, at=at) else []
        if call.pk in to_decide and _is_assessed(call, at=at):
            found.append(_decide_wait(call, *to_decide[call.pk]))
        for state, number, first in letters.get(call.code, ()):
            found.append(_letters_wait(call, LetterState(state), number, first))
    return sorted(found, key=lambda wait: wait.rank)


def _is_assessed(call: Call, *, at: datetime) -> bool:
    """Whether somebody has to look at what was sent: not before its time, nor once cancelled."""
    is_off = stage_of(call, at=at) == Stage.CANCELLED
    return not is_off and bool(assessing(opening_terms(call), at=at))


def _about(call: Call) -> str:
    return f"{call.programme.acronym} · {words.say(call.title).text}"


def _since(call: Call, moment: datetime) -> tuple[date, str]:
    """The day since when it waits, on the clock of the call, and the words for it."""
    day = words.local(moment, call.zone).date()
    return day, _("since %(day)s") % {"day": words.day(day)}


def _checks(call: Call, *, at: datetime) -> list[Wait]:
    first: datetime | None = call.first_sent  # type: ignore[attr-defined]
    number: int = call.to_check  # type: ignore[attr-defined]
    if first is None:
        return []
    closed = deadline_of(call, at=at)
    day, said = _since(call, closed if closed and first < closed <= at else first)
    check = ngettext("One application to check", "%(count)s applications to check", number)
    url = reverse("applications:office", args=[call.code]) + "?state=submitted"
    what = _counted(check, number)
    return [Wait(what, url, _about(call), until=said, since=day, icon="check")]


def _decide_wait(call: Call, number: int, first: datetime) -> Wait:
    """Admitted and, where experts read them, evaluated: somebody has to propose a decision."""
    day, said = _since(call, first)
    decide = ngettext("One application to decide", "%(count)s applications to decide", number)
    is_ranked = call.experts and call.intake not in OPEN_ENDED
    page = "evaluation:ranking" if is_ranked else "evaluation:decisions"
    url, what = reverse(page, args=[call.code]), _counted(decide, number)
    return Wait(what, url, _about(call), until=said, since=day, icon="seal")


def _letters_at(programmes: QuerySet[Programme]) -> dict[str, list[LettersAt]]:
    """By call: how many letters wait or did not arrive, since when written or released."""
    at_state = (
        Letter.objects.filter(programme__in=programmes, state__in=[LetterState.WRITTEN, *RETURNED])
        .order_by("call", "state")
        .values_list("call", "state")
        .annotate(number=Count("pk"), first=Min(Coalesce("released_at", "written_at")))
    )
    found: dict[str, list[LettersAt]] = {}
    for call, state, number, first in at_state:
        found.setdefault(call, []).append((state, number, first))
    return found


def _letters_wait(call: Call, state: LetterState, number: int, first: datetime) -> Wait:
    day, said = _since(call, first)
    url, what = reverse("mail:outbox", args=[call.code]), _counted(_letters(state, number), number)
    if state == LetterState.WRITTEN:
        return Wait(what, url, _about(call), until=said, since=day, icon="mail", tone="soon")
    there = f"{url}?state={state.value}"
    return Wait(what, there, _about(call), since=day, icon="mail", tone="bad")


def _letters(state: LetterState, number: int) -> str:
    if state == LetterState.BOUNCED:
        return ngettext("One letter came back", "%(count)s letters came back", number)
    if state == LetterState.FAILED:
        return ngettext(
            "One letter could not be sent", "%(count)s letters could not be sent", number
        )
    return ngettext("One letter to read and send", "%(count)s letters to read and send", number)


def redress_waits(person: Person, *, at: datetime) -> list[Wait]:
    """Requests for redress that nobody has answered, for those who run the call or decide."""
    programmes = programmes_with(person, RoleKind.OFFICER, RoleKind.DECIDER)
    return [_redress_wait(row, at=at) for row in waiting_redress(programmes)]


def _redress_wait(row: Redress, *, at: datetime) -> Wait:
    call, due = row.outcome.application.call, row.answer_by
    since, said = _since(call, row.asked_at)
    days = (due - words.local(at, call.zone).date()).days if due else None
    is_near = days is not None and days <= SOON.days
    return Wait(
        what=_("A request for redress to answer"),
        url=reverse("evaluation:redress-request", args=[call.code, row.code]),
        about=f"{_about(call)} · {row.outcome.application.organisation.name}",
        until=words.day(due) if due else said,
        left="" if days is None else _days_left(days) if days >= 0 else _("overdue"),
        tone="bad" if is_near else "soon",
        icon="seal",
        day=due,
        since=since,
    )


def outage_waits(person: Person, *, at: datetime) -> list[Wait]:
    """Extensions that the availability log proposes, for the officers of the programme."""
    what = _("An outage: a new deadline to confirm")
    return [
        _late_wait(what, "incidents:proposal", row.code, row.call, since=row.made_at, at=at)
        for row in waiting_proposals(programmes_with(person, RoleKind.OFFICER))
    ]


def claim_waits(person: Person, *, at: datetime) -> list[Wait]:
    """Claims of applicants who say that they were kept from sending."""
    what = _("A claim to answer: somebody was kept from sending")
    found = []
    for row in waiting_claims(programmes_with(person, RoleKind.OFFICER)):
        late = row.application
        wait = _late_wait(what, "incidents:claim", row.code, late.call, since=row.at, at=at)
        found.append(replace(wait, about=f"{wait.about} · {late.organisation.name}"))
    return found


def _late_wait(
    what: str, route: str, code: str, call: Call, *, since: datetime, at: datetime
) -> Wait:
    """Something after a last hour that went wrong: it presses from the first day."""
    day, said = _since(call, since)
    return Wait(
        what=what,
        url=reverse(route, args=[call.code, code]),
        about=_about(call),
        until=said,
        tone="bad",
        icon="clock",
        day=at.date(),
        since=day,
    )


def enquiry_waits(person: Person, *, at: datetime) -> list[Wait]:
    """Questions about calls that are not answered yet, for the officers of the programme."""
    programmes = programmes_with(person, RoleKind.OFFICER)
    return [_enquiry_wait(*found, at=at) for found in waiting_enquiries(programmes)]


def _enquiry_wait(call: Call, number: int, first: Enquiry, *, at: datetime) -> Wait:
    since, said = _since(call, first.at)
    days = (first.due_on - words.local(at, call.zone).date()).days if first.due_on else None
    what = ngettext("One question to answer", "%(count)s questions to answer", number)
    return Wait(
        what=_counted(what, number),
        url=reverse("enquiries:enquiries", args=[call.code]),
        about=_about(call),
        until=words.day(first.due_on) if first.due_on else said,
        left="" if days is None else _days_left(days) if days >= 0 else _("overdue"),
        tone="bad" if days is not None and days <= SOON.days else "soon",
        icon="question",
        day=first.due_on,
        since=since,
    )


def decider_waits(person: Person) -> list[Wait]:
    """Decisions proposed in the reader's programmes that lack the reader's yes; no day is set."""
    programmes = programmes_with(person, RoleKind.DECIDER)
    rows = (
        Decision.objects.filter(call__programme__in=programmes, state=DecisionState.PROPOSED)
        .exclude(approvals__person=person)
        .select_related("call__programme")
        .annotate(outcomes_count=Count("outcomes"))
    )
    return [_decision_wait(row, row.outcomes_count) for row in rows.order_by("proposed_at", "pk")]


def _decision_wait(row: Decision, number: int) -> Wait:
    since, said = _since(row.call, row.proposed_at)
    sentence = ngettext(
        "A decision on one application waits for your yes",
        "A decision on %(count)s applications waits for your yes",
        number,
    )
    return Wait(
        what=_counted(sentence, number),
        url=reverse("evaluation:decision", args=[row.call.code, row.code]),
        about=_about(row.call),
        until=said,
        icon="seal",
        tone="soon",
        since=since,
    )


def all_waits(person: Person, applications: Iterable[Application], *, at: datetime) -> list[Wait]:
    """Everything that waits for the reader, the applicant's own first."""
    return [
        *applicant_waits(applications, at=at),
        *evaluator_waits(person, at=at),
        *outage_waits(person, at=at),
        *claim_waits(person, at=at),
        *redress_waits(person, at=at),
        *enquiry_waits(person, at=at),
        *decider_waits(person),
        *officer_waits(person, at=at),
    ]
