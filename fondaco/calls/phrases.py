"""The words people read for what a call's data says in codes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fondaco.calls.rules.acts import Against
from fondaco.calls.rules.opening import Reason
from fondaco.calls.states import (
    ActKind,
    Counts,
    DecidedBy,
    Intake,
    Kind,
    Next,
    Over,
    Stage,
    StepKind,
    Support,
)
from fondaco.kernel.money import cents_of
from fondaco.web import reference, words

if TYPE_CHECKING:
    from fondaco.calls.models import Call

KINDS = {
    Kind.SUB_GRANT: _("Sub-grant"),
    Kind.VOUCHER: _("Voucher"),
    Kind.EXCHANGE: _("Exchange"),
    Kind.TRAINING: _("Training"),
    Kind.MEMBERSHIP: _("Membership"),
    Kind.ASSISTANCE: _("Personal assistance"),
    Kind.ALLIANCE: _("Alliance"),
}
STAGES = {
    Stage.DRAFT: _("Draft"),
    Stage.FORTHCOMING: pgettext_lazy("stage of a call", "Opens soon"),
    Stage.OPEN: pgettext_lazy("stage of a call", "Open"),
    Stage.SUSPENDED: pgettext_lazy("stage of a call", "Suspended"),
    Stage.CLOSED: pgettext_lazy("stage of a call", "Closed"),
    Stage.DECIDED: pgettext_lazy("stage of a call", "Decided"),
    Stage.CANCELLED: pgettext_lazy("stage of a call", "Cancelled"),
}
STAGE_TONES = {
    Stage.DRAFT: "neutral",
    Stage.FORTHCOMING: "soon",
    Stage.OPEN: "open",
    Stage.SUSPENDED: "soon",
    Stage.CLOSED: "closed",
    Stage.DECIDED: "closed",
    Stage.CANCELLED: "closed",
}
INTAKES = {
    Intake.DEADLINE: _("One deadline; all applications are compared"),
    Intake.ALWAYS: _("Always open; each application is decided by itself"),
    Intake.CUT_OFFS: _("Several cut-off dates; what came by each is compared"),
    Intake.FIRST_COME: _("First come, first served, until the money ends"),
    Intake.LOTTERY: _("One deadline; then a public draw that anybody can repeat"),
    Intake.STAGED: _("A second stage; the best of the first are invited"),
    Intake.INVITATION: _("By invitation; one deadline, all applications are compared"),
}
ACTS = {
    ActKind.EXTENSION: _("The deadline moved"),
    ActKind.CORRIGENDUM: _("Correction"),
    ActKind.SUSPENSION: _("The call was suspended"),
    ActKind.RESUMPTION: _("The call goes on"),
    ActKind.CANCELLATION: _("The call was cancelled"),
    ActKind.EARLY_CLOSURE: _("The call closed early"),
}
DECIDERS = {
    DecidedBy.ONE: _("One officer of the programme decides."),
    DecidedBy.TWO: _("Two people decide together; one alone cannot."),
    DecidedBy.EACH: _("Each of the leading partners must agree."),
}
SUPPORTS = {
    Support.FIXED: _("Fixed amount"),
    Support.MENU: _("Services with fixed prices"),
    Support.CEILING: _("Up to a ceiling"),
    Support.SHARE: _("A share of the costs"),
    Support.LUMP_SUM: _("A lump sum by country"),
    Support.PACK: _("A pack for one sum"),
    Support.NONE: _("No money is paid"),
}
REASONS = {
    Reason.NOT_PUBLISHED: _("The call has not been published."),
    Reason.NOT_OPEN_YET: _("The call has not opened yet."),
    Reason.SUSPENDED: _("The call is suspended for the moment."),
    Reason.CLOSED: _("The call has closed."),
    Reason.CANCELLED: _("The call was cancelled."),
    Reason.STILL_OPEN: _(
        "The call is still open: until its deadline everybody may correct what they sent, and "
        "nothing is assessed or decided before."
    ),
    Reason.CUT_OFF_PASSED: _(
        "The cut-off of this application has passed: it is being assessed and can no longer be "
        "changed."
    ),
}
ACTS_TO_RECORD = {
    ActKind.EXTENSION: _("Move the deadline"),
    ActKind.CORRIGENDUM: _("Publish a correction"),
    ActKind.SUSPENSION: _("Suspend the call: nothing can be sent until it goes on"),
    ActKind.RESUMPTION: _("Let the call go on"),
    ActKind.CANCELLATION: _("Cancel the call: it ends for good"),
    ActKind.EARLY_CLOSURE: _("Close the call early: nothing more can be sent"),
}
AGAINST = {
    Against.PUBLISHED_ALREADY: _("The call is published already."),
    Against.NO_TITLE: _("The call has no title."),
    Against.NO_FORM: _("The call has no form."),
    Against.NO_DEADLINE: _("The call has no deadline and is not always open."),
    Against.NOT_PUBLISHED_YET: _("The call is not published yet."),
    Against.NOT_OPEN: _("The call is not open."),
    Against.NOT_SUSPENDED: _("The call is not suspended."),
    Against.OVER: _("The call is over."),
    Against.CLOSED_EARLY: _("The call was closed early; its deadline no longer counts."),
    Against.NOT_LATER: _("The new deadline must be later than the one that holds now."),
}
STEP_KINDS = {
    StepKind.EVALUATION: _("Evaluation"),
    StepKind.RESULTS: _("Results"),
    StepKind.AGREEMENT: _("Agreements"),
    StepKind.WORK: _("Work"),
    StepKind.REPORT: _("Reports"),
    StepKind.PAYMENT: _("Payments"),
}
EARLIEST, DRAW = "earliest", "draw"
TIE_BREAKS = {
    EARLIEST: _("the application received first"),
    DRAW: _("a draw with a published seed that anybody can repeat"),
}
OVERS = {
    Over.REFUSED: _("An award that would go beyond is refused."),
    Over.CUT: _("An award that would go beyond is cut to what is left."),
}
NEXTS = {
    Next.REFUSED: _("The next one cannot be sent."),
    Next.REPLACES: _("The next one takes the place of the one sent first."),
    Next.ALL_REFUSED: _("Whoever sends more loses them all."),
    Next.BEST: _("More may be sent; only the best count."),
}
COUNTS = {
    Counts.LEAD: _("An application of several counts as one of its lead alone."),
    Counts.EACH: _("An application of several counts as one of each of its organisations."),
}
FACT_NAMES = {
    "organisation.country": reference.countries,
    "organisation.kind": reference.organisation_kinds,
    "organisation.size": reference.sizes,
    "organisation.ecosystems": reference.ecosystems,
    "organisation.nace": reference.nace,
}


def part_name(name: Mapping[str, str], fact: str, value: Iterable[object]) -> str:
    """What people call an envelope or a quota: its name, else what belongs to it."""
    if said := words.say(name).text:
        return said
    read = FACT_NAMES.get(fact)
    codes = [str(one) for one in value]
    return (
        ", ".join(reference.name_of(read(), code) for code in codes) if read else ", ".join(codes)
    )


def money_words(call: "Call") -> list[str]:
    """How the sum of an award is found, and what limits it, in sentences."""
    return [*_form_words(call), *_limit_words(call)]


def _form_words(call: "Call") -> list[str]:
    """The sentences of the forms that need more than a table of prices."""
    amount = "" if call.amount_cents is None else words.amount(call.amount_cents, call.currency)
    said = {"amount": amount, "percent": words.number(call.percent or 0)}
    found: list[str] = []
    if call.support == Support.SHARE:
        whole = gettext("%(percent)s %% of the eligible costs are paid, up to %(amount)s.")
        open_end = gettext("%(percent)s %% of the eligible costs are paid.")
        found.append((whole if amount else open_end) % said)
    if call.support == Support.LUMP_SUM:
        schemes = {scheme.code: scheme for scheme in reference.lump_schemes()}
        scheme = schemes[call.scheme]
        unit: Any = scheme.more["unit"]
        named = {"scheme": scheme.said().text, "unit": words.say(unit).text}
        found.append(gettext("A lump sum by country, %(unit)s: %(scheme)s.") % named)
        found.append(gettext("The table that holds on the day of sending counts."))
    if call.support == Support.PACK and amount:
        found.append(gettext("One sum for the whole pack: %(amount)s.") % said)
    if call.support == Support.MENU and call.most_items:
        found.append(
            ngettext(
                "An applicant may choose one of these services.",
                "An applicant may choose at most %(number)s of these services.",
                call.most_items,
            )
            % {"number": words.number(call.most_items)}
        )
    return found


def _limit_words(call: "Call") -> list[str]:
    """The sentences of the least sum and of the ceilings."""
    found: list[str] = []
    if call.least_cents is not None:
        least = words.amount(call.least_cents, call.currency)
        found.append(gettext("Less than %(amount)s is not paid.") % {"amount": least})
    ceiling = call.programme.ceiling.get("amount")
    if call.ceiling_cents is not None:
        most = words.amount(call.ceiling_cents, call.currency)
        found.append(
            gettext("One organisation gets at most %(amount)s in this call.") % {"amount": most}
        )
    if ceiling is not None and call.support != Support.NONE:
        said = {
            "amount": words.amount(cents_of(ceiling), call.currency),
            "programme": call.programme.acronym,
        }
        found.append(
            gettext(
                "One organisation gets at most %(amount)s over all calls of %(programme)s together."
            )
            % said
        )
    is_limited = call.ceiling_cents is not None or ceiling is not None
    if is_limited and call.support != Support.NONE:
        found.append(str(OVERS[Over(call.over_ceiling)]))
    return found


def number_words(call: "Call") -> list[str]:
    """With how many partners and how often an organisation applies, and what the next one meets."""
    return [*consortium_words(call), *_how_many_words(call)]


def consortium_words(call: "Call") -> list[str]:
    """How many partners apply with the lead; nothing where everybody applies alone."""
    least, most = call.consortium_least, call.consortium_most
    if most is None:
        return []
    if least:
        said = gettext("The lead applies with at least %(least)s and at most %(most)s partners.")
    else:
        said = ngettext(
            "The lead may apply with one partner.",
            "The lead may apply with up to %(most)s partners.",
            most,
        )
    found = [said % {"least": words.number(least), "most": words.number(most)}]
    found.append(gettext("Each partner confirms on this platform for itself."))
    if call.consortium_confirm:
        found.append(gettext("Nothing can be sent before all who were invited have answered."))
    if call.per_organisation is not None:
        found.append(str(COUNTS[Counts(call.consortium_counts)]))
    return found


def _how_many_words(call: "Call") -> list[str]:
    found: list[str] = []
    if call.per_organisation is not None:
        found.append(
            ngettext(
                "Each organisation may send one application to this call.",
                "Each organisation may send %(number)s applications to this call.",
                call.per_organisation,
            )
            % {"number": words.number(call.per_organisation)}
        )
        found.append(str(NEXTS[Next(call.next_application)]))
    if call.per_organisation_in_programme is not None:
        found.append(
            ngettext(
                "Over all calls of %(programme)s it may send one.",
                "Over all calls of %(programme)s it may send %(number)s.",
                call.per_organisation_in_programme,
            )
            % {
                "programme": call.programme.acronym,
                "number": words.number(call.per_organisation_in_programme),
            }
        )
    if found:
        found.append(gettext("Withdrawn ones do not count."))
    return found


VERBS: dict[str, Promise] = {
    "call.loaded": _("The call was loaded from its folder"),
    "call.published": _("The call was published"),
    "call.texts-changed": _("The texts of the call were changed"),
    "call.extension": _("The deadline was moved"),
    "call.corrigendum": _("A correction was published"),
    "call.suspension": _("The call was suspended"),
    "call.resumption": _("The call went on"),
    "call.cancellation": _("The call was cancelled"),
    "call.early-closure": _("The call was closed early"),
    "call.decided": _("The call was decided"),
}
VERB_KINDS = {"call": _("Call")}


def _act(data: Mapping[str, Any], zone: str) -> str:
    """The new deadline where there is one, and the reason that everybody reads."""
    reason = words.say(data.get("reason")).text
    if not data.get("closes_at"):
        return reason
    closes = words.moment_with_zone(datetime.fromisoformat(data["closes_at"]), zone or "UTC")
    return f"{closes}: {reason}" if reason else closes


VERB_DETAILS = {f"call.{kind.value}": _act for kind in ActKind}
