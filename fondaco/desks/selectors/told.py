"""What the page of a call tells of its news and of questions about it."""

from datetime import datetime

from fondaco.calls.models import Call
from fondaco.enquiries.selectors import terms_for
from fondaco.news.rules.following import ANSWER, PUBLISHED
from fondaco.news.selectors.items import items_of

MOST_ANSWERS = 3
"""So many answers stand among the news of a call; all of them have a page of their own."""


def told_of(call: Call, *, at: datetime) -> dict[str, object]:
    """The news of a call, the newest first, and whether one may ask about it."""
    items = [item for item in items_of(call, at=at) if item.kind != PUBLISHED]
    answers = [item for item in items if item.kind == ANSWER]
    hidden = {item.code for item in answers[MOST_ANSWERS:]}
    return {
        "news": [item for item in items if item.code not in hidden],
        "answered": len(answers),
        "takes_questions": terms_for(call, at=at).takes_questions,
    }
