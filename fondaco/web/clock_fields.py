"""Fields of forms for a moment on the clock of some other place."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from fondaco.kernel.clock import moment_of


class WallClockField(forms.DateTimeField):
    """A time on a clock that hangs elsewhere; the reader's own zone has no part in it."""

    def to_python(self, value: Any) -> datetime | None:
        """The time as it was typed, on a clock that skips nothing."""
        with timezone.override(UTC):
            return super().to_python(value)


def moment_on(local: datetime, zone: str) -> datetime:
    """What was typed as a moment; a time that the clock skips does not exist."""
    try:
        return moment_of(local.replace(tzinfo=None), zone)
    except ValueError as error:
        skipped = _("On that day the clock leaps over this time. Take another one.")
        raise forms.ValidationError(skipped) from error
