"""Loading the season: editions, people, and what happens in each call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.services import assessing
from fondaco.applications.states import Verdict
from fondaco.calls import services as calls
from fondaco.calls.models import Call
from fondaco.calls.states import DecidedBy, Scale
from fondaco.calls.states import Kind as CallKind
from fondaco.directory.models import Person
from fondaco.evaluation.models import Assignment, Decision, Outcome, Redress
from fondaco.evaluation.services import assignments, decisions, marks, panel, rankings, redress
from fondaco.evaluation.services.marks import Typed
from fondaco.evaluation.states import AssignmentState, Group, RedressAction
from fondaco.files import services as files
from fondaco.files.reading import read_folder
from fondaco.files.selectors import edited_among
from fondaco.mail import services as mail
from fondaco.mail.selectors import waiting_letters
from fondaco.programmes.models import Programme, Role
from fondaco.programmes.selectors import all_programmes
from fondaco.programmes.states import RoleKind
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.season.answers import invented_file
from fondaco.season.material import Play, read_cast, read_material, read_plays, read_sentences
from fondaco.season.people import EXPERTS
from fondaco.season.stage import Applicant, Stage
from fondaco.trail import services as trail
from fondaco.training import services as training
from fondaco.training.models import Place

FOURTH, THIRD = 4, 3


@dataclass(slots=True)
class Summary:
    """What was loaded: applications by call."""

    applications: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def load_season(programmes_root: Path, root: Path, *, at: datetime) -> Summary:
    """Everything the demonstration shows, made through the services; all or nothing."""
    for programme in all_programmes():
        _load_editions(programme, programmes_root, root, at=at)
    stage = Stage(read_material(root), read_sentences(root), at=at)
    cast = read_cast(root)
    for member in cast:
        stage.member(member)
    summary = Summary()
    applicants: dict[str, list[Applicant]] = {}
    for play in read_plays(root):
        call = Call.objects.select_related("programme").get(code=play.call)
        found = applicants.get(play.after, [])[: play.applications] if play.after else []
        players = found or stage.players(play, cast)
        applicants[play.call] = players
        summary.applications[play.call] = Scene(stage, call, play).run(players)
        trail.hear_all(at=at)
    _drafts_of_cast(stage, root, at=at)
    trail.hear_all(at=at)
    return summary


@dataclass(slots=True)
class Dated:
    """Which calls were dated anew, and which were left alone: edited in the browser."""

    anew: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def date_anew(programmes_root: Path, root: Path, *, at: datetime) -> Dated:
    """Count the editions' dates from `at`. What people did stays, and so do calls they edited."""
    dated = Dated()
    for programme in all_programmes():
        one = _load_editions(programme, programmes_root, root, at=at)
        dated.anew += one.anew
        dated.left += one.left
    return dated


def _load_editions(
    programme: Programme, programmes_root: Path, root: Path, *, at: datetime
) -> Dated:
    folder = read_folder(
        programmes_root / programme.code, season=root / programme.code, day=at.date()
    )
    editions = {code: call for code, call in folder.calls.items() if call.call.edition_of}
    edited = edited_among(editions)
    for code, edition in editions.items():
        if code not in edited:
            day = _published(edition.call.timetable.opens, at)
            files.load_call(programme, edition, by_id=None, at=day)
    return Dated(sorted(editions.keys() - edited), sorted(edited))


def _published(opens: object, at: datetime) -> datetime:
    """A call is published before it opens."""
    begins = opens.replace(tzinfo=at.tzinfo) if isinstance(opens, datetime) else at
    return min(begins, at) - timedelta(days=2)


def _drafts_of_cast(stage: Stage, root: Path, *, at: datetime) -> None:
    for member in read_cast(root):
        person = stage.cast[member.email]
        post = person.posts.select_related("organisation").first()
        if member.draft and post:
            call = Call.objects.select_related("programme").get(code=member.draft)
            stage.draft(call, Applicant(post.organisation, person), at=at - timedelta(hours=6))


def _paper_asked(application: Application) -> str:
    """The first question of the form that asks for a file, else its first question."""
    questions = form_of(application.form).questions
    files_asked = [question.code for question in questions if question.kind == Kind.FILE]
    return [*files_asked, questions[0].code][0]


