"""The words of an evaluation, by what they speak of; callers name what they want of the package."""

from fondaco.evaluation.phrases.marks import (
    SCORE_WORDS,
    exact_in_words,
    figure,
)
from fondaco.evaluation.phrases.missing import (
    awaited_in_words,
    unplaced_in_words,
)
from fondaco.evaluation.phrases.reasons import (
    BARS,
    FAULTS,
    OBJECTIONS,
    OTHERS,
    REASONS,
    STOPS,
    TIES,
    Words,
    fault,
    reason,
)
from fondaco.evaluation.phrases.states import (
    ASSIGNMENT_STATES,
    ASSIGNMENT_TONES,
    DECISION_STATES,
    DECISION_TONES,
    GROUP_TONES,
    GROUPS,
    REDRESS_ACTIONS,
    REDRESS_STATES,
    REDRESS_TONES,
)
from fondaco.evaluation.phrases.steps import (
    SAYERS,
    TIE_ORDERS,
    Speaker,
    step_in_words,
    steps_in_words,
)
from fondaco.evaluation.phrases.story import (
    EVALUATION_NAMED,
    PANEL_NAMED,
    RANKING_NAMED,
    VERB_DETAILS,
    VERB_KINDS,
    VERBS,
)

__all__ = [
    "ASSIGNMENT_STATES",
    "ASSIGNMENT_TONES",
    "BARS",
    "DECISION_STATES",
    "DECISION_TONES",
    "EVALUATION_NAMED",
    "FAULTS",
    "GROUPS",
    "GROUP_TONES",
    "OBJECTIONS",
    "OTHERS",
    "PANEL_NAMED",
    "RANKING_NAMED",
    "REASONS",
    "REDRESS_ACTIONS",
    "REDRESS_STATES",
    "REDRESS_TONES",
    "SAYERS",
    "SCORE_WORDS",
    "STOPS",
    "TIES",
    "TIE_ORDERS",
    "VERBS",
    "VERB_DETAILS",
    "VERB_KINDS",
    "Speaker",
    "Words",
    "awaited_in_words",
    "exact_in_words",
    "fault",
    "figure",
    "reason",
    "step_in_words",
    "steps_in_words",
    "unplaced_in_words",
]
