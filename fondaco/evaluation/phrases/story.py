"""The words of an evaluation in the trail: names of things, kinds and verbs."""

from django.utils.translation import gettext_lazy as _

from fondaco.evaluation.phrases.reasons import Words

EVALUATION_NAMED = _("Evaluation of %(number)s")
PANEL_NAMED = _("Panel")
RANKING_NAMED = _("Ranking %(number)s")
VERB_KINDS = {
    "panel": _("Panel"),
    "assignment": _("Evaluations"),
    "ranking": _("Ranking"),
    "draw": _("Draws"),
    "decision": _("Decisions"),
    "redress": _("Redress"),
}
VERB_DETAILS = {
    "decision.dropped": lambda data, zone: str(data["why"]),
    "draw.frozen": lambda data, zone: str(data["fingerprint"]),
    "draw.drawn": lambda data, zone: str(data["seed"]),
}
VERBS: dict[str, Words] = {
    "panel.seated": _("An evaluator was put on the panel"),
    "panel.unseated": _("An evaluator left the panel"),
    "assignment.made": _("A file was given to an evaluator"),
    "assignment.accepted": _("An evaluator declared no conflict and accepted the file"),
    "assignment.conflict-declared": _("An evaluator gave the file back for a conflict"),
    "assignment.locked": _("An evaluator locked the marks"),
    "assignment.reopened": _("An officer reopened locked marks"),
    "assignment.released": _("A file was taken back"),
    "assignment.given-back": _("A file was given back: the decision it was taken for is given up"),
    "ranking.made": _("A ranking was made"),
    "draw.frozen": _("The list of a draw was published"),
    "draw.drawn": _("The seed of a draw was taken"),
    "decision.proposed": _("A decision was proposed"),
    "decision.approved": _("Somebody said yes to the decision"),
    "decision.confirmed": _("The decision was confirmed"),
    "decision.dropped": _("The decision was given up"),
    "decision.reopened": _("Redress opened the decision on an application again"),
    "redress.asked": _("Redress was asked for"),
    "redress.withdrawn": _("The request for redress was taken back"),
    "redress.answered": _("A request for redress was answered"),
    "decision.renounced": _("An applicant withdrew and renounced what was awarded or kept ready"),
}
