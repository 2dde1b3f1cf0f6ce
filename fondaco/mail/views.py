"""The outbox of an officer, the letter of its reader, and a demonstration's mailbox."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, require_demonstration, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import is_possible
from fondaco.kernel.texts import direction_of
from fondaco.mail import access, selectors, services
from fondaco.mail.forms import AddressForm, BounceForm, WordsForm
from fondaco.mail.models import Letter
from fondaco.mail.phrases import HELD_BACK, OCCASIONS, REASONS, STATES, TONES
from fondaco.mail.rules import Reason
from fondaco.mail.states import TABLE, Action, HeldBack, Occasion, State
from fondaco.web.lists import Column, Filter, Listed, Plan, exported, listed


def _occasion(letter: Letter) -> str | Promise:
    return OCCASIONS[Occasion(letter.occasion)] if letter.occasion else ""


def _row(letter: Letter) -> dict[str, Any]:
    """What the outbox shows of a letter."""
    state = State(letter.state)
    return {
        "letter": letter,
        "occasion": _occasion(letter),
        "state": STATES[state],
        "tone": TONES[state],
        "waits": state is State.WRITTEN,
        "lacking": sorted(services.lacking(letter)) if state is State.WRITTEN else [],
        "held_back": HELD_BACK[HeldBack(letter.held_back)] if letter.held_back else "",
    }


def _told(letter: Letter) -> str:
    """What searching looks at in a letter."""
    to = f"{letter.to} {letter.address}"
    return f"{to} {letter.subject} {letter.subject_code} {letter.code} {_occasion(letter)}"


COLUMNS = {
    "code": Column(gettext_lazy("Number"), cell=lambda one: one.code, is_shown=False),
    "chosen": Column(gettext_lazy("Chosen"), is_seen=False),
    "to": Column(gettext_lazy("To"), ["to__name"], lambda one: one.to),
    "address": Column(gettext_lazy("Address"), cell=lambda one: one.address, is_shown=False),
    "state": Column(gettext_lazy("State"), ["state"], lambda one: STATES[State(one.state)]),
    "written": Column(gettext_lazy("Written"), ["written_at"], lambda one: one.written_at),
    "subject": Column(gettext_lazy("Letter"), ["subject"], lambda one: one.subject),
    "subject_code": Column(
        gettext_lazy("About"), cell=lambda one: one.subject_code, is_shown=False
    ),
    "occasion": Column(gettext_lazy("Occasion"), cell=_occasion, is_shown=False),
    "released": Column(gettext_lazy("Released"), cell=lambda one: one.released_at, is_shown=False),
    "sent": Column(gettext_lazy("Sent"), cell=lambda one: one.sent_at, is_shown=False),
    "error": Column(gettext_lazy("Error"), cell=lambda one: one.error, is_shown=False),
}
FILTERS = (
    Filter(
        "occasion",
        gettext_lazy("Occasion"),
        [(key.value, word) for key, word in OCCASIONS.items()],
        "occasion",
    ),
    Filter(
        "state", gettext_lazy("State"), [(key.value, word) for key, word in STATES.items()], "state"
    ),
)


def _listed(request: PersonRequest, call: str) -> Listed:
    """The letters of a call that the address asks for."""
    plan = Plan(f"{call}-letters", COLUMNS, _told, FILTERS, first="-written")
    at = reverse("mail:outbox-csv", args=[call])
    return listed(request, selectors.outbox_of(call), plan, export_at=at)


@require_safe
@signed_in
def outbox(request: PersonRequest, call: str) -> HttpResponse:
    """The letters of a call."""
    programme = access.office_of(request.user, call)
    shown = _listed(request, call)
    counts = selectors.letters_by_state(call)
    occasion = shown.chosen["occasion"]
    context = {
        "call": call,
        "programme": programme,
        "list": shown,
        "rows": [_row(letter) for letter in shown.page],
        "occasion": occasion,
        "waiting": selectors.number_waiting(call, occasion),
        "states": [(STATES[State(state)], number) for state, number in sorted(counts.items())],
    }
    return render(request, "mail/outbox.html", context)


@require_safe
@signed_in
def outbox_csv(request: PersonRequest, call: str) -> HttpResponse:
    """The letters that the outbox shows, as a table."""
    access.office_of(request.user, call)
    return exported(_listed(request, call))


@require_POST
@signed_in
def release(request: PersonRequest, call: str) -> HttpResponse:
    """Release the ticked letters, those of an occasion, or all that wait; asked once, counted."""
    programme = access.office_of(request.user, call)
    letters = list(_wanted(request.POST, call))
    if not letters:
        messages.warning(request, _("No letter was chosen that still waits."))
        return redirect("mail:outbox", call=call)
    if "sure" not in request.POST:
        context = {"call": call, "programme": programme, "rows": [_row(row) for row in letters]}
        return render(request, "mail/release.html", context)
    number = services.release_letters(
        [letter.pk for letter in letters], by=request.user, at=request.received_at
    )
    words = ngettext("%(number)s letter was released.", "%(number)s letters were released.", number)
    messages.success(request, words % {"number": number})
    return redirect("mail:outbox", call=call)


def _wanted(asked: QueryDict, call: str) -> QuerySet[Letter]:
    if asked.get("which") == "all":
        return selectors.waiting_letters(call, asked.get("occasion", ""))
    return selectors.chosen_letters(call, asked.getlist("letters"))


@require_safe
@signed_in
def preview(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """A letter as its reader will see it, and what an officer can do with it."""
    letter = access.letter_in_office(request.user, call, code)
    return _previewed(request, letter)


def _previewed(request: PersonRequest, letter: Letter, bound: Form | None = None) -> HttpResponse:
    """The page of a letter in the office; `bound` is a form that came back with mistakes."""
    forms: dict[type[Form], Form] = {
        WordsForm: WordsForm(initial={"subject": letter.subject, "body": letter.body}),
        BounceForm: BounceForm(),
        AddressForm: AddressForm(initial={"address": letter.address}),
    }
    if bound is not None:
        forms[type(bound)] = bound
    context = {
        **_row(letter),
        "call": letter.call,
        "body": selectors.body_before_release(letter),
        "counted": sorted(letter.counted),
        "direction": direction_of(letter.language),
        "words_form": forms[WordsForm],
        "bounce_form": forms[BounceForm],
        "address_form": forms[AddressForm],
        "wrong": bound,
        "can_bounce": is_possible(TABLE, Action.BOUNCE, letter.state),
        "can_again": is_possible(TABLE, Action.RETRY, letter.state),
    }
    return render(request, "mail/preview.html", context, status=200 if bound is None else 422)


def _refused(request: PersonRequest, refusal: Refused) -> None:
    for reason in refusal.reasons:
        messages.error(request, str(REASONS[Reason(reason)]))


@require_POST
@signed_in
def rewrite(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Put the words of a waiting letter right."""
    letter = access.letter_in_office(request.user, call, code)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _previewed(request, letter, form)
    try:
        services.rewrite_letter(
            letter.pk, **form.cleaned_data, by=request.user, at=request.received_at
        )
        messages.success(request, _("The letter has its new words."))
    except Refused as refusal:
        _refused(request, refusal)
    return redirect("mail:preview", call=call, code=code)


