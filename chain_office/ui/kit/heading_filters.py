"""The filters of a desk's headings: opens the popup, asks for its values, marks what is filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from chain_office.ui.kit.condition_words import said
from chain_office.ui.kit.heading_filter import HeadingFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.queries.facet_values import FacetValues
    from chain_office.queries.facets import Condition
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk


class HeadingFilters(QObject):
    """Mounted on a desk once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._popup: HeadingFilter | None = None
        desk.list.heading.filter_wanted.connect(self.open)
        desk.list.filter_wanted.connect(self.open)
        desk.filters.changed.connect(self.mark)

    @property
    def popup(self) -> HeadingFilter | None:
        """The popup that is open."""
        return self._popup

    def words(self, condition: Condition) -> str:
        """A condition in words, with its heading."""
        columns = [column for column in self._desk.model.columns if column.facet == condition.facet]
        facet = self._desk.model.facets.get(condition.facet)
        heading = columns[0].heading if columns else condition.facet
        return said(heading, condition, facet.kind if facet else "text")

    def open(self, section: int) -> None:
        """Open the popup of a heading; a second time closes it."""
        desk, again = self._desk, False
        column = desk.model.columns[section]
        if self._popup is not None:
            again = self._popup.property("facet") == column.facet
            self._popup.leave()
        if again or column.facet not in desk.model.facets:
            return
        popup = HeadingFilter(
            column.heading,
            column.facet,
            desk.model.facets[column.facet],
            desk.filters.condition(column.facet),
            desk.office.palette,
            desk.office.as_of,
            lambda text, answer: self._ask(column.facet, text, answer),
            desk,
        )
        self._popup = popup
        popup.chosen.connect(lambda condition: self._put(column.facet, condition))
        popup.sort.connect(lambda down: desk.list.sort(section, descending=down))
        popup.left.connect(self._left)
        heading = desk.list.heading
        left = heading.sectionViewportPosition(section)
        popup.open_at(heading.viewport().mapTo(desk, QPoint(left, heading.height() + 1)))

    def _ask(self, facet: str, text: str, answer: Callable[[FacetValues], None]) -> None:
        desk, popup = self._desk, self._popup
        filters, conditions, only = desk.filters.values, desk.filters.conditions, desk.filters.only
        values = desk.model.values

        def read(ledger: Ledger) -> FacetValues:
            return values(ledger, facet, filters=filters, conditions=conditions, only=only, text=text)

        desk.office.work.ask(read, answer, owner=popup)

    def _put(self, facet: str, condition: Condition | None) -> None:
        if condition != self._desk.filters.condition(facet):
            self._desk.filters.put(facet, condition, self.words(condition) if condition is not None else "")

    def _left(self) -> None:
        self._popup = None
        self._desk.list.setFocus()

    def mark(self) -> None:
        """Mark the headings that are filtered."""
        met = {condition.facet for condition in self._desk.filters.conditions}
        columns = self._desk.model.columns
        self._desk.list.show_filtered([at for at, one in enumerate(columns) if one.facet in met])
