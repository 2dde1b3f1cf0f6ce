"""A question whose SQL is written once finds exactly what the query set finds."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fondaco.applications.models import Application, SectionAnswers
from fondaco.web.prepared import Prepared, is_fetched, keep_fetched, moment, number, related, text
from tests.factories.applications import ApplicationFactory

pytestmark = pytest.mark.django_db


def by_code():
    return Prepared(
        lambda: Application.objects.select_related("call__programme", "organisation").filter(
            code=text("code")
        )
    )


def values_of(thing):
    """Every column of a row."""
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


def test_a_row_comes_with_its_relations_as_from_a_query_set(django_assert_num_queries):
    made = ApplicationFactory()
    prepared = by_code()
    prepared.first(code=made.code)

    with django_assert_num_queries(1):
        found = prepared.first(code=made.code)
        programme, organisation = found.call.programme, found.organisation

    known = Application.objects.get(pk=made.pk)
    assert values_of(found) == values_of(known)
    assert values_of(found.call) == values_of(known.call)
    assert (programme, organisation) == (known.call.programme, known.organisation)
    assert not found._state.adding


def test_each_asking_has_its_own_values():
    first, second, prepared = ApplicationFactory(), ApplicationFactory(), by_code()

    assert prepared.first(code=first.code) == first
    assert prepared.first(code=second.code) == second
    assert prepared.first(code="nobody") is None
    assert prepared.all(code=second.code) == [second]


def test_a_value_is_never_part_of_the_sql():
    hostile = "' OR 1=1 --"

    assert by_code().all(code=hostile) == []


def test_the_sql_is_written_once():
    asked = []

    def build():
        asked.append(1)
        return Application.objects.filter(code=text("code"))

    prepared = Prepared(build)
    for code in ("a", "b", "c"):
        prepared.first(code=code)
    assert len(asked) == 1

    Prepared.forget()
    prepared.first(code="d")
    assert len(asked) == 2


def test_moments_and_numbers_are_given_as_the_database_wants_them():
    made, now = ApplicationFactory(), timezone.now()
    prepared = Prepared(
        lambda: Application.objects.filter(pk=number("pk"), edited_at__lte=moment("at"))
    )

    assert prepared.first(pk=made.pk, at=max(now, made.edited_at)) == made
    assert prepared.first(pk=made.pk, at=made.started_at.replace(year=1999)) is None


def test_plain_values_stay_plain():
    made = ApplicationFactory()
    prepared = Prepared(lambda: Application.objects.filter(pk=number("pk")).values_list("code"))

    assert prepared.all(pk=made.pk) == [(made.code,)]


def test_fields_left_out_come_when_they_are_asked_for(django_assert_num_queries):
    made = ApplicationFactory()
    prepared = Prepared(lambda: Application.objects.only("code").filter(pk=number("pk")))
    found = prepared.one(pk=made.pk)

    with django_assert_num_queries(1):
        assert found.language == made.language


def test_one_row_must_be_there():
    prepared = Prepared(lambda: Application.objects.filter(pk=number("pk")))

    with pytest.raises(Application.DoesNotExist):
        prepared.one(pk=0)


def test_a_gap_must_be_filled():
    with pytest.raises(KeyError, match="code"):
        by_code().all(cod="x")


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_within_a_transaction_only():
    made = ApplicationFactory()
    prepared = Prepared(
        lambda: Application.objects.select_for_update(of=("self",)).filter(pk=number("pk"))
    )

    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        assert prepared.one(pk=made.pk) == made
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in asked.captured_queries[-1]["sql"]
        with pytest.raises(TransactionManagementError):
            prepared.one(pk=made.pk)


def test_rows_kept_with_a_thing_are_not_asked_again(django_assert_num_queries):
    made = ApplicationFactory()
    section = SectionAnswers.objects.create(
        application=made, section="a", answers={"b": "c"}, revision=1, saved_at=timezone.now()
    )
    assert not is_fetched(made, "section_answers")

    keep_fetched(made, "section_answers", [section])

    with django_assert_num_queries(0):
        assert list(made.section_answers.all()) == [section]
    assert is_fetched(made, "section_answers")


def test_a_relation_is_asked_for_once_or_taken_as_it_was_fetched(django_assert_num_queries):
    made = ApplicationFactory()
    section = SectionAnswers.objects.create(
        application=made, section="a", answers={}, revision=1, saved_at=timezone.now()
    )
    rows = Prepared(lambda: SectionAnswers.objects.filter(application_id=number("application")))

    with django_assert_num_queries(1):
        assert related(made, "section_answers", rows, application=made.pk) == [section]
    keep_fetched(made, "section_answers", [section])
    with django_assert_num_queries(0):
        assert related(made, "section_answers", rows, application=made.pk) == [section]
