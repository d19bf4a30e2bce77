"""A record written as a document: form and tables under banded headings. Text goes in as characters, never as markup."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from chain_office.services import editing
from chain_office.ui.kit.steps.timeline import EDIT, Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QTextTable

    from chain_office.queries.records import Change, Item, Line, Record, Section
    from chain_office.queries.records.shape import Picture
    from chain_office.ui.palette import Palette

REVEAL = "reveal:"
"""The link that shows or hides telephone numbers."""
GO = "go:"
"""Begins a link to a record: go:<page>/<reference>."""
ADD = "add:"
"""Begins a link that adds a part to the record: add:<table>."""
RESTORE = "restore:"
"""Begins a link that takes one change back: restore:<its number in the history>."""
THUMB = "thumb:"
"""Begins the name of a small picture: thumb:<the attachment's id>."""
_WIDEST_LABEL = "统一社会信用代码"
_WHOLE = 12
"""A day, a month or a number in a table is never broken into two lines."""
_LONG_REASON = 60
_GAP = 10
_ATTACHMENT = "attachment"


def _adding(table: str) -> str:
    """What the link says that adds a part."""
    return "放入文件" if table == _ATTACHMENT else f"加{editing.form(table).noun}"


class Writing:
    """Writes records in one font and palette; ``revealed``: telephone numbers in full; ``editable``: with the links that
    change the record's parts and take changes back."""

    def __init__(self, palette: Palette, font: QFont, *, revealed: bool, editable: bool = False) -> None:
        self._colours = palette
        self._font = font
        self._revealed = revealed
        self._editable = editable

    def document(self, record: Record | None, parent: QObject) -> QTextDocument:
        """A document of its own, so that it is laid out once, when it is shown."""
        page = QTextDocument(parent)
        page.setUndoRedoEnabled(False)
        page.setDefaultFont(self._font)
        page.setDocumentMargin(12)
        wrap = page.defaultTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        page.setDefaultTextOption(wrap)
        if record is not None:
            cursor = QTextCursor(page)
            cursor.beginEditBlock()
            self._head(cursor, record)
            for section in record.sections:
                if section.items or section.lines or section.moments or (section.adds and self._editable):
                    self._section(cursor, section)
            self._history(cursor, record.changes)
            cursor.endEditBlock()
        return page

    def _ink(self, colour: str = "", *, bold: bool = False, points: float = 0) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(QColor(colour or self._colours.text))
        if bold:
            made.setFontWeight(QFont.Weight.DemiBold)
        made.setFontPointSize(points or self._font.pointSizeF())
        return made

    def _light(self, light: str) -> QTextCharFormat:
        colour = str(getattr(self._colours, light)) if light else ""
        return self._ink(colour, bold=light in {"red", "amber"})

    def _head(self, cursor: QTextCursor, record: Record) -> None:
        small = self._font.pointSizeF()
        cursor.setBlockFormat(_block(bottom=2))
        cursor.insertText(f"{record.number}　" if record.number else "", self._ink(self._colours.quiet))
        cursor.insertText(record.status, self._light(record.light))
        if record.binned:
            cursor.insertText("　在回收站里", self._light("red"))
        cursor.insertBlock(_block(bottom=4))
        cursor.insertText(record.title, self._ink(bold=True, points=small + 2))

    def _section(self, cursor: QTextCursor, section: Section) -> None:
        self._band(cursor, section.title)
        for table in section.adds.split() if self._editable else ():
            cursor.insertText(f"　＋{_adding(table)}", self._act(f"{ADD}{table}"))
        if section.items:
            self._items(cursor, section.items)
        if section.lines:
            self._table(cursor, section)
        if section.moments:
            Timeline(self._colours, self._font, editable=self._editable).write(cursor, section.moments)
        if section.pictures:
            self._pictures(cursor, section.pictures)
        if section.note:
            _after(cursor, _block())
            ink = self._ink(self._colours.accent if section.page else self._colours.quiet)
            cursor.insertText(section.note, self._link(section.page, section.reference, ink) if section.page else ink)

    def _pictures(self, cursor: QTextCursor, pictures: Sequence[Picture]) -> None:
        """Pictures shown small beside one another; a click on one offers what can be done with it."""
        _after(cursor, _block(top=4))
        for one in pictures:
            shown = QTextImageFormat()
            shown.setName(f"{THUMB}{one.id}")
            shown.setToolTip(one.name)
            if self._editable:
                shown.setAnchor(True)
                shown.setAnchorHref(f"{EDIT}{_ATTACHMENT}:{one.id}")
            cursor.insertImage(shown)
            cursor.insertText("  ", self._ink())

    def _band(self, cursor: QTextCursor, title: str) -> None:
        """The heading of a section, on a band."""
        gap = _block()
        gap.setLineHeight(_GAP, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.insertBlock(gap)  # a margin would be lost after a table
        cursor.insertBlock(_block())
        band = cursor.blockFormat()
        band.setBackground(QColor(self._colours.ground))
        band.setBottomMargin(2)
        band.setTextIndent(4)
        cursor.setBlockFormat(band)
        cursor.insertText(title, self._ink(self._colours.accent, bold=True))

    def _items(self, cursor: QTextCursor, items: Sequence[Item]) -> None:
        cursor.insertBlock(_block())
        frame = _plain_table()
        frame.setColumnWidthConstraints(
            [
                QTextLength(
                    QTextLength.Type.FixedLength, QFontMetricsF(self._font).horizontalAdvance(_WIDEST_LABEL) + 6
                ),
                QTextLength(QTextLength.Type.VariableLength, 0),
            ]
        )
        table = cursor.insertTable(len(items), 2, frame)
        for row, item in enumerate(items):
            if item.label:
                _cell(table, row, 0).insertText(item.label, self._ink(self._colours.quiet))
            else:
                table.mergeCells(row, 0, 1, 2)
            self._value(_cell(table, row, 1 if item.label else 0), item)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _value(self, at: QTextCursor, item: Item) -> None:
        if item.page:
            at.insertText(item.text, self._link(item.page, item.reference, self._ink(self._colours.accent)))
            return
        at.insertText(item.secret if item.secret and self._revealed else item.text, self._light(item.light))
        if item.secret:
            self._eye(at)

    def _eye(self, at: QTextCursor) -> None:
        at.insertText("　", self._ink())
        at.insertText("隐去号码" if self._revealed else "显示号码", self._act(REVEAL))

    def _act(self, href: str) -> QTextCharFormat:
        ink = self._ink(self._colours.accent)
        ink.setAnchor(True)
        ink.setAnchorHref(href)
        return ink

    def _link(self, page: str, reference: str, ink: QTextCharFormat) -> QTextCharFormat:
        ink.setAnchor(True)
        ink.setAnchorHref(f"{GO}{page}/{reference}")
        return ink

    def _table(self, cursor: QTextCursor, section: Section) -> None:
        """A table; columns nobody filled in are left out."""
        cursor.insertBlock(_block())
        shown = [place for place in range(len(section.headings)) if any(line.cells[place] for line in section.lines)]
        frame = _plain_table()
        frame.setBorderCollapse(True)
        frame.setCellPadding(3)
        frame.setHeaderRowCount(1)
        frame.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        acts = self._editable and any(line.edits for line in section.lines)
        table = cursor.insertTable(1 + len(section.lines), len(shown) + acts, frame)
        for column, place in enumerate(shown):
            at = self._ruled(table, 0, column, right=place in section.right)
            at.insertText(section.headings[place], self._ink(self._colours.quiet))
        for row, line in enumerate(section.lines, start=1):
            for column, place in enumerate(shown):
                at = self._ruled(table, row, column, right=place in section.right)
                self._table_cell(at, line, place, first=column == 0)
            if acts:
                at = self._ruled(table, row, len(shown), right=True)
                word = "打开…" if line.edits.startswith(f"{_ATTACHMENT}:") else "改"
                at.insertText(word, self._act(f"{EDIT}{line.edits}")) if line.edits else None
        if acts:
            self._ruled(table, 0, len(shown), right=True)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _ruled(self, table: QTextTable, row: int, column: int, *, right: bool) -> QTextCursor:
        """A cell with a rule below it."""
        look = QTextTableCellFormat()
        look.setBottomBorder(1)
        look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBottomBorderBrush(QColor(self._colours.line))
        table.cellAt(row, column).setFormat(look)
        return _cell(table, row, column, right=right)

    def _table_cell(self, at: QTextCursor, line: Line, place: int, *, first: bool) -> None:
        hidden = line.secret is not None and line.secret[0] == place
        text = line.secret[1] if line.secret and hidden and self._revealed else line.cells[place]
        if place == len(line.cells) - 1 and line.light:
            ink = self._light(line.light)
        else:
            ink = self._ink(self._colours.accent if line.page and first else "")
        if text and text.isascii() and len(text) <= _WHOLE:
            whole = at.blockFormat()
            whole.setNonBreakableLines(True)
            at.setBlockFormat(whole)
        if text:
            at.insertText(text, self._link(line.page, line.reference, ink) if line.page else ink)
        if hidden:
            self._eye(at)

    def _history(self, cursor: QTextCursor, changes: Sequence[Change]) -> None:
        if not changes:
            return
        self._band(cursor, "修改记录")
        for (at, actor, reason), group in groupby(changes, key=lambda one: (one.at, one.actor, one.reason)):
            short = reason if len(reason) <= _LONG_REASON else f"{reason[:_LONG_REASON]}…"
            cursor.insertBlock(_block(top=4))
            cursor.insertText(f"{at}　{actor}　{short}", self._ink(self._colours.quiet))
            for change in group:
                cursor.insertBlock(_block(left=12))
                cursor.insertText(change.what, self._ink())
                if change.before or change.after:
                    cursor.insertText("：", self._ink())
                    cursor.insertText(change.before or "（空）", self._ink(self._colours.quiet))
                    cursor.insertText(" → ", self._ink(self._colours.quiet))
                    cursor.insertText(change.after or "（空）", self._ink())
                if change.no and self._editable:
                    cursor.insertText("　恢复此次修改", self._act(f"{RESTORE}{change.no}"))


def _block(*, top: float = 0, bottom: float = 0, left: float = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(top)
    made.setBottomMargin(bottom)
    made.setLeftMargin(left)
    return made


def _after(cursor: QTextCursor, block: QTextBlockFormat) -> None:
    """Go on below: in the empty paragraph a table leaves behind it, else in a new one."""
    if cursor.block().length() == 1:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)


def _plain_table() -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setCellSpacing(0)
    made.setCellPadding(2)
    return made


def _cell(table: QTextTable, row: int, column: int, *, right: bool = False) -> QTextCursor:
    at = table.cellAt(row, column).firstCursorPosition()
    if right:
        block = _block()
        block.setAlignment(Qt.AlignmentFlag.AlignRight)
        at.setBlockFormat(block)
    return at
