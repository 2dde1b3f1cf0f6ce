"""The outbox of an officer, the letter of its reader, and a demonstration's mailbox."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, require_demonstration, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.kernel.plain import plain
from fondaco.kernel.states import is_possible
from fondaco.kernel.texts import direction_of
from fondaco.mail import access, selectors, services
from fondaco.mail.forms import AddressForm, BounceForm, OutboxForm, WordsForm
from fondaco.mail.models import Letter
from fondaco.mail.phrases import OCCASIONS, REASONS, STATES, TONES
from fondaco.mail.rules import Reason
from fondaco.mail.states import TABLE, Action, Occasion, State
from fondaco.web.downloads import text_attachment, without_formula

PAGE = 25


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
    }


def _filters(form: OutboxForm, asked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": form.fields[name].label,
            "choices": list(form.fields[name].choices),  # type: ignore[attr-defined]
            "chosen": asked[name],
        }
        for name in ("occasion", "state")
    ]


def _headings(asked: dict[str, str]) -> list[dict[str, str]]:
    """The columns that sort, each with the address of its other order."""
    words = {"to": _("To"), "state": _("State"), "written": _("Written")}
    headings = []
    for name, label in words.items():
        is_up = asked["sort"] == name
        query = urlencode({**asked, "sort": f"-{name}" if is_up else name})
        way = {name: "ascending", f"-{name}": "descending"}.get(asked["sort"], "")
        headings.append({"label": label, "url": f"?{query}", "sorted": way})
    return headings


@require_safe
@signed_in
def outbox(request: PersonRequest, call: str) -> HttpResponse:
    """The letters of a call."""
    programme = access.office_of(request.user, call)
    form = OutboxForm(request.GET)
    asked = form.asked()
    page = Paginator(selectors.outbox_of(call, **asked), PAGE).get_page(request.GET.get("page"))
    counts = selectors.letters_by_state(call)
    said = {name: word for name, word in asked.items() if word}
    context = {
        "call": call,
        "programme": programme,
        "page": page,
        "rows": [_row(letter) for letter in page.object_list],
        "filters": _filters(form, asked),
        "headings": _headings(asked),
        "search": asked["search"],
        "occasion": asked["occasion"],
        "waiting": selectors.number_waiting(call, asked["occasion"]),
        "states": [(STATES[State(state)], number) for state, number in sorted(counts.items())],
        "query": f"&{urlencode(said)}" if said else "",
        "export": urlencode(said),
    }
    return render(request, "mail/outbox.html", context)


@require_safe
@signed_in
def outbox_csv(request: PersonRequest, call: str) -> HttpResponse:
    """The letters that the outbox shows, as a table."""
    access.office_of(request.user, call)
    table = io.StringIO()
    writer = csv.writer(table)
    names = ("code", "to", "address", "subject_code", "subject")
    moments = ("written_at", "released_at", "sent_at")
    writer.writerow([*names, "occasion", "state", *moments, "error"])
    for letter in selectors.outbox_of(call, **OutboxForm(request.GET).asked()):
        cells = [getattr(letter, name) for name in names]
        words = [_occasion(letter), STATES[State(letter.state)]]
        dated = [plain(getattr(letter, name)) for name in moments]
        writer.writerow([without_formula(cell) for cell in (*cells, *words, *dated, letter.error)])
    return text_attachment("\ufeff" + table.getvalue(), f"{call}-letters.csv", "text/csv")


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


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What a demonstration sent, on the machine it runs on."""
    require_demonstration(request)
    page = Paginator(selectors.mailbox(), PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/mailbox.html", {"page": page})
