"""The write door: all or nothing, one at a time, one notice after the commit; and how the file is opened."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from chain_office.db import engine, migrations
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank, Contact, Enterprise, MonthlyOutput, RegisterSpell
from chain_office.domain.errors import BugError, KnownError

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Changes, Writer


class Stopped(Exception):
    """Somebody pressed cancel."""


def everything(ledger: Ledger) -> list[tuple[object, ...]]:
    tables = [row[0] for row in ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")]
    return [
        (table, *row)
        for table in sorted(tables)
        if not table.startswith("search_index")
        for row in ledger.rows(f'SELECT * FROM "{table}" ORDER BY 1')
    ]


def test_an_exception_takes_everything_back(ledger: Ledger) -> None:
    with ledger.write("甲", "先") as writer:
        bank = writer.insert(Bank, {"name": "在的银行", "verified": True})
    before = everything(ledger)

    def half() -> None:
        with ledger.write("甲", "后") as writer:
            writer.insert_many(Enterprise, [{"name": "甲公司"}, {"name": "乙公司"}])
            writer.update(Bank, bank, {"name": "改名银行"})
            raise Stopped

    with pytest.raises(Stopped):
        half()
    assert everything(ledger) == before
    with ledger.write("甲", "再") as writer:
        writer.update(Bank, bank, {"short": "可写"}, version=1)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_failing_hook_takes_everything_back(ledger: Ledger, at: int) -> None:
    def fail(_: Writer) -> None:
        raise Stopped

    ledger._before_commit.insert(at, fail)
    before = everything(ledger)
    with pytest.raises(Stopped), ledger.write("甲", "后") as writer:
        writer.insert(Enterprise, {"name": "甲公司"})
    assert everything(ledger) == before


def test_a_failing_commit_takes_everything_back_and_says_so(ledger: Ledger) -> None:
    before = everything(ledger)
    with pytest.raises(KnownError), ledger.write("甲", "悬空的引用") as writer:
        writer.insert(Contact, {"enterprise_id": "没有这家", "name": "某"})
    assert everything(ledger) == before


def test_writes_do_not_nest(ledger: Ledger) -> None:
    def nested() -> None:
        with ledger.write("甲", "外") as writer:
            writer.insert(Bank, {"name": "外", "verified": True})
            with ledger.write("甲", "内"):
                pass

    with pytest.raises(BugError):
        nested()
    assert ledger.value("SELECT count(*) FROM bank") == 0
    with ledger.write("甲", "之后") as writer:
        writer.insert(Bank, {"name": "外", "verified": True})


def test_a_write_needs_an_actor(ledger: Ledger) -> None:
    with pytest.raises(BugError), ledger.write("", "无名"):
        pass


def test_listeners_hear_once_after_the_commit(path: Path, ledger: Ledger) -> None:
    heard: list[tuple[Changes, int]] = []

    def listen(changes: Changes) -> None:
        with sqlite3.connect(path) as other:
            heard.append((changes, other.execute("SELECT count(*) FROM enterprise").fetchone()[0]))
        other.close()

    ledger.on_change(listen)
    with ledger.write("甲", "登记") as writer:
        ids = writer.insert_many(Enterprise, [{"name": "甲公司"}, {"name": "乙公司"}])
        bank = writer.insert(Bank, {"name": "银行", "verified": True})
        assert heard == []
    assert len(heard) == 1
    changes, seen = heard[0]
    assert seen == 2
    assert (changes.actor, changes.reason, changes.write_no) == ("甲", "登记", 1)
    assert changes.rows == {"enterprise": frozenset(ids), "bank": frozenset({bank})}


def test_listeners_hear_nothing_of_what_was_taken_back(ledger: Ledger) -> None:
    heard: list[Changes] = []
    ledger.on_change(heard.append)

    def half() -> None:
        with ledger.write("甲", "登记") as writer:
            writer.insert(Bank, {"name": "银行", "verified": True})
            raise Stopped

    with pytest.raises(Stopped):
        half()
    assert heard == []


def test_a_listener_may_write(ledger: Ledger) -> None:
    def follow(changes: Changes) -> None:
        if changes.reason == "登记":
            with ledger.write("乙", "跟着登记") as writer:
                writer.insert(Bank, {"name": "二", "verified": True})

    ledger.on_change(follow)
    with ledger.write("甲", "登记") as writer:
        writer.insert(Bank, {"name": "一", "verified": True})
    assert ledger.rows("SELECT actor FROM write_log ORDER BY no") == [("甲",), ("乙",)]


@pytest.mark.parametrize("read_only", [False, True])
def test_the_pragmas_took(path: Path, read_only: bool) -> None:
    wanted = {
        "journal_mode": "delete" if read_only else "truncate",
        "synchronous": "2",
        "foreign_keys": "1",
        "trusted_schema": "0",
        "cell_size_check": "1",
        "mmap_size": "0",
        "temp_store": "2",
        "busy_timeout": "5000",
        "application_id": str(engine.APPLICATION_ID),
        "user_version": str(migrations.newest()),
    }
    with open_ledger(path, read_only=read_only) as ledger:
        found = {name: ledger.rows(f"PRAGMA {name}") for name in wanted}
    said = {name: str(rows[0][0]) if rows else "0" for name, rows in found.items()}
    assert said == wanted


def test_a_pragma_that_does_not_take_stops_the_opening(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, ("page_size", 12345)))
    with pytest.raises(KnownError, match="page_size"):
        open_ledger(path)


def test_a_ledger_opened_for_reading_refuses_to_write(path: Path) -> None:
    before = path.read_bytes()
    with open_ledger(path, read_only=True) as ledger, pytest.raises(KnownError, match="只读"), ledger.write("甲", "改"):
        pass
    assert path.read_bytes() == before


def test_values_are_kept_exactly(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "甲公司"})
        writer.insert(RegisterSpell, {"enterprise_id": firm, "entry_day": date(2020, 2, 29)})
        writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-09", "month_yuan": 987_654_321_012_345})
    assert ledger.value("SELECT month_yuan FROM monthly_output") == 987_654_321_012_345
    assert ledger.value("SELECT typeof(entry_day) || entry_day FROM register_spell") == "text2020-02-29"


def test_a_required_field_may_not_be_empty(ledger: Ledger) -> None:
    with pytest.raises(BugError), ledger.write("甲", "登记") as writer:
        writer.insert(Enterprise, {"name": None})


def test_one_live_row_a_firm_and_month(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "甲公司"})
        first = writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-09"})
    with pytest.raises(KnownError), ledger.write("甲", "重复") as writer:
        writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-09"})
    with ledger.write("甲", "换一条") as writer:
        writer.bin(MonthlyOutput, first)
        writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-09"})


@pytest.mark.parametrize(
    ("place", "uri"),
    [
        (PurePosixPath("/台账/a b#?.ledger"), "file:///%E5%8F%B0%E8%B4%A6/a%20b%23%3F.ledger?mode=ro"),
        (PureWindowsPath("C:\\a b\\x.ledger"), "file:///C:/a%20b/x.ledger?mode=ro"),
        (PureWindowsPath("\\\\server\\share\\x.ledger"), "file:////server/share/x.ledger?mode=ro"),
    ],
)
def test_a_path_becomes_a_uri_that_sqlite_takes(place: PurePosixPath | PureWindowsPath, uri: str) -> None:
    assert engine.uri_of(place, "ro") == uri


@pytest.mark.parametrize("name", ["a b.ledger", "台账#1.ledger", "百分%41.ledger", "问?号.ledger", "a&b=c.ledger"])
def test_a_ledger_may_have_any_name(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and "?" in name:
        pytest.skip("Windows knows no such name")
    open_ledger(tmp_path / name, create=True).close()
    with open_ledger(tmp_path / name, read_only=True) as ledger:
        assert ledger.value("SELECT count(*) FROM bank") == 0
    assert [one.name for one in tmp_path.iterdir()] == [name]
