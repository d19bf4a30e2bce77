"""Who is at work on a ledger, as the lock file beside it says, and a backup as a fault names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

_SHOWN = 40
UNKNOWN = "另一台电脑"
"""What a holder is called whose lock file cannot be read."""


@dataclass(frozen=True, slots=True)
class Holder:
    """``since`` is a UTC stamp of the holder's own clock: shown, never compared with another clock."""

    user: str
    host: str
    since: str
    pid: int = 0
    machine: str = ""
    token: str = ""
    counter: int = 0

    @property
    def name(self) -> str:
        """ "张三@PC-03"."""
        user, host = (_plain(one) for one in (self.user, self.host))
        return f"{user}@{host}" if user and host else user or host or UNKNOWN

    def told(self, now: datetime) -> str:
        """ "张三@PC-03 10:20 起正在编辑", with the day if it was not the day of ``now``."""
        try:
            began = datetime.fromisoformat(self.since).astimezone(now.tzinfo)
        except ValueError:
            return f"{self.name} 正在编辑"
        day = "" if began.date() == now.date() else f"{began.month}月{began.day}日 "
        return f"{self.name} {day}{began:%H:%M} 起正在编辑"


def _plain(text: str) -> str:
    """What others wrote, as part of one line."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Rescue:
    """What a damaged ledger can be brought back to: the newest sound backup (its path as text), when it was taken, and
    how many later writes it does not hold (None: the damaged ledger no longer says)."""

    backup: str
    taken: datetime
    lost_writes: int | None

    @property
    def told(self) -> str:
        """ "可恢复到 11月23日 10:20 的备份，此后的 12 次写入要重新录入"."""
        taken = f"{self.taken.year}年{self.taken.month}月{self.taken.day}日 {self.taken:%H:%M}"
        lost = {None: "此后写入的内容要重新录入", 0: "没有丢失任何写入"}.get(
            self.lost_writes, f"此后的 {self.lost_writes} 次写入要重新录入"
        )
        return f"可恢复到 {taken} 的备份，{lost}"
