"""Reading questions about calls, their terms, and the answers that everybody reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Prefetch, Q, QuerySet

from fondaco.calls.models import Call
from fondaco.calls.selectors import days_not_counted, next_deadline_of, stage_of
from fondaco.directory.models import Person
from fondaco.enquiries.models import Enquiry, Version
from fondaco.enquiries.phrases import NAMED
from fondaco.enquiries.rules.asking import Facts, Terms, asking, terms_of
from fondaco.enquiries.rules.likeness import MOST_COMPARED, Known, alike
from fondaco.enquiries.states import UNANSWERED
from fondaco.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, as everybody reads it."""

    code: str
    number: int
    question: Mapping[str, str]
    answer: Mapping[str, str]
    first_at: datetime
    at: datetime
    version: int

    @property
    def is_changed(self) -> bool:
        """Whether it was published anew."""
        return self.version > 1


def terms_for(call: Call, *, at: datetime) -> Terms:
    """What the call says of questions, and where it says nothing its programme."""
    return terms_of(
        (call.question_rule, call.programme.question_rule),
        zone=call.zone,
        days_off=days_not_counted(call),
        deadline=next_deadline_of(call, at=at),
    )


def refusal_of(call: Call) -> Mapping[str, str]:
    """The words of the rule with which a question is refused."""
    rules = (call.question_rule, call.programme.question_rule)
    said = [rule["refusal"] for rule in rules if rule.get("refusal")]
    return said[0] if said else {}


def languages_of(call: Call) -> Sequence[str]:
    """The languages in which answers about the call are published."""
    return list(call.programme.languages)


def against_asking(
    call: Call, person: Person | None, *, at: datetime, has_words: bool = True
) -> tuple[str, ...]:
    """Everything that speaks against taking in a question now."""
    waiting = number_waiting(call, person) if person else 0
    facts = Facts(stage_of(call, at=at), has_words=has_words, waiting=waiting)
    return asking(facts, terms_for(call, at=at), at=at).reasons


def number_waiting(call: Call, person: Person) -> int:
    """How many questions of the person wait about the call."""
    return Enquiry.objects.filter(call=call, by=person, state__in=UNANSWERED).count()


def number_unanswered(call: Call) -> int:
    """How many questions about the call wait for an answer."""
    return Enquiry.objects.filter(call=call, state__in=UNANSWERED).count()


def last_number(call: Call) -> int:
    """The number of the question that was asked last."""
    return Enquiry.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0


def answered(call: Call) -> list[Answered]:
    """The questions of a call that were answered, the last published first."""
    return answered_in([call]).get(call.pk, [])


def answered_in(calls: Iterable[Call]) -> dict[int, list[Answered]]:
    """By the key of the call: the questions that were answered, the last published first."""
    rows = Version.objects.filter(enquiry__call__in=list(calls)).select_related("enquiry")
    found: dict[int, list[Version]] = {}
    for one in rows.order_by("number"):
        found.setdefault(one.enquiry.call_id, []).append(one)
    return {call: _answered(versions) for call, versions in found.items()}


def _answered(rows: Iterable[Version]) -> list[Answered]:
    found: dict[str, Answered] = {}
    for one in rows:
        code = one.enquiry.code
        first = found[code].first_at if code in found else one.at
        number = one.enquiry.number
        found[code] = Answered(code, number, one.question, one.answer, first, one.at, one.number)
    return sorted(found.values(), key=lambda one: (one.at, one.number), reverse=True)


def number_answered(call: Call) -> int:
    """How many questions of the call were answered."""
    return Enquiry.objects.filter(call=call, versions__number=1).count()


def alike_answered(call: Call, text: str, language: str) -> list[Answered]:
    """What was answered already and likely asks the same."""
    rows = {one.code: one for one in answered(call)}
    said = [
        Known(code, one.question[language])
        for code, one in rows.items()
        if language in one.question
    ]
    return [rows[code] for code in alike(text, said)]


