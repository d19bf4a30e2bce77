"""Looks after the open ledger: backups when they are due, who holds it, whether the file is still there, and the notice
that is confirmed once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QSettings, QTimer

from chain_office import mishaps
from chain_office.domain.errors import KnownError
from chain_office.services.keeping import BackupRota, try_again
from chain_office.services.ledgers import about
from chain_office.services.standing import confirm, standing
from chain_office.ui.banners import Way
from chain_office.ui.start import NOTICE

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.keeping import Taken
    from chain_office.services.ledgers import Ledger
    from chain_office.services.standing import Standing
    from chain_office.ui.faults import Faults
    from chain_office.ui.frame import Frame
    from chain_office.ui.office import Office
    from chain_office.ui.opening import Opening

SECOND_PLACE = "backup/second"
"""Where this computer keeps the folder that a second copy of every backup goes to."""
HELD, SECRECY = "held", "secrecy"
_LOOK_MILLISECONDS = 20_000
"""Between two looks at whether the file is there, where the system does not tell."""
_HELD_MILLISECONDS = 5_000
_BACKUP_MILLISECONDS = 60_000
_SETTLE_MILLISECONDS = 400


class Keeper(QObject):
    """One for the window; begins anew with every ledger."""

    def __init__(self, frame: Frame, office: Office, opening: Opening, faults: Faults) -> None:
        super().__init__()
        self._frame, self._office, self._opening, self._faults = frame, office, opening, faults
        self._rota: BackupRota | None = None
        self._read_only = False
        self._path: Path | None = None
        self._confirmed_here: set[Path] = set()
        self._settle: QTimer = self._timer(_SETTLE_MILLISECONDS, self.look, once=True)
        self._folder = QFileSystemWatcher(self)
        self._folder.directoryChanged.connect(lambda _folder: self._settle.start())
        self._looking = self._timer(_LOOK_MILLISECONDS, self.look)
        self._holding = self._timer(_HELD_MILLISECONDS, self._try_again)
        self._backing = self._timer(_BACKUP_MILLISECONDS, self.back_up)
        office.work.opened.connect(self._opened)
        office.work.closed.connect(self._closed)
        office.work.changed.connect(lambda _changes: self.back_up())

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
        self._watch(path)
        self._looking.start()
        self._office.work.ask(standing, self._stand, owner=self)
        second = QSettings().value(SECOND_PLACE, "")
        self._office.work.ask(partial(_begin_rota, second=str(second or "")), self._take_rota, owner=self)

    def _closed(self) -> None:
        self._rota, self._path = None, None
        for timer in (self._settle, self._looking, self._holding, self._backing):
            timer.stop()
        if self._folder.directories():
            self._folder.removePaths(self._folder.directories())
        self._frame.banners.take(HELD)
        self._frame.banners.take(SECRECY)

    def _watch(self, path: Path) -> None:
        """Only the folder: to watch the file itself would mean to open and close it, which can drop locks."""
        self._folder.addPath(str(path.parent))

    def _stand(self, found: Standing) -> None:
        self._read_only = found.read_only
        status = self._frame.status
        if found.holder:
            status.show_holder(found.holder, "别人正在编辑，这里只能看", "amber")
            self._holding.start()
        elif found.read_only:
            status.show_holder("只读", found.notice)
        else:
            status.show_holder("本机正在编辑", "别人现在打开这本台账只能看，不能改")
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

    # Somebody else holds it.

    def _again(self) -> None:
        if self._path is not None:
            self._opening.open(self._path)

    def _try_again(self) -> None:
        actor = self._office.actor
        self._office.work.ask(lambda ledger: try_again(ledger, actor) is not None, self._free, owner=self)

    def _free(self, free: bool) -> None:
        if free and self._path is not None:
            self._holding.stop()
            self._frame.banners.put(
                HELD, "对方已经关闭这本台账，现在可以编辑了。", [Way("开始编辑", self._again)], light="amber"
            )
            self._frame.status.show_holder("可以编辑了", "点上面的“开始编辑”")

    # Whether the file is there.

    def look(self) -> None:
        """See whether the ledger can still be read; what befell it is told by the work."""
        if self._path is not None:
            self._office.work.ask(about, lambda _about: self._faults.is_over(), owner=self, failed=_told_already)

    # Backups.

    def _take_rota(self, rota: BackupRota) -> None:
        self._rota = rota
        self._show_backup()
        if not self._read_only:
            self._backing.start()
            self.back_up()

    def _show_backup(self) -> None:
        last = self._rota.last if self._rota is not None else None
        if last is None:
            self._frame.status.show_backup("还没有备份", "第一次修改之后自动备份到台账旁边的文件夹")
        else:
            self._frame.status.show_backup(
                f"备份 {last:%H:%M}", f"最近一次备份：{last:%Y-%m-%d %H:%M}，在台账旁边的文件夹里"
            )

    def back_up(self) -> None:
        """Take a backup if one is due."""
        rota = self._rota
        if rota is not None:
            self._office.work.ask(
                rota.due, lambda due: self._take(rota) if due else None, owner=self, failed=_told_already
            )

    def _take(self, rota: BackupRota) -> None:
        self._office.work.aside(rota.take, self._taken, owner=self, failed=self._not_taken)

    def _taken(self, taken: Taken) -> None:
        self._show_backup()
        if taken.warning:
            self._frame.tell(taken.warning)

    def _not_taken(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._frame.status.show_backup("没有备份成", error.message, "red")
        else:
            self._office.work.explain(error)


def _begin_rota(ledger: Ledger, *, second: str) -> BackupRota:
    rota = BackupRota(ledger, Path(second) if second else None)
    ledger.before_close(lambda: _last_one(rota, ledger))
    return rota


def _last_one(rota: BackupRota, ledger: Ledger) -> None:
    """The backup on closing; the window is going, and an unplugged drive must not keep it."""
    try:
        rota.closing(ledger)
    except KnownError as error:
        mishaps.log(f"closing without a backup: {type(error).__name__}")


def _told_already(error: Exception) -> None:
    """Faults of the file were told by the work before anybody else heard of them."""
    if not isinstance(error, KnownError):
        raise error
