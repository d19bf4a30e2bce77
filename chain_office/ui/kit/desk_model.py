"""The list of a desk: what is selected goes to the clipboard, read whole even where it has not been scrolled to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from chain_office.queries import list_window
from chain_office.queries.facet_values import facet_values
from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.kit.heading import Heading
from chain_office.ui.kit.table import ListModel, ListView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from chain_office.queries.facet_values import FacetValues
    from chain_office.queries.facets import Condition, Facet
    from chain_office.queries.line_facets import LineFacet
    from chain_office.queries.lists import ListKind
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.palette import Palette

_CHUNK = 500


class DeskModel(ListModel):
    """A list whose kind may change with the cut-off date."""

    def use(self, kind: ListKind[Any], _day: date) -> None:
        """Read lines this way, as of that day, from the next load on."""
        self._kind = kind

    @property
    def usual(self) -> tuple[str, bool]:
        """The usual order and whether it goes down."""
        order = self._kind.order()
        return order.name, order.descending

    @property
    def kind(self) -> ListKind[Any]:
        """How lines are read."""
        return self._kind

    @property
    def facets(self) -> Mapping[str, Facet | LineFacet]:
        """What the headings are filtered by."""
        return self._kind.facets

    def values(
        self,
        ledger: Ledger,
        name: str,
        *,
        filters: Mapping[str, str | None],
        conditions: Sequence[Condition],
        only: frozenset[str] | None,
        text: str = "",
    ) -> FacetValues:
        """What a heading's values are, the other filters honoured; runs on the database thread."""
        return facet_values(ledger, self._kind, name, filters=filters, conditions=conditions, only=only, text=text)

    def number(
        self,
        ledger: Ledger,
        *,
        filters: Mapping[str, str | None],
        conditions: Sequence[Condition],
        only: frozenset[str] | None,
    ) -> int:
        """How many lines there would be; runs on the database thread."""
        return list_window.how_many(ledger, self._kind, filters=filters, conditions=conditions, only=only)

    def lines(self, ledger: Ledger, ids: Sequence[str]) -> list[Any]:
        """The lines of some ids in that order; runs on the database thread."""
        found: dict[str, Any] = {}
        for start in range(0, len(ids), _CHUNK):
            found |= list_window.lines(ledger, self._kind, ids[start : start + _CHUNK])
        return [found[one] for one in ids if one in found]

    def copy(self, rows: Sequence[int], places: Sequence[int], *, headings: bool) -> None:
        """Put rows on the clipboard, columns in the order they are shown."""
        ids = [self.id_at(row) for row in rows]
        columns = [self.columns[place] for place in places]

        def job(ledger: Ledger) -> tuple[str, str]:
            cells = [[column.text(line) for column in columns] for line in self.lines(ledger, ids)]
            titles = [column.heading for column in columns]
            right = [place for place, column in enumerate(columns) if column.right]
            plain = tab_separated([titles, *cells] if headings else cells)
            return plain, html_table(cells, right, titles if headings else ())

        def put(made: tuple[str, str]) -> None:
            mime = QMimeData()
            mime.setText(made[0])
            mime.setHtml(made[1])
            QGuiApplication.clipboard().setMimeData(mime)

        self._work.ask(job, put, owner=self)


class DeskView(ListView):
    """A desk's list on the screen: Ctrl+C copies, Ctrl+Shift+C with headings; Alt+Down filters by the heading the cursor
    is under; one column takes the room left over."""

    filter_wanted = Signal(int)
    """The filter of a heading is wanted."""

    def __init__(self, model: DeskModel, wide: int, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._desk = model
        self.setStyleSheet("QTableView::item { padding: 0 3px; }")
        self.heading = Heading(model, palette, self)
        self.setHorizontalHeader(self.heading)
        self.heading.setSectionsMovable(True)
        self.heading.setHighlightSections(False)
        self.heading.setMinimumSectionSize(40)
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, column.width)
        self.heading.setSectionResizeMode(wide, self.heading.ResizeMode.Stretch)
        self.heading.sectionClicked.connect(self._clicked)
        for keys, headings in (("Ctrl+C", False), ("Ctrl+Shift+C", True)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda wanted=headings: self.copy(headings=wanted))
        self._show_usual_order()

    def _show_usual_order(self) -> None:
        self.show_order(*self._desk.usual)

    def show_order(self, name: str, down: bool) -> None:
        """The arrow stands at the order the list is in ("" for the usual one)."""
        name, down = (name, down) if name else self._desk.usual
        self._sorted_by = (name, down)
        places = [at for at, column in enumerate(self._desk.columns) if column.sorted_by == name]
        self.heading.show_sorted(places[0] if places else -1, down=down)

    def sort(self, section: int, *, descending: bool) -> None:
        """Ask for the order of a heading."""
        super().sort(section, descending=descending)
        self.heading.show_sorted(section, down=descending)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Alt+Down opens the filter of the heading; Home and End are the first and the last row."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and alt:
            self.filter_wanted.emit(max(0, self.currentIndex().column()))
        else:
            super().keyPressEvent(event)

    def copy(self, *, headings: bool) -> None:
        """Copy the selected rows."""
        rows = self.selected_rows()
        header = self.heading
        shown = [header.logicalIndex(place) for place in range(header.count())]
        places = [place for place in shown if not header.isSectionHidden(place)]
        if rows:
            self._desk.copy(rows, places, headings=headings)
