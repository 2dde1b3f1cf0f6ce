"""Sessions are Django's own, but for how they are asked for."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from fondaco.web.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_what_was_kept_is_there_again():
    begun = SessionStore()
    begun["said"] = "hello"
    begun.save()

    assert SessionStore(begun.session_key)["said"] == "hello"


def test_a_session_that_is_over_or_unknown_is_empty_and_gets_a_new_key():
    begun = SessionStore()
    begun["said"] = "hello"
    begun.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    for key in (begun.session_key, "0" * 32):
        found = SessionStore(key)
        assert found.get("said") is None
        assert found.session_key is None
