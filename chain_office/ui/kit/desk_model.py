"""The lines of a desk's list: how they are read, filtered, counted, copied whole even where they were not scrolled to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from chain_office.queries import list_window
from chain_office.queries.facet_values import facet_values
from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.kit.table import ListModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from chain_office.queries.facet_values import FacetValues
    from chain_office.queries.facets import Condition, Facet
    from chain_office.queries.line_facets import LineFacet
    from chain_office.queries.lists import ListKind
    from chain_office.services.ledgers import Ledger

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

    def jump(self, text: str, after: int, answer: Callable[[int], None]) -> None:
        """Find the next row after one whose number or name begins as typed, and answer with it (-1: none)."""
        kind, ids = self._kind, self._ids

        def find(ledger: Ledger) -> int:
            met = list_window.typed(ledger, kind, text)
            rows = range(len(ids))
            return next((row for row in (*rows[after:], *rows[:after]) if ids[row] in met), -1) if met else -1

        self._work.ask(find, lambda row: answer(row if ids is self._ids else -1), owner=self)

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
