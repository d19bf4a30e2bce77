"""What is checked before a file is trusted as a ledger, in an order in which nothing hostile gets to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import files
from chain_office.db import engine, migrations, schema
from chain_office.domain.errors import LedgerDamaged, LedgerFault, LedgerMissing, NotALedger

if TYPE_CHECKING:
    from pathlib import Path

    import peewee

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


def inspect_file(path: Path) -> None:
    """Refuse what cannot be a ledger by its size, type and first bytes. Call before any connection is open on it:
    reading a live database file by hand would drop this process's locks on it (POSIX)."""
    if not path.exists():
        raise LedgerMissing(
            f"找不到台账“{path}”；文件可能被移动、改名或删除，也可能是所在的盘没有接上，请检查。", path=path
        )
    if path.is_dir():
        raise NotALedger(f"“{path}”是一个文件夹，不是台账；请给出台账文件(.ledger)。", path=path)
    if not path.is_file():
        raise NotALedger(f"“{path}”不是普通文件，不是台账；请给出台账文件(.ledger)。", path=path)
    if not engine.is_open_here(path):
        _inspect_head(path)


def _inspect_head(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER)
        size = path.stat().st_size
        interrupted = has_journal(path)
    except OSError as error:
        said = f"读不了“{path.name}”（{files.reason(error)}）；请检查权限或是否被其他程序占用。"
        raise LedgerFault(said, path=path) from error
    if not head:
        raise NotALedger(f"“{path.name}”是空文件，不是台账；请检查是否复制不完整，或用备份恢复。", path=path)
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        said = f"“{path.name}”不是产业链办的台账文件，没有打开，文件未动；请检查是否选错了文件。"
        raise NotALedger(said, path=path)
    page_size = int.from_bytes(head[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(head[28:32], "big")
    if int.from_bytes(head[68:72], "big") != engine.APPLICATION_ID:
        said = f"“{path.name}”是别的程序的数据库，不是产业链办的台账，没有打开，文件未动。"
        raise NotALedger(said, path=path)
    if not interrupted and page_size * pages > size:
        said = f"“{path.name}”不完整（比应有的短），没有打开，文件未动；请用最近的备份恢复(restore)。"
        raise LedgerDamaged(said, path=path)


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the rollback journal of a file."""
    return path.with_name(path.name + "-journal")


def has_journal(path: Path) -> bool:
    """Whether a journal with something in it stands beside the file (an empty one is only TRUNCATE mode's habit)."""
    journal = journal_of(path)
    return journal.exists() and journal.stat().st_size > 0


def admit(database: peewee.SqliteDatabase, path: Path, *, thorough: bool = False) -> None:
    """Everything an open file has to pass, in the order in which nothing hostile gets to run. Raises KnownError."""
    try:
        migrations.refuse_newer(database, path)
    except engine.FAILURES as error:
        raise engine.explain(error, path) from error
    schema.refuse_foreign(database, path)
    (full_check if thorough else quick_check)(database, path)


def quick_check(database: peewee.SqliteDatabase, path: Path) -> None:
    """Structure and references, quickly. Raises :class:`KnownError` naming the first fault."""
    _require_ok(database, path, "quick_check")


def full_check(database: peewee.SqliteDatabase, path: Path) -> None:
    """Structure, indexes and references in full (on demand, and on every backup copy)."""
    _require_ok(database, path, "integrity_check")


def _require_ok(database: peewee.SqliteDatabase, path: Path, pragma: str) -> None:
    try:
        faults = [str(row[0]) for row in database.execute_sql(f"PRAGMA {pragma}(5)").fetchall()]
        orphans = database.execute_sql("PRAGMA foreign_key_check").fetchmany(5)
    except engine.FAILURES as error:
        raise engine.explain(error, path) from error
    if faults != ["ok"]:
        said = f"“{path.name}”有损坏，没有打开，文件未动；请用最近的备份恢复(restore)。"
        raise LedgerDamaged(said, path=path, detail="; ".join(faults))
    if orphans:
        said = f"“{path.name}”的记录之间有断开的引用，可能被别的程序改过；请用最近的备份恢复(restore)。"
        raise LedgerDamaged(said, path=path, detail=str(orphans))
