"""The lock file beside a ledger, "台账.ledger.lock": one line of JSON that says who is at work. Never a SQLite file."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import secrets
import sys
import threading
import uuid
from functools import cache
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.domain.holding import Holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_BYTES = 4096
_RANDOM_NODE = 1 << 40
"""Set in a network address that Python made up because it found none (RFC 9562 §6.10): it names no machine."""
_LOOKS, _BETWEEN = 25, 0.02
_pause = threading.Event()
ours: set[str] = set()
"""Tokens this process holds or is about to."""


def lock_of(ledger: Path) -> Path:
    """Where the lock of a ledger stands: beside the file itself, by whatever link it is opened."""
    place = ledger.resolve() if ledger.is_symlink() else ledger
    return place.with_name(f"{place.name}.lock")


def introduce(user: str) -> Holder:
    """This process as a holder, with a token of its own."""
    return Holder(user, platform.node(), clock.stamp(), os.getpid(), machine(), secrets.token_hex(16))


@cache
def machine() -> str:
    """What tells this computer from another of the same name (offices clone their PCs); "" where nothing does."""
    node = uuid.getnode()
    return "" if node & _RANDOM_NODE else f"{node:012x}"


def as_bytes(holder: Holder) -> bytes:
    """The file's content. Its length does not change as the counter rises, so that it can be written over in place."""
    told = {
        "user": holder.user[:80],
        "host": holder.host[:80],
        "machine": holder.machine,
        "pid": holder.pid,
        "token": holder.token,
        "counter": f"{holder.counter:012d}",
        "since": holder.since,
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def from_bytes(data: bytes) -> Holder | None:
    """Who a lock file names; None where it is no lock file's content (half written, or somebody else's)."""
    try:
        told = json.loads(data.decode("utf-8"))
        return Holder(
            str(told["user"]),
            str(told["host"]),
            str(told["since"]),
            int(told["pid"]),
            str(told["machine"]),
            str(told["token"]),
            int(told["counter"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def read(lock: Path) -> Holder | None:
    """Who holds; None where there is no lock. One being written is waited for a moment; one that cannot be read, or is
    none, is held by somebody unknown. Raises OSError where the place itself cannot be reached."""
    for _ in range(_LOOKS):
        try:
            with lock.open("rb") as stream:
                data = stream.read(_MOST_BYTES)
        except FileNotFoundError:
            return None
        except PermissionError:  # Windows, while somebody puts another in its place
            data = b""
        found = from_bytes(data)
        if found is not None:
            return found
        _pause.wait(_BETWEEN)
    return Holder("", "", "", token=f"?{data.hex()[:64]}")


def create(lock: Path, me: Holder) -> bool:
    """Make a lock file that nobody has; False if somebody has. Raises OSError where none can be made."""
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError:
        return False
    except PermissionError:
        if sys.platform == "win32" and lock.exists():  # being deleted, or held: somebody's all the same
            return False
        raise
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(as_bytes(me))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            lock.unlink()
        raise
    return True


def is_gone(there: Holder) -> bool:
    """Whether the holder is provably no more: of this very computer, and its process has ended."""
    if not machine() or (there.host, there.machine) != (platform.node(), machine()):
        return False
    if there.pid == os.getpid():
        return there.token not in ours  # an earlier process had our number
    return not _is_alive(there.pid)


def _is_alive(pid: int) -> bool:
    if pid <= 0:
        return True
    if sys.platform == "win32":
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_alive_on_windows(pid: int) -> bool:
    """os.kill would end the process there."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return bool(ctypes.get_last_error() == 5)  # type: ignore[attr-defined,unused-ignore] # access denied: it is there
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(code))
    kernel.CloseHandle(ctypes.c_void_p(handle))
    return not known or code.value == 259  # STILL_ACTIVE


def tickets(lock: Path) -> Iterator[Path]:
    """Claims on a stale lock, lowest number first (see :mod:`chain_office.db.lease`)."""
    prefix = f"{lock.name}."
    found = [one for one in lock.parent.iterdir() if one.name.startswith(prefix) and one.name[len(prefix) :].isdigit()]
    return iter(sorted(found, key=lambda one: int(one.name[len(prefix) :])))
