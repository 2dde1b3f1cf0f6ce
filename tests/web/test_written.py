"""Rows that are written with SQL made once are the rows that Django would have written."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fondaco.applications.models import SectionAnswers
from fondaco.trail.models import Entry, PersonKey
from fondaco.web import written
from tests.factories.applications import ApplicationFactory
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db
HOSTILE = {"note": "' OR 1=1 -- %s {}", "more": ["é", None, 1]}


def row(application, **more):
    given = {"section": "one", "answers": HOSTILE, "revision": 2, "saved_at": AT}
    return SectionAnswers(application=application, **given | more)


def test_a_new_row_has_every_value_and_its_key():
    application = ApplicationFactory()
    made = row(application)

    written.add(made)

    kept = SectionAnswers.objects.get(pk=made.pk)
    assert (kept.application, kept.answers, kept.revision) == (application, HOSTILE, 2)
    assert (kept.saved_at, kept.saved_by, made._state.adding) == (AT, None, False)


def test_a_key_of_its_own_is_written():
    written.add(PersonKey(person_id=4711, key="k"))

    assert PersonKey.objects.get().person_id == 4711


def test_only_what_is_named_changes():
    made = row(ApplicationFactory())
    written.add(made)
    made.answers, made.revision = {"a": "b"}, 9

    written.change(made, "answers")

    kept = SectionAnswers.objects.get(pk=made.pk)
    assert (kept.answers, kept.revision) == ({"a": "b"}, 2)


def test_a_row_that_is_gone_is_not_changed_in_silence():
    made = row(ApplicationFactory())
    written.add(made)
    SectionAnswers.objects.all().delete()

    with pytest.raises(DatabaseError):
        written.change(made, "revision")


def test_a_refusal_of_the_database_spoils_what_surrounds_it():
    application = ApplicationFactory()
    written.add(row(application))

    with transaction.atomic():
        with pytest.raises(IntegrityError):
            written.add(row(application))
        with pytest.raises(transaction.TransactionManagementError):
            Entry.objects.count()
        transaction.set_rollback(True)


def test_one_statement_a_row():
    with CaptureQueriesContext(connection) as asked:
        written.add(Entry(verb="a.b", subject="s", by_id=None, at=AT))
    assert len(asked) == 1
