"""The form of a step, for one problem or several: opened with what stands now, typed into, saved, left. What others did
meanwhile is said, and nothing typed is lost by it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty, Loaded
from chain_office.domain.steps import Overtaken, StepEdit
from chain_office.services import steps
from chain_office.services.steps.correcting import correct
from chain_office.services.steps.offering import usual_due
from chain_office.ui import keys
from chain_office.ui.kit.form.drafting import DraftKeeper
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.steps.body import StepBody
from chain_office.ui.kit.steps.frame import StepFrame
from chain_office.ui.kit.steps.opening import StepOffers, open_correction, open_step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QHideEvent, QKeyEvent

    from chain_office.domain.forms import Fault, Saved
    from chain_office.services.drafts import Drafts
    from chain_office.services.ledgers import Changes, Ledger
    from chain_office.ui.kit.steps.opening import Opened
    from chain_office.ui.office import Office

_LAID_OUT_MILLISECONDS = 40
"""By then what was said under a field has its room."""
_FROM_DEADLINE = frozenset({"extend", "ask_extension"})
"""Steps whose days are counted from the deadline there is."""
_NAMED = 3


class StepPane(StepFrame):
    """Opens one step after another."""

    saved = Signal(object)
    """The step was taken: the Saved."""
    left = Signal()
    """The person went away from the form, saved or not."""
    said = Signal(str)
    """A sentence for the status line."""

    def __init__(self, office: Office, drafts: Drafts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._words = LedgerOffers(office, self)
        self._keeper = DraftKeeper(office, drafts, self)
        self._opened: Opened | None = None
        self.body: StepBody | None = None
        """The fields of the open step."""
        self._asked = 0
        self._saving = False
        self._doubted: frozenset[str] = frozenset()
        self._connect()

    def _connect(self) -> None:
        self.save_button.clicked.connect(lambda: self.save())
        self.back_button.clicked.connect(self.leave)
        keys.shortcut("save", self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._keeper.said.connect(self.said)
        self._keeper.found.connect(self._offer_draft)
        self._office.work.changed.connect(self._moved)
        self._office.shown_changed.connect(self._ledger_shown)

    # Opening.

    def open(self, verb: str, ids: Sequence[str], texts: Mapping[str, str] | None = None) -> None:
        """Open a step on these problems; ``texts``: what was typed into it before."""
        day, actor, wanted = self._office.as_of, self._office.actor, tuple(ids)
        self._open(lambda ledger: open_step(ledger, verb, wanted, day, actor), texts or {})

    def correct(self, event: str) -> None:
        """Open the texts of a step that was taken."""
        day = self._office.as_of
        self._open(lambda ledger: open_correction(ledger, event, day), {})

    def _open(self, read: Callable[[Ledger], Opened], texts: Mapping[str, str]) -> None:
        self._put_away()
        self._asked += 1
        asked = self._asked

        def show(found: Opened) -> None:
            if asked == self._asked:
                self._show(found, texts)

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                self._office.work.crashed.emit(error)
            elif asked == self._asked:
                self._office.work.refused.emit(error.message)
                self.left.emit()

        self._office.work.ask(read, show, owner=self, failed=failed)

    def _show(self, opened: Opened, texts: Mapping[str, str]) -> None:
        form, problems = opened.form, opened.problems
        around = Surroundings(self._office.as_of, StepOffers(opened.offered, self._words), opened.calendar)
        limit = problems[0].deadline if form.verb.id in _FROM_DEADLINE and len(problems) == 1 else None
        body = StepBody(form, around, limit)
        body.changed.connect(self._typed)
        if "day" in body.editors:
            body.editors["day"].changed.connect(self._day_moved)
        self._opened, self.body = opened, body
        self.column.insertWidget(1, body, 1)
        body.show()  # a layout would show it later, and what is not shown yet takes no focus
        QWidget.setTabOrder(list(body.editors.values())[-1].target, self.save_button)
        QWidget.setTabOrder(self.save_button, self.back_button)
        self.title.show_text(f"修改“{form.verb.label}”的文字" if opened.event else form.verb.label)
        self.what.show_text(_what(opened))
        self.standing.tell(problems, opened.now, form.notes)
        may = self._may_save()
        self.state.show_text("" if may else "台账是只读打开的，不能保存")
        self.save_button.setEnabled(may)
        self._keeper.look(_draft_of(opened), "")
        body.restore(texts)
        body.focus_first(empty=True)

    def _put_away(self, *, keep: bool = True) -> None:
        """Whatever is open goes; what was typed stays as a draft, unless it was saved."""
        if keep and self.is_dirty:
            self._keep(now=True)
            self.said.emit("没保存完的内容已留作草稿，再办这一步时可以接着写")
        self._keeper.forget()
        for notice in (self.draft_notice, self.moved_notice, self.fault_notice):
            notice.hide()
        if self.body is not None:
            self.column.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self._opened = self.body = None
        self._doubted = frozenset()

    @property
    def is_dirty(self) -> bool:
        """Whether anything typed is not saved."""
        return self.body is not None and self.body.touched

    @property
    def ids(self) -> tuple[str, ...]:
        """The problems the open step is for."""
        return self._opened.ids if self._opened is not None else ()

    # Leaving.

    def leave(self) -> None:
        """Back to the list; what was typed stays as a draft. A save under way is waited for."""
        if not self._saving:
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
            self._keep(now=True)

    def _ledger_shown(self) -> None:
        """Another ledger was opened: what is open here is not of it."""
        shown = self._office.shown
        if self.body is not None and shown is not None and not self._keeper.belongs_to(shown.path):
            self.leave()

    # Drafts, and what follows from what is typed.

    def _keep(self, *, now: bool = False) -> None:
        body = self.body
        if body is not None:
            self._keeper.keep(lambda: None if body.composing else body.drafts(), now=now)

    def _typed(self) -> None:
        self._doubted = frozenset()
        self.state.show_text("有改动还没有保存" if self.is_dirty else "")
        self._keep()
        QTimer.singleShot(_LAID_OUT_MILLISECONDS, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """What is typed into may have moved down under what was chosen above it."""
        box = QApplication.focusWidget()
        if box is not None and self.inside.isAncestorOf(box):
            self.area.ensureWidgetVisible(box)

    def _offer_draft(self, words: str) -> None:
        self.draft_notice.tell(words, ("接着写", self._take_draft), ("不要了", self._refuse_draft))

    def _take_draft(self) -> None:
        self.draft_notice.hide()
        if self.body is not None:
            self.body.restore(self._keeper.texts)
            self.body.focus_first(empty=True)

    def _refuse_draft(self) -> None:
        self.draft_notice.hide()
        self._keeper.refuse()
        if self.body is not None:
            self.body.focus_first(empty=True)

    def _day_moved(self) -> None:
        """Another day of the step: the usual deadline is counted from it, while nobody has typed one."""
        body, opened = self.body, self._opened
        if body is None or opened is None or not body.deadline_follows or (day := body.day) is None:
            return
        verb = opened.form.verb.id

        def follow(due: date | None) -> None:
            if self.body is body and body.deadline_follows and body.day == day:
                body.editors["due_day"].set_value(due)

        self._office.work.ask(lambda ledger: usual_due(ledger, day, verb)[0], follow, owner=self)

    # Saving.

    def save(self, *, accept: frozenset[str] = frozenset()) -> None:
        """Take the step. What cannot be read is said beside its field, all at once; what is only doubtful is saved when
        asked again."""
        accept = accept or self._doubted
        opened, body = self._opened, self.body
        if opened is None or body is None or self._saving or body.composing or not self._may_save():
            return
        values, faults = body.whole()
        if faults:
            self._show_faults(faults)
            return
        actor, event = self._office.actor, opened.event
        edit = StepEdit(opened.form.verb.id, opened.form.seen, values)
        if event:
            self._write(body, lambda ledger: correct(ledger, event, values, actor, accept=accept))
        else:
            self._write(body, lambda ledger: steps.take(ledger, edit, actor, accept=accept))

    def _write(self, body: StepBody, act: Callable[[Ledger], Saved]) -> None:
        box, key = self.focusWidget(), self._keeper.key
        self._busy(body, on=True)

        def refused(error: Exception) -> None:
            self._busy(body, on=False)
            if self.body is body and isValid(box):
                box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._refused(body, error)

        def done(saved: Saved) -> None:
            self._busy(body, on=False)
            self._keeper.drop(key)
            if self.body is body:
                self._put_away(keep=False)
            self.saved.emit(saved)

        self._office.work.ask(act, done, owner=self, failed=refused)

    def _busy(self, body: StepBody, *, on: bool) -> None:
        """While it is being saved nothing can be typed that would not be."""
        self._saving = on
        self.save_button.setEnabled(not on)
        if isValid(body):
            body.setEnabled(not on)
        if on:
            self.state.show_text("正在保存…")

    def _may_save(self) -> bool:
        shown = self._office.shown
        return shown is not None and not shown.read_only

    def _refused(self, body: StepBody, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._keep(now=True)
            self._office.work.crashed.emit(error)
        elif self.body is not body:  # left in the meantime: it is a draft
            self.said.emit(error.message)
        elif isinstance(error, Faulty):
            self._show_faults(error.faults)
        elif isinstance(error, Overtaken):
            self._overtaken(error)
        else:
            self._keep(now=True)
            self.state.show_text("还没有保存")
            self.fault_notice.tell(error.message)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        if self.body is None:
            return
        first = self.body.complain(tuple(fault for fault in faults if fault.name))
        doubts = [fault for fault in faults if not fault.stops]
        if len(doubts) == len(faults):
            accept = frozenset(fault.name for fault in doubts)
            words = "；".join(fault.message for fault in doubts)
            self._doubted = accept
            again = keys.hint("看过了就再按一次保存", "save")
            self.fault_notice.tell(f"请看一眼：{words}。{again}", ("仍要保存", lambda: self.save(accept=accept)))
        else:
            general = [fault.message for fault in faults if fault.name not in self.body.editors]
            self.fault_notice.tell("；".join(general) or f"有 {len(faults)} 处要改，改好再保存")
        self.state.show_text("还没有保存")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(_LAID_OUT_MILLISECONDS, first, lambda: self.area.ensureWidgetVisible(first))

    # Somebody else was here.

    def _overtaken(self, error: Overtaken) -> None:
        """What was done since; the step is opened again on it with what was typed, or given up."""
        self.state.show_text("还没有保存")
        self.moved_notice.tell(error.message, ("仍然办理", self._go_on), ("放弃", self.leave))
        self.moved_notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """The same step on the problems as they stand now. Where it may not be taken any more it says why, and what was
        typed stays as a draft."""
        opened, body = self._opened, self.body
        if opened is not None and body is not None and opened.event:
            self.leave()
        elif opened is not None and body is not None:
            self.open(opened.form.verb.id, opened.ids, body.drafts())

    def _moved(self, changes: Changes) -> None:
        """A write was committed: did the problems go on?"""
        opened = self._opened
        if opened is None or self._saving or not {"problem", "problem_event"} & set(changes.rows):
            return
        seen, ids = opened.form.seen, opened.ids

        def look(ledger: Ledger) -> bool:
            return dict(steps.seen(ledger, ids)) != dict(seen)

        def tell(moved: bool) -> None:
            if moved and self._opened is opened and not self._saving:
                words = f"{changes.actor} 刚办了：{changes.reason}。下面要办的还没有保存。"
                self.moved_notice.tell(words, ("按现在的情况接着办", self._go_on), ("放弃", self.leave))

        self._office.work.ask(look, tell, owner=self)


def _what(opened: Opened) -> str:
    """Which problems: number, firm and text of one; the first numbers of several."""
    problems = opened.problems
    if len(problems) == 1:
        one = problems[0]
        return "　".join(part for part in (one.number, one.enterprise, " ".join(one.text.split())) if part)
    named = "、".join(one.number for one in problems[:_NAMED])
    return f"{named}{'等 ' if len(problems) > _NAMED else '，共 '}{len(problems)} 个问题"


def _draft_of(opened: Opened) -> Loaded:
    """What a draft of the step is kept under."""
    ids = "+".join(opened.ids)
    key = ids if len(opened.ids) == 1 else hashlib.sha256(ids.encode()).hexdigest()[:32]
    verb = opened.form.verb
    return Loaded(f"step.{opened.event or verb.id}", key, max(opened.form.seen.values()), verb.label, {})
