"""G4 a durable save, G5 an import, G20 opening: the ledger against the bare disk and the bare library."""

from __future__ import annotations

import itertools
import os
import sqlite3
import statistics
import time
from contextlib import closing
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from bench.timing import Result, clocked, medians
from bench.wording import Writer
from chain_office.db import engine, guard, migrations
from chain_office.db.identity import new_id
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Enterprise, MonthlyOutput, Problem, ProblemEvent, Visit
from chain_office.services.keeping import open_for_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.place import Place
    from chain_office.db.ledger import Ledger
    from chain_office.db.models import Record

_SAVES = 40
_IMPORTED, _FIRMS = 20_000, 2_000


def g4(place: Place) -> Iterator[Result]:
    """A problem changed and its step added, under the lease, with history, search and tallies, safe on the disk."""
    with open_for_work(place.copy(), "bench") as ledger:
        problems = [row[0] for row in ledger.rows("SELECT id FROM problem WHERE deleted_at IS NULL LIMIT 40")]
        appended = (place.folder / "appended").open("ab", buffering=0)
        with appended, closing(_bare_database(place.folder / "bare.db")) as bare:

            def append() -> None:
                appended.write(b"x" * 4096)
                os.fsync(appended.fileno())

            saves, appends, bares = [], [], []
            for number in range(_SAVES):
                problem = problems[number % len(problems)]
                appends.append(clocked(append)())
                bares.append(clocked(partial(bare.execute, "INSERT INTO t VALUES (zeroblob(100))"))())
                saves.append(clocked(lambda one=problem, at=number: _save(ledger, one, at))())  # type: ignore[misc]
    ours, append_median, bare_median = map(statistics.median, (saves, appends, bares))
    yield Result("G4", place.size, "留痕保存一次", ours, append_median, 6, "4 KiB 追加 + fsync")
    yield Result("G4", place.size, "留痕保存一次", ours, bare_median, None, "裸 SQLite 同样设置提交一行")


def _bare_database(path: Path) -> sqlite3.Connection:
    """One table, journal and durability as the ledger's: every statement is a transaction."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = truncate")
    connection.execute("CREATE TABLE IF NOT EXISTS t (x BLOB)")
    return connection


def _save(ledger: Ledger, problem: str, number: int) -> None:
    with ledger.write("bench", "登记进展") as writer:
        writer.update(Problem, problem, {"progress": f"第{number}次:已与银行达成初步意向"})
        step = {"problem_id": problem, "seq": 1000 + number, "kind": "note", "state": "doing", "text": "已现场协调"}
        writer.insert(ProblemEvent, step)


def g5(place: Place) -> Iterator[Result]:
    """20,000 rows through the write door, beside a bare executemany into the same table and indexes, without audit."""
    with open_ledger(place.copy()) as ledger:
        with ledger.write("bench", "企业") as writer:
            firms = writer.insert_many(Enterprise, [{"name": f"导入企业{number}"} for number in range(_FIRMS)])
        for name, model, make in (("月报", MonthlyOutput, _reports), ("走访记录", Visit, _visits)):
            batches = (make(firms, turn) for turn in itertools.count())
            variants = partial(_audited, ledger, model, batches), partial(_bare, ledger, model, batches)
            ours, bare = medians(*variants, rounds=3)
            yield Result("G5", place.size, f"留痕导入 2 万行{name}", ours, bare, 5.5, "不留痕的裸 executemany")


def _audited(ledger: Ledger, model: type[Record], batches: Iterator[list[dict[str, object]]]) -> float:
    rows = next(batches)
    start = time.perf_counter()
    with ledger.write("bench", "导入") as writer:
        writer.insert_many(model, rows)
    return time.perf_counter() - start


def _bare(ledger: Ledger, model: type[Record], batches: Iterator[list[dict[str, object]]]) -> float:
    rows = next(batches)
    table = model._meta.table_name
    statement = f'INSERT INTO "{table}"({", ".join(rows[0])}) VALUES ({", ".join("?" * len(rows[0]))})'
    values = [tuple(row.values()) for row in rows]
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = truncate")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statement, values)
        connection.execute("COMMIT")
        seconds = time.perf_counter() - start
        for _, sql in triggers:
            connection.execute(sql)
    return seconds


def _reports(firms: list[str], turn: int) -> list[dict[str, object]]:
    months = [f"{2031 + turn}-{number:02d}" for number in range(1, _IMPORTED // _FIRMS + 1)]
    return [
        {
            "id": new_id(),
            "version": 1,
            "enterprise_id": firm,
            "month": month,
            "month_yuan": 1_234_567 + number,
            "month_prev_yuan": 1_200_000 + number,
            "cum_yuan": 12_345_670 + number,
            "cum_prev_yuan": 12_000_000 + number,
            "source": "企业自报",
        }
        for number, (month, firm) in enumerate(itertools.product(months, firms))
    ]


def _visits(firms: list[str], turn: int) -> list[dict[str, object]]:
    words = Writer(turn)
    return [
        {
            "id": new_id(),
            "version": 1,
            "number": 1_000_000 + turn * _IMPORTED + number,
            "enterprise_id": firms[number % len(firms)],
            "day": date(2021, 11, 1 + number % 19),
            "precision": "day",
            "q1_status": words.note(2),
            "q2_problem": words.note(2),
        }
        for number in range(_IMPORTED)
    ]


def g20(large: Place, small: Place) -> Iterator[Result]:
    """Opening a file and reading its version, and adding a column, in the large ledger beside the small one."""
    work = [(large.copy(), small.copy(), _open), (large.copy(), small.copy(), _add_column)]
    for what, (big, little, do) in zip(("打开并核对版本", "加一列"), work, strict=True):
        ours, yard = medians(clocked(partial(do, big)), clocked(partial(do, little)), rounds=15)
        yield Result("G20", "L", what, ours, yard, 2, "同样的事在 S")


def _open(path: Path) -> None:
    guard.inspect_file(path)
    database = engine.connect(path)
    migrations.refuse_newer(database, path)
    database.close()


def _add_column(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ALTER TABLE monthly_output ADD COLUMN added TEXT")
        connection.execute("ROLLBACK")
