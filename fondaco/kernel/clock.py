"""Moments and zones: stored in UTC, shown where the reader is, with the right abbreviation."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def moment_of(local: datetime, zone: str) -> datetime:
    """The UTC moment of a wall-clock time; raises `ValueError` where that time did not exist."""
    aware = local.replace(tzinfo=ZoneInfo(zone))
    moment = aware.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise ValueError(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}")
    return moment


def abbreviation(moment: datetime, zone: str) -> str:
    """The zone's abbreviation on that date: CET in winter, CEST in summer."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Z")
