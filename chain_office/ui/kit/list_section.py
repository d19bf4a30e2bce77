"""A short list on paper under a heading; where there is nothing, a sentence says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.domain.figures import Figure
    from chain_office.ui.palette import Palette


class ListSection(QFrame):
    """A list on paper under a heading that opens all of it; where there is nothing, a sentence says so."""

    def __init__(self, palette: Palette, columns: Sequence[Column], stretch: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.heading = label("", "section")
        self.more = QToolButton()
        self.more.setProperty("role", "flat")
        self.more.setText("查看全部")
        self.more.setToolTip("在“问题”里打开")
        self.model = RowsModel(columns, palette, self)
        self.view = RowsView(self.model, stretch=stretch, links=True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMinimumHeight(56)
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)

    def offer_figures(self, figures: Callable[[], Sequence[Figure]], opens: Callable[[Figure], object]) -> None:
        """The numbers in its heading are figures: 口径, their rows, copies."""
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.heading.setToolTip("右键：口径、复制")
        FigureOffer(self.heading, lambda _at: figures(), opens)

    def fill(self, heading: str, lines: Sequence[Line], empty: str, light: str = "") -> None:
        """Show lines under a heading, or the sentence."""
        self.heading.setText(heading)
        show_light(self.heading, light)
        self.model.show(lines)
        self.view.setAccessibleName(heading)
        self.view.setVisible(bool(lines))
        self.empty.setText(empty)
        self.empty.setVisible(not lines)
