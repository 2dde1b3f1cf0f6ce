"""Nothing in the trail is changed or taken away, and only a demonstration is ever emptied."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from fondaco.trail.models import Entry, Seal, Sealed, SealKey
from tests.trail.work import record, seal

GUARDED = [Entry, Sealed, Seal, SealKey]


def filled():
    """One row of each."""
    record()
    seal()


@pytest.mark.django_db
@pytest.mark.parametrize("model", GUARDED)
def test_rows_are_neither_changed_nor_taken_away(model):
    filled()
    table = model._meta.db_table

    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="only added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert model.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("model", GUARDED)
def test_tables_are_not_emptied_at_once(model):
    filled()
    connection.check_constraints()

    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")

    assert model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_demonstration_is_emptied_and_guarded_again():
    filled()

    call_command("flush", interactive=False, verbosity=0)

    assert [model.objects.count() for model in GUARDED] == [0, 0, 0, 0]
    record()
    with pytest.raises(DatabaseError, match="only added to"):
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_a_production_is_never_emptied():
    filled()

    with override_settings(IS_DEMONSTRATION=False), pytest.raises(CommandError, match="only ever"):
        call_command("flush", interactive=False, verbosity=0)

    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_triggers_come_off_and_go_on_again():
    def migrate(name):
        call_command("migrate", "trail", name, verbosity=0)

    migrate("0001")
    record()
    Entry.objects.all().delete()
    migrate("0002")

    record()
    with pytest.raises(DatabaseError, match="only added to"):
        Entry.objects.all().delete()
