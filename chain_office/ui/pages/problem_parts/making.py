"""Papers for units, made into a folder from where one works: a button, a bar while they are set, then what was written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers import PaperOrder, Written
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_WORDS = {
    "交办会": "生成会议材料……",
    "单件交办": "生成交办单……",
    "催办": "生成催办函……",
    "督办通报": "生成督办通报……",
    "销号单": "生成销号单……",
    "走访表": "生成走访表……",
    "走访日报": "生成走访日报……",
}
TIPS = {
    "交办会": "交办清单总表、封面统计、签收表，和每个单位的分表、交办单、反馈表",
    "单件交办": "没有上会、单独交办的问题，每个单位的交办单和反馈表",
    "催办": "临近时限和已逾期的，每个牵头单位一份催办函和反馈表，写明原时限、延期和逾期",
    "督办通报": "各单位办理情况、逾期清单、下月到期清单、退回和延期",
    "销号单": "本月核实销号的问题一件一张，四项核实、回访和满意度",
    "走访表": "在册企业一家一张，填好基本情况、上次走访和未办结问题；另有一张空白表",
    "走访日报": "当天走访了哪些企业、收集了哪些问题",
}
"""What each kind brings."""


class Making(QWidget):
    """``of``: the kind of paper. ``meeting``: the meeting whose papers are made, "" for the latest. ``lists``: with the red
    and black list of a bulletin. ``row``: where the buttons go; left out, above what is said."""

    def __init__(self, office: Office, of: str, row: QHBoxLayout | None = None) -> None:
        super().__init__()
        self._office = office
        self.of = of
        self.lists = False
        self._folder: Path | None = None
        self.meeting = ""
        self.do = QPushButton(icon("file-text", office.palette.accent), _WORDS[of])
        self.do.setToolTip(TIPS[of])
        self.do.clicked.connect(lambda: self.ask())
        self.open = QPushButton(icon("folder-open", office.palette.accent), "打开文件夹")
        self.open.clicked.connect(lambda: self.open_folder())
        self.open.hide()
        self.said = label("", "quiet", wrap=True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if row is None:
            row = QHBoxLayout()
            row.setSpacing(8)
            column.addLayout(row)
            row.addWidget(self.do)
            row.addWidget(self.open)
            row.addStretch(1)
        else:
            row.addWidget(self.open)
            row.addWidget(self.do)
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
        of, day, meeting, lists = self.of, self._office.as_of, self.meeting, self.lists
        actor = self._office.actor
        workshop = self._office.work.workshop
        orders: list[PaperOrder] = []

        def gather(ledger: Ledger) -> PaperOrder:
            from chain_office.services.papers import order_papers  # brings every kind of paper

            return order_papers(ledger, of, day, meeting or None, actor=actor, lists=lists)

        def write(order: PaperOrder, progress: Progress) -> Written:
            from chain_office.services.papers import write_papers

            orders.append(order)
            return write_papers(order, folder, progress, run=partial(workshop.do, wanted=progress.check))

        self._office.work.make(
            _WORDS[of].rstrip("…"), gather, write, lambda written: self._tell(orders[-1], written, folder), owner=self
        )

    def _tell(self, order: PaperOrder, written: Written, folder: Path) -> None:
        self._folder = folder
        self.open.setVisible(bool(written))
        said = [f"已写好 {len(written)} 个文件，在 {folder}" if written else "没有要写的材料", *order.notes]
        if written.kept:
            said.append(f"{len(written.kept)} 份反馈表已经填过，没有覆盖")
        if written.missing:
            said.append(f"这些字没有字体，印成了〓：{written.missing}")
        self.said.setText("；".join(part.rstrip("。") for part in said) + "。")
        self.said.show()
        if order.saved is not None:
            self._office.wrote.emit(order.saved)

    def open_folder(self) -> None:
        """Show where they were written."""
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
