"""Reading applications: rows, working copies, and what rules and frozen copies are made of."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from fondaco.applications.models import Application, Finding, SectionAnswers, Submission
from fondaco.applications.rules.admission import Found
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.eligibility import Rule
from fondaco.applications.rules.submission import Facts, Terms
from fondaco.applications.states import SENT, State, Verdict
from fondaco.calls.models import Call
from fondaco.calls.selectors import opening_terms
from fondaco.calls.states import Test
from fondaco.directory.models import Organisation, Person
from fondaco.documents.models import Upload
from fondaco.documents.selectors import uploads_named, uploads_of
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.trail.selectors import story_of

OF_ORGANISATION = (
    *("code", "name", "kind", "country", "region", "city"),
    *("registration_number", "vat_number", "nace", "size", "website"),
)


def locked_application(pk: int) -> Application:
    """For services only: the row is ours until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("call__programme", "organisation", "form").get(pk=pk)


def locked_section(application: Application, section: str) -> SectionAnswers | None:
    """For services only: the working copy of a section, once its application is locked."""
    rows = application.section_answers.select_for_update(of=("self",))
    return rows.filter(section=section).first()


def locked_finding(application: Application, rule: str) -> Finding | None:
    """For services only: one finding, once its application is locked."""
    return application.findings.select_for_update(of=("self",)).filter(rule=rule).first()


def draft_of(call: Call, organisation: Organisation) -> Application | None:
    """The draft that the organisation already has for the call."""
    return Application.objects.filter(
        call=call, organisation=organisation, state=State.DRAFT
    ).first()


def applications_of(organisations: Iterable[Organisation]) -> QuerySet[Application]:
    """Every application of these organisations, the last edited first."""
    rows = Application.objects.filter(organisation__in=list(organisations))
    return rows.select_related("call__programme", "organisation").order_by("-edited_at", "-pk")


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


def sent_by(call: Call, organisation: Organisation, *, but: int = 0) -> int:
    """How many applications of the organisation to the call count: sent, and not withdrawn."""
    rows = Application.objects.filter(call=call, organisation=organisation, state__in=list(SENT))
    return rows.exclude(pk=but).count()


def full_organisations(call: Call, organisations: Iterable[Organisation]) -> set[int]:
    """Those that have sent as many applications to the call as they may."""
    if call.per_organisation is None:
        return set()
    rows = Application.objects.filter(
        call=call, organisation__in=list(organisations), state__in=list(SENT)
    )
    counted = rows.order_by().values("organisation").annotate(sent=Count("pk"))
    full = counted.filter(sent__gte=call.per_organisation)
    return set(full.values_list("organisation", flat=True))


def copy_of(application: Application) -> Copy:
    """The whole working copy with its form."""
    return copy_from(application, application.section_answers.all())


def copy_from(application: Application, rows: Iterable[SectionAnswers]) -> Copy:
    """The working copy out of rows that were read already."""
    form = form_of(application.form)
    answers = {code: typed for row in rows for code, typed in row.answers.items()}
    return Copy(form, answers)


def uploads_in(application: Application, copy: Copy) -> dict[str, Upload]:
    """The files that the working copy names, by code."""
    return uploads_named(application.code, set(copy.files.values()))


def terms_of(application: Application) -> Terms:
    """What the clock is asked with."""
    call = application.call
    return Terms(opening_terms(call), application.asked_until, call.per_organisation)


def rules_of(call: Call) -> list[Rule]:
    """The rules of the call as the evaluation of eligibility reads them."""
    return [
        Rule(rule.code, rule.fact, Test(rule.test), rule.value, rule.of, rule.stops)
        for rule in call.rules.all()
    ]


