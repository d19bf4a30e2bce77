"""The popup under a heading: its order, its values to tick, its bounds. It lies on the page, not in a window of its own,
so that an input method finds its fields as it finds any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.kinds import BadValue
from chain_office.queries.facets import BLANK, Between, Contains, OneOf
from chain_office.ui.icons import icon
from chain_office.ui.kit.condition_words import edit_bound, read_bound, show_bound
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.tick_list import TickList, TickModel, day_ticks, plain_ticks

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from chain_office.queries.facet_values import FacetValues
    from chain_office.queries.facets import Condition, Facet
    from chain_office.queries.line_facets import LineFacet
    from chain_office.ui.palette import Palette

_WIDTH: Final = 288
_ROWS: Final = 236
_TYPED_MILLISECONDS: Final = 180


class Shade(QWidget):
    """Covers the page behind a popup: a press anywhere on it closes the popup, and does nothing else."""

    def __init__(self, popup: HeadingFilter, page: QWidget) -> None:
        super().__init__(page)
        self._popup = popup

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close the popup."""
        event.accept()
        self._popup.leave()


class HeadingFilter(QFrame):
    """Says what is wanted of one heading. ``ask``: asks for the values whose words have a text in them."""

    chosen = Signal(object)
    """The condition wanted, None for none."""
    sort = Signal(bool)
    """Sort by the heading: downwards."""
    left = Signal()
    """Closed, whatever came of it."""

    def __init__(
        self,
        heading: str,
        name: str,
        facet: Facet | LineFacet,
        held: Condition | None,
        palette: Palette,
        day: date,
        ask: Callable[[str, Callable[[FacetValues], None]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._page = parent
        self._heading, self._facet, self._held, self._palette, self._day, self._ask = (
            heading, facet, held, palette, day, ask,
        )  # fmt: skip
        self._facet_name = name
        self._values: FacetValues | None = None
        self.setProperty("facet", name)
        self.setObjectName("popup")
        self.setStyleSheet(
            f"#popup {{ background: {palette.paper}; border: 1px solid {palette.grey}; border-radius: 4px; }}"
            "QListView::item { padding: 2px 0; }"
            "QListView::indicator { width: 13px; height: 13px; border-radius: 3px;"
            f" border: 1px solid {palette.quiet}; background: {palette.paper}; }}"
            "QListView::indicator:checked { width: 7px; height: 7px;"
            f" border: 4px solid {palette.accent}; }}"
            "QListView::indicator:indeterminate { width: 7px; height: 7px;"
            f" border: 4px solid {palette.paper}; background: {palette.accent}; }}"
        )
        self.setAccessibleName(f"{heading}：筛选")
        self.setFixedWidth(_WIDTH)
        self.ticks = TickModel(self)
        self.list = TickList(self.ticks)
        self.search = QLineEdit()
        self.low, self.high = QLineEdit(), QLineEdit()
        self.understood = label("", "quiet", wrap=True)
        self.hint = label("", "quiet", wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPED_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._fill()
        self.shade = Shade(self, parent)

    # Laying out.

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(8)
        column.addLayout(self._orders())
        if self._facet.ticked:
            self._lay_out_ticks(column)
        if self._facet.kind in {"day", "amount", "number"}:
            column.addLayout(self._bounds())
        column.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.ok = QPushButton("确定")
        self.ok.setProperty("role", "primary")
        self.ok.clicked.connect(self.accept)
        self.none = QPushButton("清除这一列的筛选")
        self.none.setEnabled(self._held is not None)
        self.none.clicked.connect(lambda: self._answer(None))
        row.addWidget(self.none)
        row.addStretch(1)
        row.addWidget(self.ok)
        column.addLayout(row)

    def _orders(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label(self._heading, "section"), 1)
        for word, sign, down in (("升序", "arrow-up-narrow-wide", False), ("降序", "arrow-down-wide-narrow", True)):
            button = QToolButton()
            button.setText(word)
            button.setIcon(icon(sign, self._palette.text))
            button.setIconSize(QSize(14, 14))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _on=False, wanted=down: self._sort(wanted))
            row.addWidget(button)
        return row

    def _lay_out_ticks(self, column: QVBoxLayout) -> None:
        self.search.setPlaceholderText("包含…" if self._facet.kind == "text" else "输入以缩小")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(lambda _text: self._timer.start())
        self.search.textChanged.connect(lambda text: None if text else self._timer.start())
        self.search.addAction(icon("search", self._palette.quiet), QLineEdit.ActionPosition.LeadingPosition)
        self.list.setFixedHeight(_ROWS)
        self.ticks.ticked_changed.connect(self._say)
        row = QHBoxLayout()
        row.setSpacing(6)
        for word, on in (("全选", True), ("清除", False)):
            button = QToolButton()
            button.setText(word)
            button.clicked.connect(lambda _on=False, wanted=on: self._tick_all(on=wanted))
            row.addWidget(button)
        self._counted = label("", "quiet")
        row.addStretch(1)
        row.addWidget(self._counted)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addLayout(row)

    def _bounds(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, (word, field) in enumerate((("从", self.low), ("到", self.high))):
            field.setAccessibleName(f"{self._heading}{word}")
            field.textEdited.connect(lambda _text: self._typed())
            grid.addWidget(label(word), 0, 2 * place)
            grid.addWidget(field, 0, 2 * place + 1)
        examples = {"day": ("如 0315", "如 10月底"), "amount": ("如 3000万", "如 1.2亿"), "number": ("", "")}
        for field, example in zip((self.low, self.high), examples[self._facet.kind], strict=True):
            field.setPlaceholderText(example)
        self.understood.hide()
        grid.addWidget(self.understood, 1, 0, 1, 4)
        return grid

    # What is there, and what is wanted.

    def _fill(self) -> None:
        held = self._held
        if isinstance(held, Between):
            self.low.setText(edit_bound(held.low, self._facet.kind))
            self.high.setText(edit_bound(held.high, self._facet.kind))
            self._typed()
        elif isinstance(held, Contains):
            self.search.setText(held.text)
        if self._facet.ticked:
            self._look()
        self._say()

    def _look(self) -> None:
        self._ask(self.search.text().strip(), self._take)

    def _take(self, values: FacetValues) -> None:
        first = self._values is None
        self._values = values
        rows = day_ticks(values.values) if self._facet.kind == "day" else plain_ticks(values.values)
        self.ticks.show(rows)
        if first and isinstance(self._held, OneOf):
            held = set(self._held.values)
            years = {one for one in self.ticks.offered() if one[:4] in held and self._facet.kind == "day"}
            self.ticks.tick((held & self.ticks.offered()) | years | (held - {one[:4] for one in years}), on=True)
        self._say()

    def _tick_all(self, *, on: bool) -> None:
        self.ticks.tick(self.ticks.offered() if on else set(self.ticks.ticked), on=on)

    def _say(self) -> None:
        text, number, more = self.search.text().strip(), len(self.ticks.ticked), ""
        if self._facet.ticked:
            self._counted.setText(f"已勾 {number} 项" if number else "不勾就是全部")
        if self._values is not None and self._values.more:
            more = f"值太多，只列出最常见的 {len(self._values.values)} 个；输入以缩小。"
        elif text and not number and self._values is not None:
            more = f"没有含“{text}”的值。" if not self._values.values else f"确定：凡含“{text}”的都要。"
        self.hint.setText(more)
        self.hint.setVisible(bool(more))
        self.adjustSize()

    def _typed(self) -> None:
        """Say what the bounds are understood as."""
        if self.low.text().strip() or self.high.text().strip():
            self.ticks.tick(set(self.ticks.ticked), on=False)
        try:
            low, high = self._read()
        except BadValue as error:
            self.understood.setText(error.reason)
        else:
            words = [show_bound(one, self._facet.kind) for one in (low, high)]
            self.understood.setText(" 至 ".join(one or "…" for one in words) if any(words) else "")
        self.understood.setVisible(bool(self.understood.text()))
        self.adjustSize()

    def _read(self) -> tuple[str | int | float | None, str | int | float | None]:
        kind = self._facet.kind
        low, high = (
            read_bound(field.text(), kind, self._day, low=field is self.low) for field in (self.low, self.high)
        )
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            low, high = high, low
        return low, high

    def accept(self) -> None:
        """Want what is ticked, typed or bounded; a bound that cannot be read keeps the popup open."""
        if self._timer.isActive():
            self._timer.stop()
            self._ask(self.search.text().strip(), self._take_and_accept)
            return
        try:
            low, high = self._read()
        except BadValue:
            return
        if low is not None or high is not None:
            self._answer(Between(self._facet_name, low, high))
        else:
            self._answer(self._ticked() or self._contained())

    def _take_and_accept(self, values: FacetValues) -> None:
        self._take(values)
        self.accept()

    def _ticked(self) -> Condition | None:
        ticked = self.ticks.ticked
        every = self._values is not None and not self._values.more and not self.search.text().strip()
        if not ticked or (every and ticked >= self.ticks.offered()):
            return None
        if self._facet.kind != "day":
            ordered = sorted(ticked, key=lambda one: (one == BLANK, self.ticks.word(one)))
            return OneOf(self._facet_name, tuple(ordered), tuple(self.ticks.word(one) for one in ordered))
        years = sorted(self.ticks.whole_years()) if not self.search.text().strip() else []
        months = sorted(one for one in ticked if one != BLANK and one[:4] not in years)
        words = [*(f"{one}年" for one in years), *(f"{one[:4]}年{int(one[5:])}月" for one in months)]
        blank = (BLANK,) if BLANK in ticked else ()
        return OneOf(self._facet_name, (*years, *months, *blank), (*words, *(self.ticks.word(BLANK) for _ in blank)))

    def _contained(self) -> Condition | None:
        text = self.search.text().strip()
        if not text or self._values is None or not self._values.values:
            return None
        if self._facet.kind == "text" or self._values.more:
            return Contains(self._facet_name, text)
        self.ticks.tick(self.ticks.offered(), on=True)
        return self._ticked()

    def _answer(self, condition: Condition | None) -> None:
        self.chosen.emit(condition)
        self.leave()

    def _sort(self, down: bool) -> None:
        self.sort.emit(down)
        self.leave()

    # Coming and going.

    def open_at(self, place: QPoint) -> None:
        """Show under a point of the parent, inside it."""
        self.adjustSize()
        room = self._page.rect()
        left = max(4, min(place.x(), room.right() - self.width() - 4))
        top = max(4, min(place.y(), room.bottom() - self.height() - 4))
        self.move(left, top)
        self.shade.setGeometry(room)
        self.shade.show()
        self.shade.raise_()
        self.show()
        self.raise_()
        (self.search if self._facet.ticked else self.low).setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close."""
        self.shade.hide()
        self.shade.deleteLater()
        self.hide()
        self.left.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter wants it, Esc does not; Down goes from the field to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accept()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.ticks.index(0))
        else:
            super().keyPressEvent(event)
