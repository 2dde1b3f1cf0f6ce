"""What marks mean, and how scores are read."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from fondaco.evaluation.phrases.reasons import Words
from fondaco.evaluation.rules.replay import rounded
from fondaco.web import words

SCORE_WORDS: tuple[tuple[int, Words, Words], ...] = (
    (0, _("Cannot be judged"), _("The answer misses the question, or too much is not said.")),
    (1, _("Poor"), _("The question is hardly answered, or there are grave weaknesses.")),
    (2, _("Fair"), _("Answered in outline, with serious weaknesses.")),
    (3, _("Good"), _("Answered well, with several weaknesses.")),
    (4, _("Very good"), _("Answered very well, with a few small weaknesses.")),
    (5, _("Excellent"), _("Everything asked for is answered; what is missing does not matter.")),
)


def figure(exact: str | int) -> str:
    """An exact number as people read it, two decimals at most."""
    return words.number(rounded(str(exact)) or Decimal(0))


def exact_in_words(exact: str | None) -> str:
    """A score: as a decimal, and as the exact fraction where the decimal is cut."""
    if exact is None:
        return ""
    value = Fraction(exact)
    shown = figure(exact)
    return shown if value.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100) else f"≈ {shown}"
