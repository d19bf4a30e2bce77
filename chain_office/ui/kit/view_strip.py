"""A slim row of views above a page: one of them is shown, some carry a live count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.ui.icons import icon
from chain_office.ui.kit.figure_menu import FigureOffer

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from chain_office.ui.palette import Palette

_GAP = 2
_MARGIN = 10


class ViewStrip(QFrame):
    """Buttons that look like the tabs of a folder. A click chooses; so do the arrows, where the focus then stays."""

    chosen = Signal(str, bool)
    """A view was chosen: its id, and whether the focus is to stay in the strip."""

    def __init__(self, name: str, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._icons: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._tips: dict[str, str] = {}
        self._figures: dict[str, Figure] = {}
        self.buttons: dict[str, QToolButton] = {}
        self.setProperty("role", "views")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)

    def add(self, view_id: str, word: str, icon_name: str, tip: str) -> None:
        """Add a view at the right of those there."""
        button = QToolButton()
        button.setProperty("role", "view")
        button.setCheckable(True)
        button.setText(word)
        button.setIcon(icon(icon_name, self._palette.quiet))
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.toggled.connect(lambda on: self._toggled(view_id) if on else None)
        button.clicked.connect(lambda: self.chosen.emit(view_id, button.hasFocus()))
        FigureOffer(button, lambda _at: [self._figures[view_id]] if view_id in self._figures else [], self._open)
        self._icons[view_id], self._words[view_id], self._tips[view_id] = icon_name, word, tip
        self.buttons[view_id] = button
        self._group.addButton(button)
        self._row.insertWidget(self._row.count() - 1, button)

    def _toggled(self, view_id: str) -> None:
        for one, button in self.buttons.items():
            here = one == view_id
            button.setIcon(icon(self._icons[one], self._palette.accent if here else self._palette.quiet))

    def show_chosen(self, view_id: str) -> None:
        """Mark the view that is shown."""
        self.buttons[view_id].setChecked(True)

    def _open(self, figure: Figure) -> None:
        self.chosen.emit(dict(figure.rows.arguments)["view"] if figure.rows is not None else "", False)

    def count(self, view_id: str, number: int, says: str, as_of: date | None = None) -> None:
        """Put a live count beside a view's word; 0 puts it away. ``says``: what it counts, at ``as_of``."""
        button = self.buttons.get(view_id)
        if button is None:
            return
        word = self._words[view_id]
        self._figures.pop(view_id, None)
        if number and as_of is not None:
            rows = RowsQuery("", (("view", view_id),))
            self._figures[view_id] = Figure(f"strip.{view_id}", word, number, "", says, as_of, rows)
        button.setText(f"{word} {number}" if number else word)
        button.setToolTip(f"{self._tips[view_id]}\n{says}" if says else self._tips[view_id])
        button.setAccessibleName(f"{word}，{says}" if number else word)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room the words stand alone."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonTextOnly
        for style in (beside, alone):
            for button in self.buttons.values():
                button.setToolButtonStyle(style)
            wanted = sum(button.sizeHint().width() + _GAP for button in self.buttons.values()) + 2 * _MARGIN
            if wanted <= self.width():
                return
