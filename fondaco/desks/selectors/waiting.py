"""What waits for a reader, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.applications.models import Application
from fondaco.applications.selectors import applications_of
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing
from fondaco.calls.selectors import deadline_of, opening_terms, stage_of
from fondaco.calls.states import Stage
from fondaco.desks.selectors.calls import time_left
from fondaco.directory.models import Organisation, Person
from fondaco.evaluation.models import Assignment, Decision
from fondaco.evaluation.selectors.files import files_of
from fondaco.evaluation.states import AssignmentState, DecisionState
from fondaco.mail.models import Letter
from fondaco.mail.states import State as LetterState
from fondaco.programmes.access import programmes_with
from fondaco.programmes.states import RoleKind
from fondaco.web import words

SOON = timedelta(days=3)
MOST_APPLICATIONS = 50


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


def _counted(sentence: str, count: int) -> str:
    return sentence % {"count": words.number(count)}


def unfinished_applications(organisations: Iterable[Organisation]) -> list[Application]:
    """The applications that may wait for the reader's organisations, the last edited first."""
    rows = applications_of(organisations).filter(state__in=[State.DRAFT, State.COMPLETION])
    return list(rows.prefetch_related("call__acts")[:MOST_APPLICATIONS])


def applicant_waits(applications: Iterable[Application], *, at: datetime) -> list[Wait]:
    """Drafts that can still be sent, and papers that an officer asked for."""
    found = []
    for application in applications:
        if application.state == State.DRAFT and stage_of(application.call, at=at) == Stage.OPEN:
            found.append(_draft_wait(application, at))
        if application.state == State.COMPLETION and application.asked_until:
            found.append(_completion_wait(application, application.asked_until, at))
    return found


def _title(application: Application) -> str:
    return words.say(application.call.title).text


def _place(application: Application) -> str:
    return reverse("applications:detail", args=[application.call.code, application.code])


def _draft_wait(application: Application, at: datetime) -> Wait:
    closes = deadline_of(application.call, at=at)
    is_near = closes is not None and closes - at < SOON
    return Wait(
        what=_("Go on with your application"),
        url=_place(application),
        about=f"{_title(application)} · {application.organisation.name}",
        until=words.moment_with_zone(closes, application.call.zone) if closes else "",
        left=time_left(closes, at=at),
        tone="bad" if is_near else "told",
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
        )
    ]


def _programmes_of(rows: Iterable[Assignment]) -> str:
    return ", ".join(sorted({row.application.call.programme.acronym for row in rows}))


def officer_waits(person: Person, *, at: datetime) -> list[Wait]:
    """Applications to look at, once their call is over or by themselves, and letters to read."""
    programmes = programmes_with(person, RoleKind.OFFICER)
    calls = (
        Call.objects.filter(programme__in=programmes)
        .select_related("programme")
        .annotate(
            to_check=Count("applications", filter=Q(applications__state=State.SUBMITTED)),
        )
        .order_by("code")
    )
    letters = dict(
        Letter.objects.filter(programme__in=programmes, state=LetterState.WRITTEN)
        .order_by()
        .values_list("call")
        .annotate(Count("pk"))
    )
    found = []
    for call in calls.prefetch_related("acts"):
        to_check = call.to_check if assessing(opening_terms(call), at=at) else 0
        found += _office_waits(call, to_check, letters.get(call.code, 0))
    return found


def _office_waits(call: Call, to_check: int, letters: int) -> list[Wait]:
    about, found = f"{call.programme.acronym} · {words.say(call.title).text}", []
    if to_check:
        check = ngettext("One application to check", "%(count)s applications to check", to_check)
        what = _counted(check, to_check)
        url = reverse("applications:office", args=[call.code]) + "?state=submitted"
        found.append(Wait(what, url, about, icon="check"))
    if letters:
        read = ngettext(
            "One letter to read and send", "%(count)s letters to read and send", letters
        )
        what = _counted(read, letters)
        url = reverse("mail:outbox", args=[call.code])
        found.append(Wait(what, url, about, icon="mail", tone="soon"))
    return found


def decider_waits(person: Person) -> list[Wait]:
    """Decisions proposed in the reader's programmes that lack the reader's yes."""
    programmes = programmes_with(person, RoleKind.DECIDER)
    rows = (
        Decision.objects.filter(call__programme__in=programmes, state=DecisionState.PROPOSED)
        .exclude(approvals__person=person)
        .select_related("call__programme")
        .annotate(outcomes_count=Count("outcomes"))
    )
    return [
        Wait(
            what=_counted(
                ngettext(
                    "A decision on one application waits for your yes",
                    "A decision on %(count)s applications waits for your yes",
                    row.outcomes_count,
                ),
                row.outcomes_count,
            ),
            url=reverse("evaluation:decision", args=[row.call.code, row.code]),
            about=f"{row.call.programme.acronym} · {words.say(row.call.title).text}",
            until=words.day(row.proposed_at.date()),
            icon="seal",
            tone="soon",
        )
        for row in rows
    ]


def all_waits(person: Person, applications: Iterable[Application], *, at: datetime) -> list[Wait]:
    """Everything that waits for the reader, the applicant's own first."""
    return [
        *applicant_waits(applications, at=at),
        *evaluator_waits(person, at=at),
        *decider_waits(person),
        *officer_waits(person, at=at),
    ]
