"""A desk's list on the screen: its headings, its keys, its frozen columns, what it tells of a cell that is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from chain_office.ui import keys
from chain_office.ui.kit.frozen import Frozen
from chain_office.ui.kit.heading import Heading
from chain_office.ui.kit.table import ListView
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from chain_office.ui.kit.desk_model import DeskModel
    from chain_office.ui.palette import Palette

_TYPING_MILLISECONDS: Final = 1200
_CELL_PADDING: Final = 12


class DeskView(ListView):
    """Ctrl+C copies, Ctrl+Shift+C with headings; Alt+Down filters by the heading the cursor is under; Home and End are
    the first and the last row; letters and digits typed go to a name or a number."""

    filter_wanted = Signal(int)
    """The filter of a heading is wanted."""
    resized = Signal()
    """The list has another size."""

    def __init__(self, model: DeskModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._desk = model
        self._palette = palette
        self._frozen: Frozen | None = None
        self._typed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._forget_typed)
        self.setStyleSheet("QTableView::item { padding: 0 3px; }")
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.heading = Heading(model, palette, self)
        self.setHorizontalHeader(self.heading)
        self.heading.setSectionsMovable(True)
        self.heading.setHighlightSections(False)
        self.heading.setMinimumSectionSize(40)
        self.heading.sectionClicked.connect(self._clicked)
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, scaled(column.width))
        here = Qt.ShortcutContext.WidgetShortcut
        keys.shortcut("copy", self, lambda: self.copy(headings=False), context=here)
        keys.shortcut("copy_headed", self, lambda: self.copy(headings=True), context=here)
        self.show_order("", down=False)

    # The headings.

    def _headings(self) -> list[Heading]:
        return [self.heading] if self._frozen is None else [self.heading, self._frozen.heading]

    def show_order(self, name: str, *, down: bool) -> None:
        """The arrow stands at the order the list is in ("" for the usual one)."""
        name, down = (name, down) if name else self._desk.usual
        self._sorted_by = (name, down)
        places = [at for at, column in enumerate(self._desk.columns) if column.sorted_by == name]
        for heading in self._headings():
            heading.show_sorted(places[0] if places else -1, down=down)

    def show_filtered(self, sections: Collection[int]) -> None:
        """These headings are filtered."""
        for heading in self._headings():
            heading.show_filtered(sections)

    def sort(self, section: int, *, descending: bool) -> None:
        """Ask for the order of a heading."""
        super().sort(section, descending=descending)
        self.show_order(self._sorted_by[0], down=descending)

    def freeze(self, number: int) -> None:
        """Keep so many columns from the left when the list is scrolled sideways."""
        if self._frozen is None:
            if not number:
                return
            self._frozen = Frozen(self, self._desk, self._palette)
            self._frozen.heading.sectionClicked.connect(self._clicked)
            self._frozen.heading.filter_wanted.connect(self.heading.filter_wanted)
            self._frozen.heading.menu_wanted.connect(self.heading.menu_wanted)
            self._frozen.heading.show_filtered(self.heading.filtered)
            self.show_order(self._sorted_by[0], down=self._sorted_by[1])
        self._frozen.freeze(number)

    @property
    def frozen(self) -> Frozen | None:
        """The frozen columns; None until there are some."""
        return self._frozen

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Columns fit themselves to the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Alt+Down opens the filter of the heading; Home and End are the first and the last row."""
        key, held = event.key(), event.modifiers()
        ends = {Qt.Key.Key_Home, Qt.Key.Key_End}
        if key == Qt.Key.Key_Down and held & Qt.KeyboardModifier.AltModifier:
            self.filter_wanted.emit(max(0, self.currentIndex().column()))
        elif key in ends and not held and self._desk.rowCount():
            row = 0 if key == Qt.Key.Key_Home else self._desk.rowCount() - 1
            self.setCurrentIndex(self._desk.index(row, max(0, self.currentIndex().column())))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Typing goes to a number or a name. (Qt's own way would read every line of the list.)"""
        again = not self._typed
        self._typed += search.strip()
        self._typing.start()
        if self._typed:
            row = max(0, self.currentIndex().row())
            self._desk.jump(self._typed, row + 1 if again else row, self._jumped)

    def _jumped(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self._desk.index(row, max(0, self.currentIndex().column())))

    def _forget_typed(self) -> None:
        self._typed = ""

    def copy(self, *, headings: bool) -> None:
        """Copy the selected rows."""
        rows = self.selected_rows()
        shown = [self.heading.logicalIndex(place) for place in range(self.heading.count())]
        places = [place for place in shown if not self.heading.isSectionHidden(place)]
        if rows:
            self._desk.copy(rows, places, headings=headings)

    # Tips.

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A cell says in a tip what it has no room for, and nothing where all of it is seen."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = str(index.data() or "") if index.isValid() else ""
            if self.fontMetrics().horizontalAdvance(text) <= self.columnWidth(index.column()) - _CELL_PADDING:
                QToolTip.hideText()
                return True
        return super().viewportEvent(event)
