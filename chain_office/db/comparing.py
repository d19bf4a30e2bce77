"""What restoring a backup would do: the records that stand differently in it and in the ledger as it is."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import engine, guard, migrations, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import peewee

SHOWN = 20
"""How many titles a difference names."""


@dataclass(frozen=True, slots=True)
class Titles:
    """How many records, and what some of them are called."""

    count: int
    some: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskDifference:
    """What was done on a desk since the backup, and would be undone."""

    desk: str
    added: Titles
    changed: Titles
    gone: Titles

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added.count or self.changed.count or self.gone.count)


@dataclass(frozen=True, slots=True)
class Difference:
    """Between the ledger and a backup: ``writes`` go back to how the backup has it; ``only_there`` are writes of the
    backup that the ledger does not have (it was itself restored since)."""

    desks: tuple[DeskDifference, ...]
    writes: int
    only_there: int

    @property
    def told(self) -> str:
        """ "此后的 12 次写入将回到备份时"."""
        if not self.writes:
            return (
                "备份之后没有写入，恢复不会改变什么" if not self.only_there else f"备份里多出 {self.only_there} 次写入"
            )
        more = f"；备份里另有 {self.only_there} 次现在没有的写入会回来" if self.only_there else ""
        return f"此后的 {self.writes} 次写入将回到备份时{more}"


@dataclass(frozen=True, slots=True)
class _Desk:
    name: str
    table: str
    title: str
    parts: tuple[tuple[str, str], ...] = ()
    """Tables that hang on a record, and the column that says on which."""


_FIRM = "(SELECT name FROM {side}.enterprise e WHERE e.id = r.enterprise_id)"
_DESKS = (
    _Desk("企业", "enterprise", "r.name", (("contact", "enterprise_id"), ("register_spell", "enterprise_id"))),
    _Desk("走访", "visit", f"'ZF' || printf('%04d', r.number) || ' ' || coalesce({_FIRM}, '')"),
    _Desk(
        "问题",
        "problem",
        "'WT' || printf('%04d', r.number) || ' ' || substr(r.text, 1, 30)",
        (("screening", "problem_id"), ("assignment", "problem_id"), ("problem_event", "problem_id")),
    ),
    _Desk("需求", "need", f"'XQ' || printf('%04d', r.number) || ' ' || coalesce({_FIRM}, '')"),
    _Desk(
        "银企",
        "match",
        f"'YQ' || printf('%04d', r.number) || ' ' || coalesce({_FIRM}, '')",
        (("credit", "match_id"), ("drawdown", "match_id")),
    ),
    _Desk(
        "项目",
        "project",
        "r.name",
        (
            ("stage_change", "project_id"),
            ("project_plan", "project_id"),
            ("project_month", "project_id"),
            ("project_node", "project_id"),
        ),
    ),
    _Desk("产值", "monthly_output", f"coalesce({_FIRM}, '') || ' ' || r.month"),
    *(
        _Desk(name, table, title)
        for name, table, title in (
            ("附件", "attachment", "r.name"),
            ("材料", "issued_pack", "coalesce(r.name, r.kind) || ' ' || r.as_of"),
            ("设置", "setting", "r.key"),
            ("单位", "unit", "r.name"),
            ("银行", "bank", "r.name"),
            ("园区", "park", "r.name"),
            ("区县", "district", "r.name"),
        )
    ),
)


def compare(ledger: Path, chosen: Path) -> Difference:
    """What the ledger has that backup ``chosen`` has not, desk by desk. Reads both through a connection of its own."""
    with _both(ledger, chosen) as database:
        common = _number(
            database,
            "SELECT coalesce(max(a.no), 0) FROM main.write_log a JOIN past.write_log b "
            "ON b.no = a.no AND b.at = a.at AND b.actor = a.actor AND b.reason = a.reason",
        )
        writes = _number(database, "SELECT count(*) FROM main.write_log WHERE no > ?", common)
        only_there = _number(database, "SELECT count(*) FROM past.write_log WHERE no > ?", common)
        desks = tuple(_difference(database, one) for one in _DESKS)
    return Difference(tuple(one for one in desks if one.any), writes, only_there)


@contextlib.contextmanager
def _both(ledger: Path, chosen: Path) -> Iterator[peewee.SqliteDatabase]:
    """The ledger as "main", the backup as "past", both for reading only."""
    for one in (chosen, ledger):
        guard.inspect_file(one)
        database = engine.connect(one, read_only=True)
        try:
            migrations.refuse_newer(database, one)
            schema.refuse_foreign(database, one)
        finally:
            database.close()
    database = engine.connect(ledger, read_only=True)
    try:
        try:
            database.execute_sql("ATTACH DATABASE ? AS past", (engine.uri_of(chosen.absolute(), "ro"),))
            yield database
        except engine.FAILURES as error:
            raise engine.explain(error, chosen) from error
    finally:
        database.close()


def _number(database: peewee.SqliteDatabase, statement: str, *arguments: object) -> int:
    return int(database.execute_sql(statement, arguments).fetchone()[0])


def _difference(database: peewee.SqliteDatabase, desk: _Desk) -> DeskDifference:
    live_now = f'SELECT id FROM main."{desk.table}" WHERE deleted_at IS NULL'
    live_then = f'SELECT id FROM past."{desk.table}" WHERE deleted_at IS NULL'
    changed = [_moved(desk.table, "id"), *(_moved(table, column) for table, column in desk.parts)]
    both = f"({' UNION '.join(changed)}) INTERSECT {live_now} INTERSECT {live_then}"
    return DeskDifference(
        desk.name,
        _titles(database, desk, "main", f"{live_now} EXCEPT {live_then}"),
        _titles(database, desk, "main", f"SELECT * FROM {both}"),
        _titles(database, desk, "past", f"{live_then} EXCEPT {live_now}"),
    )


def _moved(table: str, column: str) -> str:
    """Records of which a row of ``table`` (the record itself, or a part of it) stands differently, or on one side only."""
    return (
        f'SELECT a."{column}" FROM main."{table}" a LEFT JOIN past."{table}" b ON b.id = a.id '
        "WHERE b.id IS NULL OR b.version <> a.version OR b.deleted_at IS NOT a.deleted_at "
        f'UNION SELECT b."{column}" FROM past."{table}" b WHERE NOT EXISTS '
        f'(SELECT 1 FROM main."{table}" a WHERE a.id = b.id)'
    )


def _titles(database: peewee.SqliteDatabase, desk: _Desk, side: str, ids: str) -> Titles:
    count = _number(database, f"SELECT count(*) FROM ({ids})")
    if not count:
        return Titles(0, ())
    title = desk.title.format(side=side)
    statement = f'SELECT {title} FROM {side}."{desk.table}" r WHERE r.id IN ({ids}) ORDER BY r.id DESC LIMIT {SHOWN}'
    return Titles(count, tuple(str(row[0] or "") for row in database.execute_sql(statement).fetchall()))