class Scene:
    """What happens in one call."""

    def __init__(self, stage: Stage, call: Call, play: Play) -> None:
        self.stage, self.call, self.play = stage, call, play
        self.at = stage.at - timedelta(hours=2)
        self.officer = self._with_role(RoleKind.OFFICER)[0]

    def _with_role(self, kind: RoleKind) -> list[Person]:
        roles = Role.objects.filter(programme=self.call.programme, kind=kind, until__isnull=True)
        return [role.person for role in roles.select_related("person").order_by("pk")]

    def run(self, players: list[Applicant]) -> int:
        """Play the scene; how many applications there are then."""
        moments = self.stage.moments(self.call, len(players))
        sent: list[Application] = []
        for number, (applicant, moment) in enumerate(zip(players, moments, strict=True)):
            if self.play.until in {"open", "cancelled"} and number % FOURTH == 0:
                self.stage.draft(self.call, applicant, at=moment)
            else:
                sent.append(self.stage.sent(self.call, applicant, at=moment))
        acts: dict[str, list[Callable[[list[Application]], None]]] = {
            "open": [],
            "checked": [self._check_half],
            "evaluation": [self._check, self._assign, self._mark_half],
            "proposed": [self._check, self._assign, self._mark_all, self._propose],
            "decided": [self._check, self._assign, self._mark_all, self._propose, self._confirm],
            "each": [self._decide_each],
            "cancelled": [self._cancel],
        }
        for act in acts[self.play.until]:
            act(sent)
        return len(players)

    def _check(self, sent: Iterable[Application]) -> None:
        """The officer looks at every application; most are admitted."""
        for number, application in enumerate(sent):
            if number % 17 == 16:  # noqa: PLR2004 - a few are refused, so that both cases are seen
                self._refuse(application)
            else:
                assessing.admit_application(application.pk, by=self.officer, at=self.at)

    def _refuse(self, application: Application) -> None:
        why = "Invented for the demonstration: a condition of the call is not met."
        finding = application.findings.first()
        if finding:
            assessing.overrule_finding(
                application.pk,
                rule=finding.rule,
                verdict=Verdict.NOT_MET,
                why=why,
                by=self.officer,
                at=self.at,
            )
        assessing.refuse_application(application.pk, why=why, by=self.officer, at=self.at)

    def _check_half(self, sent: list[Application]) -> None:
        """The officer is half way through, and has asked one applicant for what is missing."""
        self._check(sent[: len(sent) // 2])
        waiting = sent[len(sent) // 2]
        assessing.ask_completion(
            waiting.pk,
            questions=[_paper_asked(waiting)],
            says=["Invented: please send the extract of the register again, it cannot be read."],
            days=self.call.completion_days or 7,
            by=self.officer,
            at=self.at,
        )
        self._seat()

    def _seat(self) -> list[Person]:
        experts = [self._expert() for _ in range(self.play.evaluators)]
        seated = [
            person
            for person in self._with_role(RoleKind.EVALUATOR)
            if self.stage.panels.get(person.pk) == self.call.code
        ]
        for person in [*seated, *experts]:
            panel.seat_evaluator(self.call.pk, person_id=person.pk, by=self.officer, at=self.at)
        return experts

    def _is_of_cast(self, person: Person) -> bool:
        return person.pk in {member.pk for member in self.stage.cast.values()}

    def _expert(self) -> Person:
        country = self.stage.chance.choice(self.play.countries)
        person = self.stage.person(self.stage.crowd.person(country, EXPERTS))
        self.stage.role(person, RoleKind.EVALUATOR, self.call.programme)
        return person

    def _assign(self, _sent: list[Application]) -> None:
        self._seat()
        due = (self.stage.at + timedelta(days=12)).date()
        assignments.spread_files(self.call.pk, due_on=due, by=self.officer, at=self.at)

    def _mark_half(self, _sent: list[Application]) -> None:
        self._mark(share=0.5)

    def _mark_all(self, _sent: list[Application]) -> None:
        self._mark(share=1.0)

    def _mark(self, *, share: float) -> None:
        """Evaluators accept, mark and lock their files; those of the cast have yet to begin."""
        rows = Assignment.objects.filter(
            application__call=self.call, state=AssignmentState.ASSIGNED
        ).select_related("evaluator")
        for row in rows.order_by("pk"):
            if self._is_of_cast(row.evaluator) or self.stage.chance.random() > share:
                continue
            assignments.accept_assignment(row.pk, by=row.evaluator, at=self.at)
            marks.save_marks(row.pk, typed=self._typed(), by=row.evaluator, at=self.at)
            marks.lock_assignment(row.pk, by=row.evaluator, at=self.at)

    def _typed(self) -> dict[str, Typed]:
        level = self.stage.chance.betavariate(5, 2)
        return {
            criterion.code: Typed(
                value=self._value(criterion.points, level), comment=self._comment()
            )
            for criterion in self.call.criteria.all()
        }

    def _value(self, points: Decimal | None, level: float) -> str:
        most = points if self.call.scale == Scale.POINTS and points else Decimal(5)
        wished = Decimal(str(min(max(level + self.stage.chance.uniform(-0.12, 0.12), 0), 1))) * most
        step = self.call.mark_step
        return str((wished / step).to_integral_value() * step)

    def _comment(self) -> str:
        return self.stage.chance.choice(self.stage.sentences.comments["en"])

    def _propose(self, _sent: list[Application]) -> None:
        rankings.make_ranking(self.call.pk, seed="demonstration", by=self.officer, at=self.at)
        decisions.propose_decision(
            self.call.pk, by=self._with_role(RoleKind.DECIDER)[1], at=self.at
        )

    def _confirm(self, _sent: list[Application]) -> None:
        """The second yes; then the officer reads the letters and sends them."""
        [decision] = Decision.objects.filter(call=self.call)
        decider = self._with_role(RoleKind.DECIDER)[0]
        decisions.approve_decision(decision.pk, by=decider, at=self.at)
        self._release(self.at)
        self._ask_for_redress()

    def _ask_for_redress(self) -> None:
        """Some who got nothing ask that this be looked at again; one may be answered already."""
        at = self.at + timedelta(minutes=20)
        refused = Outcome.objects.filter(decision__call=self.call, is_final=True).exclude(
            group__in=[Group.AWARDED, Group.RESERVE]
        )
        outcomes = refused.select_related("application__started_by").order_by("pk")
        for asked, outcome in zip(self.play.redress, outcomes, strict=False):
            if by := outcome.application.started_by:
                kept = redress.ask_for_redress(
                    outcome.application_id, ground=asked.ground, text=asked.text, by=by, at=at
                )
                self._answer(kept, asked.answer, at=at + timedelta(minutes=40))
        self._release(at + timedelta(minutes=50))

    def _answer(self, asked: Redress, reasons: str, *, at: datetime) -> None:
        """A decider who had no part in the decision dismisses the request, where words say why."""
        if reasons:
            dismiss, by = RedressAction.DISMISS, self._with_role(RoleKind.DECIDER)[2]
            redress.answer_redress(asked.pk, action=dismiss, reasons=reasons, by=by, at=at)

    def _cancel(self, _sent: list[Application]) -> None:
        """The officer ends the call after the last application came in, and tells everybody."""
        at = self.stage.at - timedelta(minutes=10)
        calls.cancel_call(self.call.pk, reason=self.play.reason, by=self.officer, at=at)
        self._release(at)

    def _release(self, at: datetime) -> None:
        trail.hear_all(at=at)
        waiting = waiting_letters(self.call.code).values_list("pk", flat=True)
        mail.release_letters(list(waiting), by=self.officer, at=at)

    def _release_to_cast(self) -> None:
        """The officer has sent the letters to people of the cast; the others wait to be read."""
        waiting = waiting_letters(self.call.code).filter(to__in=self.stage.cast.values())
        released = list(waiting.values_list("pk", flat=True))
        mail.release_letters(released, by=self.officer, at=self.at)

    def _is_unsure(self, application: Application) -> bool:
        """Whether the house does not know if a rule that stops is met: the officer has to look."""
        stopping = self.call.rules.filter(stops=True).values_list("code", flat=True)
        unsure = application.findings.filter(rule__in=list(stopping), verdict=Verdict.UNKNOWN)
        return unsure.exists()

    def _decide_each(self, sent: list[Application]) -> None:
        """A third is decided, a third admitted and waiting, a third just came in."""
        for number, application in zip(count(), sent, strict=False):
            is_decided = number < self.play.decided or number % THIRD == 0
            if number % THIRD == 2 and not is_decided:  # noqa: PLR2004
                continue
            if self._is_unsure(application):
                continue
            assessing.admit_application(application.pk, by=self.officer, at=self.at)
            if is_decided:
                self._decide(application, is_whole=number % (2 * THIRD) == 0)
        trail.hear_all(at=self.at)
        if self.call.kind == CallKind.TRAINING:
            self._complete(sent[: self.play.decided])
        self._release_to_cast()

    def _decide(self, application: Application, *, is_whole: bool) -> None:
        """One decision; where several must agree, every second one waits for the last yes."""
        people = {
            DecidedBy.ONE: [self.officer],
            DecidedBy.TWO: self._with_role(RoleKind.DECIDER)[:2],
            DecidedBy.EACH: self._with_role(RoleKind.DECIDER),
        }[DecidedBy(self.call.decided_by)]
        first, *others = people
        decision = decisions.propose_single_decision(
            application.pk, group=Group.AWARDED, by=first, at=self.at
        )
        for person in others if is_whole else []:
            decisions.approve_decision(decision.pk, by=person, at=self.at)

    def _complete(self, sent: list[Application]) -> None:
        for place in Place.objects.filter(outcome__application__in=sent):
            proof = invented_file(f"attendance-{place.pk}")
            training.complete_place(
                place.pk,
                completed_on=self.at.date(),
                name=str(proof.name),
                proof=proof,
                zone=self.call.zone,
                by=self.officer,
                at=self.at,
            )
