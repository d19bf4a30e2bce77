"""转为问题: a visit's note taken apart beside the list; each problem is ticked, worded and given a category, and all of
them are registered in one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chain_office.services.screening import from_notes
from chain_office.ui import keys
from chain_office.ui.kit.form.composing import Paragraph
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from chain_office.domain.category_words import Kind
    from chain_office.domain.forms import Saved
    from chain_office.services.screening.from_notes import Proposal, Proposed
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.office import Office

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ProposedCard(QFrame):
    """One proposal."""

    changed = Signal()

    def __init__(self, place: int, kinds: tuple[Kind, ...]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.tick = QCheckBox(f"第 {place} 条")
        self.tick.setChecked(True)
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        self.text = Paragraph()
        self.text.setAccessibleName(f"第 {place} 条的问题")
        self.text.settled.connect(self.changed)
        self.kind = QComboBox()
        self.kind.setAccessibleName(f"第 {place} 条的类别")
        self.kind.addItem("未分类", "")
        for one in kinds:
            self.kind.addItem(one.label, one.id)
        self.says = Wrapped("", "quiet")
        head = QHBoxLayout()
        head.addWidget(self.tick)
        head.addStretch(1)
        head.addWidget(label("类别", "quiet"))
        head.addWidget(self.kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.says)
        self.says.hide()

    def show_proposed(self, one: Proposed) -> None:
        """Show what was proposed; what the firm has said already is not ticked."""
        self.text.setPlainText(one.text)
        self.kind.setCurrentIndex(max(0, self.kind.findData(one.category.id if one.category else "")))
        told = []
        if one.same:
            told.append(f"台账里已有{'相同' if one.certain else '相似'}的问题：{one.same}")
            self.tick.setChecked(not one.certain)
        if one.category is not None:
            told.append(f"类别按用词“{'”“'.join(one.category.words[:3])}”定，可改")
        if one.mark:
            told.append(one.mark)
        self.says.show_text("；".join(told))
        self.says.setVisible(bool(told))
        show_light(self.says, "amber" if one.same or one.mark else "")

    @property
    def wanted(self) -> from_notes.Wanted | None:
        """The problem as it was confirmed; None if it is not ticked."""
        if not self.tick.isChecked():
            return None
        return from_notes.Wanted(self.text.toPlainText().strip(), self.kind.currentData() or None)


class NotePane(QWidget):
    """Beside the list of visits."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.proposal: Proposal | None = None
        self.cards: list[ProposedCard] = []
        self._writing = False
        self.title = Wrapped("转为问题", "title")
        self.what = Wrapped("", "quiet")
        self.wrong = Wrapped("", "wrong")
        self.register = QPushButton("转为问题")
        self.register.setProperty("role", "primary")
        self.register.clicked.connect(self.save)
        self.more = QPushButton("加一条")
        self.more.clicked.connect(lambda: self._add(None))
        self.back = QPushButton("返回（Esc）")
        self.back.clicked.connect(self.left)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        for button in (self.register, self.more, self.back):
            foot.addWidget(button)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(6)
        for widget in (self.title, self.what, self.wrong):
            whole.addWidget(widget)
        whole.addWidget(area, 1)
        whole.addLayout(foot)
        self.wrong.hide()
        self.setMinimumWidth(300)
        keys.shortcut("save", self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_proposal(self, found: Proposal) -> None:
        """Show what a note names."""
        self.proposal = found
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        day = found.day.isoformat() if found.day else "没有日期"
        self.title.show_text(f"转为问题　{found.title}")
        number = f"从记录里分出 {len(found.problems)} 条" if found.problems else "没有分出问题，请自己写"
        self.what.show_text(f"{found.enterprise}　{day} 走访。{number}；勾选、改好文字再登记，登记后为待筛选。")
        self._complain("")
        for one in found.problems:
            self._add(one)
        if not found.problems:
            self._add(None)
        self._count()
        self.cards[0].tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, one: Proposed | None) -> None:
        if self.proposal is None:
            return
        card = ProposedCard(len(self.cards) + 1, self.proposal.kinds)
        if one is not None:
            card.show_proposed(one)
        card.changed.connect(self._count)
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)
        for widget in (card.tick, card.text, card.kind):
            widget.installEventFilter(self)
        if one is None:
            card.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self._count()

    def _count(self) -> None:
        number = sum(card.wanted is not None for card in self.cards)
        self.register.setText(f"转为 {number} 个问题（Ctrl+回车）")
        self.register.setEnabled(bool(number) and not self._writing)

    def _complain(self, sentence: str) -> None:
        self.wrong.show_text(sentence)
        self.wrong.setVisible(bool(sentence))

    def save(self) -> None:
        """Register what is ticked."""
        found = self.proposal
        if found is None or self._writing or any(card.text.composing for card in self.cards):
            return
        wanted = [one for card in self.cards if (one := card.wanted) is not None]
        actor = self._office.actor
        self._writing = True

        def done(saved: Saved) -> None:
            self._writing = False
            self.saved.emit(saved)

        def failed(error: Exception) -> None:
            self._writing = False
            self._count()
            message = getattr(error, "message", "")
            self._complain(message) if message else self._office.work.explain(error)

        self._office.work.ask(
            lambda ledger: from_notes.create(ledger, found.visit_id, wanted, actor), done, owner=self, failed=failed
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Ctrl+Enter registers from any of the boxes; a composition keeps its keys."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER
        held = isinstance(event, QKeyEvent) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if pressed and held and not getattr(watched, "composing", False):
            self.save()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteProblems(QObject):
    """Mounted on the desk of visits once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.pane: NotePane | None = None
        shortcut = keys.key("to_problems").keys[0]
        self.action: QAction = desk.bar.add(
            "转为问题", "message-square-reply", self.begin, shortcut=shortcut, needs=1, most=1
        )
        desk.addAction(self.action)
        desk.office.shown_changed.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        shown = self._desk.office.shown
        self.action.setVisible(shown is not None and not shown.read_only)

    def begin(self) -> None:
        """Take the note of the visit the cursor is on apart: what is selected in it, or all of it."""
        visit = self._desk.current_id
        if not visit:
            return
        selected = self._desk.detail.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        self._desk.office.work.ask(lambda ledger: from_notes.propose(ledger, visit, selected), self._show, owner=self)

    def _show(self, found: Proposal) -> None:
        if self.pane is None:
            self.pane = NotePane(self._desk.office)
            self.pane.saved.connect(self._saved)
            self.pane.left.connect(self._leave)
            self._desk.side.addWidget(self.pane)
        self._desk.side.setCurrentWidget(self.pane)
        self.pane.show_proposal(found)

    def _saved(self, saved: Saved) -> None:
        self._desk.office.wrote.emit(saved)
        self._leave()
        self._desk.follow_again()

    def _leave(self) -> None:
        self._desk.side.setCurrentWidget(self._desk.detail)
        self._desk.list.setFocus()
