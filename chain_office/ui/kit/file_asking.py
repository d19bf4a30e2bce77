"""Asking for files in dialogs that leave the window's events running."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


def ask_where_to_save(
    parent: QWidget, title: str, name: str, kinds: Sequence[str], chosen: Callable[[Path, str], None]
) -> QFileDialog:
    """Ask where to save; ``chosen`` is told the path and the kind of file picked."""
    dialog = QFileDialog(parent, title, name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.selectFile(name)

    def follow(kind: str) -> None:
        """The ending goes with the kind, so that a file that is there is asked about under its whole name."""
        dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")"))

    follow(kinds[0])
    dialog.filterSelected.connect(follow)
    dialog.fileSelected.connect(lambda path: chosen(Path(path), dialog.selectedNameFilter()))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def ask_for_files(
    parent: QWidget, title: str, kinds: Sequence[str], chosen: Callable[[list[Path]], None]
) -> QFileDialog:
    """Ask for files that are there."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(list(kinds))
    dialog.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog
