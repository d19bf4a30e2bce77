"""Files that are no ledger, damaged ones and forged ones: a sentence, at once, and the file as it was."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from chain_office.db import backup, engine, guard, migrations
from chain_office.db.ledger import open_ledger
from chain_office.db.models import ALL_TABLES, Bank, Problem
from chain_office.domain.errors import KnownError
from tests.refusals import contents, is_sentence, refused, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = 100


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a ledger with a few hundred rows."""
    path = tmp_path_factory.mktemp("filled") / "满.ledger"
    with open_ledger(path, create=True) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert_many(Bank, [{"name": f"第{at}银行", "verified": True} for at in range(200)])
        writer.insert_many(Problem, [{"text": f"第{at}个问题，缺工缺电", "state": "waiting"} for at in range(200)])
    return path.read_bytes()


def refused_both_ways(path: Path, match: str | None = None) -> None:
    for read_only in (True, False):
        with refused(path.parent, match):
            open_ledger(path, read_only=read_only).close()


def read_through(path: Path) -> None:
    """Open a ledger and read every row of it."""
    with open_ledger(path, read_only=True) as ledger:
        for model in ALL_TABLES:
            ledger.rows(f'SELECT * FROM "{model._meta.table_name}"')
        guard.full_check(ledger.database, path)


def text(path: Path) -> None:
    path.write_text("这是一份说明，不是台账。\n" * 200, "utf-8")


def spreadsheet(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(5000))


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (a)")
    other.close()


def other_in_wal(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = wal")
        other.execute("CREATE TABLE notes (a)")
    other.close()


NO_LEDGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.touch(), "空文件"),
    "text": (text, "不是产业链办的台账"),
    "spreadsheet": (spreadsheet, "不是产业链办的台账"),
    "short magic": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "不是产业链办的台账"),
    "zeroes": (lambda path: path.write_bytes(bytes(8192)), "不是产业链办的台账"),
    "another program's": (other_program, "别的程序"),
    "another program's, in WAL": (other_in_wal, "别的程序"),
    "folder": (lambda path: path.mkdir(), "文件夹"),
    "nothing": (lambda path: None, "找不到"),
}


@pytest.mark.parametrize("kind", NO_LEDGERS)
def test_what_is_no_ledger_is_refused(tmp_path: Path, kind: str) -> None:
    make, match = NO_LEDGERS[kind]
    make(tmp_path / "台账.ledger")
    refused_both_ways(tmp_path / "台账.ledger", match)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "台账.ledger")
    with pytest.raises(KnownError, match="普通文件"):
        open_ledger(tmp_path / "台账.ledger")


@pytest.mark.parametrize(
    "size", [1, 15, 16, 64, 99, 100, 101, 512, 1024, 4095, 4096, 4097, 8192, 20000, 100_000, 400_000, -4096, -1]
)
def test_a_ledger_cut_short_is_refused(tmp_path: Path, filled: bytes, size: int) -> None:
    path = tmp_path / "台账.ledger"
    path.write_bytes(filled[:size])
    refused_both_ways(path)


@pytest.mark.parametrize("seed", range(8))
def test_garbage_in_the_first_page_is_refused(tmp_path: Path, filled: bytes, seed: int) -> None:
    noise = random.Random(seed).randbytes(4096 - HEAD)
    path = tmp_path / "台账.ledger"
    path.write_bytes(filled[:HEAD] + noise + filled[4096:])
    refused_both_ways(path)


def test_pages_of_garbage_are_refused_or_cost_nothing_that_is_read(tmp_path: Path, filled: bytes) -> None:
    """Every tenth page in turn: refused, or a page nothing hangs on (then the full check passes as well)."""
    path = tmp_path / "台账.ledger"
    refusals = 0
    pages = len(filled) // 4096
    for page in range(1, pages, 10):
        damaged = filled[: page * 4096] + random.Random(page).randbytes(4096) + filled[(page + 1) * 4096 :]
        path.write_bytes(damaged)
        said = sentence_of(lambda: read_through(path))
        assert said is None or is_sentence(said)
        refusals += said is not None
        assert path.read_bytes() == damaged
    assert refusals >= len(range(1, pages, 10)) - 1


def test_flipped_bits_never_get_past_as_anything_but_a_sentence(tmp_path: Path, filled: bytes) -> None:
    path = tmp_path / "台账.ledger"
    chance = random.Random(20211119)
    kept = 0
    for _ in range(100):
        at = chance.randrange(len(filled))
        damaged = bytearray(filled)
        damaged[at] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        said = sentence_of(lambda: read_through(path))
        assert said is None or is_sentence(said)
        kept += said is None
        assert path.read_bytes() == damaged
    assert kept < 100


