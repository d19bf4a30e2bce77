"""环节 as a tree: streams, segments and what is below them, with how many firms, their output and growth. Moved by mouse or
keys, renamed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from chain_office.domain.chain import STREAMS, UNPLACED, UNPLACED_WORD, Branch
from chain_office.domain.five_lists import in_wan
from chain_office.domain.growth import rate
from chain_office.queries.chain_map import UNSORTED
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from chain_office.domain.chain import Chain
    from chain_office.ui.palette import Palette

_HEADINGS: Final = ("环节", "企业", "项目", "产值(亿元)", "同比(%)")
_WIDTHS: Final = (0, 44, 44, 82, 62)
_PROJECTS: Final = 2
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_KIND, _ID = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
STREAM, SEGMENT, FRESH, REST = "stream", "segment", "fresh", "rest"
_WITH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class ChainTree(QTreeWidget):
    """The tree. What is written is asked for by signals; the tree is filled again when it was."""

    renamed = Signal(str, str)
    """A segment was given another name: its id, the name."""
    named = Signal(str, str, str)
    """A new segment was named: the name, its superior's id ("" for none), the stream."""
    moved = Signal(str, str, str, int)
    """A segment was put somewhere: its id, its new superior's id ("" for none), the stream, its place there."""
    wanted = Signal(str)
    """The firms of a segment are wanted: its id (:data:`UNSORTED` for those of none)."""
    walked = Signal(str)
    """The cursor is on another segment: its id, "" for none."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.may_write = False
        self._filling = False
        self._waiting: Chain | None = None
        self.setColumnCount(len(_HEADINGS))
        self.setHeaderLabels(_HEADINGS)
        self.setAccessibleName("环节")
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setAlternatingRowColors(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, scaled(width))
                self.headerItem().setTextAlignment(column, _RIGHT)
        self.itemChanged.connect(self._edited)
        self.itemDelegate().closeEditor.connect(self._closed)
        self.currentItemChanged.connect(lambda *_: self.walked.emit(self.current_id))
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item))

    # Filling.

    def show_chain(self, chain: Chain) -> None:
        """Fill the tree; the cursor stays on its segment. A name that is being typed is finished first."""
        if self.state() == self.State.EditingState:
            self._waiting = chain
            return
        current = self.current_id
        self._filling = True
        self.clear()
        for stream in (*STREAMS, UNPLACED):
            roots = chain.stream(stream)
            if not roots and stream == UNPLACED:
                continue
            total, base = _sum(one.total_yuan for one in roots), _sum(one.base_yuan for one in roots)
            texts = _texts(
                stream or UNPLACED_WORD, sum(one.count for one in roots), sum(one.projects for one in roots), total,
                rate(total, base),
            )  # fmt: skip
            top = self._item(STREAM, stream, texts)
            self._bold(top)
            self.addTopLevelItem(top)
            for one in roots:
                self._grow(top, one)
        if chain.unsorted:
            rest = self._item(REST, UNSORTED, ("没有归入环节", str(chain.unsorted), "", "", ""))
            self.addTopLevelItem(rest)
        self.setColumnHidden(_PROJECTS, not any(one.projects for one in chain.roots))
        self.expandAll()
        self._filling = False
        self.go_to(current)

    def _grow(self, parent: QTreeWidgetItem, one: Branch) -> None:
        item = self._item(SEGMENT, one.id, _texts(one.name, one.count, one.projects, one.total_yuan, one.yoy_percent))
        if one.gap:
            item.setText(1, f"{one.count}")
            item.setForeground(1, QColor(self._palette.red))
            item.setToolTip(1, f"{one.gap}：{'没有在册企业' if not one.count else '只有一家在册企业'}")
        if one.yoy_percent is not None:
            item.setForeground(4, QColor(self._palette.red if one.yoy_percent < 0 else self._palette.text))
        parent.addChild(item)
        for below in one.branches:
            self._grow(item, below)

    def _item(self, kind: str, row_id: str, texts: tuple[str, ...]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(texts))
        item.setData(0, _KIND, kind)
        item.setData(0, _ID, row_id)
        for column in range(1, len(texts)):
            item.setTextAlignment(column, _RIGHT)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.may_write and kind in {SEGMENT, FRESH}:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        if self.may_write and kind in {SEGMENT, STREAM}:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags)
        if kind == SEGMENT:
            item.setToolTip(0, texts[0])
        return item

    @staticmethod
    def _bold(item: QTreeWidgetItem) -> None:
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)

    # The cursor.

    @property
    def current_id(self) -> str:
        """The segment the cursor is on, "" for none."""
        return _id(self.currentItem(), SEGMENT)

    def go_to(self, segment_id: str) -> None:
        """Put the cursor on a segment, else on the first line."""
        item = self._find(segment_id) or self.topLevelItem(0)
        if item is not None:
            self.setCurrentItem(item)

    def _find(self, segment_id: str) -> QTreeWidgetItem | None:
        for item in self._every():
            if segment_id and _id(item, SEGMENT) == segment_id:
                return item
        return None

    def _every(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        tops = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        pile = [one for one in reversed(tops) if one is not None]
        while pile:
            item = pile.pop()
            found.append(item)
            pile += reversed(_children(item))
        return found

    # Names.

    def begin_new(self) -> None:
        """A line for a new segment beside the one the cursor is on, or in the stream it is on."""
        current = self.currentItem() or self.topLevelItem(0)
        if current is None or not self.may_write:
            return
        parent = current if current.data(0, _KIND) == STREAM else current.parent()
        if parent is None:
            parent = self.topLevelItem(0) or current
        self._filling = True
        item = self._item(FRESH, "", ("", "", "", "", ""))
        parent.addChild(item)
        parent.setExpanded(True)
        self._filling = False
        self.setCurrentItem(item)
        self.editItem(item, 0)

    def begin_rename(self) -> None:
        """Edit the name the cursor is on."""
        item = self.currentItem()
        if item is not None and self.current_id and self.may_write:
            self.editItem(item, 0)

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column:
            return
        name = item.text(0).strip()
        if item.data(0, _KIND) == SEGMENT:
            self.renamed.emit(_id(item, SEGMENT), name)
        elif item.data(0, _KIND) == FRESH and name:
            parent, stream = self._where(item.parent())
            self.named.emit(name, parent, stream)

    def _closed(self, _editor: object, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        """A line that was not named goes."""
        for item in self._every():
            if item.data(0, _KIND) == FRESH and not item.text(0).strip():
                parent = _parent(item)
                parent.removeChild(item)
                self.setCurrentItem(parent)
        self.setFocus()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            QTimer.singleShot(0, self, lambda: self.show_chain(waiting))

    @staticmethod
    def _where(parent: QTreeWidgetItem | None) -> tuple[str, str]:
        """What hanging on a line means: the superior's id, the stream."""
        segment = _id(parent, SEGMENT)
        top = parent
        while top is not None and top.parent() is not None:
            top = top.parent()
        return segment, str(top.data(0, _ID)) if top is not None else UNPLACED

    # Moving.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Shift and an arrow moves the segment; Enter lists its firms."""
        key = event.key()
        moving = event.modifiers() & _WITH == _WITH
        item = self.currentItem()
        if moving and item is not None and self.current_id and self.may_write and key in _MOVES:
            getattr(self, _MOVES[key])(item)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.state() != self.State.EditingState:
            self._open(item)
        else:
            super().keyPressEvent(event)

    def _up(self, item: QTreeWidgetItem) -> None:
        parent = _parent(item)
        place = parent.indexOfChild(item)
        if place:
            self._put(item, parent, place - 1)
        elif (other := self._stream_beside(parent, -1)) is not None:
            self._put(item, other, other.childCount())

    def _down(self, item: QTreeWidgetItem) -> None:
        parent = _parent(item)
        place = parent.indexOfChild(item)
        if place < parent.childCount() - 1:
            self._put(item, parent, place + 1)
        elif (other := self._stream_beside(parent, 1)) is not None:
            self._put(item, other, 0)

    def _in(self, item: QTreeWidgetItem) -> None:
        parent = _parent(item)
        place = parent.indexOfChild(item)
        if place:
            above = _children(parent)[place - 1]
            self._put(item, above, above.childCount())

    def _out(self, item: QTreeWidgetItem) -> None:
        parent = _parent(item)
        if parent.parent() is not None:
            self._put(item, _parent(parent), _parent(parent).indexOfChild(parent) + 1)

    def _stream_beside(self, parent: QTreeWidgetItem, by: int) -> QTreeWidgetItem | None:
        """The next stream, for the uppermost segments."""
        place = self.indexOfTopLevelItem(parent) + by
        found = self.topLevelItem(place) if parent.data(0, _KIND) == STREAM and place >= 0 else None
        return found if found is not None and found.data(0, _KIND) == STREAM else None

    def _put(self, item: QTreeWidgetItem, parent: QTreeWidgetItem, place: int) -> None:
        """``place``: among those there without the item itself."""
        superior, stream = self._where(parent)
        self.moved.emit(_id(item, SEGMENT), superior, stream, place)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """A segment was let go somewhere: asked for, not done by the view."""
        item, target = self.currentItem(), self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.setState(self.State.NoState)
        self.drop_on(item, target, where)

    def drop_on(
        self,
        item: QTreeWidgetItem | None,
        target: QTreeWidgetItem | None,
        where: QAbstractItemView.DropIndicatorPosition,
    ) -> None:
        """Put an item on, above or below another one."""
        at = QAbstractItemView.DropIndicatorPosition
        if item is None or target is None or item is target or not _id(item, SEGMENT) or target.data(0, _KIND) == REST:
            return
        if where == at.OnItem or target.parent() is None:
            self._put(item, target, target.childCount())
            return
        parent = _parent(target)
        brothers = [one for one in _children(parent) if one is not item]
        self._put(item, parent, brothers.index(target) + (where == at.BelowItem))

    def _open(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _KIND) in {SEGMENT, REST}:
            self.wanted.emit(str(item.data(0, _ID)))


_MOVES: Final = {
    int(Qt.Key.Key_Up): "_up", int(Qt.Key.Key_Down): "_down", int(Qt.Key.Key_Right): "_in", int(Qt.Key.Key_Left): "_out",
}  # fmt: skip


def _id(item: QTreeWidgetItem | None, kind: str) -> str:
    return str(item.data(0, _ID)) if item is not None and item.data(0, _KIND) == kind else ""


def _parent(item: QTreeWidgetItem) -> QTreeWidgetItem:
    """What a line hangs on; only asked of lines that hang on one."""
    found = item.parent()
    assert found is not None
    return found


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = [item.child(number) for number in range(item.childCount())]
    return [one for one in found if one is not None]


def _sum(amounts: Any) -> int | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def _texts(name: str, firms: int, projects: int, total: int | None, yoy: Any) -> tuple[str, ...]:
    output = "" if total is None else f"{in_wan(total) / 10_000:,.2f}"
    return name, str(firms), str(projects) if projects else "", output, "" if yoy is None else f"{yoy:+}"
