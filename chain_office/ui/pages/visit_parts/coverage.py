"""覆盖: firms by months or campaigns, or districts and parks by campaigns; the visits and the gaps behind every number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from chain_office.queries.visiting.coverage import by_campaign, by_month, days_ago, places
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figures_table import Cell, FiguresModel, FiguresRow, FiguresView, Measured
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.visit_parts.briefing import Briefing
from chain_office.ui.pages.visit_parts.part import Part, first_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from chain_office.queries.visiting.coverage import Coverage, CoveredFirm, Span
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

FIRM_MONTH, FIRM_CAMPAIGN, DISTRICT, PARK = "firm-month", "firm-campaign", "district", "park"
_VIEWS: Final = (
    (FIRM_MONTH, "企业 × 月份"), (FIRM_CAMPAIGN, "企业 × 走访活动"), (DISTRICT, "县市区 × 走访活动"), (PARK, "园区 × 走访活动"),
)  # fmt: skip
_ALL, _MISSED = "all", "missed"
_TOTAL: Final = ""
_LAST, _AGO = "last", "ago"
_BESIDE: Final = frozenset({_LAST, _AGO, "none"})
_MOST: Final = 2000
"""So many firms a matrix shows; more are counted in its total and found by their names."""
_NARROW: Final = 900
_LIST: Final = (Column("企业", 150), Column("县市区", 74), Column("上次走访", 100), Column("天数", 50, right=True))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a matrix shows. ``gaps``: (row, column) → firms not visited; ``seen``: firms visited; ``visits``: their visits."""

    columns: tuple[Measured, ...]
    rows: tuple[FiguresRow, ...]
    seen: dict[tuple[str, str], tuple[str, ...]]
    gaps: dict[tuple[str, str], tuple[str, ...]]
    visits: dict[tuple[str, str], tuple[str, ...]]
    firms: dict[str, CoveredFirm]
    said: str


