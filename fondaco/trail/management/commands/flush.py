"""`manage.py flush`: empties a database, the trail included; never a production's."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

TABLES = ("trail_entry", "trail_sealed", "trail_seal", "trail_sealkey")


class Command(Flush):
    """Lifts the triggers that guard the trail while everything is emptied, and puts them back.

    Django empties the database with this command after each test that needs real transactions.
    """

    def handle(self, **options: Any) -> None:
        """Empty the database, or refuse where it is in earnest."""
        if not settings.IS_DEMONSTRATION:
            raise CommandError(
                "The trail of a production is only ever added to: nothing was emptied."
            )
        connection = connections[options["database"]]
        lift, put_back = (_drop, _create) if connection.vendor == "sqlite" else (_disable, _enable)
        with transaction.atomic(using=options["database"]), connection.cursor() as cursor:
            lifted = lift(cursor)
            super().handle(**options)
            put_back(cursor, lifted)


def _drop(cursor: CursorWrapper) -> list[str]:
    """Take the triggers away; what makes them again."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'trail_%'"
    )
    triggers = cursor.fetchall()
    for name, _made_by in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return [made_by for _name, made_by in triggers]


def _create(cursor: CursorWrapper, triggers: list[str]) -> None:
    for made_by in triggers:
        cursor.execute(made_by)


def _disable(cursor: CursorWrapper) -> list[str]:
    """Put the triggers to sleep; the tables they guard."""
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return list(TABLES)


def _enable(cursor: CursorWrapper, tables: list[str]) -> None:
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
