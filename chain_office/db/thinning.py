"""Which of the backups the program takes by itself are kept as they grow old: of the newest hours, days, weeks and months
one each, and every year's last. The newest is never dropped, nor is any that a person or an upgrade asked for."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

BEFORE_IMPORT, BEFORE_BULK, BEFORE_RESTORE = "导入前", "删除前", "恢复前"
REGULAR, ON_CLOSING = "自动", "关闭时"
POOLS = ((BEFORE_IMPORT, BEFORE_BULK, BEFORE_RESTORE), (REGULAR, ON_CLOSING))
"""Labels of the backups that thin out. Each pool by itself: the copy of before an import is not dropped because a regular
one was taken later in the same hour."""
_PERIODS: tuple[tuple[Callable[[datetime], object], int | None], ...] = (
    (lambda taken: (taken.date(), taken.hour), 24),
    (lambda taken: taken.date(), 14),
    (lambda taken: taken.isocalendar()[:2], 8),
    (lambda taken: (taken.year, taken.month), 24),
    (lambda taken: taken.year, None),
)
"""What counts as the same period, and of how many newest periods the last backup is kept (None: of all)."""


def thin(folder: Path, stem: str) -> list[Path]:
    """Drop the backups of the ledger called ``stem`` that no rule keeps; returns them. Call after one was taken and
    checked: it is the newest, and stays."""
    dropped: list[Path] = []
    for labels in POOLS:
        ours = {one: taken for one in folder.glob("*.ledger") if (taken := taken_at(one.name, stem, labels))}
        dropped += sorted(ours.keys() - kept(ours.items()))
    for one in dropped:
        with contextlib.suppress(OSError):  # somebody is looking at it, or the drive went: the next time will do
            one.unlink(missing_ok=True)
    return dropped


def kept(backups: Iterable[tuple[Path, datetime]]) -> set[Path]:
    """Those that stay, of backups and when they were taken."""
    newest_first = sorted(backups, key=lambda one: (one[1], one[0].name), reverse=True)
    stay: set[Path] = set()
    for period_of, most in _PERIODS:
        last: dict[object, Path] = {}
        for one, taken in newest_first:
            last.setdefault(period_of(taken), one)
        stay |= set(list(last.values())[:most])
    return stay


def taken_at(name: str, stem: str, labels: Sequence[str] = POOLS[0]) -> datetime | None:
    """When a backup with one of these labels was taken, by its name; None for any other file."""
    wanted = rf"-(\d{{8}}-\d{{6}})-(?:{'|'.join(labels)})(?:-\d+)?\.ledger"
    found = re.fullmatch(wanted, name.removeprefix(stem)) if name.startswith(stem) else None
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local time, as the name has it
    except ValueError:
        return None
