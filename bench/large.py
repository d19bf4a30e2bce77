"""The ledger of a whole province's chains, made once and kept: what an office's program must still be quick with."""

from __future__ import annotations

import itertools
import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from bench.large_desks import desk_rows
from bench.large_problems import problem_rows
from bench.wording import Writer
from chain_office.db import migrations, search_upkeep, tallies
from chain_office.db.identity import new_id
from chain_office.db.ledger import open_ledger
from chain_office.domain.names import name_key
from chain_office.services.ledgers import open_or_make

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FIRMS, VISITS, PROJECTS, MONTHS = 20_000, 200_000, 20_000, 120
_FIRST = date(2012, 1, 1)


def large_ledger(folder: Path) -> Path:
    """The large ledger in ``folder``, made if it is not there for this schema (some minutes, about 2 GB)."""
    schema = blake2b("".join(sql for _, sql in migrations.steps()).encode(), digest_size=4).hexdigest()
    path = folder / f"L-{schema}.ledger"
    if path.exists():
        return path
    for outdated in folder.glob("L-*.ledger*"):
        outdated.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    print("正在建立 L 规模的台账（只做一次，需几分钟）……", flush=True)
    building = folder / "L-building.ledger"
    open_or_make(building).close()
    with closing(sqlite3.connect(building, isolation_level=None)) as connection:
        _fill(connection)
    with open_ledger(building) as ledger, ledger.write("bench", "索引与汇总") as writer:
        tallies.rebuild(writer)
        search_upkeep.rebuild(writer)
    building.replace(path)
    print(f"建好：{path.stat().st_size / 1e6:.0f} MB，{time.perf_counter() - started:.0f} 秒", flush=True)
    return path


def _fill(connection: sqlite3.Connection) -> None:
    for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -400000", "temp_store = 1"):
        connection.execute(f"PRAGMA {pragma}")
    put_back = _take_off(connection)
    connection.execute("BEGIN")
    firms = [new_id() for _ in range(FIRMS)]
    units = [row[0] for row in connection.execute("SELECT id FROM unit")]
    districts = [row[0] for row in connection.execute("SELECT id FROM district")]
    categories = [row[0] for row in connection.execute("SELECT id FROM category")]
    segments = [row[0] for row in connection.execute("SELECT id FROM segment ORDER BY rowid")]
    banks = [row[0] for row in connection.execute("SELECT id FROM bank ORDER BY rowid")]
    visits = [new_id() for _ in range(VISITS)]
    _put(connection, "enterprise", _ENTERPRISE, _enterprises(firms, districts, segments))
    _put(connection, "register_spell", ("id", "enterprise_id"), ((new_id(), firm) for firm in firms))
    _put(connection, "visit", _VISIT, _visits(visits, firms))
    for table, columns, rows in problem_rows(firms, units, categories):
        _put(connection, table, columns, rows)
    projects = [new_id() for _ in range(PROJECTS)]
    _put(connection, "project", _PROJECT, _projects(projects, districts))
    _put(
        connection,
        "stage_change",
        ("id", "project_id", "stage"),
        ((new_id(), one, "under_construction") for one in projects),
    )
    for table, columns, hanging in desk_rows(firms, projects, visits, banks):
        _put(connection, table, columns, hanging)
    _put(connection, "monthly_output", _OUTPUT, _outputs(firms))
    for statement in put_back:
        connection.execute(statement)
    connection.execute("COMMIT")


def _take_off(connection: sqlite3.Connection) -> list[str]:
    """Drop the triggers and the indexes that no constraint made; returns what makes them again, indexes first."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL ORDER BY type"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f'DROP {kind} "{name}"')
    return [row[2] for row in found]


def _put(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}"({", ".join(columns)}) VALUES ({marks})', rows)


def _day(number: int) -> str:
    return (_FIRST + timedelta(days=number % 3600)).isoformat()


_ENTERPRISE = (
    "id", "number", "name", "district_id", "products", "address", "remark", "name_key", "name_core", "initials",
    "segment_id",
)  # fmt: skip


def _enterprises(
    firms: Sequence[str], districts: Sequence[str], segments: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    words = Writer(1)
    for number, firm in enumerate(firms, start=1):
        name = words.firm(number)
        district = words.dice.choice(districts)
        key = name_key(name)
        yield (
            firm,
            number,
            name,
            district,
            f"铜板带、{words.odd(1)}合金",
            f"{words.odd(1)}路{number}号",
            words.note(1),
            key,
            key,
            "slty",
            segments[number % len(segments)],
        )


_VISIT = ("id", "number", "enterprise_id", "day", "precision", "leader", "q1_status", "q2_problem", "q3_plan", "remark")


def _visits(visits: Sequence[str], firms: Sequence[str]) -> Iterator[tuple[object, ...]]:
    words = Writer(2)
    for number, one in enumerate(visits, start=1):
        firm = words.dice.choice(firms)
        texts = words.note(3), words.note(2), words.note(2)
        yield one, number, firm, _day(number // 60), "day", words.odd(1), *texts, ""


_PROJECT = (
    "id", "number", "name", "owner", "district_id", "content", "total_yuan", "problems", "stage", "name_key",
)  # fmt: skip


def _projects(projects: Sequence[str], districts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    words = Writer(4)
    for number, one in enumerate(projects, start=1):
        name = f"{words.odd(1)}年产{number}吨铜合金项目"
        place = words.firm(number), words.dice.choice(districts)
        yield (
            one,
            number,
            name,
            *place,
            words.note(2),
            number * 10_000,
            words.note(1),
            "under_construction",
            name_key(name),
        )


_OUTPUT = ("id", "enterprise_id", "month", "month_yuan", "month_prev_yuan", "cum_yuan", "cum_prev_yuan", "source")


def _outputs(firms: Sequence[str]) -> Iterator[tuple[object, ...]]:
    months = [f"{_FIRST.year + number // 12}-{number % 12 + 1:02d}" for number in range(MONTHS)]
    upto = [0] * len(firms)
    for (place, month), (number, firm) in itertools.product(enumerate(months), enumerate(firms)):
        alone, passed = 900_000 + (number * 7919 + place * 104_729) % 600_000, place % 12 + 1
        upto[number] = alone + (upto[number] if passed > 1 else 0)
        before = upto[number] - 40_000 * passed
        yield new_id(), firm, month, alone, alone - 40_000, upto[number], before, "企业自报"