class CoveragePart(Part):
    """覆盖."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "visit", "campaign", "enterprise", "register_spell", "district", "park",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.shown: _Shown | None = None
        self.of = QComboBox()
        self.of.setAccessibleName("看什么")
        for key, word in _VIEWS:
            self.of.addItem(word, key)
        self.of.activated.connect(lambda _row: self.refresh())
        self.only = QComboBox()
        self.only.setAccessibleName("列哪些企业")
        self.only.addItem("全部企业", _ALL)
        self.only.addItem("只列末列没走访的", _MISSED)
        self.only.activated.connect(lambda _row: self.refresh())
        self.looking_for = QLineEdit()
        self.looking_for.setPlaceholderText("企业、县市区、园区")
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
        for widget in (self.looking_for, self.only, self.of):
            self.bar.add_right(widget)
        self.printing = RowsPrinting(self, office)
        self.briefing = Briefing(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = FiguresView(self.model, "走访覆盖")
        self.view.opened.connect(self._open)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._list())
        self.model.modelReset.connect(self._list)
        self.heading = label("", "section", wrap=True)
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
            self.refresh()

    def refresh(self) -> None:
        """The matrix chosen, as of the cut-off date."""
        day, of, word = self.office.as_of, str(self.of.currentData()), self.looking_for.text().strip()
        missed = self.only.currentData() == _MISSED
        by_firm = of in {FIRM_MONTH, FIRM_CAMPAIGN}
        self.only.setEnabled(by_firm)
        self.looking_for.setEnabled(by_firm)

        def read(ledger: Ledger) -> _Shown:
            found = by_month(ledger, day) if of == FIRM_MONTH else by_campaign(ledger, day)
            return _by_firm(found, of, word, missed=missed) if by_firm else _by_place(found, of)

        self.ask(read, self._show)

    def _show(self, shown: _Shown) -> None:
        at = self.view.currentIndex()
        self.shown = shown
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
            row, column = 0, max((at for at, one in enumerate(shown.columns) if one.key not in _BESIDE), default=0)
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
        self.heading.setText(
            "　".join(part for part in (name, column.heading if told else "", "，".join(told)) if part)
        )
        day = self.office.as_of
        self.list_model.show([_firm_line(shown.firms[one], day, missed=one in gaps) for one in ids[:_MOST]])
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


def _by_firm(found: Coverage, of: str, word: str, *, missed: bool) -> _Shown:
    """A row a firm; the total above says x of y."""
    spans = found.spans
    last = spans[-1].key if spans else ""
    wanted = [
        firm
        for firm in found.firms
        if (not word or word in f"{firm.name}　{firm.district}　{firm.park}") and (not missed or firm.missed(last))
    ]
    shown = wanted[:_MOST]
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    gaps: dict[tuple[str, str], tuple[str, ...]] = {}
    visits: dict[tuple[str, str], tuple[str, ...]] = {}
    for span in spans:
        there = [firm for firm in wanted if span.key in firm.on]
        seen[_TOTAL, span.key] = tuple(firm.id for firm in there if span.key in firm.seen)
        gaps[_TOTAL, span.key] = tuple(firm.id for firm in there if span.key not in firm.seen)
        visits[_TOTAL, span.key] = tuple(
            one for firm in there if span.key in firm.seen for one in firm.seen[span.key].ids
        )
        for firm in wanted:
            if span.key in firm.seen:
                seen[firm.id, span.key] = (firm.id,)
                visits[firm.id, span.key] = firm.seen[span.key].ids
            elif span.key in firm.on:
                gaps[firm.id, span.key] = (firm.id,)
    never = tuple(firm.id for firm in wanted if firm.last is None and firm.here)
    gaps[_TOTAL, _AGO] = gaps[_TOTAL, _LAST] = never
    total = [Cell(f"合计 {len(wanted)} 家"), Cell("")]
    for span in spans:
        number, there_are = len(seen[_TOTAL, span.key]), len(seen[_TOTAL, span.key]) + len(gaps[_TOTAL, span.key])
        light = "" if number == there_are else "amber"
        total.append(Cell(f"{number}/{there_are}", number, light, opens=True))
    total += [
        Cell("", None),
        Cell(f"从未 {len(never)}" if never else "", None, "amber" if never else "", opens=bool(never)),
    ]
    rows = [FiguresRow(_TOTAL, tuple(total), total=True)] if wanted else []
    rows += [_firm_row(firm, spans, found.day, campaign=of == FIRM_CAMPAIGN) for firm in shown]
    said = "数字是走访日（只知到月的写“月内”，一月几次的写次数）；“·”是在册没走访，“—”是当时不在册。合计是走访家数／在册家数。"
    if len(wanted) > _MOST:
        said += f"共 {len(wanted)} 家，只列前 {_MOST} 家；在右上角输入名称、县市区可缩小范围。"
    wide = 92 if of == FIRM_CAMPAIGN else 46
    columns = (
        Measured("firm", "企业", "回车打开这一格的走访", 150, right=False),
        Measured("district", "县市区", "", 76, right=False, rank=2),
        *(
            Measured(one.key, one.word, f"以 {one.at.isoformat()} 的在册企业计", wide + 20 * ("年" in one.word))
            for one in spans
        ),
        Measured(_LAST, "上次走访", "截止日以前最近一次", 92, right=False, rank=1),
        Measured(_AGO, "距今天数", "截止日减上次走访；从未走访的没有天数", 70),
    )
    return _Shown(columns, tuple(rows), seen, gaps, visits, {firm.id: firm for firm in found.firms}, said)


def _firm_row(firm: CoveredFirm, spans: Sequence[Span], day: date, *, campaign: bool) -> FiguresRow:
    cells = [Cell(firm.name, firm.name, opens=True), Cell(firm.district, firm.district or None)]
    for span in spans:
        seen = firm.seen.get(span.key)
        if seen is None:
            missed = span.key in firm.on
            cells.append(
                Cell(
                    ("未走访" if campaign else "·") if missed else "—",
                    None,
                    "amber" if missed and campaign else "quiet",
                    opens=missed,
                )
            )
            continue
        text = f"{seen.last.month}月{seen.last.day}日" if campaign else f"{seen.last.day}日"
        if not seen.exact:
            text = f"{seen.last.month}月" if campaign else "月内"
        if len(seen.ids) > 1:
            text = f"{len(seen.ids)} 次"
        cells.append(Cell(text, seen.last, "green", opens=True))
    ago = days_ago(firm.last, day)
    last = "从未走访" if firm.last is None else firm.last.isoformat() if firm.last_exact else f"{firm.last:%Y-%m}（月）"
    cells += [Cell(last, firm.last, "amber" if firm.last is None else ""), Cell("" if ago is None else str(ago), ago)]
    return FiguresRow(firm.id, tuple(cells))


def _by_place(found: Coverage, of: str) -> _Shown:
    """A row a district or park: x of y a campaign."""
    spans = found.spans
    grouped = places(found, park=of == PARK)
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    gaps: dict[tuple[str, str], tuple[str, ...]] = {}
    visits: dict[tuple[str, str], tuple[str, ...]] = {}
    firms = {firm.id: firm for firm in found.firms}
    rows = []
    for row_id, name, ids in [
        (_TOTAL, "合计", None), *((one.name, one.name, one) for one in grouped)
    ]:  # fmt: skip
        cells = [Cell(name, name)]
        for span in spans:
            mine = grouped if ids is None else (ids,)
            there = seen[row_id, span.key] = tuple(one for place in mine for one in place.seen[span.key])
            not_there = gaps[row_id, span.key] = tuple(one for place in mine for one in place.missed[span.key])
            visits[row_id, span.key] = tuple(one for firm in there for one in firms[firm].seen[span.key].ids)
            number, of_all = len(there), len(there) + len(not_there)
            light = "quiet" if not of_all else "green" if number == of_all else "amber"
            cells.append(
                Cell(f"{number}/{of_all}" if of_all else "—", number if of_all else None, light, opens=bool(of_all))
            )
        rows.append(FiguresRow(row_id, tuple(cells), total=row_id == _TOTAL))
    word = "园区" if of == PARK else "县市区"
    columns = (
        Measured("place", word, "", 168, right=False),
        *(
            Measured(one.key, one.word, f"走访家数／在册家数，以 {one.at.isoformat()} 的在册企业计", 110)
            for one in spans
        ),
    )
    if len(columns) == 2:
        columns = (*columns, Measured("none", "", "", 1))
        rows = [FiguresRow(row.id, (*row.cells, Cell("")), total=row.total) for row in rows]
    said = (
        "走访家数／在册家数；分母是活动最后一天（还没结束的按截止日）的在册企业。右边列出这一格没走访和走访了的企业。"
    )
    return _Shown(columns, tuple(rows) if spans else (), seen, gaps, visits, firms, said)


def _firm_line(firm: CoveredFirm, day: date, *, missed: bool) -> Line:
    ago = days_ago(firm.last, day)
    last = "从未走访" if firm.last is None else firm.last.isoformat() if firm.last_exact else f"{firm.last:%Y-%m}（月）"
    light = "amber" if missed and firm.last is None else ""
    return Line(firm.id, (firm.name, firm.district, last, "" if ago is None else str(ago)), ("", "", light, ""))
