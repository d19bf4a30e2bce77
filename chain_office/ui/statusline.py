"""Below the page: saved state and 撤销, what is being done (with a bar and 取消), the last backup, who holds the file, and
the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from chain_office import clock
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.elided import Elided
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.ledgers import Changes
    from chain_office.ui.office import Office
    from chain_office.ui.undoing import Undoing

_SLOW_MILLISECONDS = 150
"""A write that is over sooner is not announced."""
_SAID = 300
_FILE = 240
_WHAT = 280
"""Pixels that each asks for at most."""


class StatusLine(QFrame):
    """One line; a bar appears while something long is going on."""

    def __init__(self, office: Office, undoing: Undoing) -> None:
        super().__init__()
        self._office = office
        self._undoing = undoing
        self.setProperty("role", "foot")
        self.setMinimumHeight(30)
        self.saved = label("没有打开台账", "quiet")
        self.said = Elided("quiet", widest=_SAID, mode=Qt.TextElideMode.ElideRight)
        self.undo_button = self._button("undo-2", "撤销", "undo", undoing.undo)
        self.redo_button = self._button("redo-2", "重做", "redo", undoing.redo)
        self._what = Elided("quiet", widest=_WHAT)
        self._bar = QProgressBar()
        self._bar.setFixedSize(160, 16)
        self.cancel = QPushButton("取消")
        self.cancel.setProperty("role", "small")
        self.cancel.clicked.connect(office.work.cancel)
        self.backup = label("", "quiet")
        self.holder = label("", "quiet")
        self.file = Elided("quiet", widest=_FILE)
        self._lay_out()
        self._busy(shown=False)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MILLISECONDS)
        self._slow.timeout.connect(lambda: self._state("正在保存…"))
        self._kept = False
        self._connect()
        self._show_undo()

    def _button(self, sign: str, word: str, key: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(icon(sign, self._office.palette.accent), word)
        button.setProperty("role", "small")
        button.setToolTip(keys.hint(word, key))
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(8)
        left: tuple[QWidget, ...] = (self.saved, self.said, self.undo_button, self.redo_button)
        right: tuple[QWidget, ...] = (self._what, self._bar, self.cancel, self.backup, self.holder, self.file)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)

    def _connect(self) -> None:
        work = self._office.work
        work.began.connect(self._began)
        work.progressed.connect(self._progressed)
        work.ended.connect(lambda: self._busy(shown=False))
        work.writing.connect(self._writing)
        work.changed.connect(self._changed)
        work.closed.connect(self._closed)
        self._office.wrote.connect(lambda saved: self.say(saved.said))
        self._office.said.connect(self.say)
        self._office.shown_changed.connect(self._show)
        self._undoing.moved.connect(self._show_undo)
        self._undoing.done.connect(self.say)

    # What was saved.

    def say(self, sentence: str) -> None:
        """What the person's own last write did."""
        self.said.setText(sentence)
        self.said.setToolTip(sentence)
        self.said.setVisible(bool(sentence))

    def _state(self, text: str, light: str = "", tip: str = "") -> None:
        self.saved.setText(text)
        self.saved.setToolTip(tip)
        show_light(self.saved, light)

    def _writing(self, begun: bool) -> None:
        if begun:
            self._kept = False
            self._slow.start()
            return
        self._slow.stop()
        if not self._kept:
            self._state("刚才没有保存", "amber", "这一次写入没有完成，台账没有改动")

    def _changed(self, changes: Changes) -> None:
        self._kept = True
        self._slow.stop()
        own = changes.actor == self._office.actor
        if not own:
            self.say("")
        self._state(f"已保存 {clock.now():%H:%M}", "", f"{changes.actor}：{changes.reason}")

    def _show_undo(self) -> None:
        last, undone = self._undoing.last, self._undoing.last_undone
        self.undo_button.setVisible(last is not None)
        self.undo_button.setToolTip(keys.hint(f"撤销“{last.said}”" if last else "撤销", "undo"))
        self.redo_button.setVisible(undone is not None)
        self.redo_button.setToolTip(keys.hint("重做", "redo"))

    # What is being done.

    def _busy(self, *, shown: bool) -> None:
        for widget in (self._what, self._bar, self.cancel):
            widget.setVisible(shown)

    def _began(self, name: str) -> None:
        self._what.setText(name)
        self._bar.setRange(0, 0)
        self._busy(shown=True)

    def _progressed(self, done: int, total: int, what: str) -> None:
        self._what.setText(what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    # Which ledger.

    def show_backup(self, text: str, tip: str = "", light: str = "") -> None:
        """When the last backup was made: "备份 10:30"."""
        self.backup.setText(text)
        self.backup.setToolTip(tip)
        show_light(self.backup, light)

    def show_holder(self, text: str, tip: str = "", light: str = "") -> None:
        """Who holds the file."""
        self.holder.setText(text)
        self.holder.setToolTip(tip)
        show_light(self.holder, light)

    def _show(self) -> None:
        shown = self._office.shown
        if shown is None:
            return
        if shown.read_only:
            self._state("只读，不能修改", "amber")
        elif not self.saved.text().startswith("已保存"):
            self._state("打开后没有改动")
        folder = f"{shown.path.name}  {shown.path.parent}"
        self.file.setText(folder)
        self.file.setToolTip(f"台账：{shown.path.name}\n文件夹：{shown.path.parent}")

    def _closed(self) -> None:
        self._state("没有打开台账")
        self.say("")
        for widget in (self.backup, self.holder, self.file):
            widget.setText("")
            widget.setToolTip("")
