"""Putting the window together: the work thread, the office, the frame and its pages."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from chain_office.services.ledgers import open_ledger, open_or_make
from chain_office.services.sampling import make_sample
from chain_office.ui.frame import Frame
from chain_office.ui.office import Office
from chain_office.ui.palette import LIGHT, Palette
from chain_office.ui.start import Start, remember
from chain_office.ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.page import Page


class Window:
    """The window and what it lives on."""

    def __init__(self, pages: Sequence[type[Page]], palette: Palette = LIGHT) -> None:
        self.work = Work()
        self.office = Office(self.work, palette)
        self.start = Start(palette)
        self.frame = Frame(self.office, pages, self.start)
        self.start.open_wanted.connect(self.open)
        self.start.new_wanted.connect(lambda path: self.work.open(lambda: open_or_make(path)))
        self.start.sample_wanted.connect(lambda path: self.work.open(lambda: _make_and_open(path)))
        self.work.opened.connect(remember)
        self.work.crashed.connect(self._report)

    def open(self, path: Path) -> None:
        """Open a ledger."""
        self.work.open(lambda: open_ledger(path))

    def _report(self, error: Exception) -> None:
        """A failure of ours: say so, with what a developer needs and nothing personal."""
        box = QMessageBox(self.frame)
        box.setWindowTitle("程序出错")
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText("程序遇到一个没有料到的错误，台账没有改动。请把详细信息发给开发者。")
        box.setDetailedText("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.open()


def _make_and_open(path: Path) -> Ledger:
    if not path.exists():
        make_sample(path)
    return open_ledger(path)
