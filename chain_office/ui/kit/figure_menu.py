"""The menu of a figure, wherever one is shown: its rows, its 口径, and copies of it. By the right mouse button, by the menu
key or Shift+F10, and 口径 at once by a key of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from chain_office.ui import keys
from chain_office.ui.kit.figure_panel import FigurePanel, copies_of
from chain_office.ui.kit.figure_tips import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.domain.figures import Figure

    Opens = Callable[[Figure], object]


def figure_menu(parent: QWidget, at: QPoint, figures: Sequence[Figure], opens: Opens | None) -> QMenu:
    """What can be done with figures; the first is the one whose rows are opened and which is copied."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if opens is not None and figures[0].rows is not None:
        menu.addAction("打开这些行").triggered.connect(lambda: opens(figures[0]))
    explain = menu.addAction(f"口径\t{keys.shown('explain')}")
    explain.triggered.connect(lambda: explain_figures(parent, at, figures, opens))
    menu.addSeparator()
    for word, text in copies_of(figures[0]):
        menu.addAction(f"{word}“{text}”").triggered.connect(lambda _=False, text=text: _copy(text))
    menu.popup(at)
    return menu


def explain_figures(parent: QWidget, below: QPoint, figures: Sequence[Figure], opens: Opens | None) -> FigurePanel:
    """Say how figures are worked out, in a panel below a point of the screen."""
    panel = FigurePanel(figures, parent, opens=opens is not None)
    if opens is not None:
        panel.opened.connect(opens)
    panel.pop_up(below)
    return panel


def rows_place(figure: Figure) -> tuple[str, str]:
    """The page and the reference its rows are opened by."""
    if figure.rows is None:
        return page_of(f"figure:{figure.key}"), f"figure:{figure.key}"
    named = dict(figure.rows.arguments)
    return figure.rows.name, named.get("reference") or f"figure:{named.get('figure', figure.key)}"


class FigureOffer(QObject):
    """Gives a widget that shows figures their menu and their keys. ``figures`` says which are meant: those at a point of
    the widget, or, from the keyboard (None), those the cursor is on."""

    def __init__(
        self, widget: QWidget, figures: Callable[[QPoint | None], Sequence[Figure]], opens: Opens | None
    ) -> None:
        super().__init__(widget)
        self._widget, self._figures, self._opens = widget, figures, opens
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The right mouse button, the menu key, and the key of 口径."""
        if isinstance(event, QContextMenuEvent):
            by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            return self.menu(event.globalPos() if by_mouse else None)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return (wants_menu(event) and self.menu(None)) or (wants_explanation(event) and self.explain())
        return False

    def menu(self, at: QPoint | None = None) -> bool:
        """Show the menu at a point of the screen, or below the widget; False where no figure is meant."""
        figures = self._figures(None if at is None else self._widget.mapFromGlobal(at))
        if not figures or QApplication.activePopupWidget() is not None:
            return False
        figure_menu(self._widget, at or self._below(), figures, self._opens)
        return True

    def explain(self) -> bool:
        """Show 口径 below the widget; False where no figure is meant."""
        figures = self._figures(None)
        if figures:
            explain_figures(self._widget, self._below(), figures, self._opens)
        return bool(figures)

    def _below(self) -> QPoint:
        """Below the widget; of a table, below the cell the cursor is on."""
        if isinstance(self._widget, QAbstractItemView) and self._widget.currentIndex().isValid():
            cell = self._widget.visualRect(self._widget.currentIndex())
            return self._widget.viewport().mapToGlobal(cell.bottomRight())
        return self._widget.mapToGlobal(self._widget.rect().bottomRight())


def wants_menu(event: QKeyEvent) -> bool:
    """The menu key, or Shift+F10."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift)


def wants_explanation(event: QKeyEvent) -> bool:
    """The key of 口径."""
    return QKeySequence(event.keyCombination()) in keys.sequences("explain")


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
