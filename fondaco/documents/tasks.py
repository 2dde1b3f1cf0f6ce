"""What the worker does for files: searches them, and clears away what belongs to nothing."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from fondaco.documents import gateways, selectors, services
from fondaco.documents.rules import is_over
from fondaco.documents.states import Scan
from fondaco.web.jobs import every, job, later

PATIENCE = timedelta(hours=1)


@job(retries=6, wait=5)
def scan_upload(code: str) -> None:
    """Have a file searched for viruses; where clamd does not answer, the job is tried again."""
    upload = selectors.upload_coded(code)
    if upload is None or upload.scan != Scan.WAITING or not settings.CLAMD:
        return
    with selectors.opened(upload) as content:
        finding, virus = gateways.searched(content, settings.CLAMD)
    services.keep_finding(code, finding, virus=virus, at=timezone.now())


@every(seconds=1800)
@job(retries=0)
def scan_again() -> None:
    """Take up the files whose search was given up while clamd did not answer."""
    if settings.CLAMD:
        for code in selectors.waiting_for_scan(timezone.now() - PATIENCE):
            later(services.SCAN, code)


@every(seconds=1800)
@job(retries=0)
def clear_transfers() -> None:
    """Remove unfinished uploads on which nothing arrived any more, and parts of nobody's."""
    now, hours = timezone.now(), settings.UPLOAD_HOURS
    for transfer in selectors.transfers_before(now - timedelta(hours=hours)):
        touched_at = datetime.fromtimestamp(gateways.touched_at(transfer.code), tz=UTC)
        if is_over(max(touched_at, transfer.at), hours=hours, at=now):
            services.drop_transfer(transfer.code)
    gateways.clear_parts(before=now.timestamp() - hours * 3600, known=selectors.known_transfers)


@every(seconds=24 * 3600)
@job(retries=0)
def clear_files() -> None:
    """Remove stored files that no row names: what a crash between disk and database left."""
    before = timezone.now().timestamp() - settings.UPLOAD_HOURS * 3600
    gateways.clear_files(before=before, known=selectors.known_stored)
