"""The search box: looks as one types, never while an input method is composing, and one question at a time.

What is typed while an answer is awaited is asked when that answer is there, so a slow ledger is asked less often and an
answer to what is no longer in the box is never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from chain_office.domain.errors import KnownError
from chain_office.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

    from chain_office.queries.search import Answer
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.search_results import Results

_STEPS = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
_ENTER = {int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}
LONGEST = 100


def look_up(ledger: Ledger, text: str) -> Answer:
    """Search; loaded on the database thread, for the window shows before anything is looked for."""
    from chain_office.queries import search

    return search.look_up(ledger, text)


def warm_up(ledger: Ledger) -> None:
    """Load what a search needs and read the names."""
    from chain_office.queries import search

    search.warm_up(ledger)


class SearchBox(QLineEdit):
    """Ctrl+F or Ctrl+K goes into it, Esc out of it, back to where one was."""

    wanted = Signal(str, str)
    """A page and a record or selection on it."""
    shown = Signal()
    """An answer is on the screen."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self._results: Results | None = None
        self._composing = False
        self._asked: str | None = None
        self._before: QWidget | None = None
        self._warm = False
        self.setPlaceholderText("搜索名称、拼音首字母、编号、电话或任何文字（Ctrl+F）")
        self.setAccessibleName("搜索")
        self.setAccessibleDescription("找企业、问题、走访、项目等任何记录；上下键选择，回车打开，Esc 返回")
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(340)
        self.addAction(icon("search", office.palette.quiet), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(lambda _text: self._look())
        office.shown_changed.connect(self._forget)

    def enter(self) -> None:
        """Put the cursor into the box, remembering where it was."""
        before = QApplication.focusWidget()
        if before is not self:
            self._before = before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def leave(self) -> None:
        """Close the results and go back to where one was."""
        self._hide()
        before, self._before = self._before, None
        if before is not None and _is_there(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    @property
    def results(self) -> Results:
        """The list under the box, made when it is first needed."""
        if self._results is None:
            from chain_office.ui.search_results import Results  # not before something is looked for

            self._results = Results(self.office.palette, self.window())
            self._results.chosen.connect(self._open)
        return self._results

    # Asking.

    def _look(self) -> None:
        text = self.text().strip()
        if self._composing or self._asked is not None:
            return
        if not text or self.office.shown is None:
            self._hide()
            return
        self._asked = text
        self.office.work.ask(lambda ledger: look_up(ledger, text), self._take, owner=self, failed=self._failed)

    def _take(self, answer: Answer) -> None:
        self._asked = None
        if answer.text != self.text().strip():
            self._look()
        elif self.hasFocus() and not self._composing:
            self.results.show_answer(answer, self)
            self.shown.emit()

    def _failed(self, error: Exception) -> None:
        self._asked = None
        self._hide()
        if isinstance(error, KnownError):
            self.office.work.refused.emit(error.message)
        else:
            self.office.work.crashed.emit(error)

    def _forget(self) -> None:
        self._warm = False
        self._hide()

    def _hide(self) -> None:
        if self._results is not None:
            self._results.hide()

    def _open(self, page: str, reference: str) -> None:
        self._before = None
        self.selectAll()
        self.wanted.emit(page, reference)

    # Keys, focus, input method.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """↑ ↓ walk the hits, Enter opens one, Esc leaves."""
        listed = self._results is not None and self._results.isVisible()
        if event.key() == int(Qt.Key.Key_Escape):
            self.leave()
        elif listed and event.key() in _STEPS:
            self.results.step(_STEPS[event.key()])
        elif listed and event.key() in _ENTER:
            self.results.choose_current()
        elif event.key() in {*_ENTER, int(Qt.Key.Key_Down)}:
            self._look()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While an input method composes, no shortcut takes its keys."""
        if self._composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Note whether the input method is composing; look when it has done."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._hide()
        elif not event.commitString() and self.text().strip():
            self._look()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Read the names ahead, so that the first letter is answered at once."""
        super().focusInEvent(event)
        if not self._warm and self.office.shown is not None:
            self._warm = True
            self.office.work.ask(warm_up, lambda _: None, owner=self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving the box closes the list."""
        super().focusOutEvent(event)
        self._composing = False
        self._hide()


def _is_there(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible() and widget.isEnabled()
