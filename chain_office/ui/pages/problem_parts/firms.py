"""企业: a line a firm with its problems by where they stand, what it says of them, when it was last visited."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt

from chain_office.queries.firm_problem_rows import ALL, LATE, firm_rows, last_visits
from chain_office.queries.problem_desk import by_enterprise
from chain_office.queries.problem_desk.shape import Rate
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figures_table import Cell, FiguresModel, FiguresRow, FiguresView, Measured
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from chain_office.queries.problem_desk import FirmRow
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_NAME, _DISTRICT, _SAID, _VISIT = "firm", "district", "satisfaction", "visit"
_TOTAL, _NO_FIRM = "", "-"
_COLUMNS: Final = (
    Measured(_NAME, "企业", "回车打开这家企业的全部问题", 210, right=False),
    Measured(_DISTRICT, "县市区", "", 84, right=False),
    Measured(ALL, "收集", "这家企业反映的全部问题", 50, unit="个"),
    Measured("waiting", "待筛选", "还没有筛选", 58, unit="个"),
    Measured("to_assign", "待交办", "筛选入，等交办", 58, unit="个"),
    Measured("open", "办理中", "已交办、已签收、办理中、退回重派、部分解决", 58, unit="个"),
    Measured(LATE, "逾期", "办理中且时限已过，或报结晚于时限；包含在办理中、待核实之内", 50, unit="个"),
    Measured("reported", "待核实", "单位已报结、尚未核实", 58, unit="个"),
    Measured("closed", "已销号", "已销号，含未见核实的办结", 58, unit="个"),
    Measured("parked", "长期推进", "企业知晓的长期推进事项，不计逾期", 72, rank=2, unit="个"),
    Measured("pooled", "暂不具备", "到复核日再看", 72, rank=1, unit="个"),
    Measured("rejected", "不予采纳", "已告知企业", 72, rank=3, unit="个"),
    Measured("elsewhere", "现场、上报", "现场解决和上报的", 80, rank=4, unit="个"),
    Measured(_SAID, "满意率", "（满意 + 基本满意）÷ 企业已评价的；以最近一次评价为准", 120, unit="%"),
    Measured(_VISIT, "最近走访", "截止日以前最近一次走访的日期", 92, right=False),
)
_ELSEWHERE: Final = ("solved_on_site", "escalated")
_LIGHTS: Final = {LATE: "red"}


class FirmsPart(Part):
    """企业."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "problem", "problem_event", "problem_span", "enterprise", "district", "visit", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._names: dict[str, str] = {}
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开这些行", "list", self._open_current)
        self.bar.add("打开企业", "building-2", self._open_firm)
        self.bar.add("复制整表", "copy", lambda: self.view.copy_all())
        self.count = FigureLine("quiet")
        self.bar.add_right(self.count)
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = FiguresView(self.model, "各企业的问题")
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._say)
        self.formula = label("", "quiet", wrap=True)
        self.formula.setAccessibleName("这一列怎么算")
        self.nothing = label(
            "还没有收集到问题。\n每家企业反映了几件、办到哪一步、满意不满意，会列在这里。", "quiet", wrap=True
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.bar, self.view, self.nothing, self.formula):
            self.column.addWidget(widget, 1 if widget in {self.view, self.nothing} else 0)

    def parts(self) -> tuple[QWidget, ...]:
        """The table, and what is done with it."""
        return (self.view, self.bar)

    def refresh(self) -> None:
        """The firms at the cut-off date."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[FiguresRow, ...]:
            firms, visits = by_enterprise(ledger, day), last_visits(ledger, day)
            rows = (_row(one, visits.get(one.enterprise_id or "")) for one in firms)
            return (_total(firms), *rows) if firms else ()

        self.ask(read, self._show)

    def _show(self, rows: tuple[FiguresRow, ...]) -> None:
        at = self.view.currentIndex()
        self._names = {row.id: row.cells[0].text for row in rows}
        self.model.show(_COLUMNS, rows, self.office.as_of)
        if at.isValid() and at.row() < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at.row(), at.column()))
        for widget in (self.view, self.formula):
            widget.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.count.tell_counts(
            f"{max(0, len(rows) - 1)} 家企业　截至 {self.office.as_of.isoformat()}",
            self.office.as_of,
            "problems.firm_count",
            "到截止日有问题收集的企业",
        )

    def _say(self, key: str) -> None:
        column = next((one for one in self.model.columns if one.key == key), None)
        self.formula.setText(f"{column.heading}：{column.formula}" if column is not None and column.formula else "")

    def _open_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._open(self.model.row(index.row()).id, self.model.columns[index.column()].key)

    def _open(self, row_id: str, key: str) -> None:
        """The problems behind a number, in the list."""
        day, firm, every = self.office.as_of, None if row_id == _NO_FIRM else row_id, row_id == _TOTAL
        counted = key if key in _COUNTED or key == "elsewhere" else ALL
        column = next(one for one in _COLUMNS if one.key == counted)
        words = f"{'全部企业' if every else self._names.get(row_id, '')} · {column.heading}"
        buckets = _ELSEWHERE if counted == "elsewhere" else (counted,)

        def read(ledger: Ledger) -> frozenset[str]:
            return frozenset().union(*(firm_rows(ledger, day, firm, one, every=every) for one in buckets))

        self.ask(read, lambda ids: self.page.show_rows(ids, words))

    def _open_firm(self) -> None:
        index = self.view.currentIndex()
        firm = self.model.row(index.row()).id if index.isValid() else ""
        if firm not in {_TOTAL, _NO_FIRM}:
            self.page.wanted.emit("enterprises", f"enterprise:{firm}")

    def print(self) -> None:
        """The table as it stands."""
        columns = [Column(one.heading, one.width, one.right) for one in self.model.columns]
        rows = [[cell.text for cell in row.cells] for row in self.model.rows]
        self.printing.print("各企业的问题", columns, rows, [f"{max(0, len(rows) - 1)} 家企业。"])


_COUNTED: Final = frozenset(one.key for one in _COLUMNS) - {_NAME, _DISTRICT, _SAID, _VISIT, "elsewhere"}


def _row(one: FirmRow, visited: date | None) -> FiguresRow:
    said = one.satisfaction
    cells = [
        Cell(one.enterprise, one.enterprise, opens=True),
        Cell(one.district, one.district or None, opens=True),
        *(_number(key, value) for key, value in _counts(one).items()),
        Cell(said.text, said.percent, opens=True),
        Cell(visited.isoformat() if visited else "未走访", visited, "" if visited else "quiet", opens=True),
    ]
    return FiguresRow(one.enterprise_id or _NO_FIRM, tuple(cells))


def _counts(one: FirmRow) -> dict[str, int]:
    elsewhere = sum(one.counts.get(bucket, 0) for bucket in _ELSEWHERE)
    mine = {ALL: one.collected, LATE: one.overdue, "elsewhere": elsewhere}
    return {
        column.key: mine.get(column.key, one.counts.get(column.key, 0))
        for column in _COLUMNS
        if column.key in _COUNTED or column.key == "elsewhere"
    }


def _number(key: str, value: int) -> Cell:
    return Cell(str(value), value, _LIGHTS.get(key, "") if value else "quiet", opens=bool(value))


def _total(firms: tuple[FirmRow, ...]) -> FiguresRow:
    sums: dict[str, int] = {}
    for one in firms:
        for key, value in _counts(one).items():
            sums[key] = sums.get(key, 0) + value
    said = Rate(sum(one.pleased for one in firms), sum(one.rated for one in firms))
    cells = [
        Cell("合计", "", opens=True), Cell(""), *(_number(key, value) for key, value in sums.items()),
        Cell(said.text, said.percent, opens=True), Cell(""),
    ]  # fmt: skip
    return FiguresRow(_TOTAL, tuple(cells), total=True)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
