"""What the window knows about the open ledger: where it is, its settings, and the cut-off date everything is shown at."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from chain_office.services.ledgers import about
from chain_office.ui.palette import LIGHT, Palette

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from chain_office.services.ledgers import About
    from chain_office.ui.work import Work

ACTOR = "user/name"
"""Where this computer keeps the name of the person at it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The open ledger as the frame shows it."""

    path: Path
    name: str
    as_of: date
    sample: bool
    read_only: bool


class Office(QObject):
    """Shared by the shell and the pages."""

    shown_changed = Signal()
    """A ledger was opened, or the cut-off date moved."""
    wrote = Signal(object)
    """The person's own write was committed: the Saved, told on the status line with 撤销 beside it."""

    said = Signal(str)
    """A sentence for the status line."""

    def __init__(self, work: Work, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.work = work
        self.palette = palette
        self.shown: Shown | None = None
        work.opened.connect(self._read)

    @property
    def as_of(self) -> date:
        """The cut-off date; only asked while a ledger is open."""
        if self.shown is None:
            raise LookupError("no ledger is open")
        return self.shown.as_of

    @property
    def actor(self) -> str:
        """Who writes: the name given under 设置 on this computer, else the account's."""
        return str(QSettings().value(ACTOR, "") or getpass.getuser())

    def move_as_of(self, day: date) -> None:
        """Show everything as of another day (the ledger's own 截止日期 stays)."""
        if self.shown is not None and self.shown.as_of != day:
            old = self.shown
            self.shown = Shown(old.path, old.name, day, old.sample, old.read_only)
            self.shown_changed.emit()

    def _read(self, path: Path) -> None:
        self.work.ask(about, lambda found: self._take(path, found), owner=self)

    def _take(self, path: Path, found: About) -> None:
        self.shown = Shown(path, found.name, found.as_of, found.sample, found.read_only)
        self.shown_changed.emit()
