"""Somebody else saved the record a form is open on: said in a bar, shown when asked, and where both changed a field,
decided field by field. The form is never read again under the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Option
from chain_office.services import editing
from chain_office.ui.kit.form.conflict import MINE, ORIGINAL
from chain_office.ui.kit.form.moved import between, both_changed, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.forms import Clash, Loaded
    from chain_office.services.ledgers import Changes
    from chain_office.ui.kit.form.conflict import ConflictPanel
    from chain_office.ui.kit.form.notice import Notice
    from chain_office.ui.kit.form.open_form import OpenForm
    from chain_office.ui.office import Office

_QUESTION = "这些地方你和别人都改过，你的修改还没有保存。每处用哪一个？"


class Settling(QObject):
    """Works on one open form after another."""

    asking = Signal()
    """The panel has a question: it is to be shown in the form's place."""
    back = Signal()
    """The form is to be shown again."""
    settled = Signal()
    """The form stands on the record as it is now: save what is left of it."""

    def __init__(self, office: Office, notice: Notice, panel: ConflictPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._notice = notice
        self._panel = panel
        self._open: OpenForm | None = None
        self._question: tuple[tuple[Clash, ...], Loaded] | None = None
        panel.decided.connect(self._decide)
        panel.left.connect(self.back)

    def watch(self, opened: OpenForm | None) -> None:
        """From now on this form is the open one."""
        self._open, self._question = opened, None
        self._notice.hide()

    def tell(self, changes: Changes) -> None:
        """A write was committed: is it the open record's?"""
        if self._open is None or self._open.loaded.row_id not in changes.rows.get(self._open.loaded.table, ()):
            return
        words = f"这条记录刚被 {changes.actor} 改过（{changes.reason}）"
        self._notice.tell(words, ("看看改了什么", self.look), ("知道了", self._notice.hide))

    def look(self) -> None:
        """Show what is different now."""
        if self._open is not None:
            table, row_id, day = self._open.loaded.table, self._open.loaded.row_id, self._office.as_of
            self._office.work.ask(
                lambda ledger: editing.load(ledger, table, row_id, day), self._show, owner=self, failed=self._gone
            )

    def _gone(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._notice.tell(error.message)
        else:
            self._office.work.crashed.emit(error)

    def _show(self, theirs: Loaded) -> None:
        if self._open is None or theirs.row_id != self._open.loaded.row_id:
            return
        changed = between(self._open.body.form, self._open.loaded, theirs)
        if changed:
            self._notice.tell(sentences(changed), ("按现在的内容接着改", lambda: self._take(theirs)))
        else:
            self._notice.tell("表里的内容没有变", ("知道了", lambda: self._take(theirs)))

    def _take(self, theirs: Loaded) -> None:
        """Go on from the record as it stands now; a field both changed is asked about."""
        self._notice.hide()
        if self._open is None:
            return
        clashes = both_changed(self._open.body, self._open.loaded, theirs)
        if clashes:
            self.ask(clashes, theirs)
        else:
            self._open.rebase(theirs)

    def ask(self, clashes: tuple[Clash, ...], theirs: Loaded) -> None:
        """The save was refused: fields both changed are decided; where there are none, nothing is in the way."""
        if self._open is None:
            return
        if not clashes:
            self._open.rebase(theirs)
            self.settled.emit()
            return
        self._question = (clashes, theirs)
        self._panel.ask(clashes, _QUESTION)
        self.asking.emit()

    def _decide(self, picks: Mapping[str, str]) -> None:
        if self._question is None or self._open is None:
            return
        (clashes, theirs), self._question = self._question, None
        self.back.emit()
        self._open.rebase(theirs)
        for clash in clashes:
            editor, pick = self._open.body.editors[clash.name], picks[clash.name]
            if pick == MINE:
                continue
            editor.set_value(theirs.values.get(clash.name), theirs.links.get(clash.name))
            if pick == ORIGINAL:
                chosen = Option(clash.original, clash.original_text) if isinstance(clash.original, str) else None
                editor.put_value(clash.original, chosen)
        self.settled.emit()
