"""The backups of a ledger: which there are, when each was taken, and what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import backup, engine, guard, migrations, schema
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import peewee

COUNTED = (
    ("企业", "enterprise"),
    ("走访", "visit"),
    ("问题", "problem"),
    ("银企", "match"),
    ("项目", "project"),
    ("产值", "monthly_output"),
)
"""The desks, and the table that says how much is on each."""
_NAME = re.compile(
    r"-(?:(?P<before>[^-]+)-)?(?P<taken>\d{8}-\d{6})(?:-(?P<label>[^\d-].*?))?(?:-(?P<serial>\d+))?\.ledger"
)


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup. ``sound`` is None until somebody checked it in full, False where it cannot even be read; ``head`` is
    the number of the last write it holds and ``newest`` when that was (a UTC stamp)."""

    path: Path
    when: datetime
    label: str
    size: int
    sound: bool | None = None
    counts: tuple[tuple[str, int], ...] = ()
    head: int = 0
    newest: str = ""
    fault: str = ""


def named(name: str, stem: str) -> tuple[datetime, str] | None:
    """When a file was taken and why, by its name; None where it is no backup of the ledger called ``stem``."""
    found = _NAME.fullmatch(name.removeprefix(stem)) if name.startswith(stem) else None
    if found is None:
        return None
    try:
        taken = datetime.strptime(found["taken"], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local time, as the name has it
    except ValueError:
        return None
    return taken.replace(tzinfo=clock.now().tzinfo), found["before"] or found["label"] or ""


def listed(ledger: Path, *elsewhere: Path | None) -> tuple[BackupInfo, ...]:
    """Every backup of a ledger by name and size, newest first: in its own folder, beside it (what was there before a
    restore) and in the other places."""
    found: dict[Path, BackupInfo] = {}
    for folder in (backup.default_folder(ledger), ledger.parent, *elsewhere):
        for one in _files(folder):
            said = named(one.name, ledger.stem)
            if said is not None and one not in found:
                found[one] = BackupInfo(one, said[0], said[1], one.stat().st_size)
    return tuple(sorted(found.values(), key=lambda one: (one.when, one.path.name), reverse=True))


def _files(folder: Path | None) -> Iterator[Path]:
    if folder is None:
        return iter(())
    try:
        return iter([one for one in folder.iterdir() if one.suffix == ".ledger" and one.is_file()])
    except OSError:  # not there, or a drive that is not plugged in
        return iter(())


def look_into(info: BackupInfo, *, thorough: bool = False) -> BackupInfo:
    """The same with what is in it; ``thorough`` checks every page, and settles whether it is sound."""
    try:
        database = _open(info.path)
        try:
            counts = tuple((label, _count(database, table)) for label, table in COUNTED)
            head, newest = last_write(database)
            if thorough:
                guard.full_check(database, info.path)
        finally:
            database.close()
    except KnownError as error:
        return replace(info, sound=False, fault=error.message)
    except engine.FAILURES as error:
        return replace(info, sound=False, fault=engine.explain(error, info.path).message)
    return replace(info, sound=True if thorough else info.sound, counts=counts, head=head, newest=newest)


def head_of(info: BackupInfo) -> int | None:
    """The number of the last write a backup holds, without looking further; None where it cannot be read."""
    try:
        database = _open(info.path)
    except KnownError:
        return None
    try:
        return last_write(database)[0]
    except engine.FAILURES:
        return None
    finally:
        database.close()


def _open(path: Path) -> peewee.SqliteDatabase:
    """For reading; nothing of it is trusted before its schema is known."""
    guard.inspect_file(path)
    database = engine.connect(path, read_only=True)
    try:
        migrations.refuse_newer(database, path)
        schema.refuse_foreign(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _count(database: peewee.SqliteDatabase, table: str) -> int:
    statement = f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL'
    return int(database.execute_sql(statement).fetchone()[0])


def last_write(database: peewee.SqliteDatabase) -> tuple[int, str]:
    """The number and the moment of the last write."""
    row = database.execute_sql("SELECT no, at FROM write_log ORDER BY no DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def newest_sound(ledger: Path, *elsewhere: Path | None) -> BackupInfo | None:
    """The newest backup that passes every check."""
    for info in listed(ledger, *elsewhere):
        found = look_into(info, thorough=True)
        if found.sound:
            return found
    return None


def last_write_of(path: Path) -> int | None:
    """The number of the last write of a ledger that may be damaged; None where it no longer says."""
    try:
        database = engine.connect(path, read_only=True)
    except KnownError:
        return None
    try:
        return last_write(database)[0] or None
    except (*engine.FAILURES, ValueError, TypeError):
        return None
    finally:
        database.close()
