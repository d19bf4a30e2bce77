"""A desk's list whose lines are worked out together (growth needs every firm): held whole, sorted by any column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.ui.kit.desk_model import DeskModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from PySide6.QtCore import QObject

    from chain_office.queries.lists import ListKind
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.table import ListColumn
    from chain_office.ui.work import Work


class WholeModel(DeskModel):
    """``read`` gives the lines at a day, filtered and in order; each has an ``id``."""

    def __init__(
        self,
        work: Work,
        kind: ListKind[Any],
        columns: tuple[ListColumn, ...],
        read: Callable[[Ledger, date, Mapping[str, str | None], str, bool], Sequence[Any]],
        usual: tuple[str, bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(work, kind, columns, parent)
        self._read = read
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

    def load(
        self,
        filters: Mapping[str, str | None] | None = None,
        order: str = "",
        *,
        descending: bool | None = None,
        only: frozenset[str] | None = None,
    ) -> None:
        """Show the lines with these filters and order."""
        day, read, wanted = self._day, self._read, dict(filters or {})
        if day is None:
            return
        name, down = order or self._usual[0], self._usual[1] if descending is None else descending

        def job(ledger: Ledger) -> dict[str, Any]:
            lines = read(ledger, day, wanted, name, down)
            return {line.id: line for line in lines if only is None or line.id in only}

        self._generation += 1
        generation = self._generation
        self._work.ask(job, lambda held: self._take_held(held, generation), owner=self)

    def _take_held(self, held: dict[str, Any], generation: int) -> None:
        if generation == self._generation:
            self._held = held
            self._take_ids(tuple(held), generation)

    def lines(self, ledger: Ledger, ids: Sequence[str]) -> list[Any]:  # noqa: ARG002 - held already
        """The lines of some ids in that order."""
        held = self._held
        return [held[one] for one in ids if one in held]

    def _line(self, row: int, row_id: str) -> Any | None:  # noqa: ARG002 - the id is enough
        return self._held.get(row_id)
