"""A migrated ledger is what the models say, the fingerprint is true, and steps are frozen text."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import peewee
import pytest

from chain_office.db import migrations, schema
from chain_office.db.models import ALL_TABLES, RECORDS, UNRECORDED
from chain_office.domain.errors import BugError

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DERIVED = ("search_", "tally_", "sqlite_")
TYPES = {
    "TEXT": {"TEXT"},
    "BIGINT": {"INTEGER"},
    "INT": {"INTEGER"},
    "AUTO": {"INTEGER"},
    "BOOL": {"INTEGER"},
    "DATE": {"DATE"},
    "BLOB": {"BLOB"},
}


def columns(ledger: Ledger, table: str) -> dict[str, tuple[str, bool, bool]]:
    """Column → (type, not null, primary key)."""
    return {row[1]: (row[2], bool(row[3]), bool(row[5])) for row in ledger.rows(f'PRAGMA table_info("{table}")')}


def described(field: peewee.Field) -> str:
    """The kind of storage a field asks for; a reference is stored as what it refers to."""
    return "TEXT" if isinstance(field, peewee.ForeignKeyField) else str(field.field_type)


@pytest.mark.parametrize("model", ALL_TABLES, ids=lambda model: model._meta.table_name)
def test_a_table_is_what_its_model_says(ledger: Ledger, model: type[peewee.Model]) -> None:
    there = columns(ledger, model._meta.table_name)
    assert list(there) == [field.column_name for field in model._meta.sorted_fields]
    for field in model._meta.sorted_fields:
        kind, not_null, key = there[field.column_name]
        assert kind in TYPES[described(field)], field
        assert not_null is (not field.null), field
        assert key is bool(field.primary_key), field


def test_there_is_no_table_beside_the_models_and_the_derived_ones(ledger: Ledger) -> None:
    found = {row[0] for row in ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in found if not name.startswith(DERIVED)} == {one._meta.table_name for one in ALL_TABLES}


def test_every_reference_is_enforced_and_indexed(ledger: Ledger) -> None:
    for model in RECORDS:
        table = model._meta.table_name
        enforced = {(row[3], row[2]) for row in ledger.rows(f'PRAGMA foreign_key_list("{table}")')}
        wanted = {(field.column_name, target._meta.table_name) for field, target in model._meta.refs.items()}
        assert enforced == wanted
        first = set()
        for index in ledger.rows(f'PRAGMA index_list("{table}")'):
            info = ledger.rows(f'PRAGMA index_info("{index[1]}")')
            first.add(info[0][2])
        assert {column for column, _ in wanted} <= first
        assert {field.column_name for field in model._meta.sorted_fields if field.index and field.null} <= first


def test_no_column_asks_for_an_identity_card(ledger: Ledger) -> None:
    names = {field.verbose_name or "" for model in ALL_TABLES for field in model._meta.sorted_fields}
    assert not [name for name in names if "身份证" in name]


def test_the_frozen_fingerprint_is_that_of_a_fresh_ledger(ledger: Ledger) -> None:
    """While a version is being built its schema may change: then put the new digest into chain_office/db/schema.py."""
    fresh = schema.fingerprint(schema.objects(ledger.database))
    assert schema.FROZEN[migrations.newest()] == fresh
    assert schema.fingerprint(schema.expected(migrations.newest())) == fresh


def test_every_version_has_its_frozen_fingerprint() -> None:
    assert set(schema.FROZEN) == {number for number, _ in migrations.steps()}


def test_every_record_has_its_three_triggers_and_nothing_derived_has(ledger: Ledger) -> None:
    found = {row[0] for row in ledger.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for model in RECORDS:
        table = model._meta.table_name
        ours = {f"history_{table}_{verb}" for verb in ("insert", "update", "delete")}
        assert ours & found == (set() if table in UNRECORDED else ours)


def test_triggers_run_on_an_old_engine_that_trusts_no_schema(path: Path) -> None:
    """The stdlib's SQLite with trusted_schema=OFF runs every trigger; none uses a function of JSON."""
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA trusted_schema = OFF")
        other.execute("INSERT INTO setting(id, key, value) VALUES ('a', 'k', 'v')")
        other.execute("UPDATE setting SET value = 'w'")
        other.execute("DELETE FROM setting")
        texts = " ".join(row[0] for row in other.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
    other.close()
    assert "json" not in texts.lower()


def test_statements_are_split_at_their_ends_only() -> None:
    text = "-- a; b\nCREATE TABLE a (x TEXT DEFAULT ';');\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\nSELECT 1;\nEND;\n"
    assert len(list(migrations.statements(text))) == 2
    with pytest.raises(BugError):
        list(migrations.statements("CREATE TABLE a (x);\nCREATE TABLE b ("))


def test_a_missing_step_stops_the_migration(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = migrations.newest()
    monkeypatch.setattr(migrations, "steps", lambda: [(newest + 2, "CREATE TABLE later (x);")])
    with pytest.raises(BugError):
        migrations.migrate(ledger.database)
    assert migrations.version_of(ledger.database) == newest
    assert schema.fingerprint(schema.objects(ledger.database)) == schema.FROZEN[newest]
