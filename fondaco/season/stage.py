"""The stage of the season: who is there, and how one application comes about on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from fondaco.applications.models import Application
from fondaco.applications.services import sending, writing
from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of
from fondaco.calls.states import ActKind
from fondaco.directory.models import Organisation, Person
from fondaco.directory.rules.names import Draft
from fondaco.directory.services import organisations, people
from fondaco.programmes import services as programmes
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import partner_of, programme_of
from fondaco.programmes.states import RoleKind
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.season.answers import Bounds, Writer, invented_file
from fondaco.season.companies import Company, Market
from fondaco.season.material import Material, Member, Play, Sentences
from fondaco.season.people import EXPERTS, FIRMS, HOUSE, Crowd, Invented

LONG_AGO = timedelta(days=120)
SEED = 20260901


@dataclass(frozen=True, slots=True)
class Applicant:
    """An organisation and the person who writes for it."""

    organisation: Organisation
    person: Person


class Stage:
    """Makes people, organisations and applications through the services alone."""

    def __init__(self, material: Material, sentences: Sentences, *, at: datetime) -> None:
        self.chance = Random(SEED)  # noqa: S311 - invented people, not secrets
        self.crowd = Crowd(material, self.chance)
        self.market = Market(material, self.chance)
        self.sentences = sentences
        self.at = at
        self.cast: dict[str, Person] = {}
        self.panels: dict[int, str] = {}

    def person(self, invented: Invented) -> Person:
        """A person who does not exist, in the house."""
        return people.create_person(
            email=invented.email,
            name=invented.name,
            language=invented.language,
            at=self.at - LONG_AGO,
            is_invented=True,
        )

    def organisation(self, company: Company, person: Person) -> Organisation:
        """An organisation that does not exist, with its administrator."""
        draft = Draft(
            name=company.name,
            country=company.country,
            kind=company.kind,
            city=company.city,
            size=company.size,
            nace=company.nace,
            ecosystems=tuple(company.ecosystems),
        )
        organisation = organisations.register_organisation(
            draft, at=self.at - LONG_AGO, is_invented=True
        )
        organisations.take_post(person, organisation, by=None, at=self.at - LONG_AGO, is_admin=True)
        return organisation

    def applicant(self, play: Play) -> Applicant:
        """Somebody new who suits the call."""
        country = self.chance.choice(play.countries)
        person = self.person(self.crowd.person(country, FIRMS))
        company = self.market.company(country, play.ecosystem, kind=play.kind)
        return Applicant(self.organisation(company, person), person)

    def players(self, play: Play, cast: Iterable[Member]) -> list[Applicant]:
        """Who applies in a call: people of the cast first, then others who suit it."""
        known = [self.cast[member.email] for member in cast if member.applies == play.call]
        posts = [person.posts.select_related("organisation").get() for person in known]
        first = [Applicant(post.organisation, post.person) for post in posts]
        return first + [self.applicant(play) for _ in range(play.applications - len(first))]

    def member(self, member: Member) -> Person:
        """A person of the cast, with roles, organisation and posts."""
        address = address_of(member)
        self.crowd.made.add(address)
        person = self.person(Invented(member.name, address, member.language))
        self.cast[member.email] = person
        self.panels[person.pk] = member.panel
        if member.is_admin:
            people.make_installation_admin(person.pk, by_id=None, at=self.at - LONG_AGO)
        if member.organisation:
            company = Company(
                member.organisation,
                member.kind,
                member.country,
                "",
                "micro",
                "",
                [member.ecosystem],
            )
            self.organisation(company, person)
        for code in member.programmes:
            programme = programme_of(code)
            if programme and member.role:
                self.role(person, RoleKind(member.role), programme, partner=member.partner)
        return person

    def role(
        self, person: Person, kind: RoleKind, programme: Programme, *, partner: str = ""
    ) -> None:
        """Give a person a part in a programme."""
        programmes.give_role(
            person,
            kind,
            programme=programme,
            partner=partner_of(programme, partner) if partner else None,
            by_id=None,
            at=self.at - LONG_AGO,
        )

    def draft(self, call: Call, applicant: Applicant, *, at: datetime) -> Application:
        """An application with every section written but the signature."""
        chosen = self.chance.choice(call.form_languages)
        language = applicant.person.language
        application = writing.start_application(
            call,
            organisation=applicant.organisation,
            by=applicant.person,
            at=at,
            language=language if language in call.form_languages else chosen,
        )
        writer = Writer(
            self.sentences,
            self.chance,
            organisation=applicant.organisation,
            person=applicant.person,
            language=application.language,
            wanted=wanted_answers(call),
            bounds=wanted_bounds(call),
        )
        for section in form_of(application.form).sections:
            writing.save_section(
                application.pk,
                section=section.code,
                answers=writer.section(section),
                by=applicant.person,
                at=at,
            )
        return application

    def sent(self, call: Call, applicant: Applicant, *, at: datetime) -> Application:
        """An application that was written, signed and sent."""
        application = self.draft(call, applicant, at=at)
        person = applicant.person
        for question in form_of(application.form).questions:
            if question.kind == Kind.FILE and question.is_required:
                content = invented_file(f"{question.code}-{application.code}")
                name = str(content.name)
                writing.attach_file(
                    application.pk,
                    question=question.code,
                    name=name,
                    content=content,
                    by=person,
                    at=at,
                )
        for question in form_of(application.form).questions:
            if question.kind == Kind.SIGNATURE:
                writing.sign(
                    application.pk, question=question.code, name=person.name, by=person, at=at
                )
        sending.submit_application(application.pk, key=application.code, by=person, at=at)
        application.refresh_from_db()
        return application

    def moments(self, call: Call, count: int) -> Iterator[datetime]:
        """When applications came in: few at first, many before the deadline."""
        opens = call.opens_at or self.at - timedelta(days=30)
        paused = [act.at for act in call.acts.all() if act.kind == ActKind.SUSPENSION]
        last = min([deadline_of(call) or self.at, self.at, *paused]) - timedelta(minutes=20)
        span = (last - opens).total_seconds()
        shares = sorted(self.chance.betavariate(3, 1) for _ in range(count))
        return (opens + timedelta(seconds=span * share) for share in shares)


def address_of(member: Member) -> str:
    """The address of a person of the cast."""
    if member.is_admin:
        return f"{member.email}@{HOUSE}"
    if member.role == RoleKind.EVALUATOR:
        return f"{member.email}@{EXPERTS}"
    return f"{member.email}@{HOUSE if member.role else FIRMS}"


def wanted_answers(call: Call) -> dict[str, object]:
    """What the rules of the call want to read, so that most applications are eligible."""
    return {
        rule.fact.removeprefix("answer."): rule.value
        for rule in call.rules.all()
        if rule.fact.startswith("answer.") and rule.test in {"is", "in", "any-of"}
    }


def wanted_bounds(call: Call) -> Bounds:
    """The least and the most that the rules of the call want of numbers in the form."""
    bounds: Bounds = {}
    for rule in call.rules.all():
        if not rule.fact.startswith("answer.") or rule.test not in {"at-least", "at-most"}:
            continue
        question = rule.fact.removeprefix("answer.")
        value = float(rule.value[0] if isinstance(rule.value, list) else rule.value)
        least, most = bounds.get(question, (None, None))
        bounds[question] = (value, most) if rule.test == "at-least" else (least, value)
    return bounds
