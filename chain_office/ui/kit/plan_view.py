"""The preview of an import: its tables, and the rows of the one chosen with what would become of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from chain_office.services.importing.preview import VERDICTS
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.questions import QuestionsPanel
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from chain_office.services.importing.preview import Heading, Preview, RowView, SheetView
    from chain_office.ui.palette import Palette

_LIGHTS: Final = {"new": "green", "changed": "amber", "same": "grey", "refused": "red"}
_SHEETS: Final = (
    Column("表格", 230), Column("工作表", 150), Column("读作", 70), *(Column(word, 60, right=True) for word in VERDICTS.values()),
    Column("注意", 60, right=True),
)  # fmt: skip
_FIRST: Final = (Column("行", 52, right=True), Column("结果", 60), Column("改动、原因", 300))
_ALL: Final = "全部行"
_CHARACTER: Final = 8
_MOST_SAID: Final = 6


class _Lines(Sequence[Line]):
    """Rows as lines, each made when it is looked at."""

    def __init__(self, rows: Sequence[RowView]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        return _Lines(self._rows[place]) if isinstance(place, slice) else _row_line(self._rows[place])


class PlanView(QWidget):
    """Tables above (beside the questions), rows below."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self.sheets = RowsModel(_SHEETS, palette, self)
        self.sheet_list = RowsView(self.sheets, stretch=0)
        self.sheet_list.setAccessibleName("读到的表")
        self.questions = QuestionsPanel()
        self.rows = RowsModel(_FIRST, palette, self)
        self.row_list = RowsView(self.rows)
        self.row_list.setAccessibleName("选中的表里的行")
        self.only = QComboBox()
        self.only.setAccessibleName("只看")
        self.only.addItems([_ALL, *VERDICTS.values()])
        self.only.currentIndexChanged.connect(lambda _index: self._show_rows())
        self._title = label("", "section")
        self.said = label("", "quiet", wrap=True)
        self.sheet_list.selectionModel().currentRowChanged.connect(self._chosen)
        self.sheets.modelReset.connect(self._select_first)
        self._lay_out()

    def _lay_out(self) -> None:
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self.sheet_list)
        above.addWidget(self.questions)
        above.setSizes([640, 540])
        below = QFrame()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
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
        outside.addWidget(whole)

    def show_preview(self, preview: Preview | None) -> None:
        """Show a plan; None empties the view."""
        self._preview = preview
        sheets = preview.sheets if preview is not None else ()
        self.questions.ask(preview.plan.questions if preview is not None else ())
        self.sheets.show([_sheet_line(sheet) for sheet in sheets])

    def _select_first(self) -> None:
        if self.sheets.rowCount():
            self.sheet_list.selectRow(0)
        else:
            self._show_rows()

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.only.blockSignals(True)
        self.only.setCurrentIndex(0)
        self.only.blockSignals(False)
        self._show_rows()

    def _current(self) -> SheetView | None:
        row = self.sheet_list.currentIndex().row()
        return None if self._preview is None or row < 0 else self._preview.sheets[row]

    def _show_rows(self) -> None:
        sheet = self._current()
        if sheet is None:
            self.rows.show([], _FIRST)
            self._title.setText("")
            self.said.setText("")
            return
        wanted = {word: verdict for verdict, word in VERDICTS.items()}.get(self.only.currentText())
        rows = sheet.rows if wanted is None else tuple(row for row in sheet.rows if row.verdict == wanted)
        self.rows.show(_Lines(rows), (*_FIRST, *map(_column, sheet.headings)))
        self._title.setText(f"{sheet.book} · {sheet.sheet}" + (f"（{sheet.desk}）" if sheet.desk else "（没有读入）"))
        more = f"\n……另有 {len(sheet.said) - _MOST_SAID} 条" if len(sheet.said) > _MOST_SAID else ""
        self.said.setText("\n".join(sheet.said[:_MOST_SAID]) + more)
        self.said.setVisible(bool(sheet.said))


def _column(heading: Heading) -> Column:
    return Column(heading.text, max(heading.width, 2 * len(heading.text) + 2) * _CHARACTER, heading.right)


def _sheet_line(sheet: SheetView) -> Line:
    counts = [str(number) if number else "" for number in sheet.counts.values()]
    lights = [_LIGHTS[verdict] for verdict in sheet.counts]
    read = sheet.desk or "没有读入"
    cells = (sheet.book, sheet.sheet, read, *counts, str(sheet.remarks or ""))
    return Line("", cells, ("", "", "" if sheet.desk else "grey", *lights, "amber"))


def _row_line(row: RowView) -> Line:
    light = _LIGHTS[row.verdict]
    return Line(
        "",
        (str(row.row), VERDICTS[row.verdict], row.said, *row.cells),
        ("quiet", light, light if row.verdict in {"changed", "refused"} else "quiet"),
    )
