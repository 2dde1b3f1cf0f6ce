"""What every journey begins with."""

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories.documents import PDF


@pytest.fixture(autouse=True)
def a_morning(settings):
    """Nothing is counted yet, mail lands in the mailbox of the demonstration.

    Six digits still count when the machine took a minute to bring them.
    """
    settings.EMAIL_BACKEND = "fondaco.mail.mailbox.MailboxBackend"
    settings.MFA_TOTP_TOLERANCE = 2
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def pdf(tmp_path):
    """A file of the applicant."""
    path = tmp_path / "proof.pdf"
    path.write_bytes(PDF)
    return path
