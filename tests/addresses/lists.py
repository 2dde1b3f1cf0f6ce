"""The lists of the house: how rows of each come about, as different from each other as may be."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from fondaco.applications.services.guests import invite_guest
from fondaco.directory.models import Person
from fondaco.evaluation.services.draws import freeze_list
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import DecisionState, Group
from fondaco.incidents.models import Attempt, Claim, Minute
from fondaco.programmes.states import RoleKind
from tests.addresses.rows import (
    LANGUAGES,
    PARTNER_ROLES,
    ListPage,
    Made,
    Names,
    at,
    files_of,
    organisations,
    sent_files,
    uploaded,
)
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.calls import ActFactory, CallFactory, ItemFactory, RuleFactory
from tests.factories.directory import (
    AT,
    JoinRequestFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.documents import UploadFactory
from tests.factories.enquiries import answered_by, asked_call, enquired
from tests.factories.exchanges import exchange_call, profile
from tests.factories.mail import LetterFactory, ReleasedLetterFactory
from tests.factories.membership import letter_call, membership
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, RoleFactory
from tests.factories.training import course, place


def _office(names: Names) -> Made:
    call, _files = sent_files(names)
    return made.officer_of(call), at("applications:office", call.code)


def _colleagues(names: Names) -> Made:
    organisation: Any = OrganisationFactory()
    for name, language in zip(names[1:], cycle(LANGUAGES), strict=False):
        PostFactory(organisation=organisation, person=PersonFactory(name=name, language=language))
    admin: Any = PostFactory(
        organisation=organisation, person=PersonFactory(name=names[0]), is_admin=True
    )
    return admin.person, at("directory:colleagues", organisation.code)


def _requests(names: Names) -> Made:
    for one in organisations(names):
        JoinRequestFactory(organisation=one, asks_to_run=True)
    person: Any = PersonFactory(is_installation_admin=True)
    return person, at("directory:requests")


def _team(names: Names) -> Made:
    programme: Any = ProgrammeFactory()
    for name in names[1:]:
        partner = PartnerFactory(programme=programme)
        RoleFactory(programme=programme, kind=RoleKind.DECIDER, person__name=name, partner=partner)
    officer: Any = RoleFactory(programme=programme, person__name=names[0])
    return officer.person, at("desks:team", programme.code)


def _letters(names: Names) -> Made:
    person: Any = PersonFactory()
    for name, language in zip(names, cycle(LANGUAGES), strict=False):
        ReleasedLetterFactory(to=person, subject=name, language=language)
    return person, at("desks:letters")


def _applications(names: Names) -> Made:
    post: Any = PostFactory()
    for turn, (name, language) in enumerate(zip(names, cycle(LANGUAGES), strict=False)):
        own = post if turn == 0 else PostFactory(person=post.person)
        one: Any = ApplicationFactory(
            organisation=own.organisation, call=open_call(title={"en": name}), language=language
        )
        uploaded(one.code)
    return post.person, at("desks:home")


def _waits(names: Names) -> Made:
    post: Any = PostFactory()
    closes = timezone.now() + timedelta(days=9)
    for turn, (name, language) in enumerate(zip(names, cycle(LANGUAGES), strict=False)):
        own = post if turn == 0 else PostFactory(person=post.person)
        call = open_call(title={"en": name}, closes_at=closes)
        one: Any = ApplicationFactory(organisation=own.organisation, call=call, language=language)
        uploaded(one.code)
    return post.person, at("desks:home")


def _titled(names: Names) -> Any:
    programme: Any = ProgrammeFactory()
    for name, language in zip(names, cycle(LANGUAGES), strict=False):
        call: Any = CallFactory(programme=programme, title={"en": name}, form_languages=[language])
        made.decided(made.sent(call, language=language, files=uploaded(f"{call.code}-1")))
        for part in (ActFactory, RuleFactory, ItemFactory):
            part(call=call)
    return programme


def _calls(names: Names) -> Made:
    for name in names:
        _titled([name])
    person: Any = PersonFactory()
    return person, at("desks:calls")


def _run(names: Names) -> Made:
    programme = _titled(names)
    return made.with_role(programme, RoleKind.OFFICER), at("desks:run", programme.code)


def _results(names: Names) -> Made:
    programme = _titled(names)
    return made.with_role(programme, RoleKind.OBSERVER), at("desks:results", programme.code)


def _desk(names: Names) -> Made:
    call, files = sent_files(names)
    evaluator = made.evaluator_on(call)
    for file in files:
        made.assigned(file, evaluator)
    return evaluator, at("evaluation:desk")


def _seated(names: Names) -> Made:
    call = made.graded_call()
    for name, file in zip(names, files_of(call, names), strict=True):
        evaluator = made.evaluator_on(call)
        PostFactory(person=evaluator)
        Person.objects.filter(pk=evaluator.pk).update(name=name)
        made.assigned(file, evaluator)
    return made.officer_of(call), at("evaluation:panel", call.code)


def _others(names: Names) -> Made:
    call = made.graded_call()
    for name in names:
        evaluator = made.with_role(call.programme, RoleKind.EVALUATOR)
        PostFactory(person=evaluator)
        Person.objects.filter(pk=evaluator.pk).update(name=name)
    return made.officer_of(call), at("evaluation:panel", call.code)


def _assign(names: Names) -> Made:
    call, files = sent_files(names)
    for file in files:
        made.assigned(file, made.evaluator_on(call))
    return made.officer_of(call), at("evaluation:assign", call.code)


def _spread(names: Names) -> Made:
    call, _files = sent_files(names)
    made.evaluator_on(call)
    return made.officer_of(call), at("evaluation:spread", call.code)


def _progress(names: Names) -> Made:
    call = made.graded_call()
    for name, file in zip(names, files_of(call, names), strict=True):
        evaluator = made.evaluator_on(call)
        Person.objects.filter(pk=evaluator.pk).update(name=name)
        made.locked(file, evaluator, relevance=30, quality=30)
    return made.officer_of(call), at("evaluation:progress", call.code)


def _ranking(names: Names) -> Made:
    call, files = sent_files(names)
    evaluator, officer = made.evaluator_on(call), made.officer_of(call)
    for number, file in enumerate(files):
        made.locked(file, evaluator, relevance=24 + number, quality=30)
    make_ranking(call.pk, by=officer, at=AT)
    return officer, at("evaluation:ranking", call.code)


def _decided(names: Names, group: Group, **more: Any) -> tuple[Any, Any]:
    call, files = sent_files(names)
    decision: Any = made.DecisionFactory(call=call, state=DecisionState.CONFIRMED, confirmed_at=AT)
    for number, file in enumerate(files, start=1):
        said = {"is_final": True, "place": number} | more
        if group == Group.RESERVE:
            said["position"] = number
        decision.outcomes.create(application=file, group=group, **said)
    return call, decision


def _decision(names: Names) -> Made:
    call, decision = _decided(names, Group.AWARDED)
    return made.officer_of(call), at("evaluation:decision", call.code, decision.code)


def _reserve(names: Names) -> Made:
    call, _decision = _decided(names, Group.RESERVE)
    return made.officer_of(call), at("evaluation:decisions", call.code)


def _renounced(names: Names) -> Made:
    call, _decision = _decided(names, Group.AWARDED, renounced_at=AT, is_final=False)
    return made.officer_of(call), at("evaluation:decisions", call.code)


def _decisions(names: Names) -> Made:
    call = made.graded_call()
    for name in names:
        decision: Any = made.DecisionFactory(call=call)
        person: Any = PersonFactory(name=name)
        decision.approvals.create(person=person, at=AT)
    return made.officer_of(call), at("evaluation:decisions", call.code)


def _undecided(names: Names) -> Made:
    call, _files = sent_files(names)
    return made.officer_of(call), at("evaluation:decisions", call.code)


def _outbox(names: Names) -> Made:
    call = open_call()
    for name, language in zip(names, cycle(LANGUAGES), strict=False):
        LetterFactory(programme=call.programme, call=call.code, subject=name, language=language)
    return made.officer_of(call), at("mail:outbox", call.code)


def _places(names: Names) -> Made:
    call = course()
    for name in names:
        place(call, PersonFactory(name=name))
    return made.officer_of(call), at("training:places", call.code)


def _members(names: Names) -> Made:
    call = letter_call()
    for one in organisations(names):
        membership(call, organisation=one)
    return made.officer_of(call), at("desks:members", call.programme.code)


def _profiles(names: Names) -> Made:
    call = exchange_call()
    for one in organisations(names):
        profile(call, organisation=one)
    return made.officer_of(call), at("desks:profiles", call.programme.code)


def _held(names: Names) -> Made:
    post: Any = PostFactory()
    for name in names:
        kept = membership(letter_call(title={"en": name}), organisation=post.organisation)
        made.tell_of(kept.outcome)
    return post.person, at("desks:held")


def _minutes(names: Names) -> Made:
    now = timezone.now()
    call = open_call(closes_at=now + timedelta(days=1))
    for number, name in enumerate(names):
        then = now - timedelta(minutes=number + 9)
        Minute.objects.create(at=then, status="down", milliseconds=number, why=name)
    return made.officer_of(call), at("incidents:availability", call.code)


def _late(call: Any, names: Names) -> list[Any]:
    """Drafts with files of their own, begun by somebody each."""
    found = []
    for one, language in zip(organisations(names), cycle(LANGUAGES), strict=False):
        starter = made.colleague_of(one)
        late: Any = ApplicationFactory(
            call=call, organisation=one, language=language, started_by=starter
        )
        uploaded(late.code)
        found.append(late)
    return found


def _claims(names: Names) -> Made:
    call = open_call()
    for late in _late(call, names):
        code = f"{late.code}-claim-1"
        proof: Any = UploadFactory(owner=code)
        said = {"text": "Hung.", "at": AT, "upload": proof, "by": late.started_by}
        Claim.objects.create(code=code, application=late, **said)
    return made.officer_of(call), at("incidents:claims", call.code)


def _attempts(names: Names) -> Made:
    call, number = open_call(), Attempt.objects.count()
    for turn, late in enumerate(_late(call, names)):
        tried = {"kind": "submit", "result": "late", "status": 302, "person": late.started_by}
        Attempt.objects.create(request=f"{number + turn:032}", application=late, at=AT, **tried)
    return made.officer_of(call), at("incidents:attempts", call.code)


def _questions(names: Names) -> Made:
    call = asked_call()
    for name in names:
        enquired(call, asked=name)
    return made.officer_of(call), at("enquiries:enquiries", call.code)


def _answers(names: Names) -> Made:
    call = asked_call()
    officers = [made.officer_of(call), made.officer_of(call)]
    for name in names:
        answered_by(enquired(call, asked=name), officers, steps=3)
    return officers[0], at("enquiries:answers", call.code)


def _drawn(names: Names) -> Made:
    call, files = sent_files(names)
    call.intake = "lottery"
    call.save()
    officer = made.officer_of(call)
    for file, name in zip(files, names, strict=True):
        file.submissions.update(fingerprint=name)
    freeze_list(call.pk, seed_from="Friday", by=officer, at=AT)
    return officer, at("evaluation:draw-public", call.code)


def _guests(names: Names) -> Made:
    call = open_call(intake="invitation")
    officer = made.officer_of(call)
    for turn, one in enumerate(organisations(names)):
        invite_guest(call.pk, organisation=one, by=officer, at=AT + timedelta(minutes=turn))
    return officer, at("evaluation:guests", call.code)


def _redress(names: Names) -> Made:
    call, files = sent_files(names)
    for file in files:
        made.asked(made.told(file))
    return made.officer_of(call), at("evaluation:redress-list", call.code)


def _partner(names: Names) -> Made:
    programme = _titled(names)
    own: Any = PartnerFactory(programme=programme)
    role: Any = RoleFactory(programme=programme, kind=RoleKind.PARTNER, partner=own)
    return role.person, at("desks:partner", programme.code)


def _partners(names: Names) -> Made:
    programme: Any = ProgrammeFactory()
    for position, one in enumerate(organisations(names), start=1):
        code, role = f"g{position}", PARTNER_ROLES[position % 3]
        group = programme.partnerships.create(position=position, code=code, name=f"Group {code}")
        PartnerFactory(
            programme=programme, organisation=one, role=role, position=position, partnership=group
        )
    return made.with_role(programme, RoleKind.PARTNER), at("desks:programme", programme.code)


LISTS = [
    ListPage("applications of a call", "applications/office.html", _office),
    ListPage("colleagues", "directory/colleagues.html", _colleagues),
    ListPage("requests to run", "directory/requests.html", _requests),
    ListPage("team", "desks/team.html", _team),
    ListPage("letters to me", "desks/letters.html", _letters),
    ListPage("my applications", "desks/home.html", _applications, "applications"),
    ListPage("what waits", "desks/home.html", _waits, "waits"),
    ListPage("public calls", "desks/calls.html", _calls, most=24),
    ListPage("calls of a programme", "desks/run.html", _run),
    ListPage("results by call", "desks/results.html", _results),
    ListPage("my files", "evaluation/desk.html", _desk),
    ListPage("on the panel", "evaluation/panel.html", _seated, "seated"),
    ListPage("evaluators", "evaluation/panel.html", _others, "others"),
    ListPage("files", "evaluation/assign.html", _assign),
    ListPage("spread", "evaluation/spread.html", _spread),
    ListPage("progress", "evaluation/progress.html", _progress),
    ListPage("ranking", "evaluation/ranking.html", _ranking),
    ListPage("outcomes of a decision", "evaluation/decision.html", _decision),
    ListPage("decisions", "evaluation/decisions.html", _decisions, "made"),
    ListPage("reserve", "evaluation/decisions.html", _reserve, "reserve"),
    ListPage("renounced", "evaluation/decisions.html", _renounced, "renounced"),
    ListPage("undecided", "evaluation/decisions.html", _undecided, "open"),
    ListPage("redress", "evaluation/redress_list.html", _redress),
    ListPage("draw", "evaluation/draw_public.html", _drawn),
    ListPage("guests", "evaluation/guests.html", _guests),
    ListPage("calls for a partner", "desks/partner.html", _partner),
    ListPage("partners of a programme", "desks/_partners.html", _partners, "partners", most=12),
    ListPage("outbox", "mail/outbox.html", _outbox),
    ListPage("places", "training/places.html", _places),
    ListPage("members", "desks/held.html", _members),
    ListPage("hosts and visitors", "desks/held.html", _profiles),
    ListPage("what I hold", "desks/held.html", _held),
    ListPage("minutes of the log", "incidents/availability.html", _minutes),
    ListPage("claims", "incidents/claims.html", _claims),
    ListPage("attempts", "incidents/attempts.html", _attempts),
    ListPage("questions about a call", "enquiries/enquiries.html", _questions),
    ListPage("answers about a call", "enquiries/answers.html", _answers),
]
ELSEWHERE = {
    "web/_design_data.html",
    "mail/mailbox.html",
    "trail/story.html",
    "trail/troubles.html",
}
"""The gallery, whose rows are samples; and pages whose lists the tests of their own slice ask."""
