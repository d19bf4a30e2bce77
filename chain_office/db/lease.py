"""One writer at a time: a lease on a ledger, kept by a heartbeat, taken over only from one that is provably gone.

SQLite's own locks keep a file whole, but not on a share whose locks do not work, and they say nothing to the second
person until saving fails. The lease does both. It compares no clocks: who wants to take over watches the holder's
counter stand still. Of several who want the same stale lock, one gets the exclusively created ticket.

The heartbeat writes the counter in place, through a handle on the very file it has read. Putting a new file there
instead would let a computer that wakes up wipe out the lock of whoever took over while it slept.
"""

from __future__ import annotations

import contextlib
import os
import platform
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import clock, files
from chain_office.db import engine, holder
from chain_office.domain.errors import (
    DiskFull,
    KnownError,
    LeaseLost,
    LedgerHeld,
    LedgerReadOnly,
)

if TYPE_CHECKING:
    from chain_office.domain.holding import Holder

BEAT_SECONDS = 20.0
WATCH_SECONDS = 120.0
"""How long the counter must be seen to stand still."""
_ONE_LOOK = 30.0
"""The most that the time between two looks counts: a watcher that slept has not watched."""
_TURNS = 5
_monotonic = time.monotonic


class Watch:
    """What one process has seen of a lock, look after look."""

    def __init__(self) -> None:
        self._seen: object = None
        self._at = 0.0
        self._stood = 0.0

    def look(self, lock: Path, there: Holder) -> bool:
        """Take a look; True once the lock (and every ticket on it) has stood still for long enough."""
        now = _monotonic()
        seen = there.token, there.counter, tuple(one.name for one in holder.tickets(lock))
        if seen == self._seen:
            self._stood += min(now - self._at, _ONE_LOOK)
        else:
            self._seen, self._stood = seen, 0.0
        self._at = now
        return self._stood >= WATCH_SECONDS


_held: dict[Path, Lease] = {}
"""The leases of this process, by lock file: opening a ledger once more while it is open here shares its lease."""
_sharing = threading.Lock()


