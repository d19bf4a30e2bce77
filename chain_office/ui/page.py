"""What the shell asks of a page: a name, an icon, what it watches, and how it refreshes when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from chain_office.ui.office import Office


class Page(QWidget):
    """Base of the pages. A page is built when it is first shown and refreshed when what it watches has changed."""

    id: ClassVar[str]
    title: ClassVar[str]
    icon_name: ClassVar[str]
    watches: ClassVar[frozenset[str]] = frozenset()
    """Tables whose change makes the page stale; empty: every table."""
    wanted = Signal(str, str)
    """Another page is wanted: its id, and the record or filter to show there."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.stale = True

    def refresh(self) -> None:
        """Read again what the page shows; a page that shows nothing of the ledger has nothing to do."""

    def show_record(self, reference: str) -> None:
        """Go to a record ("problem:<id>") or a filter ("figure:<key>"); pages that hold none ignore it."""

    def notice(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables makes the page stale."""
        return not self.watches or bool(self.watches & tables)
