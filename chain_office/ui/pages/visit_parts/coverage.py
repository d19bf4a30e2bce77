"""覆盖: firms by months or campaigns, or districts and parks by campaigns; the visits and the gaps behind every number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from chain_office.queries.visiting.coverage import by_campaign, by_month
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figures_table import FiguresModel, FiguresView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.page_box import PageBox
from chain_office.ui.kit.rows import Column, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.visit_parts.briefing import Briefing
from chain_office.ui.pages.visit_parts.coverage_rows import (
    BESIDE,
    DISTRICT,
    FIRM_CAMPAIGN,
    FIRM_MONTH,
    MOST,
    PARK,
    Shown,
    by_firm,
    by_place,
    firm_line,
)
from chain_office.ui.pages.visit_parts.part import Part, first_key

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

_VIEWS: Final = (
    (FIRM_MONTH, "企业 × 月份"), (FIRM_CAMPAIGN, "企业 × 走访活动"), (DISTRICT, "县市区 × 走访活动"), (PARK, "园区 × 走访活动"),
)  # fmt: skip
_ALL, _MISSED = "all", "missed"
_NARROW: Final = 900
_LIST: Final = (Column("企业", 150), Column("县市区", 74), Column("上次走访", 100), Column("天数", 50, right=True))


class CoveragePart(Part):
    """覆盖."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "visit", "campaign", "enterprise", "register_spell", "district", "park",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.shown: Shown | None = None
        self.of = QComboBox()
        self.of.setAccessibleName("看什么")
        for key, word in _VIEWS:
            self.of.addItem(word, key)
        self.of.activated.connect(lambda _row: self._anew())
        self.only = QComboBox()
        self.only.setAccessibleName("列哪些企业")
        self.only.addItem("全部企业", _ALL)
        self.only.addItem("只列末列没走访的", _MISSED)
        self.only.activated.connect(lambda _row: self._anew())
        self.looking_for = QLineEdit()
        self.looking_for.setPlaceholderText("企业、拼音首字母、县市区")
        self.looking_for.setAccessibleName("只看名称里有这些字的")
        self.looking_for.setClearButtonEnabled(True)
        self.looking_for.setMaximumWidth(scaled(160))
        self.looking_for.editingFinished.connect(self._found)
        self._looked_for = ""
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开这些走访", "list", self._open_current)
        self._plan = self.bar.add("列入计划", "list-plus", self.plan)
        self._brief = self.bar.add("走访前一页纸", "file-text", self.brief, shortcut=first_key("brief"))
        self.bar.add("复制整表", "copy", lambda: self.view.copy_all())
        printing = self.bar.add("打印", "printer", self.print, shortcut=first_key("print_list"), right=True)
        self.addActions([printing, self._brief])
        self.stretch = PageBox(MOST)
        self.stretch.chosen.connect(self.refresh)
        for widget in (self.stretch, self.looking_for, self.only, self.of):
            self.bar.add_right(widget)
        self.printing = RowsPrinting(self, office)
        self.briefing = Briefing(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = FiguresView(self.model, "走访覆盖")
        self.view.opened.connect(self._open)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._list())
        self.model.modelReset.connect(self._list)
        self.heading = FigureLine("section", wrap=True)
        self.list_model = RowsModel(_LIST, office.palette, self)
        self.list = RowsView(self.list_model, stretch=0)
        self.list.setAccessibleName("这一格的企业")
        self.list.opened.connect(self._open_firm)
        self.list.doubleClicked.connect(lambda index: self._open_firm(self.list_model.line(index.row()).id))
        self.said = label("", "quiet", wrap=True)
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        self._split = QSplitter()
        self._split.addWidget(self.view)
        self._split.addWidget(right)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([820, 380])
        self.column.addWidget(self.bar)
        self.column.addWidget(self._split, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.said)

    def parts(self) -> tuple[QWidget, ...]:
        """The matrix, the firms of a cell, what it shows."""
        return (self.view, self.list, self.of)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the firms stand below the matrix."""
        super().resizeEvent(event)
        way = Qt.Orientation.Vertical if self.width() < scaled(_NARROW) else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([320, 150] if way == Qt.Orientation.Vertical else [820, 380])

    def _found(self) -> None:
        if self.looking_for.text().strip() != self._looked_for:
            self._looked_for = self.looking_for.text().strip()
            self._anew()

    def _anew(self) -> None:
        """Something else is wanted: from its beginning."""
        self.stretch.first()
        self.refresh()

    def refresh(self) -> None:
        """The matrix chosen, as of the cut-off date."""
        day, of, word = self.office.as_of, str(self.of.currentData()), self.looking_for.text().strip()
        missed = self.only.currentData() == _MISSED
        of_firms, start = of in {FIRM_MONTH, FIRM_CAMPAIGN}, self.stretch.start
        self.only.setEnabled(of_firms)
        self.looking_for.setEnabled(of_firms)

        def read(ledger: Ledger) -> Shown:
            found = by_month(ledger, day) if of == FIRM_MONTH else by_campaign(ledger, day)
            return by_firm(found, of, word, start, missed=missed) if of_firms else by_place(found, of)

        self.ask(read, self._show)

    def _show(self, shown: Shown) -> None:
        at = self.view.currentIndex()
        self.shown = shown
        self.stretch.offer(shown.wanted)
        self.model.show(shown.columns, shown.rows, self.office.as_of)
        there = bool(shown.rows) and len(shown.columns) > 2
        self._split.setVisible(there)
        self.nothing.setVisible(not there)
        self.nothing.setText(
            "还没有走访活动。在“计划”里新建一个（名称、起止日期），这里就按活动列出走访了哪些、还差哪些。"
            if str(self.of.currentData()) != FIRM_MONTH
            else "截止日没有在册企业。导入或新建企业和在册记录后，这里按月列出走访情况。"
        )
        self.said.setText(shown.said)
        row, column = at.row(), at.column()
        if not at.isValid() or row >= self.model.rowCount() or column >= self.model.columnCount():
            row, column = 0, max((at for at, one in enumerate(shown.columns) if one.key not in BESIDE), default=0)
        self.view.setCurrentIndex(self.model.index(row, column))
        self._list()

    def go_to(self, reference: str) -> None:
        """One of the matrices."""
        place = self.of.findData(reference)
        if place >= 0:
            self.of.setCurrentIndex(place)
            self.refresh()

    def where(self) -> str:
        """The matrix shown."""
        return str(self.of.currentData())

    # The firms of a cell.

    def _cell(self) -> tuple[str, str]:
        index = self.view.currentIndex()
        if not index.isValid() or index.row() >= self.model.rowCount() or self.shown is None:
            return "", ""
        return self.model.row(index.row()).id, self.model.columns[index.column()].key

    def _list(self) -> None:
        row, key = self._cell()
        shown = self.shown
        if shown is None or not key:
            return
        gaps, seen = shown.gaps.get((row, key), ()), shown.seen.get((row, key), ())
        column = next(one for one in shown.columns if one.key == key)
        ids: tuple[str, ...] = (*gaps, *seen)
        told = [f"没走访 {len(gaps)} 家"] * bool(gaps) + [f"走访了 {len(seen)} 家"] * bool(seen)
        if not ids and row in shown.firms:
            ids = (row,)
        name = next((one.cells[0].text for one in shown.rows if one.id == row), "")
        told += [f"先列 {MOST:,} 家"] * (len(ids) > MOST)
        self.heading.tell_counts(
            "　".join(part for part in (name, column.heading if told else "", "，".join(told)) if part),
            self.office.as_of,
            "visits.coverage_list",
            "走访覆盖表里这一格的企业",
        )
        day = self.office.as_of
        self.list_model.show([firm_line(shown.firms[one], day, missed=one in gaps) for one in ids[:MOST]])
        if ids:
            self.list.selectRow(0)
        firms = self.firms()
        self._plan.setEnabled(bool(firms) and not self.read_only)
        self._plan.setText(f"列入计划（{len(firms)} 家）" if len(firms) > 1 else "列入计划")
        self._brief.setEnabled(bool(firms))

    def firms(self) -> tuple[str, ...]:
        """The firms the cursor's cell stands for: those not visited, where there are any, else those visited."""
        row, key = self._cell()
        if self.shown is None or not key:
            return ()
        found = self.shown.gaps.get((row, key)) or self.shown.seen.get((row, key), ())
        return found or ((row,) if row in self.shown.firms else ())

    def _open_current(self) -> None:
        row, key = self._cell()
        self._open(row, key)

    def _open(self, row: str, key: str) -> None:
        """The visits behind a cell, in the list; where there are none, the firm's own, or into the firms missed."""
        if self.shown is None:
            return
        visits = self.shown.visits.get((row, key), ())
        if visits:
            name = next((one.cells[0].text for one in self.shown.rows if one.id == row), "")
            column = next(one for one in self.shown.columns if one.key == key)
            self.page.show_rows(visits, f"{name} · {column.heading}")
        elif self.list_model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_firm(self, firm: str) -> None:
        self.page.wanted.emit("enterprises", f"enterprise:{firm}")

    def plan(self) -> None:
        """Plan visits to the firms of the cell."""
        firms = self.firms()
        if firms and not self.read_only:
            self.page.plan_these(firms)

    def brief(self) -> None:
        """The page before a visit, of the firms chosen in the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        self.briefing.show([self.list_model.line(row).id for row in rows] or self.firms()[:1])

    def print(self) -> None:
        """The matrix as it stands."""
        columns = [Column(one.heading, one.width, one.right) for one in self.model.columns]
        rows = [[cell.text for cell in row.cells] for row in self.model.rows]
        self.printing.print(f"走访覆盖（{self.of.currentText()}）", columns, rows, [self.said.text()])
