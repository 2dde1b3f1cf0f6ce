"""The words of an evaluation in templates."""

from django import template

from fondaco.evaluation import phrases
from fondaco.evaluation.models import Redress
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.selectors.redress import ground_said as ground_of
from fondaco.evaluation.states import AssignmentState, DecisionState, Group, RedressState
from fondaco.web import words

register = template.Library()


@register.filter
def assignment_said(state: str) -> phrases.Words:
    """Where a file stands."""
    return phrases.ASSIGNMENT_STATES[AssignmentState(state)]


@register.filter
def assignment_tone(state: str) -> str:
    """The colour of where a file stands."""
    return phrases.ASSIGNMENT_TONES[AssignmentState(state)]


@register.filter
def decision_said(state: str) -> phrases.Words:
    """Where a decision stands."""
    return phrases.DECISION_STATES[DecisionState(state)]


@register.filter
def decision_tone(state: str) -> str:
    """The colour of where a decision stands."""
    return phrases.DECISION_TONES[DecisionState(state)]


@register.filter
def group_said(group: str) -> phrases.Words:
    """Where an application was put."""
    return phrases.GROUPS[Group(group)]


@register.filter
def group_tone(group: str) -> str:
    """The colour of where an application was put."""
    return phrases.GROUP_TONES[Group(group)]


@register.filter
def redress_said(state: str) -> phrases.Words:
    """Where a request for redress stands."""
    return phrases.REDRESS_STATES[RedressState(state)]


@register.filter
def redress_tone(state: str) -> str:
    """The colour of where a request for redress stands."""
    return phrases.REDRESS_TONES[RedressState(state)]


@register.filter
def ground_said(redress: Redress) -> str:
    """The ground of a request, in the words of its call."""
    return words.say(ground_of(redress)).text


@register.filter
def tie_said(tie: str) -> phrases.Words:
    """How an evaluator and an applicant are tied."""
    return phrases.TIES[Tie(tie)]
