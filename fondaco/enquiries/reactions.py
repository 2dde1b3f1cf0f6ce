"""What enquiries does when something was recorded: letters to those who asked."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fondaco.directory.models import Person
from fondaco.enquiries import selectors
from fondaco.enquiries.access import may_read_story
from fondaco.enquiries.models import Enquiry
from fondaco.enquiries.services import forget_person
from fondaco.kernel.told import told_about_person
from fondaco.mail.selectors import template_for
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
from fondaco.trail.models import Entry
from fondaco.trail.services import joins_story, names_things, on, tells_story
from fondaco.web import words


@on("enquiry.published")
def tell_of_answer(entry: Entry) -> None:
    """Whoever asked it, or asked the same, gets the answer at once; a new version too."""
    enquiry = selectors.enquiry_named(entry.subject)
    if enquiry is not None:
        _answer(enquiry, (enquiry, *enquiry.joined.all()), entry)


@on("enquiry.joined")
def tell_of_answer_before(entry: Entry) -> None:
    """Whoever asked what was answered already gets that answer."""
    asked = selectors.enquiry_named(entry.subject)
    enquiry = selectors.enquiry_named(str(entry.data["same_as"]))
    if asked is not None and enquiry is not None and enquiry.versions.all():
        _answer(enquiry, (asked,), entry)


@on("enquiry.refused")
def tell_of_refusal(entry: Entry) -> None:
    """Whoever asked for what nobody may say is told so in the words of the rule."""
    enquiry = selectors.enquiry_named(entry.subject)
    if enquiry is None or enquiry.by is None:
        return
    _write(enquiry.by, enquiry, Occasion.QUESTION_REFUSED, entry, subject=enquiry.code)


def _answer(enquiry: Enquiry, asked: Iterable[Enquiry], entry: Entry) -> None:
    """The answer to each who asked; nobody has it twice."""
    number = len(enquiry.versions.all())
    people = {one.by.pk: one.by for one in asked if one.by is not None}
    for _pk, person in sorted(people.items()):
        subject = f"{enquiry.code}.{number}"
        _write(person, enquiry, Occasion.ANSWER_PUBLISHED, entry, subject=subject)


def _write(
    person: Person, enquiry: Enquiry, occasion: Occasion, entry: Entry, *, subject: str
) -> None:
    """A letter that goes out at once, in the language of its words."""
    call = enquiry.call
    template = template_for(call.programme, call.code, occasion, person.language)
    with translation.override(template.language if template else person.language):
        said = _words_of(person, enquiry, entry)
    write_letter(
        programme=call.programme,
        call=call.code,
        occasion=occasion,
        to=person,
        subject_code=subject,
        words=said,
        at=entry.at,
        is_released=True,
        zone=call.zone,
    )


def _words_of(person: Person, enquiry: Enquiry, entry: Entry) -> dict[str, str]:
    """The placeholders, in the language that is active."""
    call = enquiry.call
    last = max(enquiry.versions.all(), key=lambda one: one.number, default=None)
    page = reverse("enquiries:answers", args=[call.code])
    place = f"#{enquiry.code}" if last else ""
    return {
        "person": person.name,
        "call": words.say(call.title).text,
        "programme": call.programme.acronym,
        "date": words.moment_with_zone(entry.at, call.zone),
        "question": words.say(last.question).text if last else enquiry.asked,
        "answer": words.say(last.answer).text if last else "",
        "reasons": words.say(enquiry.refused_in).text,
        "address": f"{settings.ADDRESS}{page}{place}",
    }


def _erase(person_id: int) -> list[str]:
    """Questions stay without whoever asked; what was published never had a name."""
    asked = forget_person(person_id)
    return [_("Questions about calls stay, without your name and your words.")] if asked else []


tells_story("Q-", may_read_story)
joins_story("call", selectors.entries_about_enquiries_of)
names_things(selectors.enquiries_named)
told_about_person("enquiries", tell=selectors.told_about, erase=_erase)
