"""One ledger, several processes; places that cannot be written; what stands beside the file afterwards."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from chain_office.db import engine, guard
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank
from chain_office.domain.errors import KnownError
from chain_office.services.ledgers import open_existing
from tests.refusals import contents, is_sentence, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute(sys.argv[2])
held.execute("INSERT INTO setting(id, key, value) VALUES ('x', 'x', 'x')") if "IMMEDIATE" in sys.argv[2] else None
print("held", flush=True)
sys.stdin.read()
held.execute("COMMIT")
"""


@contextmanager
def held(path: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another process holds the ledger; it lets go (and commits) when its input ends."""
    command = [sys.executable, "-c", HOLDER, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.communicate()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a fifth of a second for a lock, not five."""
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 200)
    pragmas = tuple((name, 200 if name == "busy_timeout" else value) for name, value in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)


def test_the_patience_is_five_seconds() -> None:
    assert engine.BUSY_MILLISECONDS == dict(engine.PRAGMAS)["busy_timeout"] == 5000


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_locked_whole_is_refused_in_time(path: Path, read_only: bool) -> None:
    before = path.read_bytes()
    with held(path, "BEGIN EXCLUSIVE"):
        began = time.monotonic()
        with pytest.raises(KnownError, match="正被另一个") as caught:
            open_existing(path, read_only=read_only).close()
        assert time.monotonic() - began < 4
    assert is_sentence(caught.value.message)
    assert path.read_bytes() == before


@pytest.mark.usefixtures("impatient")
def test_reading_goes_on_while_another_writes_and_writing_waits(path: Path) -> None:
    with held(path, "BEGIN IMMEDIATE"):
        with open_ledger(path, read_only=True) as reader:
            assert reader.value("SELECT count(*) FROM setting") == 0
        with open_ledger(path) as ledger:
            with pytest.raises(KnownError, match="正被另一个"), ledger.write("甲", "登记"):
                pass
            assert ledger.value("SELECT count(*) FROM write_log") == 0
    with open_ledger(path) as ledger:
        assert ledger.value("SELECT value FROM setting") == "x"
        with ledger.write("甲", "登记") as writer:
            writer.insert(Bank, {"name": "银行", "verified": True})


@pytest.mark.usefixtures("impatient")
def test_closing_beside_a_writer_takes_nothing_from_it(path: Path) -> None:
    ledger = open_ledger(path)
    with held(path, "BEGIN IMMEDIATE"):
        ledger.close()
        assert guard.has_journal(path)
    with open_ledger(path, read_only=True) as again:
        assert again.value("SELECT value FROM setting") == "x"


@pytest.mark.usefixtures("impatient")
def test_a_reader_that_stays_makes_the_commit_fail_whole(path: Path) -> None:
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM bank").fetchall()
    with open_ledger(path) as ledger:
        with pytest.raises(KnownError, match="正被另一个"), ledger.write("甲", "登记") as writer:
            writer.insert(Bank, {"name": "银行", "verified": True})
        reader.execute("ROLLBACK")
        reader.close()
        assert ledger.value("SELECT count(*) FROM bank") == 0
        with ledger.write("甲", "再来") as writer:
            writer.insert(Bank, {"name": "银行", "verified": True})
        assert ledger.value("SELECT count(*) FROM bank") == 1


def test_nothing_stands_beside_a_closed_ledger(path: Path) -> None:
    with open_ledger(path) as ledger:
        with ledger.write("甲", "登记") as writer:
            writer.insert(Bank, {"name": "银行", "verified": True})
        assert guard.journal_of(path).exists()
    assert list(contents(path.parent)) == [path.name]
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.value("SELECT count(*) FROM bank") == 1


def broken_off(path: Path) -> None:
    """Leave a ledger as a power cut in the middle of a commit does: new pages in the file, the old ones in a hot journal."""
    copies = {}
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("PRAGMA cache_spill = 1")
        other.execute("BEGIN IMMEDIATE")
        other.executemany(
            "INSERT INTO setting(id, key, value) VALUES (?, ?, ?)", [(f"{n}", f"{n}", "长" * 900) for n in range(900)]
        )
        copies = {one: one.read_bytes() for one in (path, guard.journal_of(path))}
        other.execute("ROLLBACK")
    other.close()
    for one, data in copies.items():
        one.write_bytes(data)
    assert guard.has_journal(path)


def test_a_write_broken_off_is_taken_back_by_whoever_opens_next(path: Path) -> None:
    before = path.read_bytes()
    broken_off(path)
    assert path.read_bytes() != before
    with open_existing(path, read_only=True) as ledger:
        assert ledger.value("SELECT count(*) FROM setting") == 0
        guard.full_check(ledger.database, path)
    assert contents(path.parent) == {path.name: before}


def test_reading_alone_says_that_a_write_was_broken_off(path: Path) -> None:
    broken_off(path)
    with refused(path.parent, "没有完成"):
        open_ledger(path, read_only=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody rename an open file")
def test_a_ledger_that_goes_while_open_takes_no_write(path: Path) -> None:
    with open_ledger(path) as ledger:
        path.rename(path.with_name("移走.ledger"))
        with pytest.raises(KnownError, match="移动或删除"), ledger.write("甲", "登记") as writer:
            writer.insert(Bank, {"name": "银行", "verified": True})
    assert not path.exists()


@contextmanager
def read_only_mount(folder: Path) -> Iterator[None]:
    """The folder as on a read-only medium. Permissions alone would not stop root."""
    if os.name == "nt" or shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("a read-only mount needs root")
    bound = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if bound.returncode:
        pytest.skip("no mounts are allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], capture_output=True, check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], capture_output=True, check=True)


def test_a_read_only_folder_lets_read_and_refuses_the_write(path: Path) -> None:
    with read_only_mount(path.parent):
        with open_ledger(path, read_only=True) as ledger:
            assert ledger.value("SELECT count(*) FROM bank") == 0
        with refused(path.parent, "只读"), open_ledger(path) as ledger, ledger.write("甲", "登记"):
            pass


def test_a_write_broken_off_in_a_read_only_folder_says_where_to_go(path: Path) -> None:
    broken_off(path)
    with read_only_mount(path.parent), refused(path.parent, "可写的位置"):
        open_existing(path, read_only=True)


def test_a_file_that_may_not_be_written_refuses_the_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for a file without write permission, which root would not notice."""
    uri_of = engine.uri_of
    monkeypatch.setattr(engine, "uri_of", lambda place, _: uri_of(place, "ro"))
    with refused(path.parent, "只读"), open_ledger(path) as ledger, ledger.write("甲", "登记"):
        pass
