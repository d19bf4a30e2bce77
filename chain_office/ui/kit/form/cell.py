"""F2 in a desk's list: the cell under the cursor is edited where it stands, with the editor its form has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Clashing, Edit, Faulty
from chain_office.domain.kinds import BadValue
from chain_office.services import editing
from chain_office.ui import keys
from chain_office.ui.kit.form.cell_frame import CellFrame
from chain_office.ui.kit.form.editors import make_editor
from chain_office.ui.kit.form.floating import application
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QTableView, QWidget

    from chain_office.domain.forms import Loaded, Saved
    from chain_office.ui.office import Office

_LEAST_WIDTH = 240
_LEAST_WIDE = 380


class CellEditing(QObject):
    """Mounted on a list. ``fields``: which field of the form a column shows, by its place; other columns are left alone.
    ``table`` and the id of a row name the record."""

    saved = Signal(object)
    """A write was committed: the Saved."""
    refused = Signal(str)
    """The cell cannot be edited: why."""

    def __init__(self, view: QTableView, office: Office, table: str, fields: Mapping[int, str], id_role: int) -> None:
        super().__init__(view)
        self._view = view
        self._office = office
        self._table = table
        self._fields = fields
        self._id_role = id_role
        self._offers = LedgerOffers(office, self)
        application().focusChanged.connect(self._focus_moved)
        self._frame: CellFrame | None = None
        self._loaded: Loaded | None = None
        self._asked = 0
        self._saving = False
        keys.shortcut("edit_cell", view, self.edit, context=Qt.ShortcutContext.WidgetShortcut)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._give_way())
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self._give_way())
        view.model().modelReset.connect(self._give_way)

    @property
    def frame(self) -> CellFrame | None:
        """The open cell."""
        return self._frame

    def edit(self) -> None:
        """Edit the cell the cursor is on."""
        self.leave()
        index = self._view.currentIndex()
        shown = self._office.shown
        if not index.isValid() or shown is None:
            return
        name = self._fields.get(index.column())
        if name is None or shown.read_only:
            why = "台账是只读打开的，不能修改" if shown.read_only else "这一列是算出来的，不能直接改；请打开记录修改"
            self.refused.emit(why)
            return
        table, row_id, day, place = (
            self._table,
            str(index.data(self._id_role)),
            shown.as_of,
            QPersistentModelIndex(index),
        )
        self._asked += 1
        asked = self._asked

        def show(loaded: Loaded) -> None:
            at = self._where(place, row_id, name)
            if asked == self._asked and at.isValid():
                self._open(loaded, name, at)

        self._office.work.ask(
            lambda ledger: editing.load(ledger, table, row_id, day), show, owner=self, failed=self._cannot
        )

    def _where(self, place: QPersistentModelIndex, row_id: str, name: str) -> QPersistentModelIndex:
        """The cell asked for; read again since, the list has put its cursor back on the same record and column."""
        now = self._view.currentIndex()
        same = now.isValid() and str(now.data(self._id_role)) == row_id and self._fields.get(now.column()) == name
        return QPersistentModelIndex(now) if same and not place.isValid() else place

    def _cannot(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.refused.emit(error.message)
        else:
            self._office.work.crashed.emit(error)

    def _open(self, loaded: Loaded, name: str, place: QPersistentModelIndex) -> None:
        field = editing.form(self._table).field(name)
        editor = make_editor(field, Surroundings(self._office.as_of, self._offers))
        editor.set_value(loaded.values.get(name), loaded.links.get(name))
        self._loaded = loaded
        self._frame = frame = CellFrame(editor, self._view.window())
        frame.save_wanted.connect(self.save)
        frame.left.connect(lambda: self.leave())
        model = self._view.model()
        rect = self._view.visualRect(model.index(place.row(), place.column()))
        window = self._view.window()
        width = max(rect.width(), _LEAST_WIDE if editor.wide else _LEAST_WIDTH)
        frame.setFixedWidth(min(width + 12, window.width() - 16))
        frame.adjustSize()
        top = self._view.viewport().mapTo(window, rect.topLeft())
        left = max(8, min(top.x() - 7, window.width() - frame.width() - 8))
        down = max(8, min(top.y() - 28, window.height() - frame.height() - 40))
        frame.move(QPoint(left, down))
        frame.show()
        frame.raise_()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        select = getattr(editor.target, "selectAll", None)
        if select is not None:
            select()

    def _give_way(self) -> None:
        """The list moves: an open cell nothing was typed into closes; one with something typed stays until it is decided."""
        if self._frame is not None and not self._frame.editor.touched:
            self.leave()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A click elsewhere saves the cell, as spreadsheets do; what is refused stays open with the reason."""
        frame = self._frame
        if frame is None or now is None or frame.isAncestorOf(now) or now.window() is not frame.window():
            return
        if frame.editor.touched:
            self.save()
        else:
            self.leave(back=False)

    def leave(self, *, back: bool = True) -> None:
        """Close the cell, nothing saved; the cursor goes ``back`` to the list."""
        self._asked += 1
        frame, self._frame = self._frame, None
        if frame is not None:
            frame.hide()
            frame.deleteLater()
            if back:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self, *, accept: frozenset[str] = frozenset()) -> None:
        """Save the cell with the version that was read."""
        frame, loaded = self._frame, self._loaded
        if frame is None or loaded is None or self._saving or frame.editor.composing:
            return
        editor = frame.editor
        if not editor.touched:
            self.leave()
            return
        try:
            value = editor.value()
        except BadValue as problem:
            editor.doubt(problem, typing=False)
            frame.adjustSize()
            return
        edit = Edit(loaded.table, loaded.row_id, loaded.version, {editor.field.name: value})
        actor = self._office.actor
        self._saving = True
        self._office.work.ask(
            lambda ledger: editing.save(ledger, edit, actor, accept=accept),
            self._done,
            owner=frame,
            failed=self._refused,
        )

    def _done(self, saved: Saved) -> None:
        self._saving = False
        self.leave()
        self.saved.emit(saved)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        frame = self._frame
        if frame is None:
            return
        if isinstance(error, Clashing):
            self._clash(frame, error)
        elif isinstance(error, Faulty):
            words = "；".join(fault.message for fault in error.faults)
            if any(fault.stops for fault in error.faults):
                frame.editor.complain(words)
            else:
                names = frozenset(fault.name for fault in error.faults)
                button = QPushButton("仍要保存")
                button.clicked.connect(lambda: self.save(accept=names))
                frame.offer(words, button)
        elif isinstance(error, KnownError):
            frame.editor.complain(error.message)
        else:
            self._office.work.crashed.emit(error)
        frame.adjustSize()

    def _clash(self, frame: CellFrame, error: Clashing) -> None:
        """Somebody else was quicker: theirs is shown, and mine is kept in the box until it is decided."""
        name = frame.editor.field.name
        clash = next((one for one in error.clashes if one.name == name), None)
        frame.editor.rebase(error.theirs.values.get(name), error.theirs.links.get(name))
        self._loaded = error.theirs
        if clash is None:
            self.save()
            return
        button = QPushButton("用我的")
        button.clicked.connect(lambda: self.save())
        frame.offer(f"刚被别人改成“{clash.theirs_text}”（原来是“{clash.original_text}”）", button)
