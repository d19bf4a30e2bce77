"""G6 lists, G7 the dashboard, G10 search: the ledger's queries against one scan without an index."""

from __future__ import annotations

import sqlite3
import statistics
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from bench.place import yardstick_table
from bench.timing import Result, clocked, medians
from chain_office.db import search
from chain_office.db.ledger import open_ledger
from chain_office.db.search_upkeep import texts_of
from chain_office.db.searchable import TEXTS
from chain_office.queries import dashboard, lists
from chain_office.queries.desk_lists import ENTERPRISES, OUTPUT, PROBLEMS, VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bench.place import Place
    from chain_office.db.ledger import Ledger

_SCAN = "SELECT count(*) FROM note WHERE text LIKE '%没有这个词%'"
_FLAT_SCAN = "SELECT count(*) FROM text WHERE text LIKE '%没有这个词%'"
_NEEDLES = 12
_ABSENT = ("鱻", "鱻龘", "没有这个词", "贷资", "银行给予中短期", "铜板带外延片")


def _against_scan(place: Place, goal: str, works: dict[str, Callable[[], object]]) -> Iterator[Result]:
    with closing(sqlite3.connect(yardstick_table())) as table:
        for what, work in works.items():
            ours, scan = medians(clocked(work, times=20), clocked(lambda: table.execute(_SCAN).fetchall()), rounds=7)
            yield Result(goal, place.size, what, ours, scan, 0.02, "无索引扫描 10 万行")


def g6(place: Place) -> Iterator[Result]:
    """Pages of fifty lines, filtered and sorted."""
    with open_ledger(place.ledger, read_only=True) as ledger:
        unit = ledger.value(
            "SELECT lead_unit_id FROM problem WHERE lead_unit_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC"
        )
        firm = ledger.value("SELECT enterprise_id FROM visit GROUP BY 1 ORDER BY count(*) DESC")
        month = ledger.value("SELECT max(month) FROM monthly_output")
        closed = {"unit": unit, "state": "closed"}
        far = _far_cursor(ledger)
        works: dict[str, Callable[[], object]] = {
            "问题：单位+状态，按时限": partial(lists.page, ledger, PROBLEMS, filters=closed, order="deadline"),
            "问题：最新": partial(lists.page, ledger, PROBLEMS),
            "问题：翻到九成处": partial(lists.page, ledger, PROBLEMS, after=far),
            "问题：计数（封顶）": partial(lists.count, ledger, PROBLEMS),
            "走访：一家企业": partial(lists.page, ledger, VISITS, filters={"enterprise": firm}),
            "企业：含最近走访和未结问题": partial(lists.page, ledger, ENTERPRISES),
            "产值：某月，由高到低": partial(lists.page, ledger, OUTPUT, filters={"month": month}),
        }
        yield from _against_scan(place, "G6", works)


def _far_cursor(ledger: Ledger) -> lists.Cursor:
    number = int(ledger.value("SELECT max(number) / 10 FROM problem"))
    return lists.Cursor(number, "")


def g7(place: Place) -> Iterator[Result]:
    """What the dashboard shows first."""
    with open_ledger(place.ledger, read_only=True) as ledger:
        works: dict[str, Callable[[], object]] = {
            "问题按单位和状态": partial(dashboard.problems_by_unit, ledger),
            "产值按月": partial(dashboard.output_by_month, ledger),
        }
        yield from _against_scan(place, "G7", works)


def g10(place: Place) -> Iterator[Result]:
    """The newest fifty records with a text, beside looking at every text; and the room the index takes."""
    with open_ledger(place.ledger, read_only=True) as ledger:
        needles = _needles(ledger)
        _prove_equal(ledger, [*needles[::9], *_ABSENT[:3]])
        taken = []
        for needle in (*needles, *_ABSENT):
            taken += medians(clocked(partial(search.find, ledger, [needle])), rounds=3)
        with closing(_flat_texts(ledger, place.folder / f"{place.size}-texts.db")) as flat:
            scan = medians(clocked(lambda: flat.execute(_FLAT_SCAN).fetchall()), rounds=5)[0]
        p95 = statistics.quantiles(taken, n=20)[-1]
        large = place.size == "L"
        what = f"检索 {len(taken)} 个词的 p95"
        yield Result(
            "G10", place.size, what, p95, scan, 0.05 if large else None, "对同样文字（单独一表）的一次 LIKE 扫描"
        )
        index, text = _sizes(ledger)
        ceiling = 0.6 if large else None
        yield Result("G10", place.size, "索引大小", index / 1e6, text / 1e6, ceiling, "文字字节", unit="MB")


def _flat_texts(ledger: Ledger, path: Path) -> sqlite3.Connection:
    """Every document's text in a table of its own: the quickest there is to scan."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE text (text TEXT)")
    for texts in TEXTS:
        ids = [row[0] for row in ledger.rows(f'SELECT id FROM "{texts.table}" WHERE deleted_at IS NULL')]
        for start in range(0, len(ids), 500):
            found = texts_of(ledger.rows, texts, ids[start : start + 500])
            connection.executemany("INSERT INTO text VALUES (?)", ((one,) for one in found.values()))
    connection.commit()
    return connection


def _needles(ledger: Ledger) -> list[str]:
    """Pieces of one to six characters of the ledger's own texts."""
    rows = ledger.rows("SELECT text FROM problem UNION ALL SELECT q1_status FROM visit WHERE q1_status <> ''")
    step = max(1, len(rows) // _NEEDLES)
    texts = [row[0] for row in rows[::step]][:_NEEDLES]
    return [text[at : at + size] for at, text in enumerate(texts) for size in (1, 2, 3, 4, 6)]


def _by_like(ledger: Ledger, needle: str) -> set[tuple[str, str]]:
    """Every live record with the needle in it or its parts, by reading them all."""
    found: set[tuple[str, str]] = set()
    like = {"like": search.pattern(needle)}
    for texts in TEXTS:
        live = f'SELECT id FROM "{texts.table}" WHERE deleted_at IS NULL'
        found |= {(texts.table, row[0]) for row in ledger.rows(f"{live} AND ({_likes(texts.columns)})", like)}
        for part in texts.parts:
            mine = f'SELECT "{part.owner}" FROM "{part.table}" WHERE deleted_at IS NULL AND ({_likes(part.columns)})'
            found |= {(texts.table, row[0]) for row in ledger.rows(f"{live} AND id IN ({mine})", like)}
    return found


def _likes(columns: Iterable[str]) -> str:
    return " OR ".join(f"\"{column}\" LIKE :like ESCAPE '\\'" for column in columns)


def _prove_equal(ledger: Ledger, needles: list[str]) -> None:
    for needle in needles:
        hits = {(one.table, one.row_id) for one in search.find(ledger, [needle], limit=10_000_000)}
        if hits != _by_like(ledger, needle):
            raise AssertionError(f"search and LIKE disagree on {needle!r}")


def _sizes(ledger: Ledger) -> tuple[int, int]:
    """Bytes of the index (documents and postings), and of the texts it covers."""
    index = int(ledger.value("SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name LIKE 'search%'"))
    tables = [(texts.table, texts.columns) for texts in TEXTS]
    tables += [(part.table, part.columns) for texts in TEXTS for part in texts.parts]
    text = 0
    for table, columns in tables:
        lengths = " + ".join(f'coalesce(length(CAST("{column}" AS BLOB)), 0)' for column in columns)
        text += int(ledger.value(f'SELECT coalesce(sum({lengths}), 0) FROM "{table}" WHERE deleted_at IS NULL'))
    return index, text
