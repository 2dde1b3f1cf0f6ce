"""What the worker does: bring in what was received while the database was away."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.intake import phrases, selectors
from fondaco.intake.gateways import fault_of, mail, spool
from fondaco.intake.rules.bringing import Outcome
from fondaco.intake.rules.records import Record
from fondaco.intake.services import bring_in, forget_brought_in, set_aside
from fondaco.web.jobs import every, job

logger = logging.getLogger(__name__)
FILES_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=90)
MOST_ROUNDS = 4
"""What another worker had begun, what waited since then, and what came meanwhile."""


@every(seconds=20)
@job(retries=0)
def bring_in_everything() -> None:
    """Bring in whatever waits, application by application."""
    for code in spool().applications():
        bring_in_application(code, at=timezone.now())


def bring_in_application(code: str, *, at: datetime) -> bool:
    """Bring in what waits of an application, in the order of its receipt; whether nothing is left.

    Not within a transaction: each record has its own, and what fails waits for the next time.
    """
    for _round in range(MOST_ROUNDS):
        with spool().taken(code) as records:
            for record in records or ():
                _bring_in(record, at)
        if records is None or not spool().has(code):
            break
    return records is not None and not spool().has(code)


def _bring_in(record: Record, at: datetime) -> None:
    try:
        bring_in(record, at=at)
    except Exception as failure:
        if fault_of(failure) is not None:
            raise
        logger.exception("record %s of %s is set aside", record.identity, record.application)
        set_aside(record, at=at)


@every(seconds=3600)
@job()
def forget() -> None:
    """Forget files that were brought in a week ago, and rows that were read three months ago."""
    now = timezone.now()
    spool().forget(before=(now - FILES_KEPT).timestamp())
    forget_brought_in(before=now - ROWS_KEPT)


@job()
def mail_outcome(pk: int) -> None:
    """Tell whoever sent it that something was not taken in whole."""
    row = selectors.brought_in_row(pk)
    person, application = row.person, row.application
    if person is None or application is None or not person.is_active:
        return
    with translation.override(person.language):
        place = reverse("applications:detail", args=[application.call.code, application.code])
        reasons = phrases.reason_words(row.reasons) if row.outcome == Outcome.REFUSED else []
    words = {
        "row": row,
        "person": person,
        "reasons": reasons,
        "is_submission": row.kind == "submit",
        "is_clash": row.outcome == Outcome.CLASHED,
        "address": f"{settings.ADDRESS}{place}",
    }
    mail("outcome", to=person.email, language=person.language, words=words)
