"""Entries, their order, the seals and the public keys are only ever added, on both databases."""

from django.db import migrations

TABLES = ("trail_entry", "trail_sealed", "trail_seal", "trail_sealkey")
SAYS = "the trail is only added to"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation';
END
$$
"""


def _on_sqlite(table):
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def _on_postgres(table):
    yield (
        f"CREATE TRIGGER {table}_refuses_changes BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()"
    )


def refuse_changes(apps, schema_editor):
    """Put the triggers on; `manage.py flush` lifts them, and only outside production."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        for statement in (_on_sqlite if is_sqlite else _on_postgres)(table):
            schema_editor.execute(statement)


def allow_changes(apps, schema_editor):
    """Take the triggers off again."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    names = ("update", "delete") if is_sqlite else ("changes", "truncate")
    for table in TABLES:
        for name in names:
            on = "" if is_sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{name}{on}")
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION IF EXISTS trail_refuse()")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_trail")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
