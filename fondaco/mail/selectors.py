"""Reading templates and letters."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from fondaco.kernel.plain import plain
from fondaco.kernel.texts import direction_of
from fondaco.mail.models import Letter, LetterTemplate, MailboxMessage
from fondaco.mail.phrases import days_from_release
from fondaco.mail.rules import Envelope, filled_as_known, plain_text_of
from fondaco.mail.states import TOLD, Occasion, State
from fondaco.programmes.models import Programme
from fondaco.web import reference


def template_for(
    programme: Programme, call: str, occasion: str, language: str
) -> LetterTemplate | None:
    """The words of the call, else of the programme, in that language, else in the first.

    Where the programme has none for the occasion, the platform may have its own.
    """
    kept = list(
        programme.letter_templates.filter(occasion=occasion, call__in=["", call]).order_by(
            "language"
        )
    )
    order = [language, *programme.languages]

    def rank(template: LetterTemplate) -> tuple[int, bool]:
        place = order.index(template.language) if template.language in order else len(order)
        return place, template.call != call

    return min(kept, key=rank, default=None) or _own_template(programme, occasion, order)


def _own_template(
    programme: Programme, occasion: str, order: Sequence[str]
) -> LetterTemplate | None:
    """What the platform says itself on the occasion; no row of the database."""
    said = reference.letters().get(occasion, {})
    language = next((one for one in (*order, "en") if one in said), None)
    if language is None:
        return None
    words = {name: said[language][name].strip() for name in ("subject", "body")}
    return LetterTemplate(programme=programme, occasion=occasion, language=language, **words)


def own_words(occasion: str, language: str) -> tuple[str, str, str]:
    """What the platform says itself on an occasion: the language it is in, subject and body."""
    said = reference.letters()[occasion]
    spoken = next(one for one in (language, "en") if one in said)
    return spoken, said[spoken]["subject"].strip(), said[spoken]["body"].strip()


def news_written(subject_code: str, occasion: str, address: str) -> Letter | None:
    """The letter that this address already has on that occasion."""
    rows = Letter.objects.filter(subject_code=subject_code, occasion=occasion, address=address)
    return rows.first()


def letter_written(subject_code: str, occasion: str, to_id: int) -> Letter | None:
    """The letter that person already has on that occasion; a discarded one does not count."""
    written = Letter.objects.filter(subject_code=subject_code, occasion=occasion, to_id=to_id)
    return written.exclude(state=State.DISCARDED).first()


def letters_told(subject_code: str, occasions: Sequence[Occasion]) -> QuerySet[Letter]:
    """The letters about a thing that stand in the portal, oldest first: windows count from them."""
    told = Letter.objects.filter(subject_code=subject_code, occasion__in=occasions, state__in=TOLD)
    return told.order_by("released_at", "pk")


def letters_about(subject_code: str, person_id: int) -> QuerySet[Letter]:
    """What stands in the portal about a thing for a person, newest first."""
    return letters_to(person_id).filter(subject_code=subject_code)


def told_among(subject_codes: Iterable[str], occasions: Iterable[str]) -> set[tuple[str, str]]:
    """Which things have a letter in the portal on which of the occasions."""
    told = Letter.objects.filter(
        subject_code__in=list(subject_codes), occasion__in=list(occasions), state__in=TOLD
    )
    return set(told.order_by().values_list("subject_code", "occasion").distinct())


def letters_to(person_id: int) -> QuerySet[Letter]:
    """What stands in the portal for a person, newest first."""
    told = Letter.objects.filter(to_id=person_id, state__in=TOLD)
    return told.select_related("programme").order_by("-released_at", "-pk")


def locked_letters(ids: Iterable[int]) -> list[Letter]:
    """For services only: the rows are ours, in key order, until the transaction ends."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("programme")
    return list(rows.filter(pk__in=list(ids)).order_by("pk"))


