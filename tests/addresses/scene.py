"""One small world in which every address of the house leads somewhere; all of it invented."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import signing
from django.core.files.base import ContentFile
from django.utils import timezone

from fondaco.applications.gateways import write_export
from fondaco.applications.selectors import application_named
from fondaco.applications.selectors.reminding import token_to_stop
from fondaco.applications.services import sending, writing
from fondaco.applications.services.exports import ask_export, keep_export
from fondaco.applications.services.guests import invite_guest
from fondaco.applications.services.partners import invite_partner
from fondaco.applications.states import Sheet
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.directory.rules.links import hashed
from fondaco.directory.selectors import DEMONSTRATION_SALT
from fondaco.directory.services import pictures
from fondaco.evaluation.services import assignments, decisions, marks, panel, rankings
from fondaco.evaluation.services.draws import freeze_list
from fondaco.evaluation.states import AssignmentState
from fondaco.incidents.models import Attempt
from fondaco.incidents.services import claims
from fondaco.incidents.services.outages import propose_extension
from fondaco.intake.services import bring_in
from fondaco.mail.models import Letter, MailboxMessage
from fondaco.news import services as news
from fondaco.news.rules.following import Pace
from fondaco.news.selectors.follows import token_of
from fondaco.programmes.models import KeyFact, Partnership, Period, Result, WorkPackage
from fondaco.programmes.states import RoleKind
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.trail.gateways import seal_key
from fondaco.trail.models import Heard
from fondaco.trail.services import record, seal
from fondaco.web.pictures import redrawn
from tests.addresses.passkeys import registered
from tests.addresses.texts import FORM, say
from tests.factories import evaluation as made
from tests.factories import exchanges, membership, training
from tests.factories.applications import ApplicationFactory, add_rule, open_call
from tests.factories.calls import ActFactory, ItemFactory, StepFactory
from tests.factories.directory import (
    InvitationFactory,
    JoinRequestFactory,
    OrganisationFactory,
    PostFactory,
    SignInLinkFactory,
)
from tests.factories.documents import PDF, UploadFactory
from tests.factories.enquiries import answered_by, enquired
from tests.factories.incidents import keep_log
from tests.factories.mail import LetterFactory, ReleasedLetterFactory
from tests.factories.pictures import encoded
from tests.factories.programmes import PartnerFactory, ProgrammeFactory
from tests.factories.questionnaires import FormVersionFactory
from tests.intake.work import submit_of

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'
)
BROWSER = "the-browser-that-asked"
MAIN = "harbour"


@dataclass
class Scene:
    """Who is there, and the names by which addresses are made."""

    at: datetime
    people: dict[str, Person] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    proper_names: frozenset[str] = frozenset()


def built(*, seal_file: Any) -> Scene:
    """The whole world, in the order in which things come about."""
    scene = Scene(at=timezone.now())
    _programmes(scene)
    _people(scene)
    _open_call(scene)
    _received(scene)
    _evaluation(scene)
    _ranked_call(scene)
    _told_call(scene)
    _drawn_call(scene)
    _together(scene)
    _exported(scene)
    _last_hour(scene)
    _questions(scene)
    _course(scene)
    _held(scene)
    _letters(scene)
    _doors(scene)
    _trail(scene, seal_file)
    scene.proper_names = _names()
    return scene


def _names() -> frozenset[str]:
    """What is called the same in every language, and what people wrote of their logos."""
    people = Person.objects.values_list("name", flat=True)
    rows = Organisation.objects.values_list("name", "logo_words")
    return frozenset({*people, *(text for row in rows for text in row)}) - {""}


def _programmes(scene: Scene) -> None:
    main: Any = ProgrammeFactory(
        code=MAIN,
        acronym="HARBOUR",
        title=say("Harbours that share", "Des ports qui partagent", "موانئ تتشارك"),
        summary=say("Two shores", "Deux rives", "ضفتان"),
        about={"en": "## Why\n\nOnly **one** language yet.\n\n- one\n- two"},
        ecosystems=["agri-food", "digital"],
        budget_cents=125_000_000,
        contribution_cents=100_000_000,
        mark=MARK,
        website="https://harbour.example",
        source=["https://harbour.example/source"],
    )
    lead: Any = OrganisationFactory(name="Chamber of the North", country="IT", kind="cluster")
    partner: Any = PartnerFactory(programme=main, organisation=lead, role="coordinator")
    PartnerFactory(programme=main)
    main.contact = {"partner": partner.code}
    main.save()
    _promised(main, partner)
    other: Any = ProgrammeFactory(code="inland", acronym="INLAND", title={"en": "Inland waters"})
    scene.made |= {"programme": main, "partner": partner, "other": other}
    scene.names |= {"programme": main.code}


def _promised(main: Any, partner: Any) -> None:
    named = say("Vouchers", "Chèques", "قسائم")
    Period.objects.create(programme=main, position=1, starts="2025-01", ends="2027-12")
    KeyFact.objects.create(programme=main, position=1, label=named, value={"en": "40"})
    Partnership.objects.create(programme=main, position=1, code="north", name="North", title=named)
    WorkPackage.objects.create(programme=main, number=1, title=named, leader=partner)
    Result.objects.create(
        programme=main, position=1, code="vouchers", title=named, target=40, unit=named
    )


ROLES = {
    "officer": RoleKind.OFFICER,
    "decider": RoleKind.DECIDER,
    "evaluator": RoleKind.EVALUATOR,
    "evaluator-unassigned": RoleKind.EVALUATOR,
    "observer": RoleKind.OBSERVER,
    "partner": RoleKind.PARTNER,
}


def _people(scene: Scene) -> None:
    main, people = scene.made["programme"], scene.people
    firm: Any = OrganisationFactory(
        code="atelier-du-large",
        name="Atelier du Large",
        country="TN",
        city="Sfax",
        size="micro",
        nace="13",
        ecosystems=["textile"],
        website="https://atelier.example",
    )
    elsewhere: Any = OrganisationFactory(name="Cantiere Adriatico", country="IT")
    people["stranger"] = made.person_of(name="Sana Stranger")
    people["applicant"] = made.person_of(name="Amel Applicant")
    people["colleague"] = made.person_of(name="Karim Colleague")
    people["applicant-elsewhere"] = made.person_of(name="Elio Elsewhere")
    PostFactory(person=people["applicant"], organisation=firm, is_admin=True)
    post: Any = PostFactory(person=people["colleague"], organisation=firm)
    PostFactory(person=people["applicant-elsewhere"], organisation=elsewhere, is_admin=True)
    for name, kind in ROLES.items():
        partner = scene.made["partner"] if kind is RoleKind.DECIDER else None
        people[name] = made.with_role(main, kind, partner=partner)
    scene.names["role"] = people["observer"].roles.get().pk
    people["officer-elsewhere"] = made.with_role(scene.made["other"], RoleKind.OFFICER)
    people["administrator"] = made.person_of(is_installation_admin=True)
    for name, person in people.items():
        person.name = person.name if " " in person.name[:-3] else name.title()
        person.save()
        EmailAddress.objects.filter(user=person).update(email=person.email)
    scene.made |= {"firm": firm, "elsewhere": elsewhere}
    logo = {"words": "Three waves", "by": people["applicant"], "at": scene.at}
    pictures.give_logo(firm.pk, redrawn(encoded()), **logo)
    firm.refresh_from_db()
    scene.names |= {"firm": firm.code, "post": post.pk, "picture": firm.logo_id}


def _open_call(scene: Scene) -> None:
    at, main = scene.at, scene.made["programme"]
    call = open_call(
        programme=main,
        code="bold-moves",
        form=FormVersionFactory(schema=FORM),
        form_languages=["en", "fr", "ar"],
        title=say("Bold moves", "Pas hardis", "خطوات جريئة"),
        summary=say("For makers.", "Pour qui fabrique.", "لمن يصنع."),
        about={"en": "Only in **one** language."},
        who=say("Makers", "Qui fabrique", "من يصنع"),
        opens_at=at - timedelta(days=9),
        closes_at=at + timedelta(days=9),
        published_at=at - timedelta(days=12),
        support="menu",
        total_cents=900_000_00,
        completion_days=7,
        redress_days=15,
    )
    add_rule(call, "country", "organisation.country", "in", ["TN", "IT"])
    add_rule(call, "size", "organisation.size", "is", "large")
    ItemFactory(call=call)
    ActFactory(call=call, closes_at=at + timedelta(days=12), at=at - timedelta(days=1))
    StepFactory(call=call)
    firm, by = scene.made["firm"], scene.people["applicant"]
    sent = writing.start_application(call, organisation=firm, by=by, at=at, language="en")
    sent_file = _written_and_sent(sent, by=by, at=at)
    draft = writing.start_application(call, organisation=firm, by=by, at=at, language="en")
    attached = writing.attach_file(
        draft.pk, question="offer", name="offer.pdf", content=ContentFile(PDF), by=by, at=at
    )
    ApplicationFactory(call=call, organisation=scene.made["elsewhere"])
    sending.keep_paper(sent.submissions.get(), pdf=PDF, language="en", at=at)
    scene.names |= {"call": call.code, "sent": sent.code, "draft": draft.code}
    scene.names |= {"sent_file": sent_file, "draft_file": attached}


def _received(scene: Scene) -> None:
    """What reached the house while its database was away, and could not be taken in."""
    draft = application_named(scene.names["draft"])
    assert draft is not None
    record = submit_of(draft, scene.people["applicant"], at=scene.at)
    scene.names["record"] = bring_in(record, at=scene.at).identity


def _written_and_sent(application: Any, *, by: Person, at: datetime) -> str:
    """Write, sign and send the application; the code of its file."""
    form, file = form_of(application.form), ""
    for section in form.sections:
        typed = {one.code: _typed(one.kind) for one in section.questions}
        answers = {code: said for code, said in typed.items() if said is not None}
        writing.save_section(application.pk, section=section.code, answers=answers, by=by, at=at)
    for question in form.questions:
        if question.kind == Kind.FILE:
            given: Any = {"question": question.code, "content": ContentFile(PDF)}
            file = writing.attach_file(application.pk, **given, name="offer.pdf", by=by, at=at)
        if question.kind == Kind.SIGNATURE:
            writing.sign(application.pk, question=question.code, name=by.name, by=by, at=at)
    sending.submit_application(application.pk, key=application.code, by=by, at=at)
    return file


def _typed(kind: Kind) -> str | list[str] | None:
    typed: dict[Kind, str | list[str]] = {
        Kind.SHORT_TEXT: "Nets",
        Kind.LONG_TEXT: "We mend nets.\n\nThen we sell them.",
        Kind.NUMBER: "12",
        Kind.MONEY: "1200",
        Kind.DATE: "2027-01-31",
        Kind.CHOICE: "travel",
        Kind.CHOICES: ["training", "travel"],
        Kind.COUNTRY: "TN",
        Kind.DECLARATION: "yes",
        Kind.EMAIL: "amel@atelier.example",
        Kind.WEB: "https://atelier.example",
    }
    return typed.get(kind)


def _closed_call(scene: Scene, code: str, **more: Any) -> Any:
    dated = {"opens_at": scene.at - timedelta(days=60), "closes_at": scene.at - timedelta(days=20)}
    titled = {"title": say("Calm waters", "Eaux calmes", "مياه هادئة")}
    told = {"published_at": scene.at - timedelta(days=70), "code": code}
    return made.graded_call(programme=scene.made["programme"], **dated | titled | told | more)


def _evaluation(scene: Scene) -> None:
    """A call whose files are read now: one open to the evaluator, one still to be accepted."""
    at, people = scene.at, scene.people
    officer, evaluator = people["officer"], people["evaluator"]
    call = _closed_call(scene, "calm-waters")
    UploadFactory(code="annex", owner="cw-open")
    file = made.sent(
        call, code="cw-open", organisation=scene.made["firm"], files={"annex": {"code": "annex"}}
    )
    waiting, locked = made.sent(call, code="cw-waits"), made.sent(call, code="cw-locked")
    for name in ("evaluator", "evaluator-unassigned"):
        panel.seat_evaluator(call.pk, person_id=people[name].pk, by=officer, at=at)
    made.marked(made.assigned(file, evaluator, state=AssignmentState.ACCEPTED), relevance=40)
    made.assigned(waiting, evaluator, due_on=(at + timedelta(days=5)).date())
    done = made.locked(locked, evaluator, relevance=40, quality=30)
    scene.made |= {"evaluation": call, "file": file}
    scene.names |= {"evaluation": call.code, "file": file.code, "waiting": waiting.code}
    scene.names |= {"annex": "annex", "locked": done.pk, "evaluator": evaluator.pk}
    scene.names["assignment"] = file.assignments.get().pk


def _ranked_call(scene: Scene) -> None:
    """A call whose files are all locked: ranked, with a decision that waits for a second yes."""
    at, officer, decider = scene.at, scene.people["officer"], scene.people["decider"]
    call = _closed_call(scene, "clear-skies")
    call.tie_breaks = ["relevance", "earliest"]
    experts = [made.evaluator_on(call) for _ in range(2)]
    for number in range(4):
        organisation = scene.made["firm"] if number == 0 else None
        application = made.sent(call, code=f"cs-{number}", organisation=organisation)
        assigned = assignments.assign_evaluator(
            application.pk, person_id=experts[number % 2].pk, due_on=None, by=officer, at=at
        )
        expert = assigned.evaluator
        assignments.accept_assignment(assigned.pk, by=expert, at=at)
        typed = {
            "relevance": marks.Typed(value=str(45 - 10 * number), comment="Clear."),
            "quality": marks.Typed(value="40", comment="Well planned."),
        }
        marks.save_marks(assigned.pk, typed=typed, by=expert, at=at)
        marks.lock_assignment(assigned.pk, by=expert, at=at)
    rankings.make_ranking(call.pk, by=officer, at=at)
    decision = decisions.propose_decision(call.pk, by=decider, at=at)
    scene.names |= {"ranked": call.code, "ranked_file": "cs-0", "decision": decision.code}


GROUNDS = [{"code": "fact", "label": say("A fact", "Un fait", "واقعة")}]


def _told_call(scene: Scene) -> None:
    """A call whose decision was told: one applicant may ask for redress, another has asked."""
    given = {"redress_days": 30, "redress_answer_days": 60, "redress_grounds": GROUNDS}
    call = _closed_call(scene, "low-tide", **given)
    firm = scene.made["firm"]
    told, questioned = made.sent(call, code="lt-told"), made.sent(call, code="lt-asked")
    for file in (told, questioned):
        file.organisation = firm
        file.save()
        outcome = made.told(file)
        Letter.objects.filter(subject_code=file.code).update(released_at=scene.at)
        outcome.decision.approvals.create(person=scene.people["officer"], at=scene.at)
    redress = made.asked(questioned.outcomes.get(), answer_by=scene.at.date())
    scene.names |= {"told_call": call.code, "told": told.code, "questioned": questioned.code}
    scene.names["redress"] = redress.code


def _drawn_call(scene: Scene) -> None:
    """A lottery whose list is published, and a call that only invited organisations can answer."""
    officer = scene.people["officer"]
    call = _closed_call(scene, "fair-wind", intake="lottery")
    call.experts = 0
    call.save()
    made.sent(call, code="fw-0")
    freeze_list(call.pk, seed_from="The lottery of Friday", by=officer, at=scene.at)
    guarded = _closed_call(
        scene, "deep-water", intake="invitation", closes_at=scene.at + timedelta(days=9)
    )
    guest = invite_guest(guarded.pk, organisation=scene.made["firm"], by=officer, at=scene.at)
    scene.names |= {"drawn": call.code, "guarded": guarded.code, "guest": guest.pk}


def _together(scene: Scene) -> None:
    """A draft of the firm, and a partner elsewhere that has not answered."""
    call = _closed_call(
        scene, "long-quay", closes_at=scene.at + timedelta(days=9), consortium_most=2
    )
    lead = {"organisation": scene.made["firm"], "form": call.form}
    draft: Any = ApplicationFactory(code="lq-1", call=call, **lead)
    asked = {"organisation": scene.made["elsewhere"], "at": scene.at - timedelta(days=2)}
    member = invite_partner(draft.pk, by=scene.people["applicant"], task="Sails.", **asked)
    scene.names |= {"shared_call": call.code, "shared": draft.code, "asked": member.pk}


def _exported(scene: Scene) -> None:
    """A table of the applications that the officer asked for and that was made."""
    call = Call.objects.get(code=scene.names["call"])
    asked = {"query": "", "language": "en", "by": scene.people["officer"], "at": scene.at}
    export = ask_export(call, kind=Sheet.CSV, **asked)
    size = write_export(export.code, Sheet.CSV, ["number"], [])
    keep_export(export, rows=0, size=size, at=scene.at)
    scene.names["export"] = export.code
    draft = application_named(scene.names["draft"])
    scene.names["reminders"] = token_to_stop(draft, scene.people["applicant"])


def _last_hour(scene: Scene) -> None:
    """A call after an outage: a proposed deadline, and a draft that came late, with its claim."""
    call = _closed_call(scene, "high-tide", closes_at=scene.at - timedelta(hours=2))
    firm, minute = scene.made["firm"], timedelta(minutes=1)
    draft: Any = ApplicationFactory(code="ht-late", call=call, organisation=firm, form=call.form)
    ends = call.closes_at
    keep_log(ends - timedelta(hours=3), scene.at, (ends - 90 * minute, 90))
    proposal: Any = propose_extension(call.pk, at=scene.at)
    Attempt.objects.create(
        request="4" * 32,
        application=draft,
        person=scene.people["applicant"],
        at=ends + minute,
        kind="submit",
        result="late",
        status=302,
        reasons=["closed"],
    )
    told = {"text": "The page hung.", "by": scene.people["applicant"], "at": scene.at}
    claim: Any = claims.make_claim(draft.pk, **told)
    claim.upload = UploadFactory(code="screen", owner=claim.code)
    claim.save()
    scene.names |= {"late_call": call.code, "late": draft.code, "proposal": proposal.code}
    scene.names["claim"] = claim.code


def _course(scene: Scene) -> None:
    call: Any = training.course(
        programme=scene.made["programme"],
        code="knots-course",
        title=say("Knots", "Nœuds", "عقد"),
        opens_at=scene.at - timedelta(days=9),
        closes_at=None,
    )
    proof: Any = UploadFactory(code="attendance", owner="place")
    done = training.place(call, completed_on=scene.at.date(), proof=proof, marked_at=scene.at)
    scene.names |= {"course": call.code, "place_done": done.pk, "place": training.place(call).pk}


def _held(scene: Scene) -> None:
    """What decisions made for the firm, of which letters have told it, and one it waits for."""
    firm, programme = scene.made["firm"], scene.made["programme"]
    dated = {"programme": programme, "opens_at": scene.at - timedelta(days=9), "closes_at": None}
    titled = {"title": say("Calm harbour", "Port calme", "ميناء هادئ")}
    joining: Any = membership.letter_call(code="harbour-members", **dated | titled)
    visiting: Any = exchanges.exchange_call(code="harbour-hosts", **dated | titled)
    course: Any = training.course(code="harbour-course", **dated | titled)
    member = membership.membership(joining, organisation=firm)
    untold = membership.membership(joining, organisation=firm)
    profile = exchanges.profile(visiting, organisation=firm)
    file = made.sent(course, organisation=firm)
    place = training.place(course, file=file)
    for one in (member, profile, place):
        made.tell_of(one.outcome)
    scene.names |= {"member": member.pk, "member_untold": untold.pk, "profile": profile.pk}
    scene.names["place_told"] = place.pk


def _letters(scene: Scene) -> None:
    given = {"programme": scene.made["programme"], "call": "clear-skies"}
    reader = scene.people["applicant"]
    waiting: Any = LetterFactory(**given, to=scene.people["applicant-elsewhere"])
    told: Any = ReleasedLetterFactory(**given, to=reader, subject_code="cs-0", state="sent")
    bounced: Any = ReleasedLetterFactory(**given, to=reader, state="bounced", error="unknown")
    LetterFactory(**given, body="{{ unknown }}")
    record("letter.sent", subject=told.code, programme=MAIN, by_id=None, at=scene.at)
    MailboxMessage.objects.create(to="amel@atelier.example", subject="Hello", body="A letter.")
    scene.names |= {"letter_waiting": waiting.code, "letter": told.code, "bounced": bounced.code}


def _questions(scene: Scene) -> None:
    """A question about the open call in each state that has a page of its own."""
    call = Call.objects.get(code=scene.names["call"])
    asker = scene.people["applicant"]
    call.question_rule = {"ask_until": 1, "refusal": say("Nobody may.", "Personne.", "لا أحد.")}
    call.save()
    said = {"by": asker, "at": scene.at}
    officers = [scene.people["officer"], made.officer_of(call)]
    for name, steps in (("question", 0), ("drafted", 1), ("approved", 2), ("answered", 3)):
        row = enquired(call, **said)
        answered_by(row, officers, steps=steps, languages=("en",) if name == "approved" else None)
        key = name if name == "question" else f"question_{name}"
        scene.names[key] = row.code
    _follows(scene, call)


def _follows(scene: Scene, call: Any) -> None:
    """A call that somebody follows, and an address that has not said yes yet."""
    said = {"call": call, "filters": {}, "pace": Pace.WEEKLY, "zone": "UTC", "at": scene.at}
    kept = news.follow(person=scene.people["applicant"], **said)
    asked = news.follow_by_mail(email="reader@follow.example", language="en", **said)
    scene.names |= {"follow": token_of(kept), "follow_asked": token_of(asked)}


def _doors(scene: Scene) -> None:
    """Ways in: links, invitations, requests, second factors."""
    soon, people = scene.at + timedelta(hours=9), scene.people
    SignInLinkFactory(
        person=people["stranger"],
        hashed=hashed("link-secret"),
        browser=hashed(BROWSER),
        expires_at=soon,
    )
    invited: Any = InvitationFactory(
        organisation=scene.made["firm"],
        email=people["stranger"].email,
        hashed=hashed("invitation-secret"),
        by=people["applicant"],
        expires_at=soon,
    )
    asked: Any = JoinRequestFactory(organisation=scene.made["firm"])
    to_run: Any = JoinRequestFactory(organisation=scene.made["elsewhere"], asks_to_run=True)
    key = Authenticator.objects.create(
        user=people["officer"], type="webauthn", data=registered("My telephone")
    )
    TOTP.activate(people["decider"], generate_totp_secret())
    RecoveryCodes.activate(people["decider"])
    guest = made.person_of(name="Ines Invented", is_invented=True)
    token = signing.dumps(guest.pk, salt=DEMONSTRATION_SALT)
    scene.names |= {"link": "link-secret", "invitation": "invitation-secret", "key": key.pk}
    scene.names |= {"invited": invited.pk, "asked": asked.pk, "to_run": to_run.pk, "token": token}


def _trail(scene: Scene, seal_file: Any) -> None:
    scene.names |= _stories(scene)
    entry = record("thing.done", subject="thing", by_id=None, at=scene.at)
    failed = Heard.objects.create(
        reaction="tests.reaction", entry=entry, at=scene.at, error="Boom", attempts=9
    )
    seal(key=seal_key(seal_file), at=scene.at)
    scene.names["trouble"] = failed.pk


def _stories(scene: Scene) -> dict[str, str]:
    """The subjects of stories that are no names of things elsewhere."""
    names, at = scene.names, scene.at
    told = {
        "applicant_story": f"person-{scene.people['applicant'].pk}",
        "panel_story": f"panel-{names['ranked']}",
        "evaluation_story": f"evaluation-{names['file']}",
        "ranking_story": f"ranking-{names['ranked']}-1",
        "place_story": f"place-{names['place']}",
        "member_story": f"membership-{names['member']}",
        "profile_story": f"profile-{names['profile']}",
    }
    record("person.changed", subject=told["applicant_story"], by_id=None, at=at)
    record("organisation.changed", subject=names["firm"], by_id=None, at=at)
    record("backup.failed", subject="installation", by_id=None, at=at, reason="-")
    return told
