"""The monthly grid as a table model: what is recorded, what was typed over it, what is proposed, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont

from chain_office.domain.forms import Option
from chain_office.domain.output_entry import Typed, read_cell
from chain_office.ui.kit.cells_model import CHANGED, PROPOSED, WRONG, CellsModel, Index
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.pages.output_parts.entry_state import DIFFERENCE, LAST, NAME, RATE, TYPED, EntryState, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.domain.output_entry import EntryLine, EntrySheet
    from chain_office.services.output.entering import Wrong
    from chain_office.ui.palette import Palette

_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_ALIGN, _COLOUR = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ForegroundRole)
_GROUND, _FONT, _TIP = (
    int(Qt.ItemDataRole.BackgroundRole),
    int(Qt.ItemDataRole.FontRole),
    int(Qt.ItemDataRole.ToolTipRole),
)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of the grid: its heading, its width at 100 %, what it is for. ``amount``: its heading names the unit."""

    id: str
    heading: str
    width: int
    tip: str = ""
    amount: bool = True
    right: bool = True


COLUMNS: Final = (
    GridColumn(NAME, "企业名称", 190, amount=False, right=False),
    GridColumn(LAST, "上月", 86, "这家企业上月报的当月产值，供对照"),
    GridColumn("month_yuan", "本月", 96),
    GridColumn("cum_yuan", "累计", 104, "1月到本月。灰色的是建议数（上月累计 + 本月），确认了才算"),
    GridColumn(DIFFERENCE, "差额", 86, "累计 −（上月累计 + 本月）：企业修订以前月份的数。1月是累计 − 本月"),
    GridColumn("month_prev_yuan", "上年同月", 106, "企业报表上的上年同月数。灰色的是它去年自己报的"),
    GridColumn("cum_prev_yuan", "上年同期", 108, "企业报表上的上年累计，同口径的基数。灰色的是它去年自己报的"),
    GridColumn(RATE, "同比%", 60, "（累计 − 上年同期）÷ 上年同期；没填上年同期的按它去年自己报的算", amount=False),
    GridColumn("stop", "生产状态", 76, amount=False, right=False),
    GridColumn("reason", "增减原因", 130, amount=False, right=False),
    GridColumn(
        "source", "来源", 78, "数从哪里来；不得填联网直报。灰色的是上面选的，随新填的数保存", amount=False, right=False
    ),
)
IDS: Final = tuple(one.id for one in COLUMNS)