def locked_letter(pk: int) -> Letter:
    """For services only: the row is ours until the transaction ends."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=pk)


def locked_due_letters(at: datetime, most: int) -> list[Letter]:
    """For services only: letters whose turn has come, without those another worker holds."""
    due = Letter.objects.filter(state=State.RELEASED, due_at__lte=at).order_by("due_at", "pk")
    can_skip = connection.features.has_select_for_update_skip_locked
    rows = due.select_for_update(of=("self",), skip_locked=True) if can_skip else due
    return list(rows[:most])


def outbox_of(call: str) -> QuerySet[Letter]:
    """The letters of a call, the last written first."""
    letters = Letter.objects.filter(call=call).select_related("to", "released_by")
    return letters.order_by("-written_at", "-pk")


def waiting_about(subject_code: str, occasions: Iterable[str]) -> list[int]:
    """The letters about a thing on these occasions that wait for an officer."""
    rows = Letter.objects.filter(
        subject_code=subject_code, occasion__in=list(occasions), state=State.WRITTEN
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def letters_by_state(call: str) -> dict[str, int]:
    """How many letters of a call stand where."""
    rows = Letter.objects.filter(call=call).order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def waiting_letters(call: str, occasion: str = "") -> QuerySet[Letter]:
    """The letters of a call, or those of one occasion, that wait for an officer."""
    waiting = Letter.objects.filter(call=call, state=State.WRITTEN).select_related("to")
    return (waiting.filter(occasion=occasion) if occasion else waiting).order_by("pk")


def number_waiting(call: str, occasion: str = "") -> int:
    """How many letters wait for an officer."""
    return waiting_letters(call, occasion).count()


def chosen_letters(call: str, codes: Sequence[str]) -> QuerySet[Letter]:
    """The letters that an officer ticked, as far as they belong to the call and still wait."""
    return waiting_letters(call).filter(code__in=codes)


def language_of(letter: Letter) -> str:
    """The language of the words that the platform adds to a letter."""
    return letter.language if letter.language in dict(settings.LANGUAGES) else "en"


def body_before_release(letter: Letter) -> str:
    """The words of a letter, with what is counted from its release said as a number of days."""
    with translation.override(language_of(letter)):
        said = {name: days_from_release(days) for name, days in letter.counted.items()}
    return filled_as_known(letter.body, said)


def envelope_of(letter: Letter) -> Envelope:
    """The letter as the mail server is given it, with a text and an HTML part."""
    with translation.override(language_of(letter)):
        portal = settings.ADDRESS + reverse("mail:letter", args=[letter.code])
        said = {
            "letter": letter,
            "direction": direction_of(letter.language),
            "text": plain_text_of(letter.body),
            "address": portal if letter.to_id else "",
        }
        return Envelope(
            code=letter.code,
            address=letter.address,
            subject=letter.subject,
            text=render_to_string("mail/email.txt", said),
            html=render_to_string("mail/email.html", said),
            message_id=letter.message_id,
            language=letter.language,
            unsubscribe=letter.unsubscribe,
        )


def mailbox() -> QuerySet[MailboxMessage]:
    """What a demonstration sent, newest first."""
    return MailboxMessage.objects.order_by("-pk")


def told_about(person_id: int) -> object:
    """Every letter to a person that stands in the portal, with its words."""
    names = ("code", "occasion", "subject", "body", "address", "state", "released_at", "sent_at")
    return plain(list(letters_to(person_id).values(*names)))


# Stories


def entries_about_letters_of(call: str) -> Q:
    """What happened to the letters of a call."""
    letters = Letter.objects.filter(call=call)
    return Q(verb__startswith="letter.", subject__in=letters.values("code"))


def entries_about_letters_on(application: str) -> Q:
    """What happened to the letters about an application, its receipts and its requests."""
    about = Q(subject_code=application)
    for mark in (".", "-"):
        about |= Q(subject_code__startswith=f"{application}{mark}")
    letters = Letter.objects.filter(about)
    return Q(verb__startswith="letter.", subject__in=letters.values("code"))
