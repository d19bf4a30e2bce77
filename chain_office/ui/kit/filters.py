"""The row above a list: chips for ready-made selections, boxes for values, what is pinned, and how to clear it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.queries.views import Choice, View
    from chain_office.ui.palette import Palette

_ALL = ""
_KEY = "key"


class Filters(QWidget):
    """Chips, boxes and a pin. Tells when any of them changed."""

    changed = Signal()

    def __init__(self, boxes: Sequence[tuple[str, str]], palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._views: dict[str, View] = {}
        self._chosen = _ALL
        self._pin: tuple[str, str, str] | None = None
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._boxes: dict[str, QComboBox] = {}
        self._words = dict(boxes)
        self._pinned = QPushButton()
        self._pinned.setToolTip("点一下取消")
        self._pinned.clicked.connect(self._unpin)
        self._pinned.hide()
        self._clear = QPushButton("清除筛选")
        self._clear.clicked.connect(self.clear)
        self.count = label("", "quiet")
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, word in self._words.items():
            box = QComboBox()
            box.setAccessibleName(word)
            box.setMaxVisibleItems(18)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(11)
            box.addItem(f"{word}：全部", None)
            box.activated.connect(lambda _row: self._tell())
            self._boxes[name] = box
            row.addWidget(box)
        row.addWidget(self._pinned)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(self.count)
        self._chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._chips)
        column.addLayout(row)
        self._show_clear()

    # What is wanted.

    @property
    def values(self) -> dict[str, str | None]:
        """Filter name → the value wanted."""
        chosen = {name: box.currentData() for name, box in self._boxes.items() if box.currentData() is not None}
        wanted: dict[str, str | None] = {name: data[0] for name, data in chosen.items()}
        if self._pin is not None:
            wanted[self._pin[0]] = self._pin[1]
        return wanted

    @property
    def only(self) -> frozenset[str] | None:
        """The records of the chosen selection; None for all."""
        return self._views[self._chosen].ids if self._chosen in self._views else None

    @property
    def anything(self) -> bool:
        """Whether something is filtered."""
        return bool(self.values) or self.only is not None

    # What can be wanted.

    def offer(self, views: Sequence[View], choices: Mapping[str, Sequence[Choice]], total: int) -> None:
        """Show what the ledger has now; what was chosen stays chosen."""
        self._views = {view.key: view for view in views}
        if self._chosen not in self._views:
            self._chosen = _ALL
        self._show_chips(total)
        for name, box in self._boxes.items():
            held = box.currentData()
            box.clear()
            box.addItem(f"{self._words[name]}：全部", None)
            for choice in choices.get(name, ()):
                box.addItem(f"{choice.label}（{choice.count}）", (choice.value,))
                if held is not None and held[0] == choice.value:
                    box.setCurrentIndex(box.count() - 1)
            self._widen(box)
        self._show_clear()

    def _widen(self, box: QComboBox) -> None:
        metrics = box.fontMetrics()
        widest = max(metrics.horizontalAdvance(box.itemText(row)) for row in range(box.count()))
        box.view().setMinimumWidth(min(widest + 40, 420))

    def _show_chips(self, total: int) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            old = item.widget() if item is not None else None
            if isinstance(old, QToolButton):
                self._group.removeButton(old)
                old.deleteLater()
        self._add_chip(_ALL, "全部", total, "")
        for view in self._views.values():
            if view.chip or view.key == self._chosen:
                self._add_chip(view.key, view.label, len(view.ids), view.light)
        self._chips.addStretch(1)

    def _add_chip(self, key: str, word: str, number: int, light: str) -> None:
        chip = QToolButton()
        chip.setText(f"{word} {number}")
        chip.setCheckable(True)
        chip.setChecked(key == self._chosen)
        chip.setProperty(_KEY, key)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        p = self._palette
        colour = getattr(p, light) if light and number else p.text
        chip.setStyleSheet(
            f"QToolButton {{ color: {colour}; border-radius: 10px; padding: 3px 9px; }}"
            f"QToolButton:checked {{ background: {p.selected}; border-color: {p.accent}; font-weight: 600; }}"
        )
        chip.clicked.connect(lambda: self.choose(key))
        self._group.addButton(chip)
        self._chips.addWidget(chip)

    # Changing what is wanted.

    def choose(self, key: str) -> None:
        """Choose a selection by its key ("" for all)."""
        self._chosen = key if key in self._views else _ALL
        view = self._views.get(self._chosen)
        if view is not None and not any(chip.property(_KEY) == self._chosen for chip in self._group.buttons()):
            self._add_chip(view.key, view.label, len(view.ids), view.light)
        for chip in self._group.buttons():
            chip.setChecked(chip.property(_KEY) == self._chosen)
        self._tell()

    def pin(self, name: str, value: str, text: str) -> None:
        """Keep to one value of a filter that has no box, told in words."""
        self._pin = (name, value, text)
        self._pinned.setText(f"{text} ×")
        self._pinned.show()
        self._tell()

    def _unpin(self) -> None:
        self._pin = None
        self._pinned.hide()
        self._tell()

    def clear(self) -> None:
        """Want everything again."""
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        self._pin = None
        self._pinned.hide()
        self.choose(_ALL)

    def _tell(self) -> None:
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        self._clear.setEnabled(self.anything)