@require_POST
@signed_in
def discard(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Never send a waiting letter."""
    letter = access.letter_in_office(request.user, call, code)
    if "sure" not in request.POST:
        context = {**_row(letter), "call": call, "direction": direction_of(letter.language)}
        return render(request, "mail/discard.html", context)
    try:
        services.discard_letter(letter.pk, by=request.user, at=request.received_at)
        messages.success(request, _("The letter was discarded."))
    except Refused as refusal:
        _refused(request, refusal)
    return redirect("mail:preview", call=call, code=code)


@require_POST
@signed_in
def bounce(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Record that a letter came back."""
    letter = access.letter_in_office(request.user, call, code)
    form = BounceForm(request.POST)
    if not form.is_valid():
        return _previewed(request, letter, form)
    try:
        services.record_bounce(
            letter.pk, **form.cleaned_data, by=request.user, at=request.received_at
        )
        messages.success(request, _("It is recorded that the letter came back."))
    except Refused as refusal:
        _refused(request, refusal)
    return redirect("mail:preview", call=call, code=code)


@require_POST
@signed_in
def again(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Send a letter that did not arrive once more."""
    letter = access.letter_in_office(request.user, call, code)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _previewed(request, letter, form)
    try:
        services.send_again(letter.pk, **form.cleaned_data, by=request.user, at=request.received_at)
        messages.success(request, _("The letter is on its way again."))
    except Refused as refusal:
        _refused(request, refusal)
    return redirect("mail:preview", call=call, code=code)


@require_safe
@signed_in
def letter(request: PersonRequest, code: str) -> HttpResponse:
    """A letter, for its reader."""
    kept = access.letter_for(request.user, code)
    context = {"letter": kept, "occasion": _occasion(kept)}
    return render(
        request, "mail/letter.html", {**context, "direction": direction_of(kept.language)}
    )


MAILBOX = Plan(
    "mailbox",
    {
        "to": Column(gettext_lazy("To"), ["to"], lambda message: message.to),
        "subject": Column(gettext_lazy("Subject"), ["subject"], lambda message: message.subject),
        "sent": Column(gettext_lazy("Sent"), ["at"], lambda message: message.at),
    },
    lambda message: f"{message.to} {message.subject}",
    first="-sent",
    has_head=False,
)


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What a demonstration sent, on the machine it runs on."""
    require_demonstration(request)
    shown = listed(request, selectors.mailbox(), MAILBOX)
    if shown.wants_csv:
        return exported(shown)
    return render(request, "mail/mailbox.html", {"list": shown})
