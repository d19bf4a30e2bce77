"""Carrying problems on from their desk: the steps offered above the record, the form of one in its place, and the last
step taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from chain_office.queries.step_offers import selected
from chain_office.services import steps
from chain_office.services.steps.correcting import take_back
from chain_office.ui import keys
from chain_office.ui.kit.steps.bar import StepBar
from chain_office.ui.kit.steps.pane import StepPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.forms import Saved
    from chain_office.domain.workflow import Verb
    from chain_office.queries.step_offers import Selected
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk

_WALKING_MILLISECONDS = 40
"""While the cursor moves faster than this nothing is asked."""
_MOST = 500
"""More than this are not carried on at once by hand."""


class Steps(QObject):
    """Mounted on the desk of problems once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._office = desk.office
        self._ids: tuple[str, ...] = ()
        self._asked = 0
        self._at: set[str] = set()
        self._pane: StepPane | None = None
        self.bar = StepBar(desk.office.palette)
        desk.put_above_side(self.bar)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_WALKING_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        desk.list.current.connect(self._walked)
        desk.selection_changed.connect(lambda _number: self._pause.start())
        desk.detail.take_back_wanted.connect(self._take_back)
        desk.detail.correct_wanted.connect(self._correct)
        desk.side.currentChanged.connect(lambda _place: self._allow())
        desk.office.shown_changed.connect(self._allow)
        desk.office.work.changed.connect(lambda _changes: self._pause.start())
        self.bar.chosen.connect(self._begin)
        keys.shortcut("steps", desk, self.open_menu, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._allow()

    # What is offered.

    def _allow(self) -> None:
        """A ledger opened read-only offers nothing that writes; while a form is open its steps are out of the way."""
        shown = self._office.shown
        may = shown is not None and not shown.read_only
        self.bar.setVisible(may and self._desk.side.currentWidget() is self._desk.detail)
        if may:
            self._pause.start()

    def _ask(self) -> None:
        shown, ids = self._office.shown, self._desk.selected_ids() or (self._desk.current_id,)
        self._asked += 1
        if shown is None or shown.read_only:
            return
        asked, day = self._asked, self._office.as_of
        wanted = tuple(one for one in ids if one)

        def read(ledger: Ledger) -> tuple[tuple[Verb, ...], tuple[Selected, ...]]:
            if not wanted or len(wanted) > _MOST:
                return (), ()
            return steps.offered(ledger, wanted, day), selected(ledger, wanted)

        def show(found: tuple[tuple[Verb, ...], tuple[Selected, ...]]) -> None:
            if asked == self._asked:
                self._ids = tuple(one.id for one in found[1])
                self.bar.show_steps(*found)
                if len(wanted) > _MOST:
                    self.bar.said.setText(f"已选 {len(wanted)} 个，一次最多办 {_MOST} 个")

        self._office.work.ask(read, show, owner=self)

    def open_menu(self) -> None:
        """The list of steps, by keyboard."""
        if self.bar.isVisible():
            self.bar.open_menu()

    # Taking one.

    @property
    def pane(self) -> StepPane:
        """The form, made when it is first wanted."""
        if self._pane is None:
            self._pane = StepPane(self._office)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self._office.said)
            self._desk.side.addWidget(self._pane)
        return self._pane

    def _begin(self, verb: str) -> None:
        if self._ids:
            self.begin(verb, self._ids)

    def begin(self, verb: str, ids: Sequence[str]) -> None:
        """Open the form of a step on these problems."""
        self._show_pane(ids)
        self.pane.open(verb, ids)

    def _show_pane(self, ids: Sequence[str]) -> None:
        self._at = {self._desk.current_id, *ids}
        self._desk.side.setCurrentWidget(self.pane)

    def _walked(self, row_id: str) -> None:
        """On to another record: a form nothing was typed into gives way to it; one with something typed stays."""
        self._pause.start()
        pane = self._pane
        open_ = pane is not None and self._desk.side.currentWidget() is pane
        if pane is not None and open_ and row_id not in self._at and not pane.is_dirty:
            pane.leave()

    def _saved(self, saved: Saved) -> None:
        if saved.write_no:
            self._office.wrote.emit(saved)
        else:
            self._office.said.emit(saved.said)
        self._leave()
        self._desk.follow_again()

    def _leave(self) -> None:
        self._desk.side.setCurrentWidget(self._desk.detail)
        self._desk.list.setFocus()

    def _take_back(self, part: str) -> None:
        """Take the last step back by the write that took it."""
        event, actor = part.partition(":")[2], self._office.actor

        self._office.work.ask(lambda ledger: take_back(ledger, event, actor), self._office.wrote.emit, owner=self)

    def _correct(self, part: str) -> None:
        """The texts of the last step in a form."""
        self._show_pane(())
        self.pane.correct(part.partition(":")[2])
