"""Where files are dropped: what is dragged in is looked at by its name only; a folder or a link is not taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from chain_office.ui.palette import Palette

BOOKS: Final = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".tsv")
FORMS: Final = (".docx", ".doc", ".wps", ".odt", ".ods", ".docm", ".rtf")
"""Besides workbooks, what a filled form comes back as."""


def books_in(data: QMimeData) -> list[Path]:
    """The workbooks among what is dragged, in the order given."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in BOOKS and not path.is_dir()]


def files_in(data: QMimeData) -> list[Path]:
    """The files dragged, if workbooks or forms are among them: of a scan that came with them it is said what to do."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    files = [path for path in paths if not path.is_dir()]
    return files if any(path.suffix.lower() in (*BOOKS, *FORMS) for path in files) else []


class DropZone(QFrame):
    """A place to drop workbooks on, with a button for those who would rather choose them."""

    dropped = Signal(list)
    """Workbooks were dropped: their paths."""
    wanted = Signal()
    """The button: choose files."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        self.setAccessibleName("把表格拖到这里")
        self.choose = QPushButton(icon("folder-open", palette.on_accent), "选择文件……")
        self.choose.setProperty("role", "primary")
        self.choose.clicked.connect(self.wanted)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.choose)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for text, role in (
            ("把表格拖到这里", "section"),
            (
                "名册、走访、问题清单、融资需求、项目调度、产值月报都认得；Excel、WPS 的 .xlsx .xls .et 和 .csv 都可以。",
                "quiet",
            ),
            ("先预览，点“写入”才会记进台账；写入后可以整批撤销。", "quiet"),
        ):
            told = label(text, role, wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(told)
        column.addLayout(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take workbooks."""
        if books_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which were dropped."""
        books = books_in(event.mimeData())
        if books:
            event.acceptProposedAction()
            self.dropped.emit(books)
