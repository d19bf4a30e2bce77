"""Where one left off: the window's place, and for each ledger the page, the record and how the panes were divided."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter

from chain_office.ui.trail import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from chain_office.ui.page import Page

_GEOMETRY = "window/geometry"


def _ledger(path: Path) -> str:
    return f"ledgers/{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"


def keep_window(window: QMainWindow) -> None:
    """Remember the window's size and place."""
    QSettings().setValue(_GEOMETRY, window.saveGeometry())


def restore_window(window: QMainWindow) -> bool:
    """Put the window where it was; False if it was nowhere yet."""
    kept = QSettings().value(_GEOMETRY)
    return isinstance(kept, QByteArray) and window.restoreGeometry(kept)


def keep_place(ledger: Path, place: Place) -> None:
    """Remember the page and the record of a ledger."""
    QSettings().setValue(f"{_ledger(ledger)}/place", [place.page, place.reference])


def place_in(ledger: Path) -> Place | None:
    """The page and record last looked at in a ledger."""
    kept = QSettings().value(f"{_ledger(ledger)}/place")
    if isinstance(kept, list) and len(kept) == 2 and all(isinstance(one, str) for one in kept):
        return Place(*kept)
    return None


def keep_panes(pages: Iterable[Page]) -> None:
    """Remember how the pages' panes are divided (one way for every ledger of this computer)."""
    kept = QSettings()  # one for all: each is written to its file when it goes
    for page in pages:
        for number, split in enumerate(page.findChildren(QSplitter)):
            kept.setValue(_pane(page, number, split), [int(size) for size in split.sizes()])


def restore_panes(page: Page) -> None:
    """Divide a page's panes as they were."""
    settings = QSettings()
    for number, split in enumerate(page.findChildren(QSplitter)):
        kept = settings.value(_pane(page, number, split))
        if isinstance(kept, list) and len(kept) == split.count() and all(str(size).isdigit() for size in kept):
            split.setSizes([int(size) for size in kept])


def _pane(page: Page, number: int, split: QSplitter) -> str:
    return f"panes/{page.id}/{number}-{split.orientation().name}"
