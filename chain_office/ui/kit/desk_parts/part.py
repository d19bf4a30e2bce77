"""What every view of a desk has: the office, the page it stands on, and one way to ask and to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtCore import SignalInstance

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

T = TypeVar("T")


class Host(Protocol):
    """The page of a desk as its views see it. ``wanted`` opens whatever a reference names, on any page."""

    wanted: SignalInstance

    def show_record(self, reference: str) -> None:
        """Open a record of the desk ("problem:<id>"), a selection ("figure:<key>") or another view ("view:<id>")."""

    def show_rows(self, ids: Collection[str], words: str) -> None:
        """Show these records in the list; ``words`` say what they are."""

    def has_view(self, view_id: str) -> bool:
        """Whether there is such a view."""


class Part(QWidget):
    """One view. It is read when it is first shown, and again when it is shown after something it ``watches`` changed."""

    watches: ClassVar[frozenset[str]] = frozenset()
    """Tables whose change makes it stale; empty: every table."""

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__()
        self.office = office
        self.page = page
        self.stale = True
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 10)
        self.column.setSpacing(8)

    def refresh(self) -> None:
        """Read again what is shown, as of ``office.as_of``."""

    def go_to(self, reference: str) -> None:
        """Go to what stands behind "view:<id>/" in a reference; a view without places ignores it."""

    def where(self) -> str:
        """The place shown, as :meth:`go_to` takes it; "" for none."""
        return ""

    def parts(self) -> tuple[QWidget, ...]:
        """Its parts in the order F6 goes through them; the first takes the focus when the view is shown."""
        return (self,)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.office.shown is None or self.office.shown.read_only

    def ask(self, question: Callable[[Ledger], T], answer: Callable[[T], None]) -> None:
        """Read on the database thread; nothing is answered to a view that is gone."""
        self.office.work.ask(question, answer, owner=self)

    def write(self, act: Callable[[Ledger, str], Saved], done: Callable[[Saved], None] | None = None) -> None:
        """Write as the person at this computer; told on the status line with 撤销."""
        actor = self.office.actor

        def wrote(saved: Saved) -> None:
            self.office.wrote.emit(saved)
            if done is not None:
                done(saved)

        self.office.work.ask(lambda ledger: act(ledger, actor), wrote, owner=self)
