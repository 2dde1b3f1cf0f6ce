"""What every page knows of the house."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from fondaco.kernel.texts import direction_of


def house(request: HttpRequest) -> dict[str, object]:
    """Language, direction and mode, for the base template."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "direction": direction_of(language),
        "runs_demonstration": settings.IS_DEMONSTRATION,
    }