def alike_in_office(enquiry: Enquiry) -> list[Enquiry]:
    """What was asked about the call in the same language and likely asks the same."""
    rows = Enquiry.objects.filter(call=enquiry.call_id, same_as__isnull=True)
    others = {one.code: one for one in rows.exclude(pk=enquiry.pk).order_by("-pk")[:MOST_COMPARED]}
    said = [Known(code, _words(one, enquiry.language)) for code, one in others.items()]
    return [others[code] for code in alike(enquiry.asked, said)]


def _words(enquiry: Enquiry, language: str) -> str:
    own = enquiry.asked if enquiry.language == language else ""
    return str(enquiry.question.get(language) or own)


def asked_by(call: Call, person: Person) -> QuerySet[Enquiry]:
    """What a person asked about a call, the last first."""
    rows = Enquiry.objects.filter(call=call, by=person).select_related("same_as")
    return rows.prefetch_related("versions", "same_as__versions").order_by("-pk")


def enquiries_about(call: Call) -> QuerySet[Enquiry]:
    """What was asked about a call, what waits longest first."""
    rows = Enquiry.objects.filter(call=call).select_related("by", "same_as")
    return rows.annotate(published_at=Max("versions__at")).order_by("pk")


def waiting_enquiries(programmes: QuerySet[Programme]) -> list[tuple[Call, int, Enquiry]]:
    """By call of these programmes: how many questions wait, and the one that is due first."""
    rows = Enquiry.objects.filter(state__in=UNANSWERED, call__programme__in=programmes)
    first: dict[int, list[Enquiry]] = {}
    for one in rows.select_related("call__programme").order_by("due_on", "pk"):
        first.setdefault(one.call_id, []).append(one)
    return [(found[0].call, len(found), _first(found)) for found in first.values()]


def _first(found: Sequence[Enquiry]) -> Enquiry:
    """What is due first; what has no day comes after it."""
    return min(found, key=lambda one: (one.due_on is None, one.due_on or one.at.date(), one.pk))


def enquiry_named(code: str) -> Enquiry | None:
    """A question with its call, whoever asked, and those joined with it."""
    rows = Enquiry.objects.select_related("call__programme", "by", "same_as")
    joined = Prefetch("joined", Enquiry.objects.select_related("by"))
    return rows.prefetch_related("versions", joined).filter(code=code).first()


def enquiry_about(call: Call, code: str) -> Enquiry | None:
    """A question about a call by its code or its number."""
    word = code.strip()
    named = Q(number=int(word)) if word.isdecimal() and len(word) < 8 else Q(code__iexact=word)  # noqa: PLR2004
    return Enquiry.objects.filter(named, call=call).first()


def locked_enquiry(pk: int) -> Enquiry:
    """For services only: the row is ours until the transaction ends."""
    rows = Enquiry.objects.select_for_update(of=("self",))
    return rows.select_related("call__programme").get(pk=pk)


def call_of_enquiry(pk: int) -> int:
    """For services: which call to lock first."""
    return Enquiry.objects.values_list("call_id", flat=True).get(pk=pk)


def has_versions(enquiry: Enquiry) -> bool:
    """Whether everybody can read an answer to it."""
    return enquiry.versions.exists()


def entries_about_enquiries_of(call: str) -> Q:
    """What happened to the questions about a call."""
    rows = Enquiry.objects.filter(call__code=call)
    return Q(verb__startswith="enquiry.", subject__in=rows.values("code"))


def enquiries_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call questions."""
    rows = Enquiry.objects.filter(code__in=[one for one in subjects if one.startswith("Q-")])
    return {one.code: str(NAMED) % {"number": one.number} for one in rows}


def told_about(person_id: int) -> dict[str, object]:
    """What a person asked, as plain values."""
    rows = Enquiry.objects.filter(by_id=person_id).order_by("pk")
    return {"questions": list(rows.values("call__code", "number", "asked", "at", "state"))}
