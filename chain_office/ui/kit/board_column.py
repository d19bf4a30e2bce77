"""A column of a board: its heading above its cards, or the strip it is folded to; cards of other columns may be let go
over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.board_cards import MIME, BoardCard
from chain_office.ui.kit.board_list import Cards
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.labels import label
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
    )

    from chain_office.domain.figures import Figure
    from chain_office.ui.palette import Palette

_NARROWEST: Final = 164
_EMPTY: Final = 104
"""A column without cards gives way further."""
_FOLDED: Final = 34


@dataclass(frozen=True, slots=True)
class BoardPile:
    """What a column shows: its id, its word, how many there are in all, how many are late, the first of them. ``sums``: what
    the column comes to, under its heading. ``figures``: its number, ``late_figures``: the late ones, ``sum_figures``: what it
    comes to, each with its 口径."""

    id: str
    word: str
    total: int
    late: int
    cards: tuple[BoardCard, ...]
    folded: bool = False
    empty: str = ""
    sums: str = ""
    figures: tuple[Figure, ...] = ()
    late_figures: tuple[Figure, ...] = ()
    sum_figures: tuple[Figure, ...] = ()


class Folded(QToolButton):
    """A folded column: its word from top to bottom, its number."""

    left = Signal(int)

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._colours = palette
        self._word, self._number = "", 0
        self.setProperty("role", "folded")
        self.setFixedWidth(scaled(_FOLDED))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_pile(self, pile: BoardPile) -> None:
        """Show a column's word and number."""
        self._word, self._number = pile.word, pile.total
        said = f"{pile.word} {pile.total} 个"
        self.setAccessibleName(f"{said}，展开")
        self.setToolTip(f"{said}；点一下展开")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """One character under the other."""
        super().paintEvent(event)
        painter = QPainter(self)
        line = self.fontMetrics().height()
        painter.setPen(QColor(self._colours.text if self._number else self._colours.quiet))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        for place, one in enumerate(self._word):
            painter.drawText(QRect(0, 34 + place * line, self.width(), line), centre, one)
        painter.drawText(QRect(0, 10, self.width(), line), centre, str(self._number))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right go on, Enter and Space unfold."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.left.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class BoardColumn(QFrame):
    """One column: heading, cards; or the strip it is folded to."""

    dropped = Signal(str, list)
    """Cards were let go over it: its id, theirs."""
    fold_changed = Signal()
    figure_opened = Signal(object)
    """The rows of one of its figures are wanted: the Figure."""

    def __init__(self, pile: BoardPile, palette: Palette, why_not: Callable[[str, Sequence[str]], str]) -> None:
        super().__init__()
        self.id = pile.id
        self._palette = palette
        self._why_not = why_not
        self.is_folded = pile.folded
        self.setProperty("role", "column")
        self.setAcceptDrops(True)
        self.heading = label("", "section")
        self.late = label("", "quiet")
        self.sums = label("", "quiet", wrap=True)
        self.sums.setContentsMargins(8, 0, 8, 2)
        self.sums.hide()
        self._pile = pile
        self._offer_figures()
        self.fold = QToolButton()
        self.fold.setProperty("role", "flat")
        self.fold.setIcon(icon("chevron-left", palette.quiet))
        self.fold.setIconSize(QSize(14, 14))
        self.fold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fold.setToolTip("折起这一列")
        self.fold.clicked.connect(lambda: self.set_folded(on=True))
        self.cards = Cards(palette, self)
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.refusal = label("", "wrong", wrap=True)
        self.refusal.hide()
        self.strip = Folded(palette)
        self.strip.clicked.connect(lambda: self.set_folded(on=False))
        FigureOffer(self.strip, lambda _at: self._pile.figures, self.figure_opened.emit)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 2, 2)
        head.setSpacing(4)
        for widget in (self.heading, self.late):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.fold)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(2, 0, 2, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.sums)
        column.addWidget(self.refusal)
        column.addWidget(self.empty)
        column.addWidget(self.cards, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._inside, 1)
        whole.addWidget(self.strip)
        self.show_pile(pile)

    def _offer_figures(self) -> None:
        """Heading, late and sums say what they are."""
        offered: tuple[tuple[QWidget, Callable[[], tuple[Figure, ...]]], ...] = (
            (self.heading, lambda: self._pile.figures),
            (self.late, lambda: self._pile.late_figures),
            (self.sums, lambda: self._pile.sum_figures),
        )
        for widget, figures in offered:
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            FigureOffer(widget, partial(_meant, figures), self.figure_opened.emit)

    def show_pile(self, pile: BoardPile) -> None:
        """Show these cards; the cursor stays on its card."""
        at = self.cards.current_id
        self._pile = pile
        self.heading.setText(f"{pile.word} {pile.total}")
        self.late.setText(f"逾期 {pile.late}" if pile.late else "")
        self.sums.setText(pile.sums)
        self.sums.setVisible(bool(pile.sums))
        self.late.setProperty("light", "red")
        self.late.style().unpolish(self.late)
        self.late.style().polish(self.late)
        self.cards.setAccessibleName(f"{pile.word}，{pile.total} 个" + (f"，逾期 {pile.late} 个" if pile.late else ""))
        self.cards.cards.show(pile.cards)
        self.empty.setText(pile.empty)
        self.empty.setVisible(not pile.cards)
        self.strip.show_pile(pile)
        self._lay()
        row = self.cards.cards.row_of(at)
        if row >= 0:
            self.cards.setCurrentIndex(self.cards.cards.index(row, 0))
            if not self.cards.hasFocus():
                self.cards.selectionModel().clearSelection()

    def set_folded(self, *, on: bool) -> None:
        """Fold it to a strip, or unfold it."""
        if on != self.is_folded:
            self.is_folded = on
            self._lay()
            self.taker.setFocus(Qt.FocusReason.OtherFocusReason)
            self.fold_changed.emit()

    def _lay(self) -> None:
        self._inside.setVisible(not self.is_folded)
        self.strip.setVisible(self.is_folded)
        if self.is_folded:
            self.setFixedWidth(scaled(_FOLDED))
        else:
            self.setMinimumWidth(scaled(_NARROWEST if self.cards.cards.rowCount() else _EMPTY))
            self.setMaximumWidth(16_777_215)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if self.is_folded else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding
        )

    @property
    def taker(self) -> QWidget:
        """What takes the focus."""
        return self.strip if self.is_folded else self.cards

    # Cards let go here.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Cards of another column are welcome where a step leads here; else it is said why not."""
        self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """As on entering."""
        self._weigh(event)

    def _weigh(self, event: QDropEvent) -> None:
        ids = carried(event)
        why = self._why_not(self.id, ids) if ids else ""
        self.say(why)
        if ids and not why:
            event.acceptProposedAction()
            self._mark(on=True)
        elif ids:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()  # or Qt would not tell when it leaves

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Carried on."""
        self.say("")
        self._mark(on=False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        ids = carried(event)
        self._mark(on=False)
        if ids and not self._why_not(self.id, ids):
            self.say("")
            event.acceptProposedAction()
            self.dropped.emit(self.id, ids)

    def say(self, sentence: str) -> None:
        """Why a card cannot come here; "" for nothing."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _mark(self, *, on: bool) -> None:
        self.setProperty("state", "open" if on else "")
        self.style().unpolish(self)
        self.style().polish(self)


def _meant(figures: Callable[[], tuple[Figure, ...]], _at: object) -> tuple[Figure, ...]:
    return figures()


def carried(event: QDropEvent) -> list[str]:
    """The ids of the cards carried."""
    data = event.mimeData()
    return bytes(data.data(MIME).data()).decode().split("\n") if data.hasFormat(MIME) else []
