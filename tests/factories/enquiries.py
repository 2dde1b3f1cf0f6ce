"""Questions about calls, asked and answered; all invented."""

from collections.abc import Sequence
from typing import Any

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.enquiries import services
from fondaco.enquiries.models import Enquiry
from fondaco.enquiries.selectors import languages_of
from tests.factories.applications import open_call
from tests.factories.directory import AT, PersonFactory

RULE = {
    "ask_until": 5,
    "answer_until": 3,
    "answer_within": 4,
    "refusal": {"en": "Nobody can give a prior opinion."},
}


ABROAD = "May partners be abroad?"
TOLD = {
    (ABROAD, "fr"): "Les partenaires peuvent-ils être à l'étranger ?",
    (ABROAD, "ar"): "هل يمكن أن يكون الشركاء في الخارج؟",
}


def asked_call(**more: Any) -> Call:
    """An open call that takes questions until five days before its deadline."""
    return open_call(**{"question_rule": RULE} | more)


def enquired(call: Call, *, asked: str = ABROAD, **more: Any) -> Enquiry:
    """A question about the call that waits for its office."""
    number = Enquiry.objects.filter(call=call).count() + 1
    code = f"Q-{Enquiry.objects.count() + 1:08}"
    given = {"code": code, "number": number, "language": "en", "at": AT}
    by = more.pop("by", None) or PersonFactory()
    return Enquiry.objects.create(call=call, asked=asked, by=by, **given | more)


def answered_by(
    enquiry: Enquiry,
    officers: Sequence[Person],
    *,
    steps: int,
    languages: Sequence[str] | None = None,
    answer: str = "Yes.",
) -> Enquiry:
    """The question so many steps on: drafted, approved by the second officer, published."""
    languages = languages or languages_of(enquiry.call)
    said = {
        "question": {one: TOLD.get((enquiry.asked, one), enquiry.asked) for one in languages},
        "answer": dict.fromkeys(languages, answer),
    }
    first, second = officers
    acts = [
        lambda: services.draft_answer(enquiry.pk, **said, by=first, at=enquiry.at),
        lambda: services.approve_answer(enquiry.pk, by=second, at=enquiry.at),
        lambda: services.publish_answer(enquiry.pk, by=first, at=enquiry.at),
    ]
    for act in acts[:steps]:
        act()
    enquiry.refresh_from_db()
    return enquiry
