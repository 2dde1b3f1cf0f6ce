"""The guide for applicants: one structure, made of the very data that the rules of a call use.

Its page, its PDF and its DOCX are printed from this; no figure of a call stands anywhere else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from fondaco.calls import phrases
from fondaco.calls.models import Call
from fondaco.calls.selectors import days_not_counted
from fondaco.calls.states import DecidedBy, Intake, NotFound, Scale, Support
from fondaco.desks.selectors import calls as pages
from fondaco.desks.selectors.paid import ShownPart, paid_of
from fondaco.desks.selectors.ways import way_of
from fondaco.enquiries.rules.asking import last_day_of_answers, last_day_to_ask
from fondaco.enquiries.selectors import refusal_of, terms_for
from fondaco.kernel.texts import Spoken
from fondaco.web import words

Said = str | Spoken
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several."""

    text: Said
    is_hint: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Things one below the other."""

    items: Sequence[Said]
    kind: str = "bullets"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head; the first cell of each names it."""

    head: Sequence[Said]
    rows: Sequence[Sequence[Said]]
    kind: str = "table"

    @property
    def named(self) -> list[list[tuple[Said, Said]]]:
        """The rows, each cell with what stands above it."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the guide."""

    title: Said
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide in one language."""

    call: Call
    title: Spoken
    summary: Spoken
    language: str
    made_at: datetime
    parts: Sequence[Part]


def guide_of(call: Call, *, at: datetime) -> Guide:
    """The guide to a call in the language that is active; chapters with nothing in are left out."""
    paid = paid_of(call, at=at)
    chapters = [
        (_("Who may apply"), _who(call)),
        (pgettext("in a call", "How many"), _sentences(paid["number_words"])),
        (_("What is paid"), _money(call, paid)),
        (_("Timetable"), _timetable(call, at)),
        (_("How applications are judged"), _judged(call, at)),
        (_("After the decision"), _after(call)),
        (_("Questions"), _asking(call, at)),
        (_("Documents to have ready"), _documents(call)),
        *_form(call),
        (_("What we could not find"), _texts(call.unknown)),
        (_("Contact"), _texts(call.contact)),
    ]
    parts = [(title, tuple(blocks)) for title, blocks in chapters]
    return Guide(
        call=call,
        title=words.say(call.title),
        summary=words.say(call.summary),
        language=get_language() or "en",
        made_at=at,
        parts=[Part(title, blocks) for title, blocks in parts if blocks],
    )


def _texts(texts: Texts, *, is_hint: bool = False) -> Iterator[Block]:
    """What is told in words alone, where there are any."""
    if said := words.say(texts):
        yield Paragraph(said, is_hint)


def _sentences(said: Any) -> Iterator[Block]:
    if said:
        yield Bullets(list(said))


def _who(call: Call) -> Iterator[Block]:
    """The conditions, each with its proof."""
    yield from _texts(call.who)
    rows = [
        (
            words.say(rule.says),
            _("Needed to submit") if rule.stops else _("Looked at by an officer"),
            words.say(rule.proof),
        )
        for rule in call.rules.all()
    ]
    if rows:
        yield Table((_("Condition"), _("When"), _("Proof")), rows)


def _money(call: Call, paid: Mapping[str, Any]) -> Iterator[Block]:
    """Every amount of the call."""
    is_pack = call.support == Support.PACK
    rows = [(words.say(one.name), _amount(call, one.amount_cents)) for one in call.items.all()]
    if rows:
        head = (_("Part"), _("Amount")) if is_pack else (_("Service"), _("Fixed price"))
        yield Table(head, rows)
    elif alone := _for_one(call):
        yield Paragraph(alone)
    if call.total_cents and call.support != Support.NONE:
        total = _("The call has %(total)s in all.") % {"total": _amount(call, call.total_cents)}
        yield Paragraph(total)
    yield from _places(call)
    yield from _sentences(paid["money_words"])
    yield from _texts(paid["ceiling"].get("note", {}), is_hint=True)
    lump = [(row.country, _amount(call, row.cents)) for row in paid["lump_rows"]]
    if lump:
        yield Table((_("Country"), _("Amount")), lump)
    yield from _shares(_("Envelope"), paid["envelopes"])
    yield from _shares(_("Quota"), paid["quotas"])
    yield from _texts(call.money_note, is_hint=True)


def _amount(call: Call, cents: int) -> str:
    return words.amount(cents, call.currency)


_NAMED_ELSEWHERE = frozenset({Support.SHARE, Support.LUMP_SUM, Support.PACK})
"""The forms whose sum stands among the sentences about the money."""


def _for_one(call: Call) -> str:
    """What one applicant gets, where it is one sum."""
    if call.support == Support.NONE:
        return _("Nothing is paid to participants.")
    if call.support in _NAMED_ELSEWHERE:
        return ""
    if call.amount_cents is None:
        return _("The amount for one applicant is not known.")
    amount = {"amount": _amount(call, call.amount_cents)}
    if call.support == Support.CEILING:
        return _("Up to %(amount)s for each applicant.") % amount
    return _("%(amount)s for each applicant.") % amount


def _places(call: Call) -> Iterator[Block]:
    if call.places:
        said = ngettext("%(count)s place", "%(count)s places", call.places)
        yield Paragraph(said % {"count": words.number(call.places)})


def _shares(name: str, parts: Sequence[ShownPart]) -> Iterator[Block]:
    """Parts of the money or of the places, with the most, the least, and what they wait for."""
    rows = [(one.name, one.most, one.least, words.say(one.waits_for)) for one in parts]
    if rows:
        yield Table((name, _("At most"), _("At least"), _("Opens when")), rows)


def _timetable(call: Call, at: datetime) -> Iterator[Block]:
    """Every date, and how days are counted."""
    rows = [(_said(one.what), _said(one.when)) for one in pages.timetable_of(call, at=at)]
    if rows:
        yield Table((_("What"), _("When")), rows)
    if days := days_not_counted(call):
        counted = {"working_days": words.working_days(days)}
        yield Paragraph(
            _("Wherever this call counts days, it counts working days alone: %(working_days)s.")
            % counted
        )
    holidays = pages.holidays_of(call) if call.counts_working_days else ()
    if holidays:
        yield Paragraph(_("Holidays that are not counted either"))
        yield Bullets([one.day for one in holidays])


def _said(value: object) -> Said:
    return value if isinstance(value, Spoken) else str(value)


def _judged(call: Call, at: datetime) -> Iterator[Block]:
    """The way from the deadline to the decision, with the grid."""
    yield from (Paragraph(line) for line in way_of(call, at=at).says)
    is_known = NotFound.DECISION not in call.not_found
    decides = phrases.DECIDERS[DecidedBy(call.decided_by)] if is_known else ""
    yield Paragraph(f"{phrases.INTAKES[Intake(call.intake)]}. {decides}".strip())
    if call.experts:
        read = ngettext(
            "One evaluator reads each application.",
            "%(count)s evaluators read each application, each alone.",
            call.experts,
        )
        yield Paragraph(read % {"count": words.number(call.experts)})
    yield from _grid(call)


def _grid(call: Call) -> Iterator[Block]:
    in_points = call.scale == Scale.POINTS
    rows = [
        (
            words.say(one.name),
            words.say(one.asks),
            words.number((one.points or 0) if in_points else one.weight),
            "" if one.threshold is None else words.number(one.threshold),
        )
        for one in call.criteria.all()
    ]
    if not rows:
        return
    measure = _("Points") if in_points else _("Weight")
    yield Table((_("Criterion"), _("What it asks"), measure, _("Threshold")), rows)
    if call.threshold:
        said = _("Overall at least %(number)s are needed.")
        yield Paragraph(said % {"number": words.number(call.threshold)})
    if ties := pages.tie_breaks_of(call):
        yield Paragraph(_("Between equal scores this decides, in this order:"))
        yield Bullets([_said(one) for one in ties])


def _after(call: Call) -> Iterator[Block]:
    """What is missing can be brought, and a decision be questioned; with every window."""
    yield from _days(
        call.completion_days,
        lambda days: ngettext(
            "What is missing can be brought within one day of being asked.",
            "What is missing can be brought within %(days)s days of being asked.",
            days,
        ),
    )
    yield from _days(
        call.redress_days,
        lambda days: ngettext(
            "A decision can be questioned within one day from when its letter stands in the "
            "portal.",
            "A decision can be questioned within %(days)s days from when its letter stands in the "
            "portal.",
            days,
        ),
    )
    if call.redress_days is None:
        return
    yield from _texts(call.redress_ground)
    if call.redress_grounds:
        yield Paragraph(_("Grounds that are admitted:"))
        yield Bullets([words.say(one.get("label")) for one in call.redress_grounds])
    yield from _days(
        call.redress_answer_days,
        lambda days: ngettext(
            "It is answered within one day of being asked.",
            "It is answered within %(days)s days of being asked.",
            days,
        ),
    )


def _days(days: int | None, said: Any) -> Iterator[Block]:
    if days is not None:
        yield Paragraph(said(days) % {"days": words.number(days)})


def _asking(call: Call, at: datetime) -> Iterator[Block]:
    """Until when one may ask, and how soon it is answered."""
    terms = terms_for(call, at=at)
    if not terms.takes_questions:
        return
    if last := last_day_to_ask(terms):
        said = _("Questions are taken until %(day)s.")
        yield Paragraph(said % {"day": words.day(last)})
    yield from _days(
        terms.answer_within,
        lambda days: ngettext(
            "Each is answered within one day.", "Each is answered within %(days)s days.", days
        ),
    )
    last = last_day_of_answers(terms) if terms.answer_until is not None else None
    if last:
        said = _("The last answers are published on %(day)s.")
        yield Paragraph(said % {"day": words.day(last)})
    yield from _texts(refusal_of(call), is_hint=True)


def _sections(call: Call) -> Sequence[Mapping[str, Any]]:
    return call.form.schema.get("section", []) if call.form else []


def _questions(sections: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for section in sections:
        yield from section.get("question", [])


def _documents(call: Call) -> Iterator[Block]:
    """The files that the form asks for."""
    files = [one for one in _questions(_sections(call)) if one["kind"] == "file"]
    rows = [
        (
            words.say(one.get("label")),
            ", ".join(one.get("accepts", ())).upper(),
            f"{words.number(one['megabytes'])} MB" if one.get("megabytes") else "",
            _("needed") if one.get("required") else _("optional"),
        )
        for one in files
    ]
    if rows:
        yield Table((_("Document"), _("Kinds of file"), _("At most"), _("Needed to submit")), rows)


def _form(call: Call) -> Iterator[tuple[str, Iterable[Block]]]:
    """A chapter with every question of the form, section by section."""
    for number, section in enumerate(_sections(call), start=1):
        named = words.say(section.get("title")).text
        title = _("The form, part %(number)s: %(title)s")
        rows = [_question(one) for one in section.get("question", [])]
        table = Table((_("Question"), _("What to know")), rows)
        yield title % {"number": words.number(number), "title": named}, [table] if rows else []


def _question(one: Mapping[str, Any]) -> tuple[Said, Said]:
    """A question, and whether it must be answered, how long, and from what one chooses."""
    known = [] if one.get("required") else [_("optional")]
    if limit := one.get("limit"):
        most = ngettext("At most one character.", "At most %(count)s characters.", limit)
        known.append(most % {"count": words.number(limit)})
    own = [words.say(text) for text in (one.get("help"), one.get("text")) if text]
    options = [words.say(option.get("label")) for option in one.get("option", ())]
    told = "\n".join([*known, *(text.text for text in own), *(f"– {text}" for text in options)])
    return words.say(one.get("label")), _in_its_language(told, [*own, *options])


def _in_its_language(told: str, texts: Iterable[Spoken]) -> Said:
    """What is told, in the language of the first of its texts that is not the reader's."""
    strange = next((text for text in texts if not text.is_translated), None)
    return Spoken(told, strange.language, is_translated=False) if strange else told
