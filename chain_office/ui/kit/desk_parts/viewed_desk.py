"""A desk with views beside its list: the strip, and what passes between list and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from chain_office.ui.kit.desk import Desk
from chain_office.ui.kit.desk_parts import LIST, PartKind
from chain_office.ui.kit.desk_parts.views import Views

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.views import Counts
    from chain_office.ui.office import Office


class ViewedDesk(Desk):
    """A desk whose list is one of several views (``kinds``, the list first)."""

    kinds: ClassVar[tuple[PartKind, ...]] = ()

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.views = Views(self, self, self.kinds, super().refresh, self.strip_counts)

    @staticmethod
    def strip_counts(ledger: Ledger, day: date) -> Counts:  # noqa: ARG004 - a desk says what it counts
        """View → the live count beside its word, and what it counts in words."""
        return {}

    def refresh(self) -> None:
        """Read the view that is shown again; the others when they are."""
        self.views.refresh()

    def notice(self, tables: frozenset[str]) -> bool:
        """Each view watches tables of its own."""
        return super().notice(tables) or self.views.notice(tables)

    def show_record(self, reference: str) -> None:
        """Another view ("view:<id>"), or what the list shows."""
        kind, _, name = reference.partition(":")
        if kind == "view":
            view, _, place = name.partition("/")
            self.views.choose(view, place)
            return
        self.views.choose(LIST)
        super().show_record(reference)

    def show_rows(self, ids: Collection[str], words: str) -> None:
        """Show these records in the list; ``words`` say what they are."""
        self.views.choose(LIST)
        self.keep_to(frozenset(ids), words)

    def has_view(self, view_id: str) -> bool:
        """Whether there is such a view."""
        return self.views.has(view_id)

    def show_full(self) -> None:
        """A form opens beside the list."""
        self.views.choose(LIST)
        super().show_full()

    def where(self) -> str:
        """The view, or the record shown beside the list."""
        return self.views.where() or super().where()

    def parts(self) -> tuple[QWidget, ...]:
        """The strip, and what stands in the view shown."""
        return (*self.views.parts(), *(super().parts() if self.views.current == LIST else ()))
