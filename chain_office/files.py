"""Writing files so that a reader sees the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HELD_BY_OTHERS = frozenset({5, 32, 33})
"""Windows: access denied, sharing violation, lock violation."""
_REASONS = {
    errno.ENOENT: "找不到文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在位置只读",
    errno.ENOSPC: "磁盘空间不足",
    errno.EISDIR: "是一个文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被占用",
    errno.EINVAL: "名字或位置无效",
    errno.EPIPE: "接收的一方已关闭",
}
"""Why the system refuses, by its error number."""
NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", 122), 122})
"""Error numbers that say the disk, or the person's share of it, is full."""
_PATIENCE = 2.0
_STALE_SECONDS = 24 * 3600
_pause = time.sleep  # noqa: TID251 - a file held by another program is waited for, off the GUI thread


def sweep(folder: Path) -> None:
    """Remove temporaries a killed program left in ``folder`` more than a day ago."""
    for left in folder.glob(".~*.tmp*"):
        try:
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()
        except OSError:  # somebody else's, or gone: either way not ours to report
            continue


@contextlib.contextmanager
def atomic_output(target: Path, *, new: bool = False) -> Iterator[Path]:
    """Give a temporary beside ``target`` to write; flush it to disk and put it in place when the block ends well.
    ``new``: never over a file that is there, or came to be there in the meantime.

    Raises :class:`KnownError` when the folder is missing, read-only or full, or another program holds the file.
    """
    target = Path(target)
    if target.is_dir():
        raise KnownError(f"“{target}”是一个文件夹，不能作为输出文件；请给出文件名。")
    if target.exists() and not target.is_file():
        raise KnownError(f"“{target}”不是普通文件，不能作为输出文件；请换一个文件名。")
    if not target.parent.is_dir():
        raise KnownError(f"输出文件夹“{target.parent}”不存在；请先建好，或换一个位置。")
    temporary = target.parent / f".~{target.name[:60]}.{secrets.token_hex(4)}.tmp"
    try:
        temporary.touch(exist_ok=False)
        sweep(target.parent)
        yield temporary
        _flush(temporary)
        (_place if new else _replace)(temporary, target)
        _flush_folder(target.parent)
    except FileExistsError as error:
        raise KnownError(f"“{target}”已经存在，没有覆盖；请换一个文件名，或先移走它。") from error
    except OSError as error:
        raise _explain(error, target) from error
    finally:
        for left in (temporary, temporary.with_name(temporary.name + "-journal")):
            with contextlib.suppress(OSError):  # a read-only folder refuses even this; there was nothing to remove then
                left.unlink(missing_ok=True)


def write_bytes(target: Path, data: bytes) -> None:
    """Write a whole file atomically."""
    with atomic_output(target) as temporary:
        temporary.write_bytes(data)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(source: Path, target: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            source.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_OTHERS or time.monotonic() > deadline:
                raise
            _pause(0.1)
        else:
            return


def _place(source: Path, target: Path) -> None:
    """Put a file where none may be: by a name that the system refuses to give twice."""
    if os.name == "nt":
        source.rename(target)
        return
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        source.replace(target)


def reason(error: OSError) -> str:
    """Why the system refused, in a few Chinese words."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def _explain(error: OSError, target: Path) -> KnownError:
    if getattr(error, "winerror", None) in _HELD_BY_OTHERS:
        return KnownError(f"“{target.name}”正被其他程序打开，没有写入；请关闭它再试，或换一个文件名。")
    if error.errno in NO_ROOM:
        return KnownError(f"磁盘空间不足，“{target.name}”没有写出，原文件未动；请清理磁盘或换一个位置。")
    if error.errno in {13, 1, 30}:
        return KnownError(f"没有权限写入“{target}”，原文件未动；请换一个位置。")
    return KnownError(f"“{target.name}”没有写出（{reason(error)}），原文件未动；请换一个位置再试。")