def submission_facts(
    application: Application, copy: Copy, rules: Iterable[Rule], found: Mapping[str, Verdict]
) -> Facts:
    """What a submission is decided on."""
    return Facts(
        state=State(application.state),
        edited_at=application.edited_at,
        lacks=tuple(problem.question for problem in copy.lacks),
        wrong=tuple(dict.fromkeys(problem.question for problem in copy.wrong)),
        broken_stops=tuple(
            rule.code for rule in rules if rule.stops and found[rule.code] == Verdict.NOT_MET
        ),
        others_sent=sent_by(application.call, application.organisation, but=application.pk)
        if application.call.per_organisation is not None
        else 0,
    )


def submission_with(application: Application, key: str) -> Submission | None:
    """The submission that was made with this key."""
    return application.submissions.filter(key=key).first()


def submission_number(application: Application, number: int) -> Submission | None:
    """One frozen version."""
    rows = application.submissions.select_related("by", "signed_with")
    return rows.filter(number=number).first()


def last_submission(application: Application) -> Submission | None:
    """The version that counts."""
    return application.submissions.order_by("-number").first()


def submission_of_receipt(receipt: str) -> Submission | None:
    """The frozen version of a receipt, with all that its paper says."""
    rows = Submission.objects.select_related(
        "application__call__programme", "application__form", "by", "signed_with"
    )
    return rows.filter(receipt=receipt).first()


