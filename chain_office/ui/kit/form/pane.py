"""The form of one record: opened, typed into, saved, left; its draft kept, its conflicts settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Clashing, Faulty
from chain_office.services import editing
from chain_office.services.calendar import work_calendar
from chain_office.ui import keys
from chain_office.ui.kit.form.body import FormBody, Layout
from chain_office.ui.kit.form.conflict import ConflictPanel
from chain_office.ui.kit.form.drafting import DraftKeeper
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.form.open_form import OpenForm
from chain_office.ui.kit.form.settling import Settling
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from PySide6.QtGui import QHideEvent, QKeyEvent

    from chain_office.domain.forms import Edit, Fault, Loaded, Saved
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.services.drafts import Drafts
    from chain_office.services.ledgers import Changes, Ledger
    from chain_office.ui.office import Office


class Store(Protocol):
    """How a form is saved."""

    def __call__(self, ledger: Ledger, edit: Edit, actor: str, *, accept: AbstractSet[str] = frozenset()) -> Saved:
        """Save what was changed."""


_LAID_OUT_MILLISECONDS = 40
"""By then what was said under a field has its room."""


class FormPane(QWidget):
    """Opens records of any table that has a form and a layout."""

    saved = Signal(object)
    """A write was committed: the Saved."""
    left = Signal()
    """The person went away from the form, saved or not."""
    said = Signal(str)
    """A sentence for the status line."""
    opened = Signal()
    """The form stands there, ready to be typed into."""

    def __init__(
        self, office: Office, layouts: Mapping[str, Layout], drafts: Drafts | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._layouts = layouts
        self._offers = LedgerOffers(office, self)
        self._keeper = DraftKeeper(office, drafts, self)
        self._open_form: OpenForm | None = None
        self._asked = 0
        self._saving = False
        self._store: Store = editing.save
        self._title = Wrapped("", "title")
        self._state = Wrapped("", "quiet")
        self.draft_notice, self.moved_notice, self.fault_notice = Notice(), Notice(), Notice()
        self.save_button = QPushButton("保存")
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(keys.hint("保存", "save"))
        self.back_button = QPushButton("返回")
        self.back_button.setToolTip(keys.hint("返回列表，没保存的内容留作草稿", "leave_form"))
        self.conflict = ConflictPanel()
        self._settling = Settling(office, self.moved_notice, self.conflict, self)
        self._area = QScrollArea()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.conflict)
        self._foot = QFrame()
        self._foot.setProperty("role", "foot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 6, 12, 6)
        foot.addWidget(self.save_button)
        foot.addWidget(self.back_button)
        foot.addWidget(self._state, 1)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(self._title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        for notice in (self.draft_notice, self.moved_notice, self.fault_notice):
            column.addWidget(notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
        self.setMinimumWidth(300)

    def _connect(self) -> None:
        self.save_button.clicked.connect(lambda: self.save())
        self.back_button.clicked.connect(self.leave)
        keys.shortcut("save", self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._settling.asking.connect(self._show_question)
        self._settling.back.connect(self._back_to_form)
        self._settling.settled.connect(self._save_rest)
        self._keeper.said.connect(self.said)
        self._keeper.found.connect(self._offer_draft)
        self._office.work.changed.connect(self._moved)
        self._office.shown_changed.connect(self._ledger_shown)

    # Opening.

    def edit(self, table: str, row_id: str) -> None:
        """Open a record."""
        day = self._office.as_of
        self._open(lambda ledger: editing.load(ledger, table, row_id, day))

    def new(self, table: str, preset: Mapping[str, object]) -> None:
        """Begin a record; ``preset`` is filled in."""
        day, given = self._office.as_of, dict(preset)
        self._open(lambda ledger: editing.blank(ledger, table, day, given))

    def begin(self, read: Callable[[Ledger], Loaded], store: Store) -> None:
        """Open what ``read`` gives; it is saved by ``store`` (what :func:`editing.save` takes), in its own way."""
        self._open(read, store)

    def write_in(self, name: str) -> None:
        """Put the cursor into a field of the open form."""
        editor = self.body.editors.get(name) if self.body is not None else None
        if editor is not None:
            editor.target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(editor)

    def _open(self, read: Callable[[Ledger], Loaded], store: Store = editing.save) -> None:
        self._put_away()
        self._store = store
        self._asked += 1
        asked = self._asked

        def job(ledger: Ledger) -> tuple[Loaded, WorkCalendar]:
            return read(ledger), work_calendar(ledger)

        def show(found: tuple[Loaded, WorkCalendar]) -> None:
            if asked == self._asked:
                self._show(*found)

        def failed(error: Exception) -> None:
            if asked == self._asked and isinstance(error, KnownError):
                self.said.emit(error.message)
                self.left.emit()
            elif not isinstance(error, KnownError):
                self._office.work.crashed.emit(error)

        self._office.work.ask(job, show, owner=self, failed=failed)

    def _show(self, loaded: Loaded, calendar: WorkCalendar) -> None:
        form = editing.form(loaded.table)
        around = Surroundings(self._office.as_of, self._offers, calendar)
        body = FormBody(form, self._layouts.get(loaded.table, ()), around)
        body.fill(loaded)
        body.changed.connect(self._typed)
        self._open_form = OpenForm(loaded, body, self._keeper)
        self._settling.watch(self._open_form)
        self._area.setWidget(body)
        self._title.show_text(loaded.title)
        may = self._may_save()
        self._state.show_text("" if may else "台账是只读打开的，不能保存")
        self.save_button.setEnabled(may)
        body.focus_first(empty=not loaded.row_id)
        self._keeper.look(loaded, form.owner)
        self.opened.emit()

    def _put_away(self, *, keep: bool = True) -> None:
        """Whatever is open goes; what was typed stays as a draft, unless it was saved."""
        if keep and self._open_form is not None and self.is_dirty:
            self._open_form.keep(now=True)
            self.said.emit("没保存完的内容已留作草稿，再打开这条记录时可以接着写")
        self._open_form = None
        self._settling.watch(None)
        self._keeper.forget()
        for notice in (self.draft_notice, self.fault_notice):
            notice.hide()
        self._stack.setCurrentWidget(self._area)
        if (old := self._area.takeWidget()) is not None:
            old.deleteLater()

    @property
    def is_dirty(self) -> bool:
        """Whether anything typed is not saved."""
        return self._open_form is not None and self._open_form.body.touched

    @property
    def body(self) -> FormBody | None:
        """The open form's fields."""
        return self._open_form.body if self._open_form is not None else None

    # Leaving.

    def leave(self) -> None:
        """Back to where the form was opened from; what was typed stays as a draft. A save under way is waited for."""
        if self._saving:
            return
        self._asked += 1
        self._put_away()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The window closes, or another page is shown: what was typed is kept at once."""
        super().hideEvent(event)
        if self._open_form is not None and self.is_dirty:
            self._open_form.keep(now=True)

    def _ledger_shown(self) -> None:
        """Another ledger was opened, or this one is shown at another date: bare dates are read in its year."""
        shown = self._office.shown
        if self.body is not None and shown is not None:
            self.body.around.day = shown.as_of
            if not self._keeper.belongs_to(shown.path):
                self.leave()

    # Drafts.

    def _typed(self) -> None:
        self._state.show_text("有改动还没有保存" if self.is_dirty else "")
        if self._open_form is not None:
            self._open_form.keep()

    def _offer_draft(self, words: str) -> None:
        self.draft_notice.tell(words, ("接着写", self._take_draft), ("不要了", self._refuse_draft))

    def _take_draft(self) -> None:
        self.draft_notice.hide()
        if self._open_form is not None:
            self._open_form.take_draft()
            self._open_form.body.focus_first(empty=False)

    def _refuse_draft(self) -> None:
        self.draft_notice.hide()
        self._keeper.refuse()
        if self.body is not None:
            self.body.focus_first(empty=False)

    # Saving.

    def save(self, *, accept: frozenset[str] = frozenset()) -> None:
        """Save what was changed. What cannot be read is said beside its field, all at once."""
        opened = self._open_form
        if opened is None or self._saving or opened.body.composing or not self._may_save():
            return
        edit, faults = opened.edit()
        if faults:
            self._show_faults(faults)
        elif edit is None:
            self._state.show_text("没有改动")
        else:
            self._write(opened, edit, accept)

    def _write(self, opened: OpenForm, edit: Edit, accept: frozenset[str]) -> None:
        actor, box, key, store = self._office.actor, self.focusWidget(), self._keeper.key, self._store
        self._busy(opened, on=True)

        def refused(error: Exception) -> None:
            self._busy(opened, on=False)
            if self._open_form is opened and isValid(box):
                box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._refused(opened, error)

        def done(saved: Saved) -> None:
            self._busy(opened, on=False)
            self._keeper.drop(key)
            if self._open_form is opened:
                self._put_away(keep=False)
            self.saved.emit(saved)

        self._office.work.ask(
            lambda ledger: store(ledger, edit, actor, accept=accept), done, owner=self, failed=refused
        )

    def _busy(self, opened: OpenForm, *, on: bool) -> None:
        """While it is being saved nothing can be typed that would not be."""
        self._saving = on
        self.save_button.setEnabled(not on)
        if isValid(opened.body):
            opened.body.setEnabled(not on)
        if on:
            self._state.show_text("正在保存…")

    def _may_save(self) -> bool:
        shown = self._office.shown
        return shown is not None and not shown.read_only

    def _save_rest(self) -> None:
        """What clashed is settled: save what is left to save."""
        if self.is_dirty:
            self.save()
        else:
            self._keeper.drop()
            self._state.show_text("已改用现在的内容，没有要保存的改动")

    def _refused(self, opened: OpenForm, error: Exception) -> None:
        if self._open_form is not opened:  # left in the meantime: it is a draft, and says why when it is saved again
            if isinstance(error, KnownError):
                self.said.emit(error.message)
            else:
                self._office.work.crashed.emit(error)
            return
        self._state.show_text("还没有保存")
        if isinstance(error, Faulty):
            self._show_faults(error.faults)
        elif isinstance(error, Clashing):
            self._settling.ask(error.clashes, error.theirs)
        else:
            opened.keep(now=True)
            if isinstance(error, KnownError):
                self.fault_notice.tell(error.message)
            else:
                self._office.work.crashed.emit(error)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        if self.body is None:
            return
        first = self.body.complain(tuple(fault for fault in faults if fault.name))
        general = [fault.message for fault in faults if fault.name not in self.body.editors]
        doubts = [fault for fault in faults if not fault.stops]
        if len(doubts) == len(faults):
            accept = frozenset(fault.name for fault in doubts)
            words = "；".join(fault.message for fault in doubts)
            self.fault_notice.tell(f"请看一眼：{words}", ("仍要保存", lambda: self.save(accept=accept)))
        else:
            self.fault_notice.tell("；".join(general) or f"有 {len(faults)} 处要改，改好再保存")
        self._state.show_text("还没有保存")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(_LAID_OUT_MILLISECONDS, first, lambda: self._area.ensureWidgetVisible(first))

    # Somebody else was here.

    def _moved(self, changes: Changes) -> None:
        if not self._saving:
            self._settling.tell(changes)

    def _show_question(self) -> None:
        for part in (self.draft_notice, self.moved_notice, self.fault_notice, self._foot):
            part.hide()
        self._stack.setCurrentWidget(self.conflict)

    def _back_to_form(self) -> None:
        self._foot.show()
        self._stack.setCurrentWidget(self._area)
        if self.body is not None:
            self.body.focus_first(empty=False)
