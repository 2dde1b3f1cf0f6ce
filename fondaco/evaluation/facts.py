"""What an evaluation tells slices below: whether a decision stands on an application."""

from fondaco.evaluation.models import Outcome
from fondaco.evaluation.selectors.awards import awards_told
from fondaco.evaluation.states import Group
from fondaco.kernel.awards import Award, tells_awards
from fondaco.kernel.facts import Question, Told, fact
from fondaco.kernel.holds import holds_application


@holds_application
def is_decided(application_id: int) -> bool:
    """A final outcome holds the application as it was decided on."""
    return Outcome.objects.filter(application_id=application_id, is_final=True).exists()


def _has_award(question: Question, **where: str) -> Told:
    """Whether an award stands that its letter has told; what was never decided here is no award."""
    rows = Outcome.objects.filter(
        is_final=True,
        group=Group.AWARDED,
        application__organisation_id=question.organisation_id,
        **where,
    )
    outcomes = list(rows.select_related("application", "decision").order_by("pk"))
    told = awards_told(outcomes)
    found = [one for one in outcomes if one.pk in told]
    if not found:
        return Told(value=False, source="award")
    return Told(value=True, source="award", at=found[0].decision.confirmed_at)


@fact("award.in_call")
def has_award_in_call(question: Question) -> Told:
    """Whether the organisation got an award in the call of that code."""
    return _has_award(question, application__call__code=question.of)


@fact("award.in_programme")
def has_award_in_programme(question: Question) -> Told:
    """Whether the organisation got an award in any call of the programme of that code."""
    return _has_award(question, application__call__programme__code=question.of)


@tells_awards
def awards_in(organisation_id: int, programme_id: int, *, demonstration: bool) -> tuple[Award, ...]:
    """What confirmed decisions awarded an organisation in a programme, in the order of time."""
    rows = Outcome.objects.filter(
        is_final=True,
        group=Group.AWARDED,
        application__organisation_id=organisation_id,
        application__call__programme_id=programme_id,
        application__call__is_demonstration=demonstration,
    )
    outcomes = list(rows.select_related("application__call").order_by("pk"))
    told = awards_told(outcomes)
    return tuple(
        Award(
            call=one.application.call.code,
            title=one.application.call.title,
            application=one.application.code,
            cents=one.amount_cents or 0,
            currency=one.application.call.currency,
            is_told=one.pk in told,
        )
        for one in outcomes
    )
