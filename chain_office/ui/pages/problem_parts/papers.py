"""材料: every paper that leaves for a unit, or for the office's own table, made as of the day shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chain_office.services.handover import past_meetings
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.problem_parts.making import TIPS, Making
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from chain_office.queries.handover import PastMeeting
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_KINDS = ("交办会", "单件交办", "催办", "督办通报", "销号单", "走访表", "走访日报")


class PapersPart(Part):
    """材料 of the problem desk."""

    watches: ClassVar[frozenset[str]] = frozenset({"meeting", "problem"})

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.makings: dict[str, Making] = {}
        self.meeting = QComboBox()
        self.meeting.setAccessibleName("哪次交办会")
        self.meeting.setMinimumWidth(240)
        self.meeting.currentTextChanged.connect(self._turned)
        self.lists = QCheckBox("附红黑榜")
        self.lists.toggled.connect(self._listed)
        self.head = label("", "quiet", wrap=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for of in _KINDS:
            column.addWidget(self._card(of))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.column.addWidget(self.head)
        self.column.addWidget(area, 1)

    def _card(self, of: str) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout()
        row.setSpacing(12)
        name = label(of, "section")
        name.setMinimumWidth(88)
        row.addWidget(name)
        row.addWidget(label(TIPS[of], "quiet", wrap=True), 1)
        beside = {"交办会": self.meeting, "督办通报": self.lists}.get(of)
        if beside is not None:
            row.addWidget(beside)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(row)
        self.makings[of] = Making(self.office, of, row)
        column.addWidget(self.makings[of])
        return card

    def _listed(self, on: bool) -> None:
        self.makings["督办通报"].lists = on

    def parts(self) -> tuple[QWidget, ...]:
        """The button of each kind."""
        return tuple(one.do for one in self.makings.values())

    def refresh(self) -> None:
        """Read the meetings there were."""
        day = self.office.as_of.isoformat()
        self.head.setText(
            f"数据截至 {day}。文件写进选定的文件夹，Word 和 PDF 各一份，按单位分开；带文号的登记在台账里，再生成一次文号不变。"
        )
        for making in self.makings.values():
            making.allow(read_only=self.read_only)
        self.ask(past_meetings, self._show)

    def _show(self, meetings: tuple[PastMeeting, ...]) -> None:
        names = [one.name for one in meetings if one.problems]
        if [self.meeting.itemText(place) for place in range(self.meeting.count())] != names:
            self.meeting.clear()
            self.meeting.addItems(names)
        self.makings["交办会"].allow(read_only=self.read_only, nothing=not names)

    def _turned(self, name: str) -> None:
        self.makings["交办会"].meeting = name
