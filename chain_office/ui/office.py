"""What the window knows about the open ledger: where it is, its settings, and the cut-off date everything is shown at."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from chain_office.ui.ledger_jobs import about
from chain_office.ui.palette import LIGHT, Palette

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from chain_office.services.ledgers import About, Changes
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
        self._about: About | None = None
        work.opened.connect(self._read)
        work.changed.connect(self._changed)

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
        self._about = found
        self.shown = Shown(path, found.name, found.as_of, found.sample, found.read_only)
        self.shown_changed.emit()

    def _changed(self, changes: Changes) -> None:
        if "setting" in changes.rows and self.shown is not None:
            path = self.shown.path
            self.work.ask(about, lambda found: self._take_again(path, found), owner=self)

    def _take_again(self, path: Path, found: About) -> None:
        """The ledger's own name or 截止日期 was changed; a date one only looks at stays where they were not."""
        shown, before = self.shown, self._about
        if shown is None or shown.path != path or found == before:
            return
        stays = before is not None and before.as_of == found.as_of
        self._take(path, replace(found, as_of=shown.as_of) if stays else found)
        self._about = found
