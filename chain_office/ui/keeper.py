"""Looks after the open ledger and says how it stands: backups, who holds it, whether the file is still there, and the
notice that is confirmed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from chain_office.domain.errors import KnownError
from chain_office.ui.backups import Backups
from chain_office.ui.banners import Way
from chain_office.ui.holding import Holding
from chain_office.ui.ledger_jobs import about, confirm, standing
from chain_office.ui.start import NOTICE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from chain_office.services.standing import Standing
    from chain_office.ui.faults import Faults
    from chain_office.ui.frame import Frame
    from chain_office.ui.office import Office
    from chain_office.ui.opening import Opening

HELD, SECRECY = "held", "secrecy"
"""The banners about who holds the ledger, and about what may not be kept in it."""
_LOOK_MILLISECONDS = 20_000
"""Between two looks at whether the file is there, where the system does not tell."""
_SETTLE_MILLISECONDS = 400


class Keeper(QObject):
    """One for the window; begins anew with every ledger."""

    def __init__(self, frame: Frame, office: Office, opening: Opening, faults: Faults) -> None:
        super().__init__(frame)
        self._frame, self._office, self._opening, self._faults = frame, office, opening, faults
        self._read_only = False
        self._path: Path | None = None
        self._confirmed_here: set[Path] = set()
        self._settle: QTimer = self._timer(_SETTLE_MILLISECONDS, self.look, once=True)
        self._looking: QTimer = self._timer(_LOOK_MILLISECONDS, self.look)
        self._folder = QFileSystemWatcher(self)
        self._folder.directoryChanged.connect(lambda _folder: self._settle.start())
        self.holding = Holding(office, self)
        self.backups = Backups(office.work, self)
        self._connect()

    def _connect(self) -> None:
        work, frame = self._office.work, self._frame
        work.opened.connect(self._opened)
        work.closed.connect(self._closed)
        self.holding.held_by.connect(self._held_by)
        self.holding.free.connect(lambda _opener: self._free())
        self.holding.outdated.connect(frame.redraw)
        self.backups.known.connect(self._backed_up)
        self.backups.warned.connect(lambda why: frame.status.show_backup("没有备份成", why, "red"))
        self.backups.crashed.connect(work.crashed)
        frame.closing.connect(self.backups.stop)

    def _timer(self, milliseconds: int, do: Callable[[], object], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(once)
        timer.timeout.connect(do)
        return timer

    # A ledger was opened.

    def _opened(self, path: Path) -> None:
        self._closed()
        self._path = path
        self._folder.addPath(str(path.parent))  # not the file: to open and close that can drop locks on it
        self._looking.start()
        self._office.work.ask(standing, self._stand, owner=self)

    def _closed(self) -> None:
        self._path = None
        for timer in (self._settle, self._looking):
            timer.stop()
        if self._folder.directories():
            self._folder.removePaths(self._folder.directories())
        for key in (HELD, SECRECY):
            self._frame.banners.take(key)

    def _stand(self, found: Standing) -> None:
        self._read_only = found.read_only
        self._held_by(found.holder)
        if found.notice:
            ways = [Way("再试一次", self._again)] if found.read_only else []
            self._frame.banners.put(HELD, found.notice, ways, light="amber" if found.read_only else "")
        if not found.confirmed and self._path is not None and self._path not in self._confirmed_here:
            self._frame.banners.put(SECRECY, NOTICE, [Way("知道了", self._confirm)], light="amber", closable=False)

    def _confirm(self) -> None:
        """Kept in the ledger; where that cannot be written, for as long as the window is open."""
        if self._path is not None:
            self._confirmed_here.add(self._path)
        if not self._read_only:
            actor = self._office.actor
            self._office.work.ask(lambda ledger: confirm(ledger, actor), lambda _: None, owner=self)

    # Who holds it.

    def _held_by(self, told: str) -> None:
        status = self._frame.status
        if told:
            status.show_holder(told, "别人正在编辑，这里只能看", "amber")
        elif self._read_only:
            status.show_holder("只读打开", "可以看，不能改")
        else:
            status.show_holder("本机正在编辑", "别人现在打开这本台账只能看，不能改")

    def _again(self) -> None:
        if self._path is not None:
            self._opening.open(self._path)

    def _free(self) -> None:
        self._frame.banners.put(
            HELD, "对方已经关闭这本台账，现在可以编辑了。", [Way("开始编辑", self._again)], light="amber"
        )

    # Whether the file is there.

    def look(self) -> None:
        """See whether the ledger can still be read; what befell it is told by the work."""
        if self._path is not None:
            self._office.work.ask(about, lambda _about: self._faults.is_over(), owner=self, failed=_told_already)

    # Backups.

    def _backed_up(self, when: datetime | None) -> None:
        if when is None:
            self._frame.status.show_backup("还没有备份", "第一次修改之后自动备份到台账旁边的文件夹")
        else:
            said = f"最近一次备份：{when:%Y-%m-%d %H:%M}，在台账旁边的文件夹里"
            self._frame.status.show_backup(f"备份 {when:%H:%M}", said)


def _told_already(error: Exception) -> None:
    """Faults of the file were told by the work before anybody else heard of them."""
    if not isinstance(error, KnownError):
        raise error
