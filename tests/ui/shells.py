"""Windows for tests of the shell: small pages that note what is asked of them, on a real ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QLineEdit, QSplitter, QTextEdit, QVBoxLayout

from chain_office.ui.page import Page
from chain_office.ui.palette import LIGHT
from chain_office.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office


class First(Page):
    """A page with something to type in, and panes."""

    id: ClassVar[str] = "first"
    title: ClassVar[str] = "第一页"
    icon_name: ClassVar[str] = "info"
    count_key: ClassVar[str] = "problems.open"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.refreshed = 0
        self.shown: list[str] = []
        self.line, self.text = QLineEdit(), QTextEdit()
        split = QSplitter()
        split.addWidget(self.line)
        split.addWidget(self.text)
        column = QVBoxLayout(self)
        column.addWidget(split)

    def refresh(self) -> None:
        self.refreshed += 1

    def show_record(self, reference: str) -> None:
        self.shown.append(reference)

    def where(self) -> str:
        return self.shown[-1] if self.shown else ""

    def parts(self) -> tuple[QLineEdit, QTextEdit]:
        return (self.line, self.text)


class Second(First):
    """Another, that looks at one table only."""

    id: ClassVar[str] = "second"
    title: ClassVar[str] = "第二页"
    watches: ClassVar[frozenset[str]] = frozenset({"visit"})
    count_key: ClassVar[str] = "enterprises.unvisited"


class Taker(First):
    """The page that takes workbooks in."""

    id: ClassVar[str] = "taker"
    title: ClassVar[str] = "收件"
    apart: ClassVar[bool] = True
    takes_files: ClassVar[bool] = True
    count_key: ClassVar[str] = ""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.taken: list[Path] = []

    def take_files(self, paths: Sequence[Path]) -> None:
        self.taken += paths


PAGES = (First, Second, Taker)


def shell(qtbot: QtBot, pages: Sequence[type[Page]] = PAGES) -> Window:
    """A window without a ledger, on the screen."""
    window = Window(pages, LIGHT)
    qtbot.addWidget(window.frame, before_close_func=lambda _frame: None)
    window.frame.resize(1366, 728)
    window.frame.show()
    return window


def opened(qtbot: QtBot, window: Window, path: Path) -> None:
    """Open a ledger and wait until it is shown and looked after."""
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        window.open(path)
    qtbot.waitUntil(lambda: bool(window.frame.status.backup.text()), timeout=10_000)


def page(window: Window, kind: type[First]) -> First:
    """A page of the window, built."""
    found = window.frame.page(kind.id)
    assert isinstance(found, kind)
    return found
