"""单位: the scorecard, a line a unit and a column a measure; every number opens its rows, every rate says its formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt

from chain_office.queries.problem_desk import rows_behind, scorecard
from chain_office.services.calendar import work_calendar
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figures_table import Cell, FiguresModel, FiguresRow, FiguresView, Measured
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_office.queries.problem_desk import Measure, Scorecard, UnitScore
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_NAME: Final = "unit"
_TOTAL, _NO_UNIT = "", "-"
"""How the lines of the total and of problems without a unit are called here."""
_LEFT_OUT: Final = frozenset({"satisfied", "fairly", "dissatisfied", "to_report"})
"""On the screen the rate stands for the three ratings; all of them are printed and copied whole."""
_BAD: Final = frozenset({"overdue", "false_closed"})
_WIDTHS: Final = {"%": 108, "工作日": 88, "分": 54}
_RANKS: Final = {"fresh": 6, "failed": 5, "parked": 4, "verified": 3, "reported": 2, "closed_rate": 1}
"""What gives way first where the window is narrow."""


class UnitsPart(Part):
    """单位."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "problem", "problem_event", "problem_span", "assignment", "unit", "calendar_day", "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: Scorecard | None = None
        self._left_out = ""
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开这些行", "list", self._open_current)
        self.bar.add("复制整表", "copy", lambda: self.view.copy_all())
        self.count = FigureLine("quiet")
        self.bar.add_right(self.count)
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = FiguresView(self.model, "各单位办理情况")
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._say)
        self.view.left_out.connect(self._say_left_out)
        self.formula = label("", "quiet", wrap=True)
        self.formula.setAccessibleName("这一列怎么算")
        self.notes = label("", "quiet", wrap=True)
        self.nothing = label(
            "还没有交办过问题。\n交办以后，每个单位的件数、按时率、用时、满意率列在这里，点任何一个数都能打开它的问题。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.bar, self.view, self.nothing, self.formula, self.notes):
            self.column.addWidget(widget, 1 if widget in {self.view, self.nothing} else 0)

    def parts(self) -> tuple[QWidget, ...]:
        """The table, and what is done with it."""
        return (self.view, self.bar)

    def refresh(self) -> None:
        """The scorecard at the cut-off date."""
        day = self.office.as_of
        self.ask(lambda ledger: scorecard(ledger, day, work_calendar(ledger)), self._show)

    def _show(self, found: Scorecard) -> None:
        self.found = found
        at = self.view.currentIndex()
        shown = self._measures(found)
        columns = [Measured(_NAME, "单位", "牵头单位；协办单位不计入这里的件数，另见“配合”", 132, right=False)]
        columns += [_column(one) for one in shown]
        rows = [_row(found.total, shown, total=True), *(_row(one, shown) for one in found.units)]
        self.model.show(columns, rows, found.day)
        if at.isValid() and at.row() < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at.row(), at.column()))
        empty = not found.units
        for widget in (self.view, self.formula):
            widget.setVisible(not empty)
        self.nothing.setVisible(empty)
        self.count.tell_counts(
            f"{len(found.units)} 个单位　截至 {found.day.isoformat()}",
            self.office.as_of,
            "problems.unit_count",
            "到截止日牵头、配合过已交办问题，或退回过的单位",
        )
        self._show_notes()

    @staticmethod
    def _measures(found: Scorecard) -> list[Measure]:
        return [one for one in found.measures if one.key not in _LEFT_OUT]

    def _say(self, key: str) -> None:
        column = next((one for one in self.model.columns if one.key == key), None)
        self.formula.setText(f"{column.heading}：{column.formula}" if column is not None else "")

    def _say_left_out(self, headings: list[str]) -> None:
        self._left_out = f"窗口窄，没有列出{'、'.join(headings)}；复制整表和打印时都有" if headings else ""
        self._show_notes()

    def _show_notes(self) -> None:
        said = (*(self.found.notes if self.found is not None else ()), *([self._left_out] if self._left_out else ()))
        self.notes.setText("；".join(said))
        self.notes.setVisible(bool(said))

    # The rows behind a number.

    def _open_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._open(self.model.row(index.row()).id, self.model.columns[index.column()].key)

    def _open(self, row_id: str, key: str) -> None:
        """The problems behind a cell, in the list."""
        if self.found is None:
            return
        day, unit = self.office.as_of, None if row_id == _NO_UNIT else row_id
        line = next((one for one in (self.found.total, *self.found.units) if one.unit_id == unit), None)
        measure = next((one for one in self.found.measures if one.key == key), None)
        whose = line.unit if line is not None and row_id != _TOTAL else "全部单位"
        wanted = measure.key if measure is not None else "assigned"
        words = f"{whose} · {measure.label if measure is not None else '交办'}"
        self.ask(lambda ledger: rows_behind(ledger, day, unit, wanted), lambda ids: self.page.show_rows(ids, words))

    def print(self) -> None:
        """The table as it stands, every measure's formula below it."""
        if self.found is None:
            return
        columns = [Column(one.heading, one.width, one.right) for one in self.model.columns]
        rows = [[_closer(cell.text) for cell in row.cells] for row in self.model.rows]
        said = [f"{len(self.found.units)} 个单位。", *(f"{one.label}：{one.formula}。" for one in self._rates())]
        self.printing.print("各单位办理情况", columns, rows, [*said, *(f"{note}。" for note in self.found.notes)])

    def _rates(self) -> list[Measure]:
        found = self.found
        return [one for one in self._measures(found) if one.unit in _WIDTHS] if found is not None else []


def _column(one: Measure) -> Measured:
    width = _WIDTHS.get(one.unit, 13 * len(one.label) + 18)
    return Measured(one.key, one.label, one.formula, width, rank=_RANKS.get(one.key, 0), unit=one.unit)


def _row(line: UnitScore, shown: list[Measure], *, total: bool = False) -> FiguresRow:
    row_id = _NO_UNIT if line.unit_id is None else line.unit_id
    cells = [Cell(line.unit, line.unit, opens=True)]
    for one in shown:
        value = line.value(one.key)
        light = (
            "red" if one.key in _BAD and value else "" if value or (one.unit == "%" and value is not None) else "quiet"
        )
        cells.append(
            Cell(line.text(one.key), value, light, opens=value is not None and (bool(value) or one.unit == "%"))
        )
    return FiguresRow(row_id, tuple(cells), total)


def _closer(text: str) -> str:
    """A number on paper, where the columns stand closer: 66.7%(2/3), 15(21)."""
    return text.replace(" %", "%").replace("（", "(").replace(" 件）", ")").replace("）", ")")


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
