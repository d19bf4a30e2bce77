"""材料 of 走访: forms to take along, the page before a visit, the day's report, the records with their photographs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chain_office.queries.visiting.plan import campaigns
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.papers_making import PapersMaking
from chain_office.ui.pages.visit_parts.part import Part

if TYPE_CHECKING:
    from chain_office.queries.visiting.plan import CampaignLine
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

FORMS, BRIEF, REPORT, RECORD = "走访表", "走访前一页纸", "走访日报", "走访记录"
_KINDS: Final = (
    (
        BRIEF,
        "今后 14 天计划走访的企业一家一页；没有计划的，全部在册企业。上次说了什么、承诺、问题、产值、贷款、项目、见谁",
    ),
    (FORMS, "在册企业一家一张，填好基本情况、上次走访和未办结问题，三问留空；另有一张空白表"),
    (REPORT, "这一天（或一次活动）走访了哪些企业、收集了哪些问题、走访要点"),
    (RECORD, "这一天（或一次活动）的走访记录，一次一份，附承诺、问题和现场照片"),
)
_BY_DAY: Final = frozenset({REPORT, RECORD})


class PapersPart(Part):
    """材料."""

    watches: ClassVar[frozenset[str]] = frozenset({"campaign"})

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.makings: dict[str, PapersMaking] = {}
        self.head = label("", "quiet", wrap=True)
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName("哪一天的走访")
        self.campaign = QComboBox()
        self.campaign.setAccessibleName("哪次走访活动")
        self.campaign.setMinimumWidth(220)
        self.day.dateChanged.connect(lambda _day: self._turned())
        self.campaign.currentIndexChanged.connect(lambda _row: self._turned())
        self._started = False
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for of, tip in _KINDS:
            column.addWidget(self._card(of, tip))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (label("日报和记录：", "quiet"), self.day, label("或整个活动", "quiet"), self.campaign):
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addWidget(self.head)
        self.column.addLayout(row)
        self.column.addWidget(area, 1)

    def _card(self, of: str, tip: str) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        making = self.makings[of] = PapersMaking(self.office, of)
        look = QPushButton(icon("file-text", self.office.palette.accent), "预览")
        look.clicked.connect(making.look)
        look.setAccessibleName(f"预览{of}")
        row = QHBoxLayout()
        row.setSpacing(12)
        name = label(of, "section")
        name.setMinimumWidth(96)
        row.addWidget(name)
        row.addWidget(label(tip, "quiet", wrap=True), 1)
        for widget in (look, making.do, making.open):
            row.addWidget(widget)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(making)
        return card

    def parts(self) -> tuple[QWidget, ...]:
        """The button of each kind, the day."""
        return (*(one.do for one in self.makings.values()), self.day)

    def refresh(self) -> None:
        """The campaigns there are."""
        day = self.office.as_of
        if not self._started:
            self._started = True
            self.day.setDate(QDate(day.year, day.month, day.day))
        self.head.setText(
            f"数据截至 {day.isoformat()}。文件写进选定的文件夹，Word 和 PDF 各一份；电话打码。先预览，再生成或打印。"
        )
        self.ask(lambda ledger: campaigns(ledger, day), self._show)

    def _show(self, found: tuple[CampaignLine, ...]) -> None:
        kept = self.campaign.currentData()
        self.campaign.blockSignals(True)
        self.campaign.clear()
        self.campaign.addItem("（只按日期）", "")
        for one in found:
            self.campaign.addItem(one.title, one.name)
        self.campaign.setCurrentIndex(max(0, self.campaign.findData(kept)))
        self.campaign.blockSignals(False)
        self._turned()

    def _turned(self) -> None:
        """The day, or the campaign up to the cut-off date."""
        campaign = str(self.campaign.currentData() or "")
        shown = self.day.date()
        picked = date(shown.year(), shown.month(), shown.day())
        self.day.setEnabled(not campaign)
        for of in _BY_DAY:
            self.makings[of].campaign = campaign
            self.makings[of].day = None if campaign else picked
