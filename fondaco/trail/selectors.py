"""Reading the trail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from fondaco.trail import rules
from fondaco.trail.access import JOINED, KEPT_BACK, NAMED, Reading
from fondaco.trail.models import Entry, Heard, PersonKey, Seal, Sealed, SealKey
from fondaco.trail.phrases import (
    detail_of,
    kind_of,
    name_of_kind,
    sentence_of,
)
from fondaco.trail.rules import Fault, Head, Verification
from fondaco.web import words

MOST_AT_ONCE = 500
CHUNK = 2000


def unheard_entries(reaction: str, verb: str, *, at: datetime) -> QuerySet[Entry]:
    """Entries with `verb` that `reaction` still has to deal with; late commits are not missed."""
    kept = Heard.objects.filter(reaction=reaction, entry=OuterRef("pk"))
    dealt_with = kept.filter(Q(due_at__isnull=True) | Q(due_at__gt=at))
    return Entry.objects.filter(~Exists(dealt_with), verb=verb).order_by("pk")[:MOST_AT_ONCE]


def locked_heard(reaction: str, entry_id: int) -> Heard:
    """For services only: the row is ours until the transaction ends."""
    return Heard.objects.select_for_update().get(reaction=reaction, entry_id=entry_id)


def failed_reactions() -> QuerySet[Heard]:
    """Reactions that failed and were not made good since, the latest first."""
    return Heard.objects.exclude(error="").select_related("entry").order_by("-at", "-pk")


def story_of(subject: str) -> QuerySet[Entry]:
    """Everything that happened to a thing, oldest first, each with its place in the seals."""
    return Entry.objects.filter(subject=subject).select_related("sealed").order_by("pk")


def story_read(subject: str, reading: Reading) -> QuerySet[Entry]:
    """The story as somebody may read it, with what it gathers, newest first."""
    wanted, hidden = Q(subject=subject), Q()
    for joined in JOINED[reading.about.sort]:
        wanted |= joined(reading.about.code)
    for verb in reading.hides:
        hidden |= Q(verb__startswith=verb)
    kept = Entry.objects.filter(wanted & reading.only if reading.only else wanted)
    kept = kept.exclude(hidden) if hidden else kept
    return kept.select_related("sealed").order_by("-pk")


def kinds_in(subject: str, reading: Reading) -> list[tuple[str, str]]:
    """What kinds of things happened in a story: word and name, in the order of the names."""
    verbs = story_read(subject, reading).order_by().values_list("verb", flat=True).distinct()
    kinds = {kind_of(verb) for verb in verbs}
    return sorted(
        ((kind, name_of_kind(kind)) for kind in kinds), key=lambda pair: words.in_order(pair[1])
    )


def trail_of_programme(programme: str) -> QuerySet[Entry]:
    """What happened in a programme, oldest first; nothing of what its office knows nothing of."""
    entries = Entry.objects.filter(programme=programme)
    for subjects in KEPT_BACK:
        entries = entries.exclude(subject__in=subjects(programme))
    return entries.select_related("sealed").order_by("pk")


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """The names of people as they are known today."""
    people = get_user_model().objects.filter(pk__in=set(person_ids))
    return {person.pk: str(person) for person in people}


def erased_among(person_ids: Iterable[int]) -> dict[int, datetime]:
    """Which of these people were erased, and when."""
    gone = PersonKey.objects.filter(person_id__in=set(person_ids), erased_at__isnull=False)
    return {kept.person_id: kept.erased_at for kept in gone if kept.erased_at}


def acts_of_person(person_id: int) -> QuerySet[Entry]:
    """Everything a person did."""
    return Entry.objects.filter(by_id=person_id).order_by("pk")


# Seals


def sealed_facts(entry: Entry) -> dict[str, object]:
    """What is sealed of an entry: every field of it."""
    return {
        "id": entry.pk,
        "verb": entry.verb,
        "subject": entry.subject,
        "programme": entry.programme,
        "by_id": entry.by_id,
        "by_mark": entry.by_mark,
        "at": entry.at.astimezone(UTC),
        "data": entry.data,
    }


def unsealed_entries() -> QuerySet[Entry]:
    """Entries that no seal covers yet."""
    return Entry.objects.filter(sealed__isnull=True).order_by("pk")


def sealed_head() -> Head:
    """The last place of the sealed order."""
    last = Sealed.objects.order_by("-number").first()
    return Head(last.number, last.chain) if last else Head(0, rules.FIRST_CHAIN)


def last_seal() -> Seal | None:
    """The signed head."""
    return Seal.objects.order_by("-number").first()


def public_keys() -> QuerySet[SealKey]:
    """Every key that has ever sealed, the oldest first."""
    return SealKey.objects.order_by("since", "pk")


def verified(head: Head | None = None) -> Verification:
    """Read the whole trail again: the first entry that is not what was sealed, if there is one.

    `head` is one that somebody kept elsewhere: it also shows whether entries were cut off or
    everything was written and signed anew.
    """
    seals = _Seals(head)
    present, fault = Head(0, rules.FIRST_CHAIN), None
    for row in _sealed_rows():
        reached, fault = _next(present, row)
        fault = fault or seals.fault_at(reached)
        if fault:
            break
        present = reached
    return Verification(
        sealed=present.number,
        unsealed=unsealed_entries().count(),
        head=present,
        keys=tuple(sorted(seals.keys)),
        fault=fault or seals.fault_after(present),
    )


def _sealed_rows() -> Iterator[Sealed]:
    rows = Sealed.objects.select_related("entry").order_by("number")
    return rows.iterator(chunk_size=CHUNK)


def _next(present: Head, row: Sealed) -> tuple[Head, Fault | None]:
    """The head after one more row, and what is wrong with it."""
    number = present.number + 1
    chain = rules.chained(present.chain, sealed_facts(row.entry))
    if row.number != number:
        return present, Fault(number, "number-missing")
    return Head(number, chain), None if chain == row.chain else Fault(number, "entry-changed")


class _Seals:
    """The seals and the kept head, asked along the way."""

    def __init__(self, kept: Head | None) -> None:
        self.kept = kept
        self.keys = {key.key_id: key.public for key in public_keys()}
        self.seals = {seal.number: seal for seal in Seal.objects.order_by("number")}

    def fault_at(self, head: Head) -> Fault | None:
        """What is wrong with the seal at this place, or with the head that somebody kept of it."""
        if self.kept and self.kept.number == head.number and self.kept.chain != head.chain:
            return Fault(head.number, "head-differs")
        seal = self.seals.get(head.number)
        return self._fault_of(seal, head) if seal else None

    def _fault_of(self, seal: Seal, head: Head) -> Fault | None:
        if seal.chain != head.chain:
            return Fault(head.number, "seal-chain")
        public = self.keys.get(seal.key_id)
        if public is None or rules.key_id_of(bytes.fromhex(public)) != seal.key_id:
            return Fault(head.number, "key-unknown")
        message = rules.sealed_message(head, seal.at.astimezone(UTC))
        if not rules.is_genuine(public, message, seal.signature):
            return Fault(head.number, "signature")
        return None

    def fault_after(self, last: Head) -> Fault | None:
        """What is wrong with the end: seals or a kept head beyond it, or no seal over it."""
        beyond = [number for number in self.seals if number > last.number]
        if beyond:
            return Fault(last.number + 1, "seal-orphaned")
        if last.number and last.number not in self.seals:
            return Fault(last.number, "seal-missing")
        if self.kept and self.kept.number > last.number:
            return Fault(last.number + 1, "head-ahead")
        return None


# Stories


ABOUT_PEOPLE = ("person", "evaluator")
"""Where an entry names the person something was done about, by number."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as people read it: `thing` is what it was about, where that is not the story's.

    `pk` tells which was written before which.
    """

    pk: int
    what: str
    detail: str
    verb: str
    subject: str
    thing: str
    at: datetime
    who: str
    whom: str
    by_id: int | None
    number: int | None
    chain: str
    data: object


def lines_of(entries: Iterable[Entry], reading: Reading, *, reader_id: int = 0) -> list[Line]:
    """Entries in sentences, with the people that this reader may know of."""
    kept = list(entries)
    ids = {one for entry in kept for one in (entry.by_id, _whom_of(entry)) if one}
    who = _People(ids) if reading.shows_people else _Nobody(reader_id)
    things = _things_of(kept, reading.about.code) if reading.about.sort else {}
    return [_line_of(entry, who, reading, things.get(entry.subject, "")) for entry in kept]


def _whom_of(entry: Entry) -> int | None:
    found = next((entry.data[name] for name in ABOUT_PEOPLE if name in entry.data), None)
    return found if isinstance(found, int) and found != entry.by_id else None


def _things_of(entries: list[Entry], own: str) -> dict[str, str]:
    """What people call the things of these entries, each slice asked once."""
    subjects = {entry.subject for entry in entries} - {own}
    found = {subject: subject for subject in subjects}
    for named in NAMED if subjects else ():
        found.update(named(subjects))
    return found


def _line_of(entry: Entry, who: "_Nobody | _People", reading: Reading, thing: str) -> Line:
    sealed = getattr(entry, "sealed", None)
    whom = _whom_of(entry)
    is_told = reading.shows_people
    return Line(
        pk=entry.pk,
        what=sentence_of(entry.verb),
        detail=detail_of(entry.verb, entry.data, reading.about.zone) if is_told else "",
        verb=entry.verb,
        subject=entry.subject,
        thing=thing,
        at=entry.at,
        who=who.name(entry.by_id),
        whom=who.name(whom) if whom else "",
        by_id=entry.by_id,
        number=sealed.number if sealed else None,
        chain=sealed.chain if sealed else "",
        data=entry.data,
    )


class _Nobody:
    """For a reader who learns nobody's name, but recognises what they did themselves."""

    def __init__(self, reader_id: int) -> None:
        self.reader_id = reader_id

    def name(self, person_id: int | None) -> str:
        """`You`, or nothing."""
        return _("You") if person_id and person_id == self.reader_id else ""


class _People:
    """The people of some entries: by name, or by the day of their erasure."""

    def __init__(self, ids: set[int]) -> None:
        self.names, self.erased = names_of(ids), erased_among(ids)

    def name(self, person_id: int | None) -> str:
        """A name, `erased on …`, or the house itself."""
        if not person_id:
            return _("The house")
        if person_id in self.erased:
            return _("erased on %(day)s") % {"day": words.day(self.erased[person_id].date())}
        return self.names.get(person_id) or _("Person %(number)s") % {"number": person_id}
