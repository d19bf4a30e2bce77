"""What stands beside a view of 银企: the ladder of the pair the cursor is on, and the forms that are filled in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from chain_office.services import editing, loan_steps
from chain_office.ui.kit.detail import Detail
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.forms import Saved
    from chain_office.queries.records import Record
    from chain_office.services.loan_steps import Pair
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_FIRST = {"match": "intent_yuan", "credit": "granted_yuan", "drawdown": "drawn_yuan"}
"""Where the cursor goes in a form that opens on a step."""


class Side(QStackedWidget):
    """The record, or a form in its place. ``left``: the person is done here, the view takes the focus back."""

    left = Signal()

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__()
        self._office, self._page = office, page
        self._pane: FormPane | None = None
        self._field = ""
        self.detail = Detail(office.palette)
        self.detail.left.connect(self.left)
        self.detail.wanted.connect(self._go)
        self.detail.part_wanted.connect(self._part)
        self.detail.restore_wanted.connect(self._restore)
        self.addWidget(self.detail)
        self.setMinimumWidth(300)

    def show_record(self, record: Record | None) -> None:
        """Show what the cursor is on."""
        shown = self._office.shown
        self.detail.editable = shown is not None and not shown.read_only
        self.detail.show_record(record)

    @property
    def typing(self) -> bool:
        """Whether a form stands there."""
        return self._pane is not None and self.currentWidget() is self._pane

    @property
    def pane(self) -> FormPane:
        """The form, made when it is first wanted."""
        if self._pane is None:
            self._pane = FormPane(self._office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self.leave)
            self._pane.said.connect(self._office.said)
            self._pane.opened.connect(self._opened)
            self.addWidget(self._pane)
        return self._pane

    # Forms.

    def edit(self, table: str, row_id: str, field: str = "") -> None:
        """The form of a record; the cursor in a field of it."""
        self._show_pane(field)
        self.pane.edit(table, row_id)

    def new(self, table: str, preset: Mapping[str, object], field: str = "") -> None:
        """A blank form with what is known filled in; the cursor in a field of it."""
        self._show_pane(field or _FIRST.get(table, ""))
        self.pane.new(table, preset)

    def new_step(self, table: str, pair: Pair) -> None:
        """A first 授信 or 放款 of a pair without a match, which is made in the same write."""
        self._show_pane(_FIRST.get(table, ""))
        day = self._office.as_of
        self.pane.begin(
            lambda ledger: loan_steps.blank_step(ledger, table, pair, day),
            lambda ledger, edit, actor, *, accept=frozenset(): loan_steps.save_step(
                ledger, pair, edit, actor, accept=accept
            ),
        )

    def _show_pane(self, field: str) -> None:
        self._field = field
        self.setCurrentWidget(self.pane)

    def _opened(self) -> None:
        if self._field:
            self.pane.write_in(self._field)

    def _saved(self, saved: Saved) -> None:
        self._office.wrote.emit(saved)
        self.leave()

    def leave(self) -> None:
        """Back to the record, and to the view."""
        self.setCurrentWidget(self.detail)
        self.left.emit()

    # What the record asks for.

    def _part(self, table: str, row_id: str) -> None:
        record = self.detail.record
        if record is None:
            return
        if table == "attachment":
            self._page.show_record(record.reference)  # files are hung on it in the list
        elif row_id:
            self.edit(table, row_id)
        else:
            kind, _, owner = record.reference.partition(":")
            self.new(table, {f"{kind}_id": owner})

    def _restore(self, number: int) -> None:
        actor = self._office.actor
        self._office.work.ask(
            lambda ledger: editing.restore_change(ledger, number, actor), self._office.wrote.emit, owner=self
        )

    def _go(self, page: str, reference: str) -> None:
        if page == "finance":
            self._page.show_record(reference)
        else:
            self._page.wanted.emit(page, reference)
