"""The preview of an import: its tables, and the rows of the one chosen with what would become of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from chain_office.services.importing.preview import VERDICTS
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.questions import QuestionsPanel
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from chain_office.services.importing.preview import Heading, Preview, RowView, RowViews, SheetView
    from chain_office.ui.palette import Palette

_LIGHTS: Final = {"new": "green", "changed": "amber", "same": "grey", "refused": "red"}
_SHEETS: Final = (
    Column("表格", 230), Column("工作表", 150), Column("读作", 70), *(Column(word, 60, right=True) for word in VERDICTS.values()),
    Column("注意", 60, right=True),
)  # fmt: skip
_FIRST: Final = (Column("行", 52, right=True), Column("结果", 60), Column("改动、原因", 300))
ALL, ASKING, ALARM = "全部行", "要回答的", "密级、直报"
_CHARACTER: Final = 8
_MOST_SAID: Final = 6
_MOST_ALARMS: Final = 3


class _Lines(Sequence[Line]):
    """Rows as lines, each made when it is looked at."""

    def __init__(self, rows: RowViews) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        return _Lines(self._rows[place]) if isinstance(place, slice) else _row_line(self._rows[place])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the person is in a preview: table, filter, Excel row."""

    book: str
    sheet: str
    only: str
    row: int


