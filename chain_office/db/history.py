"""Append-only history by plain-SQL triggers: one row per changed field, for the program and for any other tool.

The triggers are generated from the tables as they stand, so a migration only has to reinstall them. They use no SQL
function an older SQLite refuses under ``trusted_schema=OFF``. A change made while no write is under way (another
program edited the file) is recorded without a write, hence without an actor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import UNRECORDED

if TYPE_CHECKING:
    import peewee

_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_WRITE = "(SELECT write_no FROM write_context WHERE id = 1)"
_UNTRACKED_COLUMNS = frozenset({"id", "version"})


def install(database: peewee.SqliteDatabase) -> None:
    """(Re)create every history trigger. Call inside the transaction that changed the schema."""
    drop(database)
    for table in database.get_tables():
        if table in UNRECORDED or table.startswith(("search_", "sqlite_", "tally_")):
            continue
        columns = [column.name for column in database.get_columns(table) if column.name not in _UNTRACKED_COLUMNS]
        for statement in _table_triggers(table, columns):
            database.execute_sql(statement)
    for table in ("history", "write_log"):
        for verb in ("UPDATE", "DELETE"):
            database.execute_sql(
                f"CREATE TRIGGER history_guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
            )


def drop(database: peewee.SqliteDatabase) -> None:
    """Remove every history trigger."""
    cursor = database.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history\\_%' ESCAPE '\\'"
    )
    for (name,) in cursor.fetchall():
        database.execute_sql(f'DROP TRIGGER "{name}"')


def _table_triggers(table: str, columns: list[str]) -> list[str]:
    into = "INSERT INTO history(write_no, at, op, table_name, row_id, field, before, after)"
    changed = " UNION ALL ".join(
        f'SELECT \'{column}\' AS f, OLD."{column}" AS b, NEW."{column}" AS a' for column in columns
    )
    watched = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    removed = " UNION ALL ".join(f"SELECT '{column}' AS f, OLD.\"{column}\" AS b" for column in columns)
    return [
        f"CREATE TRIGGER history_{table}_insert AFTER INSERT ON {table} BEGIN {into} "
        f"VALUES ({_WRITE}, {_NOW}, 'insert', '{table}', NEW.id, NULL, NULL, NULL); END",
        f"CREATE TRIGGER history_{table}_update AFTER UPDATE ON {table} WHEN {watched} BEGIN {into} "
        f"SELECT {_WRITE}, {_NOW}, 'update', '{table}', NEW.id, f, b, a FROM ({changed}) WHERE b IS NOT a; END",
        f"CREATE TRIGGER history_{table}_delete AFTER DELETE ON {table} BEGIN {into} "
        f"SELECT {_WRITE}, {_NOW}, 'delete', '{table}', OLD.id, f, b, NULL FROM ({removed}) WHERE b IS NOT NULL; END",
    ]
