"""进退规: the register by month and by year, each number opening its firms; below, the entries whose kind is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QVBoxLayout, QWidget

from chain_office.domain.registering import KINDS, NEW_BUILD, PROMOTED, UNKNOWN
from chain_office.queries.register_flow import register_year
from chain_office.services import editing
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figures_table import Cell, FiguresModel, FiguresRow, FiguresView, Measured
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.registering import Flow
    from chain_office.queries.register_flow import RegisterYear
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_BALANCE: Final = "期末 = 期初 + 规下转规上 + 新建投产 + 方式未填 - 退规"
_COLUMNS: Final = (
    Measured("span", "期间", "", 96, right=False),
    Measured("opening", "期初", "这段时间开始前一天在册的企业", unit="家"),
    Measured(PROMOTED, KINDS[PROMOTED], "入规时间在这段时间、方式为规下转规上", 96, unit="家"),
    Measured(NEW_BUILD, KINDS[NEW_BUILD], "入规时间在这段时间、方式为新建投产", 84, unit="家"),
    Measured("unknown", KINDS[UNKNOWN], "入规时间在这段时间、没有填入规方式", 84, unit="家"),
    Measured("exits", "退规", "退规时间在这段时间；退规当天起不再在册", unit="家"),
    Measured("closing", "期末", f"这段时间最后一天在册的企业；{_BALANCE}", unit="家"),
    Measured("net", "净增", "期末 - 期初", rank=1, unit="家"),
)
_UNKNOWN: Final = (
    Column("编号", 70), Column("企业", 300), Column("县市区", 84), Column("入规时间", 100), Column("退规时间", 100),
    Column("最早报产值", 100),
)  # fmt: skip


class RegisterPart(Part):
    """进退规."""

    watches: ClassVar[frozenset[str]] = frozenset({"enterprise", "register_spell", "monthly_output", "district"})

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.year: int | None = None
        self.found: RegisterYear | None = None
        self._flows: dict[str, Flow] = {}
        self.bar = ActionsBar(office.palette)
        self.before = self.bar.add("上一年", "chevron-left", lambda: self.turn(-1))
        self.after = self.bar.add("下一年", "chevron-right", lambda: self.turn(1))
        self.bar.add("打开这些企业", "list", self._open_current)
        self.bar.add("复制整表", "copy", lambda: self.view.copy_all())
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True))
        self.count = FigureLine("quiet")
        self.bar.add_right(self.count)
        self.printing = RowsPrinting(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = _Years(self.model)
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._say)
        self.view.turned.connect(self.turn)
        self.formula = label("", "quiet", wrap=True)
        self.unknown_head = FigureLine("section")
        self.kinds = ActionsBar(office.palette)
        self.promote = self.kinds.add("规下转规上（1）", "arrow-up", lambda: self.set_kind(PROMOTED), needs=1)
        self.build = self.kinds.add("新建投产（2）", "hammer", lambda: self.set_kind(NEW_BUILD), needs=1)
        self.unknown_model = RowsModel(_UNKNOWN, office.palette, self)
        self.unknown = _Unknown(self.unknown_model)
        self.unknown.chosen.connect(self.set_kind)
        self.unknown.opened.connect(self._open_firm)
        self.unknown.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        self._lay_out()

    def _lay_out(self) -> None:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.unknown_head)
        column.addWidget(self.kinds)
        column.addWidget(self.unknown, 1)
        self.below = below
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(4)
        upper.addWidget(self.view, 1)
        upper.addWidget(self.formula)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([360, 230])
        self.column.addWidget(self.bar)
        self.column.addWidget(split, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The balances, the entries of unknown kind, what is done with them."""
        return (self.view, self.unknown, self.bar)

    def go_to(self, reference: str) -> None:
        """A year."""
        if reference.isdigit():
            self.year = int(reference)
            self.refresh()

    def where(self) -> str:
        """The year shown."""
        return str(self.year or "")

    def turn(self, by: int) -> None:
        """A year before or after; none after the cut-off date's, none before anything happened."""
        if self.found is not None:
            self.year = min(max(self.found.year + by, self.found.first_year), self.found.day.year)
            self.refresh()

    def refresh(self) -> None:
        """Read the year as of the cut-off date."""
        day = self.office.as_of
        year = min(self.year or day.year, day.year)
        self.ask(lambda ledger: register_year(ledger, year, day), self._show)

    def _show(self, found: RegisterYear) -> None:
        self.found, self.year = found, found.year
        self.before.setEnabled(found.year > found.first_year)
        self.after.setEnabled(found.year < found.day.year)
        rows = [(f"{found.year}年", found.total, True)]
        rows += [(_month(one, found.day), one, False) for one in found.months]
        rows += [(f"{one.first.year}年全年" if one.last.month == 12 else f"{one.first.year}年至今", one, False)
                 for one in reversed(found.years) if one.first.year != found.year]  # fmt: skip
        self._flows = {str(at): one for at, (_, one, _total) in enumerate(rows)}
        at = self.view.currentIndex()
        self.model.show(
            _COLUMNS,
            [FiguresRow(str(place), _cells(words, one), total) for place, (words, one, total) in enumerate(rows)],
            found.day,
        )
        if at.isValid() and at.row() < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at.row(), at.column()))
        listed = len(found.total.closing)
        self.count.tell_counts(
            f"{found.total.last.isoformat()} 在册 {listed} 家",
            self.office.as_of,
            "enterprises.register_line",
            "在册企业：入规日 ≤ 截止日 < 退规日；没有入规时间的视为一直在册",
        )
        self._show_unknown(found)

    def _show_unknown(self, found: RegisterYear) -> None:
        number = len(found.unknown)
        self.unknown_head.tell_counts(
            f"{number} 次入规没有填方式：选中几行，按 1 是规下转规上（带自己的上年同期），按 2 是新建投产（上年同期为 0）",
            self.office.as_of,
            "enterprises.unknown_entries",
            "截止日以前入规、没有填入规方式的",
        )
        self.below.setVisible(bool(number))
        self.unknown_model.show([
            Line(one.id, (
                one.no, one.name, one.district, one.entered.isoformat(), one.left.isoformat() if one.left else "",
                one.first_output or "没有报过",
            ))
            for one in found.unknown
        ])  # fmt: skip
        if number:
            self.unknown.setCurrentIndex(self.unknown_model.index(0, 0))
        self._selected()

    def _selected(self) -> None:
        self.kinds.show_selected(len(self.unknown.selectionModel().selectedRows()) if not self.read_only else 0)

    # The firms behind a number.

    def _say(self, key: str) -> None:
        column = next((one for one in _COLUMNS if one.key == key), None)
        self.formula.setText(
            f"{column.heading}：{column.formula}" if column is not None and column.formula else _BALANCE
        )

    def _open_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._open(self.model.row(index.row()).id, self.model.columns[index.column()].key)

    def _open(self, row_id: str, key: str) -> None:
        one = self._flows[row_id]
        firms = firms_of(one, key)
        column = next((each.heading for each in _COLUMNS if each.key == key), "")
        if firms:
            self.page.show_rows(firms, f"{_span(one)} · {column}")

    def _open_firm(self, row_id: str) -> None:
        if self.found is not None:
            firm = next((one.firm for one in self.found.unknown if one.id == row_id), "")
            if firm:
                self.page.show_record(f"enterprise:{firm}")

    # What is done.

    def set_kind(self, kind: str) -> None:
        """Say how the firms of the chosen lines entered: one write for all of them."""
        ids = [self.unknown_model.line(index.row()).id for index in self.unknown.selectionModel().selectedRows()]
        if ids and not self.read_only:
            self.write(
                lambda ledger, actor: editing.change_many(ledger, "register_spell", ids, "entry_kind", kind, actor),
                lambda _: self.refresh(),
            )

    def print(self) -> None:
        """The table as it stands."""
        if self.found is not None:
            columns = [Column(one.heading, one.width, one.right) for one in _COLUMNS]
            rows = [[cell.text for cell in row.cells] for row in self.model.rows]
            said = [f"截至{self.found.day.isoformat()}。", f"{_BALANCE}。"]
            self.printing.print(f"规上企业进退规（{self.found.year}年）", columns, rows, said)


