"""What this slice takes away when a person asks to be forgotten."""

from django.db import transaction
from django.db.models import Q

from fondaco.evaluation.models import Approval, Assignment, PanelSeat, Redress
from fondaco.evaluation.states import AssignmentState


@transaction.atomic
def erase_person(person_id: int) -> list[str]:
    """Erase seats and what was never locked; what a decision rests on stays, and says why."""
    PanelSeat.objects.filter(person_id=person_id).delete()
    mine = Assignment.objects.filter(evaluator_id=person_id)
    mine.exclude(state=AssignmentState.LOCKED).delete()
    stays = []
    if mine.exists():
        stays.append("locked-marks")
    if Approval.objects.filter(person_id=person_id).exists():
        stays.append("approvals")
    if Redress.objects.filter(Q(asked_by_id=person_id) | Q(answered_by_id=person_id)).exists():
        stays.append("redress")
    return stays
