"""Putting the window together: the work thread, the office, the frame and its pages, and what looks after the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from chain_office.ui import left_off
from chain_office.ui.crash import Crashes
from chain_office.ui.faults import Faults
from chain_office.ui.frame import Frame
from chain_office.ui.keeper import Keeper
from chain_office.ui.office import Office
from chain_office.ui.opening import Opening
from chain_office.ui.palette import LIGHT, Palette
from chain_office.ui.rescue import Rescue
from chain_office.ui.start import Start
from chain_office.ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.ui.page import Page, PageKind

_SHOWN_MILLISECONDS: Final = 400
"""By then the first page has been read and painted."""


class Window:
    """The window and what it lives on."""

    def __init__(self, pages: Sequence[PageKind | type[Page]], palette: Palette = LIGHT) -> None:
        self.work = Work()
        self.office = Office(self.work, palette)
        self.start = Start(palette, self.work)
        self.frame = Frame(self.office, pages, self.start)
        self.opening = Opening(self.office, self.frame)
        self.rescue = Rescue(palette, self.work)
        self.faults = Faults(self.frame, self.opening, self.rescue, self.work)
        self.keeper = Keeper(self.frame, self.office, self.opening, self.faults)
        self.crashes = Crashes(self.frame)
        self._connect()
        left_off.restore_window(self.frame)

    def _connect(self) -> None:
        start, frame, opening = self.start, self.frame, self.opening
        start.open_wanted.connect(self.open)
        start.new_wanted.connect(opening.make)
        start.sample_wanted.connect(opening.sample)
        start.books_wanted.connect(opening.make_with)
        frame.ledger_dropped.connect(self.open)
        frame.books_dropped.connect(start.place_for)
        frame.open_wanted.connect(start.choose)
        opening.books_waiting = frame.take_books
        opening.began.connect(start.preparing)
        opening.came.connect(start.ready)
        opening.failed.connect(lambda _path, _error: start.ready())
        opening.failed.connect(lambda _path, _error: start.show_recent())
        opening.list_changed.connect(start.show_recent)
        opening.placed.connect(lambda place: frame.tell(f"示例台账放在“{place}”。"))
        self.rescue.restore_wanted.connect(opening.restore)
        self.rescue.other_wanted.connect(start.choose)
        self.rescue.left.connect(frame.leave)
        self.work.closed.connect(start.show_recent)
        self.work.crashed.connect(self.crashes.happened)

    def load_ahead(self, pages: Sequence[PageKind]) -> None:
        """Load the pages' modules on the bench: the first one now, the others once it is shown, so that showing one only
        has to build it."""
        first, *others = pages

        def load_others() -> None:
            for kind in others:
                self.work.aside(kind.load, lambda _loaded: None)

        self.work.aside(first.load, lambda _loaded: QTimer.singleShot(_SHOWN_MILLISECONDS, self.frame, load_others))

    def open(self, path: Path) -> None:
        """Open a ledger."""
        self.frame.keep_place()
        self.opening.open(path)
