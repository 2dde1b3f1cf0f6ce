"""What every journey begins with."""

from threading import Lock

import pytest
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.utils import translation

from tests.factories.documents import PDF


@pytest.fixture(autouse=True)
def a_morning(settings):
    """Nothing is counted yet, mail lands in the mailbox of the demonstration."""
    settings.EMAIL_BACKEND = "fondaco.mail.mailbox.MailboxBackend"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch):
    """Requests take turns: a database in memory has one connection for all threads of a test."""
    turn, answer = Lock(), BaseHandler.get_response

    def in_turn(handler, request):
        with turn:
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", in_turn)


@pytest.fixture
def pdf(tmp_path):
    """A file of the applicant."""
    path = tmp_path / "proof.pdf"
    path.write_bytes(PDF)
    return path