def firms_of(one: Flow, key: str) -> frozenset[str]:
    """The firms behind a number of a line."""
    if key == "opening":
        return one.opening
    if key in {"closing", "span"}:
        return one.closing
    if key == "exits":
        return frozenset(one.exits)
    if key == "net":
        return one.opening ^ one.closing
    return frozenset(one.entries[UNKNOWN if key == "unknown" else key])


def _cells(words: str, one: Flow) -> tuple[Cell, ...]:
    net = len(one.closing) - len(one.opening)
    numbers = (
        ("opening", len(one.opening), ""), (PROMOTED, len(one.entries[PROMOTED]), ""),
        (NEW_BUILD, len(one.entries[NEW_BUILD]), ""), ("unknown", len(one.entries[UNKNOWN]), "amber"),
        ("exits", len(one.exits), ""), ("closing", len(one.closing), ""),
    )  # fmt: skip
    made = [Cell(words, words, opens=True)]
    for _, number, light in numbers:
        made.append(Cell(str(number), number, (light if number else "quiet"), opens=bool(number)))
    made.append(Cell(f"{net:+}" if net else "0", net, "" if net else "quiet", opens=bool(one.opening ^ one.closing)))
    return tuple(made)


def _month(one: Flow, day: date) -> str:
    part = f"（至{day.day}日）" if one.last == day and (day.year, day.month) == (one.last.year, one.last.month) else ""
    return f"{one.first.month}月{part}"


def _span(one: Flow) -> str:
    """2021年5月, 2021年; the part of one that has passed with its days."""
    year, whole = one.first.year, one.first.month == 1 and one.last.month == 12
    if one.first.month == one.last.month:
        return f"{year}年{one.first.month}月"
    return f"{year}年" if whole else f"{year}年1—{one.last.month}月"


class _Years(FiguresView):
    """PageUp and PageDown go to the year before and after."""

    turned = Signal(int)

    def __init__(self, model: FiguresModel) -> None:
        super().__init__(model, "规上名册进退规")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See the class."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)


class _Unknown(RowsView):
    """1 and 2 say how the firms of the chosen lines entered."""

    chosen = Signal(str)

    def __init__(self, model: RowsModel) -> None:
        super().__init__(model, stretch=1)
        self.setAccessibleName("没有填入规方式的")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See the class."""
        kind = {int(Qt.Key.Key_1): PROMOTED, int(Qt.Key.Key_2): NEW_BUILD}.get(event.key())
        if kind is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.chosen.emit(kind)
        else:
            super().keyPressEvent(event)
