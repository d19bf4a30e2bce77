"""The row of a desk's actions: buttons at the left, what is selected and what else belongs there at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.ui.palette import Palette


class ActionsBar(QWidget):
    """Buttons made from actions. An action that ``needs`` records is off while fewer are selected, and one that takes
    ``most`` is off while more are."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._needs: list[tuple[QAction, int, int | None]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.selected = label("", "quiet")
        self._row.addStretch(1)
        self._row.addWidget(self.selected)
        self._left = 0

    def add(
        self,
        word: str,
        icon_name: str,
        do: Callable[[], None],
        *,
        shortcut: str = "",
        needs: int = 0,
        most: int | None = None,
        primary: bool = False,
        right: bool = False,
    ) -> QAction:
        """Add a button at the left, after those there, or at the right end. ``shortcut`` works anywhere on the desk."""
        p = self._palette
        action = QAction(icon(icon_name, p.on_accent if primary else p.text), word, self)
        action.triggered.connect(lambda: do())
        if shortcut:
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        action.visibleChanged.connect(lambda: button.setVisible(action.isVisible()))
        if primary:
            button.setProperty("role", "primary")
        if shortcut:
            button.setToolTip(f"{word}（{shortcut}）")
        if right:
            self._row.addWidget(button)
        else:
            self._row.insertWidget(self._left, button)
            self._left += 1
        self._needs.append((action, needs, most))
        action.setEnabled(not needs)
        return action

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)

    def show_selected(self, number: int) -> None:
        """So many records are selected."""
        self.selected.setText(f"已选 {number} 条" if number > 1 else "")
        for action, needs, most in self._needs:
            action.setEnabled(number >= needs and (most is None or number <= most))
