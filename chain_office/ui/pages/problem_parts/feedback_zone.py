"""Where forms that came back are dropped: files of any kind, or a whole folder; what they are is seen when they are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from chain_office.ui.palette import Palette


def dropped_in(data: QMimeData) -> list[Path]:
    """The files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FeedbackZone(QFrame):
    """Says what may be dropped, with a button for those who would rather choose."""

    wanted = Signal()
    """The button: choose files."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("把反馈表拖到这里")
        self.choose = QPushButton(icon("folder-open", palette.on_accent), "选择反馈表……")
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
            ("把各单位交回的反馈表拖到这里", "section"),
            (
                "可以一次拖入很多份，也可以拖整个文件夹；Word、Excel、WPS 保存的都认，改过文件名、调过栏目次序、加过行都不要紧。",
                "quiet",
            ),
            ("先对照台账列出要登记的步骤，点“接受”才会写入；写入后可以整批撤销。", "quiet"),
        ):
            told = label(text, role, wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(told)
        column.addLayout(line)
