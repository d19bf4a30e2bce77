"""Papers for units, made into a folder from where one works: a button, a bar while they are set, then what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers import PaperOrder
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_WORDS = {"交办会": "生成会议材料……", "催办": "生成催办函……", "督办通报": "生成督办通报……", "销号单": "生成销号单……"}
_TIPS = {
    "交办会": "交办清单、每个单位的分表、交办单和反馈表、签收表、统计，Word 和 PDF 各一份",
    "催办": "每个单位一份催办函和反馈表，写明原时限、延期和逾期天数",
    "督办通报": "按单位排列的办理情况、逾期清单和下月到期清单",
    "销号单": "本月核实销号的问题，一个一张",
}


class Making(QWidget):
    """``meeting``: the meeting whose papers are made, "" for the latest."""

    def __init__(self, office: Office, of: str) -> None:
        super().__init__()
        self._office = office
        self._of = of
        self._folder: Path | None = None
        self.meeting = ""
        self.do = QPushButton(icon("file-text", office.palette.accent), _WORDS[of])
        self.do.setToolTip(_TIPS[of])
        self.do.clicked.connect(lambda: self.ask())
        self.open = QPushButton(icon("folder-open", office.palette.accent), "打开文件夹")
        self.open.clicked.connect(lambda: self.open_folder())
        self.open.hide()
        self.said = label("", "quiet", wrap=True)
        self.said.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.do)
        row.addWidget(self.open)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.said)

    def allow(self, *, read_only: bool, nothing: bool = False) -> None:
        """Whether there is anything to make, and may be: a number is written down for every paper that leaves."""
        self.do.setEnabled(not read_only and not nothing)

    def ask(self) -> None:
        """Ask for the folder, then make."""
        dialog = QFileDialog(self, "把材料放到哪个文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.fileSelected.connect(lambda path: self.make(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        QFileDialog.open(dialog)

    def make(self, folder: Path) -> None:
        """Make the papers of the day shown into a folder."""
        of, day, meeting, actor = self._of, self._office.as_of, self.meeting, self._office.actor

        def gather(ledger: Ledger) -> PaperOrder:
            from chain_office.services.papers import order_papers  # brings every kind of paper

            return order_papers(ledger, of, day, meeting or None, actor=actor)

        def write(order: PaperOrder, progress: Progress) -> tuple[Path, ...]:
            from chain_office.services.papers import write_papers

            return write_papers(order, folder, progress)

        def done(written: tuple[Path, ...]) -> None:
            self._folder = folder
            self.open.setVisible(bool(written))
            self.said.setText(f"已写好 {len(written)} 份，在 {folder}" if written else "没有要写的材料。")
            self.said.show()

        self._office.work.make(_WORDS[of].rstrip("…"), gather, write, done, owner=self)

    def open_folder(self) -> None:
        """Show where they were written."""
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
