"""An open ledger: one file, one connection, one write door."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from chain_office import clock
from chain_office.db import backup, engine, guard, initials, migrations, sealing, search_upkeep, spans
from chain_office.db.lease import held
from chain_office.db.models import database as proxy
from chain_office.db.remembering import Remembered
from chain_office.db.session import Changes, Writer
from chain_office.domain.errors import BugError, GivenUp, KnownError, LeaseLost, LedgerReadOnly

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    import peewee

    from chain_office.db.lease import Lease
    from chain_office.domain.holding import Holder

T = TypeVar("T")
_STEPS_BETWEEN_LOOKS = 20_000
"""A few milliseconds of a statement's own steps."""
OUTSIDE = "（本程序之外）"
"""Shown as the actor of a change made by another tool."""


class NeedsUpgrade(engine.NeedsWriting):
    """An older ledger was opened read-only; it has to be opened for writing once."""


class Ledger:
    """An open ledger. Use :func:`open_ledger`; close it when done."""

    def __init__(self, path: Path, database: peewee.SqliteDatabase, *, read_only: bool) -> None:
        self.path = path
        self.database = database
        self.read_only = read_only
        self.lease: Lease | None = None
        """Held by a ledger that was opened for work; given back when it closes."""
        self.holder: Holder | None = None
        """Who is editing it, where that is why it is read-only."""
        self.notice = ""
        """What the person should be told about this opening: why it is read-only, or what was restored."""
        self._before_close: list[Callable[[], None]] = []
        self._listeners: list[Callable[[Changes], None]] = []
        self._watchers: list[Callable[[bool], None]] = []
        self._writing = False
        self._remembered = Remembered()
        self._given_up: Callable[[], bool] | None = None
        self._before_commit: list[Callable[[Writer], None]] = [
            sealing.refuse_sealed, spans.refresh, initials.fill, search_upkeep.refresh,
        ]  # fmt: skip

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, leaving nothing beside it."""
        if self.database.is_closed():
            return
        try:
            for act in self._before_close:
                act()
        finally:
            if not self.read_only:
                engine.drop_empty_journal(self.database)
            self.database.close()
            if self.lease is not None:
                self.lease.release()

    def before_close(self, act: Callable[[], None]) -> None:
        """Call ``act`` when the ledger is about to be closed, while it is still open."""
        self._before_close.append(act)

    def on_change(self, listener: Callable[[Changes], None]) -> None:
        """Call ``listener`` once after every committed write."""
        self._listeners.append(listener)

    def on_writing(self, watcher: Callable[[bool], None]) -> None:
        """Tell ``watcher`` True when a write begins and False when it is over, kept (its Changes were told) or not."""
        self._watchers.append(watcher)

    def rows(self, sql: str, arguments: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """Read rows as tuples."""
        engine.refuse_if_gone(self.database)
        self._notice_giving_up()
        try:
            found: list[tuple[Any, ...]] = self.database.connection().execute(sql, arguments).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if isinstance(error, sqlite3.ProgrammingError):
                raise
            self._notice_giving_up(error)
            raise engine.explain(error, self.path, was_open=True) from error
        return found

    @contextmanager
    def unless(self, given_up: Callable[[], bool]) -> Iterator[None]:
        """Read in this block as long as ``given_up`` says no: else what is being read is broken off in the midst of a
        statement with :class:`GivenUp`. Not for writing."""
        connection = self.database.connection()
        self._given_up = given_up
        connection.set_progress_handler(lambda: int(given_up()), _STEPS_BETWEEN_LOOKS)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)
            self._given_up = None

    def _notice_giving_up(self, error: Exception | None = None) -> None:
        interrupted = error is None or getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
        if self._given_up is not None and interrupted and self._given_up():
            raise GivenUp from error

    def recall(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What ``work_out`` gives, remembered until the ledger changes; see :mod:`chain_office.db.remembering`."""
        return self._remembered.recall(self, key, work_out)

    def value(self, sql: str, arguments: Sequence[object] | Mapping[str, object] = ()) -> Any:
        """Read the first column of the first row, or None."""
        found = self.rows(sql, arguments)
        return found[0][0] if found else None

    @contextmanager
    def write(self, actor: str, reason: str) -> Iterator[Writer]:
        """The write door. Commits when the block ends well; any exception takes all of it back."""
        if self.read_only:
            raise self._refusal()
        if self._writing:
            raise BugError("a write is already under way")
        if not actor:
            raise BugError("a write needs an actor")
        for watcher in self._watchers:
            watcher(True)
        try:
            with self._alone(actor, reason) as writer:
                yield writer
            changes = Changes(writer.write_no, actor, reason, writer.touched)
            for listener in self._listeners:
                listener(changes)
        finally:
            for watcher in self._watchers:
                watcher(False)

    @contextmanager
    def _alone(self, actor: str, reason: str) -> Iterator[Writer]:
        engine.refuse_if_gone(self.database)
        self._writing = True
        try:
            with self._transaction(actor, reason) as writer:
                yield writer
        except engine.FAILURES as error:
            raise engine.explain(error, self.path, was_open=True) from error
        finally:
            self._writing = False

    @contextmanager
    def _transaction(self, actor: str, reason: str) -> Iterator[Writer]:
        with self.database.atomic("IMMEDIATE"):
            self._hold()
            cursor = self.database.execute_sql(
                "INSERT INTO write_log(at, actor, reason) VALUES (?, ?, ?)", (clock.stamp(), actor, reason)
            )
            number = int(cursor.lastrowid)
            self.database.execute_sql("UPDATE write_context SET write_no = ? WHERE id = 1", (number,))
            writer = Writer(self.database, number)
            yield writer
            for hook in self._before_commit:
                hook(writer)
            self.database.execute_sql("UPDATE write_context SET write_no = NULL WHERE id = 1")

    def _hold(self) -> None:
        """The lease is still ours, now that nobody else can begin a write; else this ledger is read-only from here on."""
        if self.lease is None:
            return
        try:
            self.lease.check()
        except LeaseLost as error:
            self.read_only, self.holder, self.notice = True, error.holder, error.message
            raise

    def _refusal(self) -> KnownError:
        """Why a read-only ledger takes no write."""
        if self.holder is not None:
            return held(self.path, self.holder)
        return LedgerReadOnly(
            f"“{self.path.name}”是以只读方式打开的，不能修改；请在可写的位置打开。", path=self.path, detail=self.notice
        )