class EntryModel(CellsModel):
    """The lines shown of an :class:`EntryState`."""

    edited = Signal()
    """Something was typed, pasted, taken back: what is not saved is different now."""

    def __init__(self, palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.state = EntryState()
        self.lines: tuple[EntryLine, ...] = ()

    def show(self, sheet: EntrySheet, lines: Sequence[EntryLine]) -> None:
        """Show these lines of a month; where they are the same firms, the cursor stays."""
        fits = [one.enterprise_id for one in lines] == [one.enterprise_id for one in self.lines]
        if not fits:
            self.beginResetModel()
        self.state.take(sheet)
        self.lines = tuple(lines)
        if fits:
            self.show_again()
        else:
            self.endResetModel()

    def show_again(self) -> None:
        """Everything may look different."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(COLUMNS) - 1))

    def show_unit(self, unit: str) -> None:
        """Show and read amounts in another unit."""
        self.state.choose_unit(unit)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.show_again()
        self.edited.emit()

    def show_wrong(self, wrong: Mapping[str, Wrong]) -> None:
        """What the rules say of the lines that were typed into."""
        self.state.wrong = dict(wrong)
        self.show_again()

    def firm_at(self, row: int) -> EntryLine | None:
        """The line of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    # Typing.

    def write(self, cells: Sequence[tuple[int, int, str]]) -> None:
        """See :class:`CellsModel`."""
        told: dict[Place, Typed] = {}
        for row, column, text in cells:
            line, name = self.firm_at(row), IDS[column]
            if line is not None and name in TYPED:
                told[line.enterprise_id, name] = read_cell(name, text, self.state.unit)
        self.put(told)

    def put(self, told: Mapping[Place, Typed]) -> None:
        """Put what was read into cells as one step."""
        self.turned(self.state.put(told))

    def turned(self, firms: Iterable[str]) -> None:
        """These firms' lines are different now."""
        if list(firms):
            self.show_again()
            self.edited.emit()

    def confirm(self, row: int, column: int) -> bool:
        """See :class:`CellsModel`."""
        line = self.firm_at(row)
        value = self.state.proposals(line).get(IDS[column]) if line is not None else None
        if line is None or value is None:
            return False
        self.put({(line.enterprise_id, IDS[column]): Typed(value)})
        return True

    def can_undo(self, *, redo: bool = False) -> bool:
        """See :class:`CellsModel`."""
        return self.state.can_go_back(redo=redo)

    def undo(self) -> bool:
        """See :class:`CellsModel`."""
        could = self.can_undo()
        self.turned(self.state.go_back())
        return could

    def redo(self) -> bool:
        """See :class:`CellsModel`."""
        could = self.can_undo(redo=True)
        self.turned(self.state.go_back(redo=True))
        return could

    def next_wrong(self, row: int, column: int) -> tuple[int, int] | None:
        """The next cell in red or amber after this one, round the end; None where there is none."""
        state = self.state
        firms = {*state.wrong, *(place[0] for place in (*state.moved, *state.problems))}
        cells = [
            (at, place)
            for at, line in enumerate(self.lines)
            if line.enterprise_id in firms
            for place, name in enumerate(IDS)
            if state.light(line, name)
        ]
        after = [one for one in cells if one > (row, column)]
        return after[0] if after else cells[0] if cells else None

    # The table.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Lines shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Headings; amounts name the unit they are shown and read in."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column, unit = COLUMNS[section], self.state.unit
        if role == _DISPLAY:
            return f"{column.heading}({unit})" if column.amount and unit else column.heading
        if role == _TIP:
            said = f"（{unit or '还没有选单位'}）" if column.amount else ""
            return plain_tip(f"{column.heading}{said}\n{column.tip}".rstrip())
        return (_RIGHT if column.right else _LEFT) if role == _ALIGN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be typed into."""
        usual = super().flags(index)
        if index.isValid() and not self.state.read_only and IDS[index.column()] in TYPED:
            return usual | Qt.ItemFlag.ItemIsEditable
        return usual

    def options(self, row: int, column: int) -> tuple[Option, ...]:  # noqa: ARG002 - the same in every row
        """The words of 生产状态 and 来源."""
        sheet = self.state.sheet
        if sheet is None:
            return ()
        words = {"stop": sheet.stops, "source": sheet.sources}.get(IDS[column], ())
        return tuple(Option(word, word) for word in words)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell."""
        line = self.firm_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        name, state = IDS[index.column()], self.state
        if role == _DISPLAY:
            return state.shown(line, name)
        if role == _EDIT:
            return state.exact(line, name)
        if role == _ALIGN:
            return _RIGHT if COLUMNS[index.column()].right else _LEFT
        if role == _TIP:
            return plain_tip(state.says(line, name) or state.shown(line, name))
        return self._look(line, name, role)

    def _look(self, line: EntryLine, name: str, role: int) -> Any:
        """How a cell looks: what is proposed is quiet, what is wrong has its light, what cannot be typed another ground."""
        state = self.state
        if role == CHANGED:
            return (line.enterprise_id, name) in state.typed
        if role == WRONG:
            return state.light(line, name)
        if role == PROPOSED:
            return state.is_proposed(line, name)
        if role == _GROUND:
            return QColor(self._palette.raised) if state.read_only or name not in TYPED else None
        if role == _FONT and state.is_proposed(line, name):
            font = QFont()
            font.setItalic(True)
            return font
        if role == _COLOUR:
            light = state.light(line, name) or state.worked_out(line, name)
            quiet = "quiet" if name == LAST or state.is_proposed(line, name) else ""
            return QColor(getattr(self._palette, light or quiet)) if light or quiet else None
        return None