class Lease:
    """The right to write to a ledger, kept until :meth:`release`. Made by :func:`acquire`."""

    def __init__(self, ledger: Path, me: Holder) -> None:
        self.ledger = ledger
        self.me = me
        self.users = 1
        self._lock = holder.lock_of(ledger)
        self._one_at_a_time = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, name=f"lease {ledger.name}", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise :class:`LeaseLost` if somebody else holds by now, :class:`LedgerVanished` if there is nothing to hold."""
        with self._one_at_a_time:
            try:
                there = self._there()
            except OSError as error:
                raise engine.unreachable(self.ledger, error) from error
        if there.token != self.me.token:
            raise LeaseLost(
                f"{there.told(clock.now())}“{self.ledger.name}”（本机停顿过久，编辑权已转走），这次没有写入；"
                "现在只能看，等对方关闭后再编辑。",
                there,
                path=self.ledger,
            )

    def beat(self) -> None:
        """Raise the counter, if the lock is still ours."""
        with self._one_at_a_time:
            if self._there().token != self.me.token:
                return
            try:
                with self._lock.open("r+b") as stream:
                    there = holder.from_bytes(stream.read())
                    if there is None or there.token != self.me.token:
                        return
                    self.me = replace(self.me, counter=self.me.counter + 1)
                    stream.seek(0)
                    stream.write(holder.as_bytes(self.me))
                    stream.flush()
                    os.fsync(stream.fileno())
            except FileNotFoundError:
                return

    def release(self) -> None:
        """Let go, leaving nothing beside the ledger (once nobody in this process needs it any more)."""
        with _sharing:
            self.users -= 1
            if self.users > 0:
                return
            if _held.get(self._lock) is self:
                del _held[self._lock]
            self._over.set()
        with self._one_at_a_time:
            holder.ours.discard(self.me.token)
            with contextlib.suppress(OSError):  # the place is gone, or read-only by now: the counter stands still
                there = holder.read(self._lock)
                if there is not None and there.token == self.me.token:
                    self._lock.unlink(missing_ok=True)

    def _there(self) -> Holder:
        """Who the lock names. Where somebody cleared the lock away it is made anew, as long as the ledger is there."""
        for _ in range(_TURNS):
            there = holder.read(self._lock)
            if there is not None:
                return there
            if not self.ledger.exists():
                raise engine.vanished(self.ledger)
            if not self._over.is_set() and holder.create(self._lock, self.me):
                return self.me
        raise OSError(os.strerror(5))

    def _keep_beating(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            try:
                self.beat()
            except (OSError, KnownError):
                continue  # the share is away for a while: what follows from it is said before the next write


def acquire(ledger: Path, user: str, watch: Watch | None = None) -> Lease:
    """Get the lease, or a share in it where this process has it. Raises :class:`LedgerHeld` if somebody else has it,
    LedgerReadOnly or DiskFull where no lock can be made."""
    ledger = Path(os.path.abspath(ledger))  # noqa: PTH100 - links stay: they are what the person calls it
    lock = holder.lock_of(ledger)
    with _sharing:
        mine = _held.get(lock)
        if mine is not None and mine.me.pid == os.getpid() and _is_still(mine):
            mine.users += 1
            return mine
        _held[lock] = made = _acquire(ledger, lock, user, watch)
        return made


def _is_still(mine: Lease) -> bool:
    try:
        mine.check()
    except KnownError:
        return False
    return True


def _acquire(ledger: Path, lock: Path, user: str, watch: Watch | None) -> Lease:
    me = holder.introduce(user)
    holder.ours.add(me.token)
    try:
        if not ledger.parent.is_dir():
            raise LedgerReadOnly(f"文件夹“{ledger.parent}”不存在；请检查路径。", path=ledger)
        _get(lock, ledger, me, watch)
    except OSError as error:
        holder.ours.discard(me.token)
        raise _unwritable(ledger, error) from error
    except BaseException:
        holder.ours.discard(me.token)
        raise
    return Lease(ledger, me)


def _get(lock: Path, ledger: Path, me: Holder, watch: Watch | None) -> None:
    for _ in range(_TURNS):
        if holder.create(lock, me):
            return
        there = holder.read(lock)
        if there is None:
            continue  # let go this moment
        stood = watch is not None and watch.look(lock, there)
        if not (stood or holder.is_gone(there)):
            raise held(ledger, there)
        if _take_over(lock, there, me, stood=stood):
            return
    there = holder.read(lock)
    raise held(ledger, there or me)


def held(ledger: Path, there: Holder) -> LedgerHeld:
    """The refusal that names the holder, and what to do if that computer is no more."""
    away = "" if there.host == platform.node() else "；那台电脑若已关机或断网，在窗口里打开它，两分钟后就能接手"
    said = f"{there.told(clock.now())}“{ledger.name}”，这次没有写入；请等对方关闭后再试{away}。"
    return LedgerHeld(said, there, path=ledger)


def _take_over(lock: Path, stale: Holder, me: Holder, *, stood: bool) -> bool:
    """Put our lock in the place of a stale one. The ticket is ours alone; one left by a process that died over it does
    not bar the way for ever (``stood``: it too was watched), the next number does."""
    number = 1
    for one in holder.tickets(lock):
        number = int(one.suffix[1:]) + 1
        claimant = holder.read(one)
        if claimant is not None and not (stood or holder.is_gone(claimant)):
            return False
    ticket = lock.with_name(f"{lock.name}.{number}")
    if not holder.create(ticket, me):
        return False
    try:
        now = holder.read(lock)
        if now is None or (now.token, now.counter) != (stale.token, stale.counter):
            return False
        files.write_bytes(lock, holder.as_bytes(me))
        for one in holder.tickets(lock):
            if one != ticket:
                one.unlink(missing_ok=True)
    finally:
        with contextlib.suppress(OSError):
            ticket.unlink(missing_ok=True)
    return True


def holder_of(ledger: Path) -> Holder | None:
    """Who is editing a ledger; None if nobody is, or whoever was is provably gone, or the place cannot be read."""
    try:
        there = holder.read(holder.lock_of(ledger))
    except OSError:
        return None
    return None if there is None or holder.is_gone(there) else there


def _unwritable(ledger: Path, error: OSError) -> KnownError:
    if error.errno in files.NO_ROOM:
        return DiskFull(f"磁盘空间不足，“{ledger.name}”没有改动；请清理磁盘后再试。", path=ledger)
    return LedgerReadOnly(
        f"“{ledger.name}”所在的文件夹不能写入（{files.reason(error)}），只能看，不能修改；请换一个可写的位置。",
        path=ledger,
    )
