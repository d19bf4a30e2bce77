"""What changes the records of a desk: a form beside the list for new ones, changes and parts; the bin; several at once;
files hung on a record; a change taken back. Each act is one write of a service, told with 撤销 on the status line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from chain_office.services import editing
from chain_office.ui import keys
from chain_office.ui.kit.attached import Attached
from chain_office.ui.kit.form.bulk import BulkPane
from chain_office.ui.kit.form.cell import CellEditing
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.kit.table import ID_ROLE
from chain_office.ui.kit.thumbs import Thumbs
from chain_office.ui.layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QAction

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Changes, Ledger
    from chain_office.ui.kit.desk import Desk

ATTACHMENT = "attachment"


class DeskEditing(QObject):
    """Mounted on a desk once. ``table``: the records its list holds; ``makes``: what 新建 makes there, by table."""

    opened = Signal()
    """A form stands beside the list, ready to be typed into."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._office = desk.office
        self.attached = Attached(desk)
        self.thumbs = Thumbs(desk)
        self._pane: FormPane | None = None
        self._bulk: BulkPane | None = None
        self._opened_at = ""
        self.acts: list[QAction] = self._buttons()
        fields = {place: column.field for place, column in enumerate(desk.model.columns) if column.field}
        if fields:
            self.cells = CellEditing(desk.list, desk.office, desk.table, fields, ID_ROLE)
            self.cells.saved.connect(desk.office.wrote)
            self.cells.refused.connect(desk.office.work.refused)
        desk.list.current.connect(self._walked)
        desk.detail.part_wanted.connect(self._part)
        desk.detail.restore_wanted.connect(self._restore)
        desk.detail.dropped.connect(self._drop)
        desk.detail.hang_wanted.connect(self.attached.choose)
        desk.office.work.changed.connect(self._files_changed)
        desk.office.shown_changed.connect(self._allow)
        self._allow()

    def _files_changed(self, changes: Changes) -> None:
        """Files were hung on something or taken off: no list shows them, the record does."""
        if ATTACHMENT in changes.rows and self._desk.detail.record is not None:
            self._desk.follow_again()

    def _buttons(self) -> list[QAction]:
        desk, bar = self._desk, self._desk.bar
        acts = []
        for place, (table, key) in enumerate(zip(desk.makes, ("new", "new_other"), strict=False)):
            word = f"新建{editing.form(table).noun}"
            acts.append(bar.add(word, "plus", partial(self.new, table), shortcut=_keys(key), primary=not place))
            if place == 0:
                self._first = desk.nothing.also(word, partial(self.new, table))
        if desk.table in desk.makes:
            acts.append(bar.add("修改", "pencil", self.edit, shortcut=_keys("edit"), needs=1, most=1))
            acts.append(bar.add("批量修改", "list-checks", self.bulk, needs=2))
            binning = bar.add("移入回收站", "trash-2", self.bin, needs=1)
            binning.setToolTip(keys.hint("移入回收站", "bin"))
            keys.shortcut("bin", desk.list, binning.trigger, context=Qt.ShortcutContext.WidgetShortcut)
            acts.append(binning)
        acts.append(bar.add("附件", "paperclip", self.attached.choose, needs=1, most=1))
        desk.addActions(acts)  # their keys work wherever on the desk the cursor is
        return acts

    def also(self, action: QAction) -> None:
        """Another button that writes: as the others it is not offered in a ledger opened read-only."""
        self.acts.append(action)
        self._allow()

    def _allow(self) -> None:
        """A ledger opened read-only offers nothing that writes."""
        shown = self._office.shown
        may = shown is not None and not shown.read_only
        self._desk.detail.editable = may
        self._first.setVisible(may)
        for act in self.acts:
            act.setVisible(may)

    # Forms.

    @property
    def pane(self) -> FormPane:
        """The form, made when it is first wanted."""
        if self._pane is None:
            self._pane = FormPane(self._office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self._office.said)
            self._pane.opened.connect(self.opened)
            self._desk.side.addWidget(self._pane)
        return self._pane

    def new(self, table: str, given: Mapping[str, object] | None = None) -> None:
        """A blank form; what is ``given``, the firm the list is pinned to, or a part's own record, is filled in."""
        form = editing.form(table)
        pinned = self._desk.filters.values.get("enterprise")
        record = self._desk.detail.record
        preset: dict[str, object] = dict(given or {})
        if not preset and form.owner and record is not None:
            preset[form.owner] = record.reference.partition(":")[2]
        elif not preset and pinned and any(field.name == "enterprise_id" for field in form):
            preset["enterprise_id"] = pinned
        self._desk.show_full()
        self._show_pane()
        self.pane.new(table, preset)

    def edit(self) -> None:
        """The form of the record the cursor is on."""
        record = self._desk.detail.record
        if record is not None:
            table, _, row_id = record.reference.partition(":")
            self._open(table, row_id)

    def add_part(self, table: str, owner: str, preset: Mapping[str, object]) -> None:
        """A blank form of a part of one record (its id), which the list is about to stand on."""
        self._show_pane(owner)
        self.pane.new(table, dict(preset))

    def open_part(self, table: str, row_id: str, owner: str) -> None:
        """The form of a part of one record, which the list is about to stand on."""
        self._show_pane(owner)
        self.pane.edit(table, row_id)

    def _open(self, table: str, row_id: str) -> None:
        self._show_pane()
        self.pane.edit(table, row_id)

    def _show_pane(self, at: str = "") -> None:
        self._opened_at = at or self._desk.current_id
        self._desk.side.setCurrentWidget(self.pane)

    def _walked(self, row_id: str) -> None:
        """On to another record: a form nothing was typed into gives way to it; one with something typed stays."""
        pane = self._pane
        self._opened_at = self._opened_at or row_id  # the list had not been read when the form was opened
        if (
            pane is not None
            and self._desk.side.currentWidget() is pane
            and row_id != self._opened_at
            and not pane.is_dirty
        ):
            pane.leave()

    def _part(self, table: str, row_id: str) -> None:
        record = self._desk.detail.record
        if record is None:
            return
        if table == ATTACHMENT:
            self.attached.offer(row_id) if row_id else self.attached.choose()
        elif row_id:
            self._open(table, row_id)
        else:
            kind, _, owner = record.reference.partition(":")
            self._show_pane()
            self.pane.new(table, {f"{kind}_id": owner})

    def _saved(self, saved: Saved) -> None:
        self._office.wrote.emit(saved)
        self._leave()
        if saved.table in self._desk.makes:
            self._desk.show_record(f"{saved.table}:{saved.row_id}")
        else:
            self._desk.follow_again()

    def _leave(self) -> None:
        self._desk.side.setCurrentWidget(self._desk.detail)
        self._desk.list.setFocus()

    # Several at once, the bin, and taking back.

    def bulk(self) -> None:
        """One field of all selected records."""
        if self._bulk is None:
            self._bulk = BulkPane(self._office)
            self._bulk.saved.connect(self._saved_many)
            self._bulk.left.connect(self._leave)
            self._desk.side.addWidget(self._bulk)
        self._desk.side.setCurrentWidget(self._bulk)
        self._bulk.begin(self._desk.table, self._desk.selected_ids())

    def _saved_many(self, saved: Saved) -> None:
        self._office.wrote.emit(saved)
        self._leave()

    def bin(self) -> None:
        """Move the selected records to the bin; 撤销 brings them back."""
        ids, table, actor = self._desk.selected_ids(), self._desk.table, self._office.actor
        if ids:
            self._step_off(ids)
            self._write(lambda ledger: editing.bin_records(ledger, table, ids, actor))

    def _step_off(self, ids: tuple[str, ...]) -> None:
        """Put the cursor on the record after those that go (before them at the end), so that the list stays where it is."""
        model = self._desk.model
        rows = [model.row_of(one) for one in ids]
        near = max(rows) + 1 if max(rows) + 1 < model.rowCount() else min(rows) - 1
        if near >= 0:
            self._desk.list.setCurrentIndex(model.index(near, 0))

    def _restore(self, number: int) -> None:
        actor = self._office.actor
        self._write(lambda ledger: editing.restore_change(ledger, number, actor))

    def _drop(self, paths: list[Path], part: str) -> None:
        self.attached.add(paths, part)

    def _write(self, act: Callable[[Ledger], Saved]) -> None:
        self._office.work.ask(act, self._office.wrote.emit, owner=self)


def _keys(key_id: str) -> str:
    return keys.key(key_id).keys[0]
