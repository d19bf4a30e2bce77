"""Choosing from a list: a line that narrows it (names, 简称, pinyin initials), one of it or several with ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from chain_office.services.settings.finding import Finder
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.kit.ticks import Ticked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.forms import Option

_ID = int(Qt.ItemDataRole.UserRole)
_MOVES = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
NOTHING = "（空）"


class Picker(QFrame):
    """``value``: the id chosen ("" for none), or a tuple of several. ``free``: a text that is none of them is kept."""

    done = Signal(bool)
    """The choice is made (True) or given up (False)."""

    def __init__(
        self, options: Sequence[Option], *, several: bool = False, free: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offered = Finder(options)
        self._several, self._free = several, free
        self._chosen: list[str] = []
        self._over: bool = False
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.line = QLineEdit()
        self.line.setPlaceholderText("输入名称或拼音首字母")
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(Ticked(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda _text: self._fill())
        self.list.itemClicked.connect(self._clicked)
        self.list.itemChanged.connect(self._ticked)

    @property
    def value(self) -> Any:
        """What is chosen."""
        if self._several:
            return tuple(self._chosen)
        return self._chosen[0] if self._chosen else ""

    def choose(self, value: Any) -> None:
        """Begin with this chosen."""
        if self._several:
            self._chosen = list(value) if isinstance(value, tuple) else str(value or "").splitlines()
        else:
            self._chosen = [str(value)] if value else []
        self._fill()

    def _fill(self) -> None:
        typed = self.line.text()
        self.list.blockSignals(True)
        self.list.clear()
        if not self._several and not typed:
            self._add(NOTHING, "", "")
        places = self._offered.find(typed)
        known = {option.id for option in self._offered.options}
        shown = [self._offered.options[place] for place in places]
        if self._several and not typed:  # what is ticked stands first
            shown.sort(key=lambda option: option.id not in self._chosen)
            for word in self._chosen:
                if word not in known:
                    self._add(word, word, "")
        for option in shown:
            self._add(option.label, option.id, option.hint)
        self.list.blockSignals(False)
        current = [row for row in range(self.list.count()) if self.list.item(row).data(_ID) in self._chosen]
        if self._free and typed:  # Enter keeps what was typed; ↓ goes to what fits
            self.list.setCurrentRow(-1)
        elif self.list.count():
            self.list.setCurrentRow(current[0] if current and not self._several and not typed else 0)

    def _add(self, text: str, row_id: str, hint: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_ID, row_id)
        item.setToolTip(plain_tip(hint))
        if self._several:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if row_id in self._chosen else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        if not self._several:
            self._chosen = [item.data(_ID)] if item.data(_ID) else []
            self._end(kept=True)

    def _ticked(self, item: QListWidgetItem) -> None:
        row_id = item.data(_ID)
        if item.checkState() == Qt.CheckState.Checked and row_id not in self._chosen:
            self._chosen.append(row_id)
        elif item.checkState() == Qt.CheckState.Unchecked and row_id in self._chosen:
            self._chosen.remove(row_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """↑ ↓ walk the list, Enter chooses (Space ticks), Esc gives up, leaving keeps."""
        if watched is not self.line:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut and not self._over:
            now = QApplication.focusWidget()
            inside = now is not None and self.isAncestorOf(now)
            popup = event.reason() in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}  # type: ignore[attr-defined]
            if not inside and not popup:
                self._end(kept=self._several)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _MOVES:
            QApplication.sendEvent(self.list, event)
            return True
        if key == Qt.Key.Key_Escape:
            self._end(kept=False)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._enter()
            return True
        if key == Qt.Key.Key_Space and self._several and not self.line.text().strip():
            self._turn()
            return True
        return False

    def _turn(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            ticked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _enter(self) -> None:
        item: QListWidgetItem | None = self.list.currentItem()
        typed = self.line.text().strip()
        if self._several:
            if typed and item is not None:
                self._turn()
            elif typed and self._free:
                self._chosen = list(dict.fromkeys([*self._chosen, typed]))
            if typed:
                self.line.clear()
                self._fill()
                return
        elif item is not None:
            self._chosen = [item.data(_ID)] if item.data(_ID) else []
        elif self._free and typed:
            self._chosen = [typed]
        else:
            return
        self._end(kept=True)

    def _end(self, *, kept: bool) -> None:
        if not self._over:
            self._over = True
            self.done.emit(kept)