FORGERIES = {
    "a check that never ends": "CREATE TABLE trap (a CHECK (length(hex(randomblob(99999999))) > 0))",
    "a check that counts for ever": "CREATE TABLE trap (a, CHECK (a IN (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL "
    "SELECT x + 1 FROM c) SELECT x FROM c)))",
    "a foreign table": "CREATE TABLE notes (a)",
    "a foreign view": "CREATE VIEW evil AS SELECT * FROM bank",
    "a foreign index": "CREATE INDEX odd ON bank(name, hex(remark))",
    "a foreign trigger": "CREATE TRIGGER evil AFTER INSERT ON bank BEGIN DELETE FROM setting; END",
    "a missing trigger": "DROP TRIGGER history_bank_update",
    "a missing index": "DROP INDEX bank_x",
    "a column more": "ALTER TABLE bank ADD COLUMN evil TEXT GENERATED ALWAYS AS (hex(randomblob(9))) VIRTUAL",
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_foreign_schema_is_refused_at_once(path: Path, kind: str) -> None:
    statement = FORGERIES[kind].replace("bank_x", "problem_state")
    with sqlite3.connect(path) as other:
        try:
            other.execute(statement)
        except sqlite3.OperationalError:  # this engine does not let a check hold a query: write it by hand
            other.execute("PRAGMA writable_schema = ON")
            other.execute(
                "INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) VALUES ('table', 'trap', 'trap', 3, ?)",
                (statement,),
            )
        if kind == "a check that never ends":
            other.execute("PRAGMA ignore_check_constraints = ON")
            other.executemany("INSERT INTO trap VALUES (?)", [(at,) for at in range(1000)])
    other.close()
    began = time.monotonic()
    refused_both_ways(path)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("thorough", [False, True])
def test_a_forged_backup_is_refused_at_once(path: Path, tmp_path: Path, thorough: bool) -> None:
    with sqlite3.connect(path) as other:
        other.execute(FORGERIES["a check that never ends"])
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.executemany("INSERT INTO trap VALUES (?)", [(at,) for at in range(1000)])
    other.close()
    began = time.monotonic()
    with refused(tmp_path, "表结构"):
        if thorough:
            backup.restore(tmp_path / "新.ledger", path)
        else:
            backup.verify(path)
    assert time.monotonic() - began < 5


def test_statistics_of_another_program_are_let_pass(path: Path) -> None:
    with open_ledger(path) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert(Bank, {"name": "银行", "verified": True})
    with sqlite3.connect(path) as other:
        other.execute("ANALYZE")
    other.close()
    open_ledger(path).close()


def test_a_newer_ledger_is_refused_by_its_version(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {migrations.newest() + 1}")
        other.execute("CREATE TABLE of_the_future (a)")
    other.close()
    refused_both_ways(path, "更新版本")


def test_a_ledger_without_a_version_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 0")
    other.close()
    refused_both_ways(path, "格式号")


def test_broken_references_are_refused(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO contact(id, enterprise_id) VALUES ('a', '没有')")
    other.close()
    refused_both_ways(path, "引用")


def test_a_ledger_another_program_put_into_wal_mode_is_taken_back(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = wal")
        other.execute("INSERT INTO setting(id, key, value) VALUES ('a', 'k', 'v')")
    other.close()
    with open_ledger(path) as ledger:
        assert ledger.value("PRAGMA journal_mode") == "truncate"
        assert ledger.value("SELECT value FROM setting") == "v"
    assert list(contents(path.parent)) == [path.name]


def test_an_empty_journal_confuses_nobody(path: Path) -> None:
    guard.journal_of(path).touch()
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.value("SELECT count(*) FROM bank") == 0
    with open_ledger(path) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert(Bank, {"name": "银行", "verified": True})
    assert list(contents(path.parent)) == [path.name]


def test_a_garbage_journal_is_refused_or_ignored_but_never_played(path: Path) -> None:
    before = path.read_bytes()
    guard.journal_of(path).write_bytes(random.Random(5).randbytes(3000))
    with open_ledger(path) as ledger:
        assert ledger.value("SELECT count(*) FROM bank") == 0
    assert path.read_bytes() == before


def test_inspecting_a_file_that_is_open_here_keeps_our_lock(path: Path) -> None:
    """Reading an open ledger by hand would drop this process's lock (POSIX); another process could then write."""
    with open_ledger(path) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert(Bank, {"name": "银行", "verified": True})
        assert engine.is_open_here(path)
        guard.inspect_file(path)
        open_ledger(path, read_only=True).close()
        script = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
        assert _fails(script)
    assert not engine.is_open_here(path)


def _fails(script: str) -> bool:
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    return b"locked" in done.stderr
