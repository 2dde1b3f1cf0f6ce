"""What an evaluation tells slices below: whether a decision stands on an application."""

from fondaco.evaluation.models import Outcome
from fondaco.kernel.holds import holds_application


@holds_application
def is_decided(application_id: int) -> bool:
    """A final outcome holds the application as it was decided on."""
    return Outcome.objects.filter(application_id=application_id, is_final=True).exists()
