"""What befalls a ledger, as the person sees it: one sentence, what helps, and the window stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.domain.errors import (
    DiskFull,
    KnownError,
    LeaseLost,
    LedgerDamaged,
    LedgerFault,
    LedgerLocked,
    LedgerMissing,
    LedgerVanished,
)
from chain_office.ui import choosing, recent
from chain_office.ui.banners import Way

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.ui.frame import Frame
    from chain_office.ui.opening import Opening
    from chain_office.ui.rescue import Rescue
    from chain_office.ui.work import Work

FAULT = "fault"
"""The banner that says what is the matter with the ledger."""
_KEPT = "没有保存的内容还在窗口里，不要关闭程序。"


class Faults(QObject):
    """Says what happened and offers what helps."""

    def __init__(self, frame: Frame, opening: Opening, rescue: Rescue, work: Work) -> None:
        super().__init__(frame)
        self._frame = frame
        self._opening = opening
        self._rescue = rescue
        self._work = work
        self._gone = False
        opening.failed.connect(self.refused)
        work.faulted.connect(self.befell)
        work.opened.connect(lambda _path: frame.banners.take(FAULT))
        work.changed.connect(lambda _changes: frame.banners.take(FAULT))

    def refused(self, path: Path, error: Exception) -> None:
        """A ledger could not be opened."""
        if not isinstance(error, KnownError):
            self._work.crashed.emit(error)
            return
        if isinstance(error, LedgerDamaged):
            self._rescue.show_for(path, error.message)
            if self._opening.path is None:
                self._frame.show_instead(self._rescue)
                return
        self._say(error.message, self._after_opening(path, error))

    def _after_opening(self, path: Path, error: KnownError) -> list[Way]:
        again = Way("再试一次", lambda: self._opening.open(path))
        other = Way("打开其他……", self._choose)
        if isinstance(error, LedgerMissing):
            return [again, Way("从列表移除", lambda: self._forget(path)), other]
        if isinstance(error, LedgerDamaged):
            return [Way("看看能恢复什么", lambda: self._frame.show_instead(self._rescue)), other]
        if isinstance(error, LedgerLocked | DiskFull):
            return [again, other]
        return [other]

    def befell(self, error: LedgerFault) -> None:
        """Something happened to the ledger that is open."""
        path = self._opening.path
        if path is None:
            return
        self._gone = isinstance(error, LedgerVanished)
        if self._gone:
            self._say(
                f"{error.message}{_KEPT}",
                [
                    Way(
                        "重新找到",
                        lambda: self._find(path),
                        stays=True,
                        tip="文件回到原处（例如重新插上 U 盘）以后点这里",
                    ),
                    Way("看看备份", lambda: self._offer_backups(path, error.message)),
                ],
            )
        elif isinstance(error, LedgerDamaged):
            self._say(error.message, [Way("看看能恢复什么", lambda: self._offer_backups(path, error.message))])
        elif isinstance(error, DiskFull):
            self._say(f"{error.message}{_KEPT}", [])
        elif isinstance(error, LeaseLost):
            self._say(error.message, [Way("以只读方式重新打开", lambda: self._opening.open(path))])
        else:
            self._say(error.message, [])

    def is_over(self) -> None:
        """The ledger can be read: if it was said to be gone, it is there again."""
        if self._gone:
            self._gone = False
            self._frame.banners.take(FAULT)

    def _say(self, sentence: str, ways: list[Way]) -> None:
        if self._frame.banners.said(FAULT) != sentence:
            self._frame.banners.put(FAULT, sentence, ways, light="red")

    def _find(self, path: Path) -> None:
        """Look in the old place first; else ask where it is now."""

        def looked(there: bool) -> None:
            if there:
                self._opening.open(path)
            else:
                choosing.choose_ledger(self._frame, self._opening.open)

        self._work.aside(path.is_file, looked, owner=self)

    def _offer_backups(self, path: Path, why: str) -> None:
        self._rescue.show_for(path, why)
        self._frame.show_instead(self._rescue)

    def _choose(self) -> None:
        choosing.choose_ledger(self._frame, self._opening.open)

    def _forget(self, path: Path) -> None:
        recent.forget(path)
        self._opening.list_changed.emit()