def locked_submission(pk: int) -> Submission:
    """For services only: the frozen version is ours until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).get(pk=pk)


def received_moment(number: str, fingerprint: str) -> datetime | None:
    """When the receipt with this number and this fingerprint was given; one question for all."""
    rows = Submission.objects.filter(receipt=number, fingerprint=fingerprint)
    return rows.values_list("at", flat=True).first()


def is_frozen(application: Application, upload: str) -> bool:
    """Whether a frozen version names the file."""
    contents = application.submissions.values_list("content", flat=True)
    return any(file["code"] == upload for content in contents for file in content["files"].values())


def organisation_now(organisation: Organisation) -> dict[str, object]:
    """What a frozen version keeps of the organisation."""
    return {field: getattr(organisation, field) for field in OF_ORGANISATION} | {
        "ecosystems": list(organisation.ecosystems)
    }


def known_before(organisation: Organisation, person: Person) -> dict[str, str]:
    """What forms can be filled in with."""
    staff = getattr(organisation, "staff", None)
    return {
        "organisation.name": organisation.name,
        "organisation.country": organisation.country,
        "organisation.city": organisation.city,
        "organisation.website": organisation.website,
        "organisation.registration": organisation.registration_number,
        "organisation.vat": organisation.vat_number,
        "organisation.staff": "" if staff is None else str(staff),
        "person.name": person.name,
        "person.email": person.email,
    }


def frozen_content(
    application: Application, copy: Copy, *, number: int, at: datetime
) -> dict[str, object]:
    """The canonical content of a submission: everything that counts, and nothing that moves."""
    uploads = uploads_in(application, copy)
    kept = {question: uploads[code] for question, code in copy.files.items() if code in uploads}
    return {
        "application": application.code,
        "number": number,
        "received": at.isoformat(),
        "call": application.call.code,
        "programme": application.call.programme.code,
        "language": application.language,
        "form": {
            "code": application.form.form,
            "version": application.form.number,
            "fingerprint": application.form.fingerprint,
        },
        "organisation": organisation_now(application.organisation),
        "answers": copy.values,
        "typed": copy.answers,
        "texts": {
            question.code: dict(question.text)
            for question in copy.form.questions
            if question.kind in {Kind.DECLARATION, Kind.SIGNATURE} and question.code in copy.values
        },
        "files": {
            question: {
                "code": upload.code,
                "name": upload.name,
                "kind": upload.kind,
                "size": upload.size,
                "sha256": upload.sha256,
            }
            for question, upload in kept.items()
        },
    }


def found_of(findings: Iterable[Finding]) -> list[Found]:
    """Findings as the rules of admission read them."""
    return [
        Found(
            finding.rule,
            Verdict(finding.verdict),
            Verdict(finding.overruled) if finding.overruled else None,
        )
        for finding in findings
    ]


def findings_of(application: Application) -> list[Finding]:
    """What the rules found, with who overruled."""
    return list(application.findings.select_related("overruled_by"))


def question_codes(application: Application) -> Collection[str]:
    """The questions an officer can ask for again."""
    return [question.code for question in form_of(application.form).questions]


def writers_to(application: Application) -> list[Person]:
    """Who gets the letters: whoever sent it, else the administrators of the organisation."""
    last = application.submissions.select_related("by").order_by("-number").first()
    posts = application.organisation.posts.filter(until__isnull=True).select_related("person")
    colleagues = [post.person for post in posts]
    if last is not None and last.by in colleagues:
        return [last.by]
    return [post.person for post in posts if post.is_admin]


def application_named(code: str) -> Application | None:
    """The application of a trail entry."""
    rows = Application.objects.select_related("call__programme", "organisation", "form")
    return rows.filter(code=code).first()


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
        "overruled": list(
            Finding.objects.filter(overruled_by_id=person_id)
            .order_by("pk")
            .values("application__code", "rule", "overruled_why")
        ),
    }


def applications_to(call: Call, organisations: Iterable[Organisation]) -> QuerySet[Application]:
    """What these organisations already have for the call."""
    return applications_of(organisations).filter(call=call)


HOLDS = Case(When(overruled="", then=F("verdict")), default=F("overruled"))
ORDERS: Mapping[str, tuple[str, ...]] = {
    "received": ("submitted_at", "pk"),
    "code": ("code",),
    "organisation": ("organisation__name", "pk"),
    "country": ("organisation__country", "pk"),
    "state": ("state", "pk"),
}


def office_list(
    call: Call,
    *,
    search: str = "",
    state: str = "",
    country: str = "",
    verdict: str = "",
    sort: str = "",
) -> QuerySet[Application]:
    """The applications of a call as an officer asked to see them, each with its verdict."""
    held = Finding.objects.filter(application=OuterRef("pk")).annotate(holds=HOLDS)
    rows = (
        sent_applications(call)
        .select_related("organisation")
        .annotate(
            versions=Count("submissions"),
            verdict=Case(
                When(Exists(held.filter(holds=Verdict.NOT_MET)), then=Value(Verdict.NOT_MET.value)),
                When(Exists(held.filter(holds=Verdict.UNKNOWN)), then=Value(Verdict.UNKNOWN.value)),
                default=Value(Verdict.MET.value),
            ),
        )
    )
    named = Q(code__icontains=search) | Q(organisation__name__icontains=search)
    rows = rows.filter(named) if search else rows
    wanted = {"state": state, "organisation__country": country, "verdict": verdict}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value})
    order = ORDERS.get(sort.removeprefix("-"), ORDERS["received"])
    return rows.order_by(*(f"-{field}" if sort.startswith("-") else field for field in order))


def countries_applying(call: Call) -> list[str]:
    """The countries of the organisations that sent something."""
    codes = sent_applications(call).values_list("organisation__country", flat=True)
    return sorted({code for code in codes if code})


def paper_of(submission: Submission, language: str) -> Upload | None:
    """The receipt on paper in a language, once the worker has made it."""
    return uploads_of(submission.receipt).filter(name=paper_name(submission, language)).first()


def paper_name(submission: Submission, language: str) -> str:
    """The name of the file of a receipt."""
    return f"{submission.receipt}-{language}.pdf"


def submissions_of(application: Application) -> QuerySet[Submission]:
    """The frozen versions, the last one first."""
    return application.submissions.select_related("by").order_by("-number")


def uploads_of_submission(submission: Submission) -> dict[str, Upload]:
    """The files that a frozen version names, by code."""
    codes = [file["code"] for file in submission.content["files"].values()]
    return uploads_named(submission.application.code, codes)


def first_entry(subject: str, verb: str) -> int | None:
    """The number of the first entry of its kind about an application."""
    return story_of(subject).filter(verb=verb).values_list("pk", flat=True).first()
