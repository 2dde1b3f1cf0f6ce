"""Moments and zones: stored in UTC, shown where the reader is, with the right abbreviation."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def moment_of(local: datetime, zone: str) -> datetime:
    """The UTC moment of a wall-clock time; raises `ValueError` where that time did not exist.

    Of an hour that comes twice the first is meant, and the second where its offset is written.
    """
    if local.tzinfo is not None:
        return _moment_the_second_time(local, zone)
    aware = local.replace(tzinfo=ZoneInfo(zone))
    moment = aware.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise ValueError(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}")
    return moment


def _moment_the_second_time(local: datetime, zone: str) -> datetime:
    moment = local.astimezone(UTC)
    if wall_clock(moment, zone).isoformat() != local.isoformat():
        raise ValueError(f"{local.isoformat()} is no hour that comes the second time in {zone}")
    return moment


def wall_clock(moment: datetime, zone: str) -> datetime:
    """What a clock of the zone shows; with its offset where an hour comes the second time."""
    shown = moment.astimezone(ZoneInfo(zone))
    bare = shown.replace(tzinfo=None, fold=0)
    offset = shown.utcoffset() if shown.fold else None
    return bare if offset is None else bare.replace(tzinfo=timezone(offset))


def abbreviation(moment: datetime, zone: str) -> str:
    """The zone's abbreviation on that date: CET in winter, CEST in summer."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Z")


def is_day_off(day: date, days_off: Collection[str]) -> bool:
    """Whether nobody works on that day: by its day of the week, or by its date."""
    return WEEKDAYS[day.weekday()] in days_off or day.isoformat() in days_off


def day_after(start: date, days: int, days_off: Collection[str] = ()) -> date:
    """The day that is `days` after `start`; days off, of the week or by their date, do not count.

    The first day is the one after `start`. Without days off every day counts.
    """
    if set(days_off) >= set(WEEKDAYS):
        raise ValueError("somebody must work on some day of the week")
    if not days_off:
        return start + timedelta(days=days)
    found, left = start, days
    while left > 0:
        found += timedelta(days=1)
        left -= not is_day_off(found, days_off)
    return found


def day_before(end: date, days: int, days_off: Collection[str] = ()) -> date:
    """The day that is `days` before `end`, counted as `day_after` counts."""
    if set(days_off) >= set(WEEKDAYS):
        raise ValueError("somebody must work on some day of the week")
    if not days_off:
        return end - timedelta(days=days)
    found, left = end, days
    while left > 0:
        found -= timedelta(days=1)
        left -= not is_day_off(found, days_off)
    return found


def end_of(day: date, zone: str) -> datetime:
    """The moment in which the day is over on the clock of the zone, and the next one begins."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
