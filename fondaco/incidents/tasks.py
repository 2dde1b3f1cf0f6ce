"""What the worker does: look from outside each minute, take the log in, propose what it gives."""

from datetime import timedelta

from django.utils import timezone

from fondaco.incidents import selectors
from fondaco.incidents.gateways import attempts_log, look_from_outside, minutes_log
from fondaco.incidents.rules import attempts
from fondaco.incidents.rules.minutes import minute_of, read, written
from fondaco.incidents.services import claims
from fondaco.incidents.services import outages as services
from fondaco.web.jobs import every, job
from fondaco.web.watches import each_minute

ATTEMPTS_KEPT = timedelta(days=8)
"""How long the files of attempts stay after they were taken in."""
AGAIN = timedelta(minutes=10)
"""What was taken in is read again for a while: several workers write one log."""


@each_minute
def look() -> None:
    """Write one line about this minute; it asks for no database but to see whether it answers."""
    now = timezone.now()
    mark = minute_of(now).isoformat()
    if not any(mark in line for line in _last_lines()):
        seen = look_from_outside(now)
        minutes_log().add_once(written(seen), at=now, mark=mark)


def _last_lines() -> list[str]:
    return list(minutes_log().since(timezone.now()))[-2:]


@every(seconds=60)
@job(retries=0)
def take_in_log() -> None:
    """Bring the log into the database, and propose what it gives back."""
    now, last = timezone.now(), selectors.last_minute()
    since = last.at - AGAIN if last else now - services.KEPT
    seen = (one for one in read(minutes_log().since(since)) if one.at >= since)
    services.take_in_minutes(seen)
    for call in selectors.calls_to_watch(now):
        lost = selectors.loss_of(call, at=now)
        if lost and lost.is_enough and lost.is_over:
            services.propose_extension(call.pk, at=now)


def take_in_attempts() -> None:
    """Bring what people tried in vain into the database; a claim asks for it at once."""
    last = selectors.last_attempt()
    since = last - AGAIN if last else timezone.now() - services.KEPT
    claims.take_in_attempts(attempts.read(attempts_log().since(since)))


@every(seconds=30)
@job(retries=0)
def take_in_tried() -> None:
    """Bring in what people tried in vain."""
    take_in_attempts()


@every(seconds=86_400)
@job()
def forget_log() -> None:
    """Forget what is older than any call with its redress."""
    before = timezone.now() - services.KEPT
    services.forget_minutes(before=before)
    minutes_log().forget(before=before)
    claims.forget_attempts(before=before)
    attempts_log().forget(before=timezone.now() - ATTEMPTS_KEPT)
