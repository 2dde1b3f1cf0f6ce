"""What the worker does for the trail."""

from django.conf import settings
from django.utils import timezone

from fondaco.trail import services
from fondaco.trail.gateways import seal_key
from fondaco.web.jobs import every, job


@job()
def hear(verb: str) -> None:
    """Let the reactions to `verb` catch up."""
    services.hear(verb, at=timezone.now())


@every(seconds=30)
@job(retries=0)
def hear_everything() -> None:
    """Catch up with whatever a lost job left unheard, and with what failed and is due again."""
    services.hear_all(at=timezone.now())


@every(seconds=60)
@job(retries=0)
def seal() -> None:
    """Seal what was added since the last minute."""
    services.seal(key=seal_key(settings.SEAL_KEY), at=timezone.now())
