"""Whether a file's tables, indexes, triggers and views are exactly those this program makes.

A file with anything else in its schema is refused before one statement of that schema can run: a forged CHECK can keep
even an integrity check busy for ever.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import peewee

from chain_office.db import engine, migrations
from chain_office.domain.errors import LedgerDamaged, NotALedger

if TYPE_CHECKING:
    from pathlib import Path

FROZEN: dict[int, str] = {
    1: "1e494cd5e429c22465f8fbff26b65f396bb0dfd240ac6095b1a4dfced3e30d0b",
    2: "7c51e552412ad9a203bdefc148c0795f0176e54bd22af6d4e81be87c2ac35145",
    3: "6c254998048d98b9262f8b592bd0788854951b578cbbfd4ad3d0ca7d03e80d0a",
}
"""Schema version → fingerprint of a ledger of that version, so that opening one makes no second ledger to compare with.
A test keeps it true. Versions left behind keep their line for good."""
_STATISTICS = {"CREATE TABLE sqlite_stat1(tbl,idx,stat)", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"}
_SHOWN = 3

Objects = frozenset[tuple[str, str, str, str]]


def objects(database: peewee.SqliteDatabase) -> Objects:
    """(type, name, table, SQL) of everything in the schema but SQLite's own statistics."""
    rows = database.execute_sql("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return frozenset((str(a), str(b), str(c), str(d)) for a, b, c, d in rows if d not in _STATISTICS)


def fingerprint(found: Objects) -> str:
    """A digest of a schema."""
    digest = hashlib.sha256()
    for row in sorted(found):
        digest.update("\x1f".join(row).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()


@cache
def expected(version: int) -> Objects:
    """The schema of a ledger of that version, from a fresh one made in memory."""
    database = peewee.SqliteDatabase(":memory:")
    database.connect()
    try:
        migrations.migrate(database, up_to=version)
        return objects(database)
    finally:
        database.close()


def refuse_foreign(database: peewee.SqliteDatabase, path: Path) -> None:
    """Raise :class:`KnownError` unless the schema is that of a ledger of the version the file names."""
    try:
        version = migrations.version_of(database)
        found = objects(database)
    except engine.FAILURES as error:
        raise engine.explain(error, path) from error
    if version < 1:
        said = f"“{path.name}”没有台账的格式号，没有打开，文件未动；请检查是否选错了文件，或用备份恢复。"
        raise NotALedger(said, path=path)
    if FROZEN.get(version) == fingerprint(found):
        return
    names = sorted({row[1] for row in found ^ expected(version)})
    if names:
        shown = "、".join(name[:40] for name in names[:_SHOWN]) + (
            f" 等 {len(names)} 处" if len(names) > _SHOWN else ""
        )
        raise LedgerDamaged(
            f"“{path.name}”的表结构被别的程序改过（{shown}），没有打开，文件未动；请用最近的备份恢复(restore)。",
            path=path,
            detail="、".join(names),
        )