def open_ledger(path: Path, *, create: bool = False, read_only: bool = False, shown_as: Path | None = None) -> Ledger:
    """Open a ledger after the guard has passed it; migrate an older one (a verified copy is kept beside it).

    ``create`` makes a missing file. ``shown_as`` names the file in what is said about it while it is still under a
    temporary name. Raises :class:`KnownError`; whatever is wrong, the file stays as it was.
    """
    path = Path(path)
    if create and not path.exists():
        return _make(path, shown_as or path)
    guard.inspect_file(path)
    database = engine.connect(path, read_only=read_only)
    try:
        guard.admit(database, path)
        if migrations.version_of(database) < migrations.newest():
            _upgrade(database, path, read_only=read_only)
    except BaseException:
        database.close()
        raise
    proxy.initialize(database)
    return Ledger(path, database, read_only=read_only)


def _make(path: Path, shown: Path) -> Ledger:
    if not path.parent.is_dir():
        raise KnownError(f"文件夹“{path.parent}”不存在；请先建好，或换一个位置。")
    backup.set_aside_journal(path)
    database = engine.connect(path)
    try:
        migrations.migrate(database)
    except BaseException as error:
        database.close()
        path.unlink(missing_ok=True)
        guard.journal_of(path).unlink(missing_ok=True)
        if isinstance(error, engine.FAILURES):
            raise engine.explain(error, shown) from error
        raise
    database.close()
    made = open_ledger(path)
    made.path = shown
    return made


def _upgrade(database: peewee.SqliteDatabase, path: Path, *, read_only: bool) -> None:
    if read_only:
        raise NeedsUpgrade(f"“{path.name}”是旧版本的台账，要先在可写的位置打开一次，由程序升级后才能使用。")
    backup.back_up(database, path, label=f"升级前-格式{migrations.version_of(database)}")
    try:
        migrations.migrate(database)
    except engine.FAILURES as error:
        raise engine.explain(error, path) from error
