"""Steps taken, written into a record's document one under the other: the day at the left, what was done beside a rule.
Text goes in as characters, never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextTable

    from chain_office.queries.records import Item, Moment
    from chain_office.ui.palette import Palette

EDIT = "edit:"
"""Begins a link that opens a part in its form: edit:<table>:<id>."""
HANG = "hang:"
"""Begins a link that hangs files on a part of the record: hang:<table>:<id>."""
CORRECT = "correct:"
"""Begins a link that opens the texts of the last step: correct:<table>:<id>."""
TAKE_BACK = "back:"
"""Begins a link that takes the last step back: back:<table>:<id>."""
PART = int(QTextFormat.Property.UserProperty) + 1
"""Where a paragraph keeps which part of the record it tells of."""
_DAY = "2021-11-19"
_RULE = 2
_LATER = "以下在截至日之后"


class Timeline:
    """Writes moments in one font and palette; ``editable``: with the links that change them."""

    def __init__(self, palette: Palette, font: QFont, *, editable: bool) -> None:
        self._colours = palette
        self._font = font
        self._editable = editable

    def write(self, cursor: QTextCursor, moments: Sequence[Moment]) -> None:
        """Put them below the cursor."""
        cursor.insertBlock(QTextBlockFormat())
        marks = [(place, one) for place, one in enumerate(moments) if one.heading]
        later = next((place for place, one in enumerate(moments) if one.later), None)
        rows = len(moments) + len(marks) + (later is not None)
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(0)
        shape.setBorderCollapse(True)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        day = QFontMetricsF(self._font).horizontalAdvance(_DAY) + 10
        shape.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.FixedLength, day), QTextLength(QTextLength.Type.VariableLength, 0)]
        )
        table = cursor.insertTable(rows, 2, shape)
        row = 0
        for place, one in enumerate(moments):
            if place == later:
                self._mark(table, row, _LATER)
                row += 1
            if one.heading:
                self._mark(table, row, one.heading)
                row += 1
            self._moment(table, row, one)
            row += 1
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _mark(self, table: QTextTable, row: int, words: str) -> None:
        """A line over both columns."""
        table.mergeCells(row, 0, 1, 2)
        look = QTextTableCellFormat()
        look.setTopPadding(6)
        look.setBottomPadding(3)
        table.cellAt(row, 0).setFormat(look)
        table.cellAt(row, 0).firstCursorPosition().insertText(f"— {words} —", self._ink(self._colours.quiet))

    def _moment(self, table: QTextTable, row: int, one: Moment) -> None:
        colour = str(getattr(self._colours, one.light)) if one.light and not one.later else ""
        self._cell(table, row, 0, "")
        at = self._paragraph(table.cellAt(row, 0).firstCursorPosition(), one, first=True)
        at.insertText(one.day, self._ink(self._colours.quiet))
        self._cell(table, row, 1, colour or self._colours.line)
        at = self._paragraph(table.cellAt(row, 1).firstCursorPosition(), one, first=True)
        at.insertText(one.what, self._ink(self._colours.quiet if one.later else colour, bold=True))
        if one.who:
            at.insertText(f"　{one.who}", self._ink(self._colours.quiet if one.later else ""))
        if one.by:
            at.insertText(f"　{one.by}", self._ink(self._colours.quiet))
        if self._editable and one.part:
            at.insertText("　", self._ink())
            at.insertText("＋附件", self._link(f"{HANG}{one.part}", self._colours.quiet))
        for item in one.items:
            self._item(self._paragraph(at, one), one, item)
        for file, name in one.files:
            self._paragraph(at, one)
            at.insertText("附件　", self._ink(self._colours.quiet))
            at.insertText(name, self._link(f"{EDIT}attachment:{file}"))
        if self._editable and one.part and one.last:
            self._paragraph(at, one)
            at.insertText("修改文字", self._link(f"{CORRECT}{one.part}"))
            at.insertText("　", self._ink())
            at.insertText("撤销这一步", self._link(f"{TAKE_BACK}{one.part}"))

    def _item(self, at: QTextCursor, one: Moment, item: Item) -> None:
        if item.label:
            at.insertText(f"{item.label}　", self._ink(self._colours.quiet))
        plain = self._colours.quiet if one.later else ""
        at.insertText(item.text, self._ink(str(getattr(self._colours, item.light)) if item.light else plain))

    def _paragraph(self, at: QTextCursor, one: Moment, *, first: bool = False) -> QTextCursor:
        """A new paragraph of a moment, or its first; dropped files find it by its part."""
        block = QTextBlockFormat()
        block.setProperty(PART, one.part)
        if first:
            at.setBlockFormat(block)
        else:
            at.insertBlock(block)
        return at

    def _cell(self, table: QTextTable, row: int, column: int, rule: str) -> None:
        look = QTextTableCellFormat()
        look.setTopPadding(3)
        look.setBottomPadding(5)
        if rule:
            look.setLeftPadding(8)
            look.setLeftBorder(_RULE)
            look.setLeftBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setLeftBorderBrush(QColor(rule))
        table.cellAt(row, column).setFormat(look)

    def _link(self, href: str, colour: str = "") -> QTextCharFormat:
        ink = self._ink(colour or self._colours.accent)
        ink.setAnchor(True)
        ink.setAnchorHref(href)
        return ink

    def _ink(self, colour: str = "", *, bold: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(QColor(colour or self._colours.text))
        made.setFontPointSize(self._font.pointSizeF())
        if bold:
            made.setFontWeight(QFont.Weight.DemiBold)
        return made