class PlanView(QWidget):
    """Tables above (beside the questions), rows below."""

    answered = Signal()
    """The last question was answered by keyboard: the plan is to be worked out again."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._rows: RowViews | None = None
        self.sheets = RowsModel(_SHEETS, palette, self)
        self.sheet_list = RowsView(self.sheets, stretch=0)
        self.sheet_list.setAccessibleName("读到的表")
        self.questions = QuestionsPanel()
        self.questions.finished.connect(self.answered)
        self.rows = RowsModel(_FIRST, palette, self)
        self.row_list = RowsView(self.rows)
        self.row_list.setAccessibleName("选中的表里的行")
        self.row_list.opened.connect(lambda _id: self.to_question())
        self.row_list.doubleClicked.connect(lambda _index: self.to_question())
        self.only = QComboBox()
        self.only.setAccessibleName("只看")
        self.only.addItems([ALL, *VERDICTS.values(), ASKING, ALARM])
        self.only.currentIndexChanged.connect(lambda _index: self._show_rows())
        self.ask_button = QPushButton("去回答（F8）")
        self.ask_button.setToolTip("到要回答的问题；选中一行时，到这一行的问题")
        self.ask_button.clicked.connect(self.to_question)
        keys.shortcut("to_question", self, self.to_question)
        self._title = label("", "section")
        self.said = label("", "quiet", wrap=True)
        self.alarm = self._make_alarm(palette)
        self.sheet_list.selectionModel().currentRowChanged.connect(self._chosen)
        self._lay_out()

    def _make_alarm(self, palette: Palette) -> QFrame:
        """What may not be kept here, above everything else."""
        paper = QFrame()
        paper.setProperty("role", "card")
        self.alarm_said = label("", wrap=True)
        show_light(self.alarm_said, "red")
        self.alarm_button = QPushButton(icon("triangle-alert", palette.red), "只看这些行")
        self.alarm_button.clicked.connect(self.show_alarms)
        row = QHBoxLayout(paper)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.alarm_said, 1)
        row.addWidget(self.alarm_button)
        paper.hide()
        return paper

    def _lay_out(self) -> None:
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self.sheet_list)
        above.addWidget(self.questions)
        above.setSizes([640, 540])
        below = QFrame()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.ask_button)
        head.addWidget(label("只看", "quiet"))
        head.addWidget(self.only)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(self.row_list, 1)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(above)
        whole.addWidget(below)
        whole.setSizes([210, 380])
        whole.setChildrenCollapsible(False)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(8)
        outside.addWidget(self.alarm)
        outside.addWidget(whole, 1)

    def show_preview(self, preview: Preview | None) -> None:
        """Show a plan; None empties the view. Of the same books, the person stays where they were."""
        kept = self._place()
        self._preview = preview
        sheets = preview.sheets if preview is not None else ()
        self.questions.ask(preview.plan.questions if preview is not None else ())
        self.ask_button.setVisible(preview is not None and bool(preview.plan.questions))
        alarms = preview.alarms if preview is not None else ()
        more = f"\n……共 {len(alarms)} 处" if len(alarms) > _MOST_ALARMS else ""
        self.alarm_said.setText("\n".join(alarms[:_MOST_ALARMS]) + more)
        self.alarm.setVisible(bool(alarms))
        self.sheets.show([_sheet_line(sheet) for sheet in sheets])
        self._go_to(kept)

    def _place(self) -> _Place | None:
        sheet, row = self._current(), self.row_list.currentIndex().row()
        if sheet is None or self._rows is None:
            return None
        number = self._rows[row].row if 0 <= row < len(self._rows) else -1
        return _Place(sheet.book, sheet.sheet, self.only.currentText(), number)

    def _go_to(self, kept: _Place | None) -> None:
        sheets = self._preview.sheets if self._preview is not None else ()
        if not sheets:
            self._show_rows()
            return
        at = next(
            (
                at
                for at, one in enumerate(sheets)
                if kept is not None and (one.book, one.sheet) == (kept.book, kept.sheet)
            ),
            -1,
        )
        self.sheet_list.selectRow(max(at, 0))
        if at < 0 or kept is None:
            return
        self.only.setCurrentText(kept.only)
        row = -1 if self._rows is None else self._rows.place_of(kept.row)
        if row >= 0:
            self.row_list.selectRow(row)

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.only.blockSignals(True)
        self.only.setCurrentIndex(0)
        self.only.blockSignals(False)
        self._show_rows()

    def _current(self) -> SheetView | None:
        row = self.sheet_list.currentIndex().row()
        return None if self._preview is None or not 0 <= row < len(self._preview.sheets) else self._preview.sheets[row]

    def _show_rows(self) -> None:
        sheet = self._current()
        if sheet is None:
            self._rows = None
            self.rows.show([], _FIRST)
            self._title.setText("")
            self.said.setText("")
            return
        self._rows = _chosen_rows(sheet, self.only.currentText())
        self.rows.show(_Lines(self._rows), (*_FIRST, *map(_column, sheet.headings)))
        self._title.setText(f"{sheet.book} · {sheet.sheet}" + (f"（{sheet.desk}）" if sheet.desk else "（没有读入）"))
        more = f"\n……另有 {len(sheet.said) - _MOST_SAID} 条" if len(sheet.said) > _MOST_SAID else ""
        self.said.setText("\n".join(sheet.said[:_MOST_SAID]) + more)
        self.said.setVisible(bool(sheet.said))

    def show_alarms(self) -> None:
        """Go to the first table that holds what may not be kept here, and show those rows only."""
        sheets = self._preview.sheets if self._preview is not None else ()
        at = next((at for at, one in enumerate(sheets) if len(one.rows.with_alarm())), -1)
        if at >= 0:
            self.sheet_list.selectRow(at)
            self.only.setCurrentText(ALARM)
            self.row_list.setFocus()

    def to_question(self) -> None:
        """To the question the chosen row waits for, else to the first one not answered."""
        row = self.row_list.currentIndex().row()
        wanted = self._rows[row].question if self._rows is not None and 0 <= row < len(self._rows) else ""
        self.questions.go_to(wanted)


def _chosen_rows(sheet: SheetView, only: str) -> RowViews:
    if only == ASKING:
        return sheet.rows.asking()
    if only == ALARM:
        return sheet.rows.with_alarm()
    wanted = {word: verdict for verdict, word in VERDICTS.items()}.get(only)
    return sheet.rows if wanted is None else sheet.rows.only(wanted)


def _column(heading: Heading) -> Column:
    return Column(heading.text, max(heading.width, 2 * len(heading.text) + 2) * _CHARACTER, heading.right)


def _sheet_line(sheet: SheetView) -> Line:
    counts = [str(number) if number else "" for number in sheet.counts.values()]
    lights = [_LIGHTS[verdict] for verdict in sheet.counts]
    read = sheet.desk or "没有读入"
    cells = (sheet.book, sheet.sheet, read, *counts, str(sheet.remarks or ""))
    return Line("", cells, ("", "", "" if sheet.desk else "grey", *lights, "red" if sheet.alarms else "amber"))


def _row_line(row: RowView) -> Line:
    light = _LIGHTS[row.verdict]
    said = "red" if row.alarm else light if row.verdict in {"changed", "refused"} else "quiet"
    cells = tuple("amber" if place in row.changed else "" for place in range(len(row.cells)))
    return Line(
        row.question,
        (str(row.row), VERDICTS[row.verdict], row.said, *row.cells),
        ("quiet", light, said, *cells),
    )
