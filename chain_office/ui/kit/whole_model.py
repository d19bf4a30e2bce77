"""A desk's list whose lines are worked out together (growth needs every firm): held whole, sorted by any column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.queries import line_facets
from chain_office.queries.facet_orders import SIGN
from chain_office.ui.kit.desk_model import DeskModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from PySide6.QtCore import QObject

    from chain_office.queries.facet_values import FacetValues
    from chain_office.queries.facets import Condition
    from chain_office.queries.line_facets import LineFacet
    from chain_office.queries.lists import ListKind
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.table import ListColumn
    from chain_office.ui.work import Work


class WholeModel(DeskModel):
    """``read`` gives the lines at a day, filtered; each has an ``id``. They are sorted by facets only."""

    def __init__(
        self,
        work: Work,
        kind: ListKind[Any],
        columns: tuple[ListColumn, ...],
        read: Callable[[Ledger, date, Mapping[str, str | None]], Sequence[Any]],
        facets: Mapping[str, LineFacet],
        usual: tuple[str, bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(work, kind, columns, parent)
        self._read = read
        self._facets = facets
        self._usual = usual
        self._day: date | None = None
        self._held: dict[str, Any] = {}

    @property
    def usual(self) -> tuple[str, bool]:
        """The usual order and whether it goes down."""
        return self._usual

    def use(self, kind: ListKind[Any], day: date) -> None:
        """Work the lines out as of that day from the next load on."""
        super().use(kind, day)
        self._day = day

    @property
    def facets(self) -> Mapping[str, LineFacet]:
        """What the headings are filtered by."""
        return self._facets

    def load(
        self,
        filters: Mapping[str, str | None] | None = None,
        order: str = "",
        *,
        descending: bool | None = None,
        only: frozenset[str] | None = None,
        conditions: Sequence[Condition] = (),
        near: str = "",  # noqa: ARG002 - all lines come at once
    ) -> None:
        """Show the lines with these filters, conditions and order."""
        find = self._finder(filters or {}, conditions, only)
        name, down = order or self._usual[0], self._usual[1] if descending is None else descending
        facet = self._facets[name.removeprefix(SIGN)]

        def job(ledger: Ledger) -> dict[str, Any]:
            return {line.id: line for line in line_facets.in_order(find(ledger), facet, down=down)}

        self._generation += 1
        generation = self._generation
        self._work.ask(job, lambda held: self._take_held(held, generation), owner=self)

    def _finder(
        self, filters: Mapping[str, str | None], conditions: Sequence[Condition], only: frozenset[str] | None
    ) -> Callable[[Ledger], list[Any]]:
        day, read, facets = self._day, self._read, self._facets
        wanted, met = dict(filters), tuple(conditions)

        def find(ledger: Ledger) -> list[Any]:
            lines = [] if day is None else read(ledger, day, wanted)
            return line_facets.kept((one for one in lines if only is None or one.id in only), facets, met)

        return find

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
        others = [one for one in conditions if one.facet != name]
        return line_facets.values(self._finder(filters, others, only)(ledger), self._facets, name, (), text)

    def number(
        self,
        ledger: Ledger,
        *,
        filters: Mapping[str, str | None],
        conditions: Sequence[Condition],
        only: frozenset[str] | None,
    ) -> int:
        """How many lines there would be; runs on the database thread."""
        return len(self._finder(filters, conditions, only)(ledger))

    def _take_held(self, held: dict[str, Any], generation: int) -> None:
        if generation == self._generation:
            self._held = held
            self._take_ids(tuple(held), 0, {}, generation)

    def lines(self, ledger: Ledger, ids: Sequence[str]) -> list[Any]:  # noqa: ARG002 - held already
        """The lines of some ids in that order."""
        held = self._held
        return [held[one] for one in ids if one in held]

    def _line(self, row: int, row_id: str) -> Any | None:  # noqa: ARG002 - the id is enough
        return self._held.get(row_id)
