"""Whether the files of a folder agree with one another and with the reference lists."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from fondaco.calls.phrases import DRAW, EARLIEST
from fondaco.calls.states import ActKind, Scale
from fondaco.files import shapes
from fondaco.files.comparing import plain_of
from fondaco.files.funding import check_funding, check_partners, check_rules
from fondaco.files.mistakes import nearest
from fondaco.files.ways import check_intake
from fondaco.kernel.clock import moment_of
from fondaco.mail.rules import PLACEHOLDERS, asked_for
from fondaco.questionnaires.phrases.mistakes import fault_words
from fondaco.questionnaires.rules.checks import faults
from fondaco.web import reference

Where = tuple[str | int, ...]


class Notes(Protocol):
    """Somebody who notes mistakes, and knows where calls stand and which files are no use."""

    root: Path
    places: dict[str, Path]
    unread: set[Path]

    def say(self, path: Path, where: Where, what: str, remedy: str) -> None:
        """Note it."""


class Checker:
    """Compares names used in one place with names defined in another."""

    def __init__(self, notes: Notes, path: Path) -> None:
        self.notes, self.path = notes, path

    def known(
        self, where: Where, word: str | None, choices: Iterable[str] | None, what: str
    ) -> None:
        """`word` must be one of `choices`; None where the file that names them has a mistake."""
        if choices is None:
            return
        kept = list(choices)
        if word is not None and word not in kept:
            self.say(
                where,
                _("“%(word)s” is not %(what)s.") % {"word": word, "what": what},
                nearest(word, kept),
            )

    def all_known(
        self, where: Where, words: Sequence[str], choices: Collection[str] | None, what: str
    ) -> None:
        """Each of `words` must be one of `choices`."""
        for word in words:
            self.known(where, word, choices, what)

    def once(self, where: Where, words: Sequence[object], apart: Sequence[object] = ()) -> None:
        """No two rows of a table may have the same name, unless they stand `apart`."""
        names = list(zip(words, apart, strict=True)) if apart else list(words)
        for position, (word, name) in enumerate(zip(words, names, strict=True)):
            if name in names[:position]:
                what = _("“%(word)s” stands here twice.") % {"word": word}
                self.say((*where, position), what, _("Give each its own code."))

    def say(self, where: Where, what: str, remedy: str) -> None:
        """Note a mistake."""
        self.notes.say(self.path, where, what, remedy)


def check_crossing(notes: Notes, folder: shapes.Folder, *, editions: Notes | None = None) -> None:
    """Note whatever does not agree in a whole folder, and in the editions read beside it."""
    file = notes.root / "partners.toml"
    codes = None if file in notes.unread else {partner.code for partner in folder.partner}
    root = Checker(notes, notes.root / "programme.toml")
    _programme(root, folder, codes)
    _asking(root, folder.programme.questions)
    _partners(Checker(notes, file), folder)
    packages = Checker(notes, notes.root / "work-packages.toml")
    packages.once(("work_package",), [package.number for package in folder.work_package])
    results = Checker(notes, notes.root / "results.toml")
    results.once(("result",), [result.code for result in folder.result])
    for position, package in enumerate(folder.work_package):
        where = ("work_package", position, "leader")
        packages.known(where, package.leader, codes, _("the code of a partner"))
    _bank(Checker(notes, notes.root / "questions.toml"), folder)
    _letters(Checker(notes, notes.root / "letters"), folder.letters)
    _calls(notes, folder.calls, codes, editions)


def check_call(
    notes: Notes, folder: shapes.CallFolder, *, partners: Collection[str] | None
) -> None:
    """Note whatever does not agree in one call that stands by itself, not in a folder."""
    check = Checker(notes, notes.root / "call.toml")
    _call(check, folder.call.code, folder, partners)
    if folder.form:
        _form(Checker(notes, notes.root / "form.toml"), folder)


def _bank(check: Checker, folder: shapes.Folder) -> None:
    """The question bank must be able to stand in a form as it is."""
    check.once(("question",), [question.code for question in folder.question])
    for position, question in enumerate(folder.question):
        _choices(check, ("question", position), question, "question.option")
    bank = {"code": "bank", "question": [plain_of(question) for question in folder.question]}
    for fault in faults({"section": [bank]}):
        check.say(fault.where[2:], *fault_words(fault))


def _calls(
    notes: Notes,
    calls: Mapping[str, shapes.CallFolder],
    partners: Collection[str] | None,
    editions: Notes | None,
) -> None:
    names = {*notes.places, *(editions.places if editions else ())}
    for name, call in calls.items():
        keeper = editions if editions and name in editions.places else notes
        place = keeper.places[name]
        check = Checker(keeper, place / "call.toml")
        _call(check, name, call, partners)
        others = names - {name}
        check.known(("edition_of",), call.call.edition_of, others, _("the code of a call"))
        check.known(("stage_of",), call.call.stage_of, others, _("the code of a call"))
        _letters(Checker(keeper, place / "letters"), call.letters)
        if call.form:
            _form(Checker(keeper, place / "form.toml"), call)


def _programme(check: Checker, folder: shapes.Folder, codes: Collection[str] | None) -> None:
    programme = folder.programme
    check.known(("code",), programme.code, [check.notes.root.name], _("the name of the folder"))
    _countries(check, ("countries",), programme.countries)
    _ecosystems(check, ("ecosystems",), programme.ecosystems)
    check.known(
        ("contact", "partner"), programme.contact.partner, codes, _("the code of a partner")
    )


def _countries(check: Checker, where: Where, countries: Sequence[str]) -> None:
    known = reference.codes(reference.countries())
    check.all_known(where, countries, known, _("a country of reference/countries.toml"))


def _ecosystems(check: Checker, where: Where, ecosystems: Sequence[str]) -> None:
    known = reference.codes(reference.ecosystems())
    check.all_known(where, ecosystems, known, _("an ecosystem of reference/ecosystems.toml"))


def _partners(check: Checker, folder: shapes.Folder) -> None:
    groups = [group.code for group in folder.partnership]
    check.once(("partnership",), groups)
    check.once(
        ("partner",),
        [partner.code for partner in folder.partner],
        [partner.partnership for partner in folder.partner],
    )
    for position, group in enumerate(folder.partnership):
        _ecosystems(check, ("partnership", position, "ecosystems"), group.ecosystems)
    kinds = reference.codes(reference.organisation_kinds())
    for position, partner in enumerate(folder.partner):
        where = ("partner", position)
        _countries(check, (*where, "country"), [partner.country] if partner.country else [])
        check.known(
            (*where, "kind"), partner.kind, kinds, _("a kind of reference/organisation-kinds.toml")
        )
        check.known(
            (*where, "partnership"), partner.partnership, groups, _("the code of a partnership")
        )


def _letters(check: Checker, letters: Sequence[shapes.LetterShape]) -> None:
    for letter in letters:
        used = asked_for(letter.subject) | asked_for(letter.body)
        path = check.path / f"{letter.occasion}.{letter.language}.md"
        for word in sorted(used - PLACEHOLDERS):
            what = _("“%(word)s” is no placeholder of a letter.") % {"word": word}
            check.notes.say(path, (word,), what, nearest(word, PLACEHOLDERS))


def _call(
    check: Checker, name: str, kept: shapes.CallFolder, partners: Collection[str] | None
) -> None:
    call = kept.call
    check.known(("code",), call.code, [name], _("the name of the folder"))
    _ecosystems(check, ("ecosystems",), call.ecosystems)
    check.known(("partner",), call.partner, partners, _("the code of a partner"))
    check.all_known(
        ("decision", "partners"), call.decision.partners, partners, _("the code of a partner")
    )
    _moments(check, call)
    check_intake(check, call)
    _money(check, kept)
    _asking(check, call.questions)
    _rules(check, kept)
    _grid(check, call)
    _invented(check, call)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _moments(check: Checker, call: shapes.CallShape) -> None:
    table = call.timetable
    check.known(("timetable", "zone"), table.zone, _zones(), _("a time zone"))
    times: list[tuple[Where, object]] = [
        (("timetable", "opens"), table.opens),
        (("timetable", "closes"), table.closes),
        *((("timetable", "cut_offs", n), one) for n, one in enumerate(table.cut_offs)),
    ]
    for position, event in enumerate(call.event):
        times += [
            (("event", position, "at"), event.at),
            (("event", position, "closes"), event.closes),
        ]
        if event.kind == ActKind.EXTENSION and event.closes is None:
            check.say(
                ("event", position), _("An extension has no new deadline."), _("Add: closes = …")
            )
    wrong = [where for where, value in times if not _is_moment(check, where, value, table.zone)]
    if not wrong:
        _order(check, table)
    _steps(check, call)


def _is_moment(check: Checker, where: Where, value: object, zone: str) -> bool:
    """Whether a time is a local one that exists in the zone; a mistake is noted."""
    if value is None or zone not in _zones():
        return True
    what = _fault_of(value, zone)
    if what:
        check.say(where, what, _("Write a local time such as 2023-04-12T17:00:00."))
    return not what


def _fault_of(value: object, zone: str) -> str:
    """What is wrong with a local time; only an hour that comes the second time has an offset."""
    if isinstance(value, datetime):
        try:
            moment_of(value, zone)
        except ValueError as error:
            if value.tzinfo is None:
                return f"{error}."
        else:
            return ""
    return _("“%(value)s” is no local time.") % {"value": value}


def _order(check: Checker, table: shapes.Timetable) -> None:
    opens, closes = table.opens, table.closes
    if not isinstance(opens, datetime) or not isinstance(closes, datetime):
        return
    if table.zone in _zones() and moment_of(opens, table.zone) >= moment_of(closes, table.zone):
        check.say(
            ("timetable", "closes"),
            _("The call closes before it opens."),
            _("Correct one of the two."),
        )


def _steps(check: Checker, call: shapes.CallShape) -> None:
    for position, step in enumerate(call.step):
        if step.on is not None and type(step.on) is not date:
            what = _("“%(value)s” is no date.") % {"value": step.on}
            check.say(("step", position, "on"), what, _("Write a date such as 2023-06-01."))
        if step.on is not None and step.after is not None:
            what = _("A step has a date and a number of days after the deadline.")
            check.say(("step", position, "after"), what, _("Take one of the two out."))


def _asking(check: Checker, rule: shapes.QuestionRule) -> None:
    """Whoever asks on the last day must be answered before the last answers are given."""
    if rule.answer_until is not None and rule.answer_until > (rule.ask_until or 0):
        what = _("The last day of answers comes before the last day to ask.")
        check.say(
            ("questions", "answer_until"), what, _("Write at most as many days as ask_until.")
        )


def _money(check: Checker, kept: shapes.CallFolder) -> None:
    call = kept.call
    check.once(("money", "item"), [item.code for item in call.money.item])
    is_form_read = check.path.with_name("form.toml") not in check.notes.unread
    check_funding(check, call, _questions(kept) if is_form_read else None)


def _invented(check: Checker, call: shapes.CallShape) -> None:
    """Only an edition may carry a rule or a criterion that nobody published."""
    if call.edition_of:
        return
    invented: list[Where] = [
        *(("rule", n, "invented") for n, rule in enumerate(call.rule) if rule.invented),
        *(("criterion", n, "invented") for n, line in enumerate(call.criterion) if line.invented),
        *([("timetable", "weekend")] if call.timetable.weekend else []),
    ]
    for where in invented:
        what = _("A founding call cannot carry what is invented.")
        check.say(where, what, _("Take it out, or name the founding call: edition_of = …"))


def _rules(check: Checker, kept: shapes.CallFolder) -> None:
    check_rules(check, kept.call)
    check_partners(check, kept.call)
    is_form_read = check.path.with_name("form.toml") not in check.notes.unread
    questions = _questions(kept)
    check.once(("rule",), [rule.code for rule in kept.call.rule])
    known = reference.codes(reference.facts()) | {f"answer.{one}" for one in questions}
    for position, rule in enumerate(kept.call.rule):
        where: Where = ("rule", position, "fact")
        if is_form_read or not rule.fact.startswith("answer."):
            check.known(where, rule.fact, known, _("a fact that anybody can tell"))
        if rule.fact == "organisation.country":
            _countries(check, ("rule", position, "value"), [str(value) for value in rule.value])


def _grid(check: Checker, call: shapes.CallShape) -> None:
    codes = [criterion.code for criterion in call.criterion]
    check.once(("criterion",), codes)
    check.all_known(
        ("evaluation", "tie_breaks"),
        call.evaluation.tie_breaks,
        [*codes, EARLIEST, DRAW],
        _("a criterion of this call"),
    )
    if call.evaluation.scale != Scale.POINTS:
        return
    for position, criterion in enumerate(call.criterion):
        if criterion.points is None:
            check.say(("criterion", position), _("The points are not given."), _("Add: points = …"))


def _questions(kept: shapes.CallFolder) -> Mapping[str, shapes.QuestionShape]:
    sections = kept.form.section if kept.form else []
    return {question.code: question for section in sections for question in section.question}


def _choices(check: Checker, where: Where, question: shapes.QuestionShape, table: str) -> None:
    if question.kind in {"choice", "choices"} and not question.option:
        what = _("There is nothing to choose from.")
        check.say(where, what, _("Add [[%(table)s]].") % {"table": table})


def _form(check: Checker, kept: shapes.CallFolder) -> None:
    sections = kept.form.section if kept.form else []
    check.once(("section",), [section.code for section in sections])
    codes = [criterion.code for criterion in kept.call.criterion]
    seen: list[str] = []
    for number, section in enumerate(sections):
        for position, question in enumerate(section.question):
            where: Where = ("section", number, "question", position)
            if question.code in seen:
                what = _("The question “%(code)s” stands here twice.") % {"code": question.code}
                check.say(where, what, _("Give each its own code."))
            seen.append(question.code)
            check.known(
                (*where, "criterion"), question.criterion, codes, _("a criterion of this call")
            )
            _choices(check, where, question, "section.question.option")
    if kept.form:
        for fault in faults(plain_of(kept.form)):
            check.say(fault.where, *fault_words(fault))
