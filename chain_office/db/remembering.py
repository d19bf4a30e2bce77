"""What was worked out from a ledger as it stands, kept for as long as it stands: the first write, ours or another's,
forgets it all. For figures that several questions about one date are made of; nothing of it is ever stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from chain_office.db.ledger import Ledger

T = TypeVar("T")
_MOST: Final = 12


class Remembered:
    """The answers of one open ledger, the least lately used forgotten first."""

    def __init__(self) -> None:
        self._head: tuple[int, int] | None = None
        self._known: dict[Hashable, Any] = {}

    def recall(self, ledger: Ledger, key: Hashable, work_out: Callable[[], T]) -> T:
        """The answer known by ``key`` (to be of frozen data), worked out where it is not known. In the middle of a write
        nothing is remembered: it may be taken back."""
        connection = ledger.database.connection()
        if connection.in_transaction:
            return work_out()
        head = (int(connection.total_changes), int(ledger.value("PRAGMA data_version")))
        if head != self._head:
            self._head = head
            self._known.clear()
        if key in self._known:
            found = self._known.pop(key)
        else:
            found = work_out()
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
        self._known[key] = found
        return cast("T", found)
