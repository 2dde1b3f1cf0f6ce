"""Whether what a call says of its money, its parts and how many may be sent agrees."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from fondaco.calls.phrases import FACT_NAMES
from fondaco.calls.states import Counts, Next, Support, Test
from fondaco.files import shapes
from fondaco.files.ways import Mistake, Notes, Where
from fondaco.web import reference

PARTED_BY = frozenset({*FACT_NAMES, "organisation.region", "organisation.city"})
"""What a frozen version says of who applied: by these, and by answers, money can be parted."""


def check_funding(notes: Notes, call: shapes.CallShape, questions: Collection[str] | None) -> None:
    """Note what a form of money lacks, and parts that do not fit; None: the form is not known."""
    checks = (_form, _menu_and_pack, _lump_sum, _least, _envelopes, _quotas, _numbers, _consortium)
    for check in checks:
        for where, what, remedy in check(call):
            notes.say(where, what, remedy)
    for where, what, remedy in _facts(call, questions):
        notes.say(where, what, remedy)


def _form(call: shapes.CallShape) -> Iterator[Mistake]:
    money = call.money
    if money.form == Support.FIXED and money.amount is None:
        yield ("money",), _("A fixed amount is not given."), _("Add: amount = …")
    if money.form == Support.SHARE and money.percent is None:
        yield ("money",), _("The share of the costs is not given."), _("Add: percent = …")
    if money.percent is not None and money.form != Support.SHARE:
        what = _("A share stands in a call that does not pay a share.")
        yield ("money", "percent"), what, _("Write: form = “share”, or take it out.")


def _menu_and_pack(call: shapes.CallShape) -> Iterator[Mistake]:
    money = call.money
    if money.form == Support.MENU and not money.item:
        remedy = _("Add [[money.item]] with code, name and amount.")
        yield ("money",), _("A menu without services."), remedy
    if money.most_items is not None and money.form != Support.MENU:
        what = _("A number of services stands in a call without a menu.")
        yield ("money", "most_items"), what, _("Write: form = “menu”, or take it out.")
    if money.form != Support.PACK:
        return
    if not money.item and money.amount is None:
        yield ("money",), _("A pack without a sum."), _("Add: amount = …, or [[money.item]].")
    elif money.item and money.amount not in (None, sum(item.amount for item in money.item)):
        what = _("The parts of the pack do not make its sum.")
        yield ("money", "amount"), what, _("Correct one of the two.")


def _lump_sum(call: shapes.CallShape) -> Iterator[Mistake]:
    money = call.money
    if money.form != Support.LUMP_SUM:
        if money.scheme or money.country:
            what = _("A scheme stands in a call that does not pay lump sums.")
            yield ("money",), what, _("Write: form = “lump-sum”, or take it out.")
        return
    if money.scheme is None or money.country is None:
        what = _("A lump sum needs its scheme and the fact that tells the country.")
        yield ("money",), what, _("Add: scheme = …, country = “organisation.country”.")
    elif money.scheme not in reference.codes(reference.lump_schemes()):
        what = _("“%(word)s” is not a scheme of reference/lump-sums.toml.") % {"word": money.scheme}
        yield ("money", "scheme"), what, _("Use a code of that file.")


def _least(call: shapes.CallShape) -> Iterator[Mistake]:
    money = call.money
    if money.least is not None and money.amount is not None and money.least > money.amount:
        what = _("The least is more than the amount.")
        yield ("money", "least"), what, _("Correct one of the two.")


Part = shapes.EnvelopeShape | shapes.QuotaShape


def _bounds(parts: Sequence[Part], name: Where, total: object) -> Iterator[Mistake]:
    """A part is not larger than the whole, and what is kept for all parts is there."""
    for position, part in enumerate(parts):
        if part.least is not None and part.most is not None and part.least > part.most:
            what = _("The least of this part is more than its most.")
            yield (*name, position, "least"), what, _("Correct one of the two.")
    kept = sum((Decimal(part.least or 0) for part in parts), Decimal(0))
    if isinstance(total, int | Decimal) and kept > total:
        what = _("What is kept for the parts is more than the whole.")
        yield (*name, 0), what, _("Lower what is kept, or raise the whole.")


def _envelopes(call: shapes.CallShape) -> Iterator[Mistake]:
    return _bounds(call.money.envelope, ("money", "envelope"), call.money.total)


def _quotas(call: shapes.CallShape) -> Iterator[Mistake]:
    yield from _bounds(call.quota, ("quota",), call.money.places)
    taken = [one.code for one in call.money.envelope]
    for position, quota in enumerate(call.quota):
        if quota.code in taken:
            what = _("“%(word)s” stands here twice.") % {"word": quota.code}
            yield ("quota", position), what, _("Give each its own code.")
        taken.append(quota.code)
        if quota.opened_on is not None and not quota.needs:
            what = _("A quota that needs nothing was opened.")
            yield ("quota", position, "opened_on"), what, _("Say what it needed: needs.en = …")
        if quota.invented and not call.edition_of:
            what = _("A founding call cannot carry what is invented.")
            remedy = _("Take it out, or name the founding call: edition_of = …")
            yield ("quota", position, "invented"), what, remedy


def _numbers(call: shapes.CallShape) -> Iterator[Mistake]:
    sent = call.applications
    if sent.then != Next.REFUSED and sent.most is None:
        what = _("What becomes of the next application is said, but not after how many.")
        yield ("applications",), what, _("Add: most = …")


def _consortium(call: shapes.CallShape) -> Iterator[Mistake]:
    """What is said of partners needs partners, and counting for each of them needs a limit."""
    kept, sent = call.consortium, call.applications
    if kept.most is None and kept != shapes.Consortium():
        what = _("It is not said how many partners there may be.")
        yield ("consortium",), what, _("Add: most = …")
    if kept.most is not None and kept.least > kept.most:
        what = _("More partners are needed than there may be.")
        yield ("consortium", "least"), what, _("Correct one of the two.")
    if kept.counts == Counts.EACH and (sent.most is None or sent.then != Next.REFUSED):
        what = _("Applications count for each partner, but the next one is not refused.")
        remedy = _("Add to [applications]: most = …, then = “refused”.")
        yield ("consortium", "counts"), what, remedy


def check_partners(notes: Notes, call: shapes.CallShape) -> None:
    """Note rules about partners in a call without any, and rules that no partner can meet."""
    for position, rule in enumerate(call.rule):
        is_whole = rule.fact.startswith(OF_THE_WHOLE)
        if rule.of_partners and is_whole:
            what = _("This fact is not one of a single partner.")
            notes.say(("rule", position, "of_partners"), what, _("Take of_partners out."))
        is_about = rule.of_partners or rule.fact.startswith(OF_CONSORTIA)
        if is_about and call.consortium.most is None:
            what = _("The rule is about partners, but nobody applies with partners.")
            notes.say(("rule", position), what, _("Add: [consortium] with most = …"))


OF_CONSORTIA = "consortium."
OF_THE_WHOLE = ("answer.", OF_CONSORTIA)


def _facts(call: shapes.CallShape, questions: Collection[str] | None) -> Iterator[Mistake]:
    """Money is parted by what a frozen version says, and asked for by a question there is."""
    money = call.money
    named: list[tuple[Where, str]] = [
        *(
            (("money", "envelope", n, "fact"), one.fact)
            for n, one in enumerate(call.money.envelope)
        ),
        *((("quota", n, "fact"), one.fact) for n, one in enumerate(call.quota)),
        *([(("money", "country"), money.country)] if money.country else []),
    ]
    for where, fact in named:
        kind, _dot, code = fact.partition(".")
        is_known = questions is None or code in questions if kind == "answer" else fact in PARTED_BY
        if not is_known:
            what = _("“%(word)s” is not a fact that an application keeps.") % {"word": fact}
            yield where, what, _("Use one such as organisation.country, or answer.….")
    asks = money.asks
    if asks is not None and questions is not None and asks not in questions:
        what = _("“%(word)s” is not a question of the form.") % {"word": asks}
        yield ("money", "asks"), what, _("Name the question that asks for the sum.")


NUMBERS = {Test.AT_LEAST: 1, Test.AT_MOST: 1, Test.BETWEEN: 2}
"""How many figures a test compares with."""


def check_rules(notes: Notes, call: shapes.CallShape) -> None:
    """Note rules that cannot be compared, or belong to no group."""
    for position, rule in enumerate(call.rule):
        for where, what, remedy in _rule(rule):
            notes.say(("rule", position, where), what, remedy)


def _rule(rule: shapes.RuleShape) -> Iterator[tuple[str, str, str]]:
    needed = NUMBERS.get(rule.test)
    if needed is not None and len(rule.value) != needed:
        what = _("This test compares with another number of values: %(number)s.") % {
            "number": needed
        }
        yield "value", what, _("Write one figure, or for “between” the least and the most.")
    if rule.branch and not rule.group:
        what = _("A branch stands in no group.")
        yield "branch", what, _("Add: group = …")
    named = {one.code: one for one in reference.facts()}.get(rule.fact)
    if named is not None and named.more.get("of") and rule.of is None and rule.fact != COURSE:
        yield "of", _("This fact needs to know of what."), _("Add: of = “…”, a code.")


COURSE = "training.completed"
"""Without a name it means any course."""
