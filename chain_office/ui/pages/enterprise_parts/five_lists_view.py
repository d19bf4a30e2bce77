"""One of the 五单 as a table: groups under headings, columns as wide as there is room, the least needed left out first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHeaderView

from chain_office.domain.five_lists import cell_text
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.five_lists import ListColumn, ListRow, OneList

_CHARACTER: Final = 13
_PADDING: Final = 14
_LEAST_LONG: Final = 6.0
_RIGHT: Final = frozenset({"number", "wan", "percent"})
_DAY: Final = 5.2
_NAMED: Final = 1
"""The columns up to here say which record it is."""


def columns_of(one: OneList) -> tuple[Column, ...]:
    """The headings; what money is in is said above the table."""
    return tuple(
        Column(column.heading, round(_wanted(column) * _CHARACTER + _PADDING), column.kind in _RIGHT)
        for column in one.columns
    )


def groups_of(one: OneList) -> tuple[Group, ...]:
    """The groups as the window lists them; a list without parts is headed by its numbers."""
    return tuple(
        Group(
            group.heading or one.id,
            group.heading or one.said,
            tuple(_line(one, row) for row in group.rows),
            "grey" if group.apart else "",
            "终止的不列入打印和导出的清单。" if group.apart else "",
        )
        for group in one.groups
    )


def _line(one: OneList, row: ListRow) -> Line:
    cells = tuple(cell_text(value, column.kind) for value, column in zip(row.cells, one.columns, strict=True))
    return Line(row.reference, cells, tuple(row.lights.get(place, "") for place in range(len(cells))))


def _wanted(column: ListColumn) -> float:
    """Characters a column wants at 100 %: days and numbers are narrow letters."""
    heading = len(column.heading)
    wide = _DAY if column.kind == "day" else min(column.width, _LEAST_LONG) if column.kind == "long" else column.width
    return max(wide, heading)


class ListTable(GroupedView):
    """The table."""

    def __init__(self, model: GroupedModel) -> None:
        self._columns: tuple[ListColumn, ...] = ()
        self._empty: frozenset[int] = frozenset()
        super().__init__(model, stretch=-1)
        self.horizontalHeader().setMinimumSectionSize(20)

    def show_list(self, one: OneList, model: GroupedModel) -> None:
        """Show one of the lists."""
        self._columns = one.columns
        rows = [row for group in one.groups for row in group.rows]
        self._empty = frozenset(
            place for place in range(len(one.columns)) if all(row.cells[place] in (None, "") for row in rows)
        )
        model.show((), columns_of(one))
        model.show_groups(groups_of(one))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The room is shared out anew."""
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Every column has what it needs, texts what is left. Where they cannot have all they want, columns that say nothing
        go; where there is not even what they need, those of the highest rank."""
        header, columns = self.horizontalHeader(), self._columns
        if not columns:
            return
        needed = [scaled(round(_wanted(one) * _CHARACTER + _PADDING)) for one in columns]
        wished = [scaled(round(max(_wanted(one), one.width) * _CHARACTER + _PADDING)) for one in columns]
        room = self.viewport().width()
        shown = set(range(len(columns)))
        if sum(wished) > room:
            shown -= self._empty
        for rank in sorted({one.rank for one in columns if one.rank}, reverse=True):
            if sum(needed[place] for place in shown) <= room:
                break
            shown -= {place for place in shown if columns[place].rank == rank}
        for place in sorted(shown, reverse=True):  # beside an open form even less: those at the right end go
            if sum(needed[one] for one in shown) <= room or place <= _NAMED:
                break
            shown.discard(place)
        long = [place for place in shown if columns[place].kind == "long"]
        spare = max(0, room - sum(needed[place] for place in shown))
        share = sum(columns[place].width for place in long) or 1.0
        for place, one in enumerate(columns):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.setColumnHidden(place, place not in shown)
            more = int(spare * one.width / share) if place in long else 0
            self.setColumnWidth(place, needed[place] + more)
