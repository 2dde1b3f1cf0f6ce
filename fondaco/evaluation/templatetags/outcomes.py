"""What an applicant is told of an evaluation, as a part of other pages."""

from django import template
from django.template.context import RequestContext

from fondaco.applications.models import Application
from fondaco.calls.states import Scale
from fondaco.evaluation import phrases
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules.marks import HIGHEST_WORD
from fondaco.evaluation.rules.redress import is_late
from fondaco.evaluation.selectors.outcomes import Feedback, feedback_for, told_under
from fondaco.evaluation.selectors.redress import redress_codes, redress_desk
from fondaco.evaluation.states import Group, RedressState
from fondaco.mail.models import Letter
from fondaco.mail.selectors import letters_about
from fondaco.web import words

register = template.Library()


def _lines(application: Application, feedback: Feedback) -> list[dict[str, object]]:
    """The criteria in the order of the grid, with the mean mark and the comments."""
    by_code = {line.criterion: line for line in feedback.criteria}
    found = []
    for criterion in application.call.criteria.all():
        line = by_code.get(criterion.code)
        if line is None:
            continue
        is_words = application.call.scale == Scale.ZERO_TO_FIVE
        most = HIGHEST_WORD if is_words else criterion.points
        found.append(
            {
                "name": words.say(criterion.name),
                "mean": "" if line.mean is None else words.number(round(line.mean, 2)),
                "most": words.number(most) if most else "",
                "comments": line.comments,
            }
        )
    return found


@register.inclusion_tag("evaluation/_outcome.html", takes_context=True)
def outcome_for(context: RequestContext, application: Application) -> dict[str, object]:
    """The outcome with its marks and comments, once its letter stands in the portal."""
    feedback, call = feedback_for(application), application.call
    shown = _redress(context, application)
    if feedback is None:
        return {"outcome": None, "call": call, "application": application, **shown}
    outcome = feedback.outcome
    group = Group(outcome.group)
    score = outcome.score if call.shows_scores else None
    return {
        "outcome": outcome,
        "call": call,
        "said": phrases.GROUPS[group],
        "tone": phrases.GROUP_TONES[group],
        "score": "" if score is None else words.number(round(score, 2)),
        "lines": _lines(application, feedback),
        "comments": feedback.comments,
        "letters": _letters(application, outcome, context["user"].pk),
        "application": application,
        **shown,
    }


def _letters(application: Application, outcome: Outcome, person_id: int) -> list[Letter]:
    """The letters about the application, the decision that holds, and redress; the newest first."""
    codes = {application.code, *told_under([outcome]).values(), *redress_codes(application)}
    found = [one for code in sorted(codes) for one in letters_about(code, person_id)]
    return sorted(found, key=lambda one: (one.released_at, one.pk), reverse=True)


def _redress(context: RequestContext, application: Application) -> dict[str, object]:
    """Where redress stands, for whoever reads the page now."""
    desk, at = redress_desk(application), context["request"].received_at
    is_open = desk.window is not None and not is_late(desk.window, at=at)
    return {
        "desk": desk,
        "can_ask": is_open and desk.redress is None,
        "waits": phrases.REDRESS_STATES[RedressState.ASKED],
    }
