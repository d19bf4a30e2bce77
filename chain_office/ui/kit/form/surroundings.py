"""What an editor needs from around it: the year a bare date is in, the hand-over day, and what can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from chain_office.domain.forms import Option
from chain_office.domain.kinds import Context
from chain_office.services import editing
from chain_office.services.initials import initials_of
from chain_office.ui.kit.form.offered import Offered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.domain.specs import FieldSpec
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.services.ledgers import Changes, Ledger
    from chain_office.ui.office import Office


class Offers(Protocol):
    """Where an editor gets what can be chosen. The answer comes later, in the window's thread."""

    def rows(self, table: str, take: Callable[[Offered], None]) -> None:
        """The rows of a table a link may name."""

    def words(self, words: tuple[str, ...], take: Callable[[Offered], None]) -> None:
        """Words of a fixed set, with their initials."""


class LedgerOffers(QObject):
    """What can be chosen, read on the database thread and kept until the table changes."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._rows: dict[str, Offered] = {}
        self._words: dict[tuple[str, ...], Offered] = {}
        office.work.changed.connect(self._changed)
        office.shown_changed.connect(self._rows.clear)

    def rows(self, table: str, take: Callable[[Offered], None]) -> None:
        """See :class:`Offers`."""
        if table in self._rows:
            take(self._rows[table])
            return

        def keep(offered: Offered) -> None:
            self._rows[table] = offered
            take(offered)

        self._office.work.ask(lambda ledger: Offered.of(editing.options(ledger, table)), keep, owner=self)

    def words(self, words: tuple[str, ...], take: Callable[[Offered], None]) -> None:
        """See :class:`Offers`."""
        if words in self._words:
            take(self._words[words])
            return

        def read(_ledger: Ledger) -> Offered:
            return Offered.of(Option(word, word, keys=(initials_of(word),)) for word in words)

        def keep(offered: Offered) -> None:
            self._words[words] = offered
            take(offered)

        self._office.work.ask(read, keep, owner=self)

    def _changed(self, changes: Changes) -> None:
        for table in changes.rows:
            self._rows.pop(table, None)


class Surroundings:
    """What the fields of one open record are read with. ``day``: the date everything is shown at; a bare date is in its
    year. ``anchor``: the hand-over day a deadline counts from, asked
    when it is needed, because it stands in the same form."""

    def __init__(self, day: date, offers: Offers, calendar: WorkCalendar | None = None) -> None:
        self.day = day
        self.offers = offers
        self.calendar = calendar
        self.anchor: Callable[[], date | None] = lambda: None

    def context(self, spec: FieldSpec) -> Context:
        """How a field's text is read. A unit is never supposed: a bare number is asked about."""
        anchor = self.anchor() if spec.is_deadline else None
        return Context(year=self.day.year, anchor=anchor, is_deadline=spec.is_deadline)
