"""The words of states and groups, and the tone in which each is shown."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.evaluation.phrases.reasons import Words
from fondaco.evaluation.states import (
    AssignmentState,
    DecisionState,
    Group,
    RedressAction,
    RedressState,
)

ASSIGNMENT_STATES: dict[AssignmentState, Words] = {
    AssignmentState.ASSIGNED: _("To be accepted"),
    AssignmentState.ACCEPTED: _("In work"),
    AssignmentState.CONFLICTED: _("Given back for a conflict"),
    AssignmentState.LOCKED: pgettext_lazy("marks", "Locked"),
    AssignmentState.RELEASED: _("Taken back"),
}
ASSIGNMENT_TONES = {
    AssignmentState.ASSIGNED: "soon",
    AssignmentState.ACCEPTED: "told",
    AssignmentState.CONFLICTED: "late",
    AssignmentState.LOCKED: "open",
    AssignmentState.RELEASED: "neutral",
}
DECISION_STATES: dict[DecisionState, Words] = {
    DecisionState.PROPOSED: pgettext_lazy("decision", "Proposed"),
    DecisionState.CONFIRMED: pgettext_lazy("decision", "Confirmed"),
    DecisionState.DROPPED: pgettext_lazy("decision", "Given up"),
}
DECISION_TONES = {
    DecisionState.PROPOSED: "soon",
    DecisionState.CONFIRMED: "open",
    DecisionState.DROPPED: "neutral",
}
REDRESS_STATES: dict[RedressState, Words] = {
    RedressState.ASKED: pgettext_lazy("redress", "Waits for an answer"),
    RedressState.WITHDRAWN: pgettext_lazy("redress", "Taken back"),
    RedressState.INADMISSIBLE: pgettext_lazy("redress", "Not admissible"),
    RedressState.DISMISSED: pgettext_lazy("redress", "The decision stands"),
    RedressState.UPHELD: pgettext_lazy("redress", "To be decided anew"),
}
REDRESS_TONES = {
    RedressState.ASKED: "soon",
    RedressState.WITHDRAWN: "neutral",
    RedressState.INADMISSIBLE: "late",
    RedressState.DISMISSED: "neutral",
    RedressState.UPHELD: "open",
}
REDRESS_ACTIONS: dict[RedressAction, Words] = {
    RedressAction.WITHDRAW: _("Take the request back"),
    RedressAction.FIND_INADMISSIBLE: _("Not admissible: too late, or no ground that the call has"),
    RedressAction.DISMISS: _("Admissible, but no mistake was found: the decision stands"),
    RedressAction.UPHOLD: _("A mistake was made: the decision on this application is opened again"),
}
GROUPS: dict[Group, Words] = {
    Group.AWARDED: _("Awarded"),
    Group.RESERVE: _("Reserve list"),
    Group.NOT_FUNDED: _("Good, but not funded"),
    Group.BELOW_THRESHOLD: _("Below a threshold"),
    Group.NOT_ELIGIBLE: _("Not eligible"),
    Group.NOT_ASSESSED: _("Not assessed yet"),
}
GROUP_TONES = {
    Group.AWARDED: "open",
    Group.RESERVE: "soon",
    Group.NOT_FUNDED: "neutral",
    Group.BELOW_THRESHOLD: "late",
    Group.NOT_ELIGIBLE: "late",
    Group.NOT_ASSESSED: "neutral",
}
