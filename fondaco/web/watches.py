"""Work of each minute that goes on when the database does not: beside the heart of a worker."""

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)
Watch = Callable[[], object]
WATCHES: list[Watch] = []
MINUTE = 60.0


def each_minute(watch: Watch) -> Watch:
    """Do this once a minute in every worker, in a thread of its own; it asks for no job table."""
    if watch not in WATCHES:
        WATCHES.append(watch)
    return watch


def look() -> None:
    """Do everything that is done each minute; what fails holds up no other, nor the next time."""
    for watch in WATCHES:
        try:
            watch()
        except Exception:
            logger.exception("%s failed and is tried again in a minute", watch.__name__)


def keep_watch(stop: threading.Event) -> None:
    """Look at once, and then at the beginning of every minute, until told to stop."""
    while not stop.is_set():
        look()
        stop.wait(MINUTE - time.time() % MINUTE)
