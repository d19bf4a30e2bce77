"""Asking for files. Dialogs are opened, never waited for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from chain_office.ui.kit.drop import BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_LEDGERS = "台账 (*.ledger)"
_EVERYTHING = "所有文件 (*)"
FOLDER = "产业链办"
"""The folder in 文档 where ledgers go unless one says otherwise."""


def home() -> Path:
    """文档/产业链办."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / FOLDER


def _usual() -> str:
    """Where a dialog begins."""
    place = home()
    return str(place if place.is_dir() else place.parent)


def choose_ledger(parent: QWidget, then: Callable[[Path], object]) -> None:
    """Ask which ledger to open."""
    dialog = _dialog(parent, "打开台账", (_LEDGERS, _EVERYTHING))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def choose_books(parent: QWidget, then: Callable[[list[Path]], object]) -> None:
    """Ask which workbooks to take in."""
    kinds = " ".join(f"*{suffix}" for suffix in BOOKS)
    dialog = _dialog(parent, "选择现有的台账表格（可以多选）", (f"表格 ({kinds})", _EVERYTHING))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()


def place_ledger(parent: QWidget, then: Callable[[Path], object], *, title: str = "新台账叫什么、放在哪里") -> None:
    """Ask where a new ledger goes."""
    dialog = _dialog(parent, title, (_LEDGERS,))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ledger")
    dialog.selectFile("产业链台账.ledger")
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def place_report(parent: QWidget, name: str, then: Callable[[Path], object]) -> None:
    """Ask where a report of a fault goes."""
    dialog = _dialog(parent, "报告保存到哪里", ("文本 (*.txt)",))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("txt")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def _dialog(parent: QWidget, title: str, kinds: tuple[str, ...]) -> QFileDialog:
    dialog = QFileDialog(parent, title, _usual())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(list(kinds))
    return dialog
