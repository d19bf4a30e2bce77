"""The form of one record: opened, typed into, saved, left; its draft kept, its conflicts settled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Clashing, Edit, Faulty, Option, Saved
from chain_office.services import editing
from chain_office.services.calendar import work_calendar
from chain_office.ui import keys
from chain_office.ui.kit.form.body import FormBody, Layout
from chain_office.ui.kit.form.conflict import MINE, ORIGINAL, ConflictPanel
from chain_office.ui.kit.form.drafting import DraftKeeper
from chain_office.ui.kit.form.moved import between, both_changed, sentences
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QHideEvent, QKeyEvent

    from chain_office.domain.forms import Clash, Fault, Loaded
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.services.drafts import Drafts
    from chain_office.services.ledgers import Changes, Ledger
    from chain_office.ui.office import Office


class FormPane(QWidget):
    """Opens records of any table that has a form and a layout."""

    saved = Signal(object)
    """A write was committed: the Saved."""
    left = Signal()
    """The person went away from the form, saved or not."""
    said = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, office: Office, layouts: Mapping[str, Layout], drafts: Drafts | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._layouts = layouts
        self._offers = LedgerOffers(office, self)
        self._keeper = DraftKeeper(office, drafts, self)
        self._loaded: Loaded | None = None
        self._body: FormBody | None = None
        self._asked = 0
        self._saving = False
        self._clash: tuple[tuple[Clash, ...], Loaded] | None = None
        self._title = Wrapped("", "title")
        self._state = Wrapped("", "quiet")
        self.draft_notice, self.moved_notice, self.fault_notice = Notice(), Notice(), Notice()
        self.save_button = QPushButton("保存")
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(keys.hint("保存", "save"))
        self.back_button = QPushButton("返回")
        self.back_button.setToolTip(keys.hint("返回列表，没保存的内容留作草稿", "leave_form"))
        self.conflict = ConflictPanel()
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
        self.conflict.decided.connect(self._settle)
        self.conflict.left.connect(self._back_to_form)
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

    def _open(self, read: Callable[[Ledger], Loaded]) -> None:
        self._put_away()
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
        self._loaded, self._body = loaded, body
        self._area.setWidget(body)
        self._title.show_text(loaded.title)
        may = self._may_save()
        self._state.show_text("" if may else "台账是只读打开的，不能保存")
        self.save_button.setEnabled(may)
        body.focus_first(empty=not loaded.row_id)
        self._keeper.look(loaded, form.owner)

    def _put_away(self) -> None:
        """Whatever is open goes; what was typed stays as a draft."""
        if self.is_dirty:
            self._keep_draft(now=True)
            self.said.emit("没保存完的内容已留作草稿，再打开这条记录时可以接着写")
        self._loaded = self._body = self._clash = None
        self._keeper.forget()
        for notice in (self.draft_notice, self.moved_notice, self.fault_notice):
            notice.hide()
        self._stack.setCurrentWidget(self._area)
        if (old := self._area.takeWidget()) is not None:
            old.deleteLater()

    @property
    def is_dirty(self) -> bool:
        """Whether anything typed is not saved."""
        return self._body is not None and self._body.touched

    @property
    def body(self) -> FormBody | None:
        """The open form's fields."""
        return self._body

    # Leaving.

    def leave(self) -> None:
        """Back to where the form was opened from; what was typed stays as a draft."""
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
        if self.is_dirty:
            self._keep_draft(now=True)

    def _ledger_shown(self) -> None:
        """Another ledger was opened, or this one is shown at another date: bare dates are read in its year."""
        shown = self._office.shown
        if self._body is not None and shown is not None:
            self._body.around.day = shown.as_of
            if not self._keeper.belongs_to(shown.path):
                self.leave()

    # Drafts.

    def _typed(self) -> None:
        self._state.show_text("有改动还没有保存" if self.is_dirty else "")
        self._keep_draft()

    def _keep_draft(self, *, now: bool = False) -> None:
        if self._body is not None and self._loaded is not None:
            body = self._body
            self._keeper.keep(lambda: None if body.composing else body.drafts(), now=now)

    def _offer_draft(self, words: str) -> None:
        self.draft_notice.tell(words, ("接着写", self._go_on), ("不要了", self._refuse_draft))

    def _go_on(self) -> None:
        """Take the draft up. What others changed since it was begun is settled when it is saved, as with any form."""
        self.draft_notice.hide()
        if self._body is not None and self._loaded is not None:
            self._read_as(replace(self._loaded, version=self._keeper.version))
            self._body.restore(self._keeper.texts)
            self._body.focus_first(empty=False)

    def _read_as(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._keeper.go_on_from(loaded)

    def _refuse_draft(self) -> None:
        self.draft_notice.hide()
        self._keeper.refuse()
        if self._body is not None:
            self._body.focus_first(empty=False)

    # Saving.

    def save(self, *, accept: frozenset[str] = frozenset()) -> None:
        """Save what was changed. What cannot be read is said beside its field, all at once."""
        body, loaded = self._body, self._loaded
        if body is None or loaded is None or self._saving or body.composing or not self._may_save():
            return
        changes, faults = body.changes()
        if faults:
            self._show_faults(faults)
            return
        if loaded.row_id and not changes:
            self._state.show_text("没有改动")
            return
        if not loaded.row_id:
            changes = {name: value for name, value in loaded.values.items() if value is not None} | changes
        edit, actor = Edit(loaded.table, loaded.row_id, loaded.version, changes), self._office.actor
        self._saving = True
        self.save_button.setEnabled(False)
        self._state.show_text("正在保存…")
        self._office.work.ask(
            lambda ledger: editing.save(ledger, edit, actor, accept=accept),
            self._done,
            owner=self,
            failed=self._refused,
        )

    def _may_save(self) -> bool:
        shown = self._office.shown
        return shown is not None and not shown.read_only

    def _done(self, saved: Saved) -> None:
        self._saving = False
        self._keeper.drop()
        self._body_is_saved()
        self.saved.emit(saved)

    def _body_is_saved(self) -> None:
        body, self._body = self._body, None
        self._put_away()
        if body is not None:
            body.deleteLater()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self.save_button.setEnabled(True)
        self._state.show_text("还没有保存")
        if isinstance(error, Faulty):
            self._show_faults(error.faults)
        elif isinstance(error, Clashing):
            self._ask_clash(error.clashes, error.theirs)
        elif isinstance(error, KnownError):
            self._keep_draft(now=True)
            self.fault_notice.tell(error.message)
        else:
            self._keep_draft(now=True)
            self._office.work.crashed.emit(error)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        if self._body is None:
            return
        first = self._body.complain(tuple(fault for fault in faults if fault.name))
        general = [fault.message for fault in faults if fault.name not in self._body.editors]
        doubts = [fault for fault in faults if not fault.stops]
        if len(doubts) == len(faults):
            accept = frozenset(fault.name for fault in doubts)
            words = "；".join(fault.message for fault in doubts)
            self.fault_notice.tell(f"请看一眼：{words}", ("仍要保存", lambda: self.save(accept=accept)))
        elif general:
            self.fault_notice.tell("；".join(general))
        else:
            self.fault_notice.tell(
                f"有 {len(faults)} 处要改，改好再保存" if len(faults) > 1 else "有 1 处要改，改好再保存"
            )
        self._state.show_text("还没有保存")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, first, lambda: self._area.ensureWidgetVisible(first))  # once its line has its room

    # Somebody else was here.

    def _moved(self, changes: Changes) -> None:
        loaded = self._loaded
        if loaded is None or self._saving or loaded.row_id not in changes.rows.get(loaded.table, ()):
            return
        words = f"这条记录刚被 {changes.actor} 改过（{changes.reason}）"
        self.moved_notice.tell(words, ("看看改了什么", self._look), ("知道了", self.moved_notice.hide))

    def _look(self) -> None:
        loaded, day = self._loaded, self._office.as_of
        if loaded is None:
            return
        table, row_id = loaded.table, loaded.row_id
        self._office.work.ask(
            lambda ledger: editing.load(ledger, table, row_id, day), self._tell_moved, owner=self, failed=self._gone
        )

    def _gone(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.moved_notice.tell(error.message)
        else:
            self._office.work.crashed.emit(error)

    def _tell_moved(self, theirs: Loaded) -> None:
        if self._loaded is None or self._body is None or theirs.row_id != self._loaded.row_id:
            return
        changed = between(self._body.form, self._loaded, theirs)
        if not changed:
            self.moved_notice.tell("表里的内容没有变", ("知道了", lambda: self._take_theirs(theirs)))
            return
        self.moved_notice.tell(sentences(changed), ("按现在的内容接着改", lambda: self._take_theirs(theirs)))

    def _take_theirs(self, theirs: Loaded) -> None:
        """Go on from the record as it stands now; a field both changed is asked about."""
        self.moved_notice.hide()
        if self._body is None or self._loaded is None:
            return
        clashes = both_changed(self._body, self._loaded, theirs)
        if clashes:
            self._ask_clash(clashes, theirs)
        else:
            self._body.rebase(theirs)
            self._read_as(theirs)

    def _ask_clash(self, clashes: tuple[Clash, ...], theirs: Loaded) -> None:
        if not clashes:  # other fields than mine: nothing to choose
            self._take_theirs(theirs)
            self.save()
            return
        self._clash = (clashes, theirs)
        self.conflict.ask(clashes, "这些地方你和别人都改过，你的修改还没有保存。每处用哪一个？")
        for notice in (self.draft_notice, self.moved_notice, self.fault_notice, self._foot):
            notice.hide()
        self._stack.setCurrentWidget(self.conflict)

    def _back_to_form(self) -> None:
        self._foot.show()
        self._stack.setCurrentWidget(self._area)
        if self._body is not None:
            self._body.focus_first(empty=False)

    def _settle(self, picks: Mapping[str, str]) -> None:
        """Save over theirs, with what was chosen."""
        if self._clash is None or self._body is None:
            return
        (clashes, theirs), self._clash = self._clash, None
        self._back_to_form()
        self._body.rebase(theirs)
        self._read_as(theirs)
        for clash in clashes:
            editor = self._body.editors[clash.name]
            pick = picks[clash.name]
            if pick == MINE:
                continue
            editor.set_value(theirs.values.get(clash.name), theirs.links.get(clash.name))
            if pick == ORIGINAL:
                editor.put_value(clash.original, _option(clash.original, clash.original_text))
        if self._body.touched:
            self.save()
        else:
            self._keeper.drop()
            self._state.show_text("已改用现在的内容，没有要保存的改动")


def _option(value: object, text: str) -> Option | None:
    return Option(value, text) if isinstance(value, str) else None
