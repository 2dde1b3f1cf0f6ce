"""Which applications there are, whose they are, and who gets their letters."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from fondaco.applications.models import (
    LONG_TEXTS,
    Application,
    Export,
    Finding,
    Member,
    SectionAnswers,
    Submission,
)
from fondaco.applications.rules.submission import LATER, Sent
from fondaco.applications.states import REPLACED, SENT, Standing, State
from fondaco.calls.models import Call
from fondaco.calls.states import Counts, Next
from fondaco.directory.models import Organisation, Person
from fondaco.trail.selectors import story_of
from fondaco.web.prepared import Prepared, number

_LOCKED = Prepared(
    lambda: (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__programme", "organisation", "form")
        .defer(*LONG_TEXTS)
        .filter(pk=number("pk"))
    )
)


def locked_application(pk: int) -> Application:
    """For services only: the row is ours until the transaction ends."""
    return _LOCKED.one(pk=pk)


def draft_of(call: Call, organisation: Organisation) -> Application | None:
    """The draft that the organisation already has for the call."""
    return Application.objects.filter(
        call=call, organisation=organisation, state=State.DRAFT
    ).first()


def applications_of(organisations: Iterable[Organisation]) -> QuerySet[Application]:
    """Every application of these organisations, the last edited first."""
    rows = Application.objects.filter(organisation__in=list(organisations))
    return rows.select_related("call__programme", "organisation").order_by("-edited_at", "-pk")


def applications_to(call: Call, organisations: Iterable[Organisation]) -> QuerySet[Application]:
    """What these organisations already have for the call."""
    return applications_of(organisations).filter(call=call)


def sent_applications(call: Call) -> QuerySet[Application]:
    """What officers of the call may know of: everything that was sent, withdrawn ones included."""
    return Application.objects.filter(call=call, submitted_at__isnull=False)


def never_sent(programme: str) -> QuerySet[Application, str]:
    """The codes of what was never sent to a programme: its office knows nothing of it."""
    rows = Application.objects.filter(call__programme__code=programme, submitted_at__isnull=True)
    return rows.values_list("code", flat=True)


def draft_count(call: Call) -> int:
    """How many drafts there are; nothing more is told about them."""
    return Application.objects.filter(call=call, state=State.DRAFT).count()


def drafts_of_older_forms(call: Call) -> list[int]:
    """The drafts that are written in another version of the form than the call has now."""
    rows = Application.objects.filter(call=call, state=State.DRAFT).exclude(form=call.form_id)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def sent_by(call: Call, organisation: Organisation, *, but: int = 0) -> int:
    """How many applications of the organisation to the call count: sent, and not withdrawn.

    Where the next one takes the place of the first, only what cannot be replaced any more counts.
    """
    rows = _counted(call).filter(_takes_part(call, organisation))
    return rows.exclude(pk=but).distinct().count()


def _takes_part(call: Call, organisation: Organisation) -> Q:
    """Whose application counts for an organisation: its own, or where the call says so its part."""
    own = Q(organisation=organisation)
    if call.consortium_counts != Counts.EACH:
        return own
    rows = Member.objects.filter(organisation=organisation, standing=Standing.CONFIRMED)
    return own | Q(pk__in=rows.values("application"))


def _counted(call: Call) -> QuerySet[Application]:
    rows = Application.objects.filter(call=call, state__in=list(SENT))
    return (
        rows.exclude(state__in=list(REPLACED)) if call.next_application == Next.REPLACES else rows
    )


def sent_in_programme(call: Call, organisation: Organisation, *, but: int = 0) -> int:
    """How many applications of the organisation count over all calls of the programme.

    Demonstrations count among themselves.
    """
    rows = Application.objects.filter(
        call__programme_id=call.programme_id,
        call__is_demonstration=call.is_demonstration,
        organisation=organisation,
        state__in=list(SENT),
    )
    return rows.exclude(pk=but).count()


def numbers_sent(call: Call, organisation: Organisation, *, but: int = 0) -> Sent:
    """How many others count; only what the call limits is counted."""
    return Sent(
        sent_by(call, organisation, but=but) if call.per_organisation is not None else 0,
        sent_in_programme(call, organisation, but=but)
        if call.per_organisation_in_programme is not None
        else 0,
    )


def sent_earlier(application: Application) -> list[Application]:
    """What the organisation sent before it to the call and can be replaced, in that order."""
    rows = Application.objects.filter(
        call=application.call, organisation=application.organisation, state__in=list(REPLACED)
    )
    if application.submitted_at is not None:
        rows = rows.filter(submitted_at__lt=application.submitted_at)
    return list(rows.exclude(pk=application.pk).order_by("submitted_at", "pk"))


def sent_besides(application: Application) -> list[Application]:
    """What else the organisation sent to the call, withdrawn ones apart."""
    rows = sent_applications(application.call).filter(organisation=application.organisation)
    return list(rows.exclude(state=State.WITHDRAWN).exclude(pk=application.pk).order_by("pk"))


def to_be_replaced(application: Application) -> list[Application]:
    """What sending this application for the first time would take back, the first sent first."""
    call = application.call
    is_first = application.state == State.DRAFT and call.next_application == Next.REPLACES
    if not is_first or call.per_organisation is None:
        return []
    earlier = sent_earlier(application)
    return earlier[: max(len(earlier) + 1 - call.per_organisation, 0)]


def full_organisations(call: Call, organisations: Iterable[Organisation]) -> set[int]:
    """Those that have sent as many applications to the call as they may."""
    if call.per_organisation is None or call.next_application in LATER:
        return set()
    if call.consortium_counts == Counts.EACH:
        return {one.pk for one in organisations if sent_by(call, one) >= call.per_organisation}
    rows = _counted(call).filter(organisation__in=list(organisations))
    counted = rows.order_by().values("organisation").annotate(sent=Count("pk"))
    full = counted.filter(sent__gte=call.per_organisation)
    return set(full.values_list("organisation", flat=True))


def application_named(code: str) -> Application | None:
    """The application of a trail entry."""
    rows = Application.objects.select_related("call__programme", "organisation", "form")
    return rows.filter(code=code).first()


def applications_in_hand(call: str) -> QuerySet[Application]:
    """Every application to a call that was sent or is being written, and was not withdrawn."""
    rows = Application.objects.select_related("call__programme", "organisation", "form")
    return rows.filter(call__code=call).exclude(state=State.WITHDRAWN).order_by("pk")


def first_entry(subject: str, verb: str) -> int | None:
    """The number of the first entry of its kind about an application."""
    return story_of(subject).filter(verb=verb).values_list("pk", flat=True).first()


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    return {
        "started": list(
            Application.objects.filter(started_by_id=person_id)
            .order_by("pk")
            .values("code", "call__code", "started_at")
        ),
        "saved": list(
            SectionAnswers.objects.filter(saved_by_id=person_id)
            .order_by("pk")
            .values("application__code", "section", "saved_at")
        ),
        "submitted": list(
            Submission.objects.filter(by_id=person_id).order_by("pk").values("receipt", "at")
        ),
        "partners": list(
            Member.objects.filter(Q(invited_by_id=person_id) | Q(answered_by_id=person_id))
            .order_by("pk")
            .values("application__code", "standing", "invited_at", "answered_at", "answered_name")
        ),
        "overruled": list(
            Finding.objects.filter(overruled_by_id=person_id)
            .order_by("pk")
            .values("application__code", "rule", "overruled_why")
        ),
        "exports": list(
            Export.objects.filter(by_id=person_id)
            .order_by("pk")
            .values("code", "call__code", "kind", "asked_at")
        ),
    }


def writers_to(application: Application) -> list[Person]:
    """Who gets the letters: whoever sent it, else the administrators of the organisation."""
    last = application.submissions.select_related("by").order_by("-number").first()
    posts = application.organisation.posts.filter(until__isnull=True).select_related("person")
    colleagues = [post.person for post in posts]
    if last is not None and last.by in colleagues:
        return [last.by]
    return [post.person for post in posts if post.is_admin]
