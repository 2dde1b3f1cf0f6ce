"""What several tests of the trail need: entries, and reactions that are forgotten afterwards."""

from collections import defaultdict
from datetime import UTC, datetime

from django.conf import settings

from fondaco.trail import services
from fondaco.trail.access import PROGRAMME, About, full
from fondaco.trail.gateways import seal_key

FULL = full(About())
WHOLE = full(About(PROGRAMME, "house", "House"))
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def record(verb="thing.done", subject="thing-1", **more):
    """An entry about a thing."""
    given = {"subject": subject, "by_id": None, "at": AT}
    return services.record(verb, **given | more)


def seal(at=AT):
    """Seal everything, with the key of the house."""
    return services.seal(key=seal_key(settings.SEAL_KEY), at=at)


def forget_reactions(monkeypatch):
    """Only what the test itself registers reacts, and only as long as it runs."""
    monkeypatch.setattr(services, "REACTIONS", defaultdict(dict))
    monkeypatch.setattr(services, "AT_ONCE", defaultdict(list))
