"""承诺: a visit's note looked through for promises beside the list; each is ticked, worded, given a side and a day, and all
of them are registered in one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.forms import FormField
from chain_office.domain.kinds import BadValue
from chain_office.domain.specs import FieldSpec
from chain_office.domain.values import DAY
from chain_office.services.visiting import promising
from chain_office.services.visiting.promising import SIDES, WantedPromise
from chain_office.ui import keys
from chain_office.ui.kit.form.composing import Line, Paragraph
from chain_office.ui.kit.form.editors import make_editor
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QAction

    from chain_office.domain.forms import Saved
    from chain_office.services.visiting.promising import PromiseProposal, ProposedPromise
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.office import Office

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DUE = FormField(FieldSpec("due_day", "兑现时限", DAY, is_deadline=True))


class PromiseCard(QFrame):
    """One proposal."""

    changed = Signal()

    def __init__(self, place: int, around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.place = place
        self.tick = QCheckBox(f"第 {place} 项")
        self.tick.setChecked(True)
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        self.text = Paragraph()
        self.text.setAccessibleName(f"第 {place} 项承诺")
        self.text.settled.connect(self.changed)
        self.side = QComboBox()
        self.side.setAccessibleName(f"第 {place} 项的承诺方")
        self.side.addItems(list(SIDES))
        self.owner = Line()
        self.owner.setAccessibleName(f"第 {place} 项的责任人")
        self.due = make_editor(_DUE, around)
        self.due.changed.connect(self.changed)
        self.says = Wrapped("", "quiet")
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for row, (word, widget) in enumerate((("承诺方", self.side), ("责任人", self.owner), ("兑现时限", self.due))):
            grid.addWidget(label(word, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, row, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.tick)
        column.addWidget(self.text)
        column.addLayout(grid)
        column.addWidget(self.says)
        self.says.hide()

    def show_proposed(self, one: ProposedPromise) -> None:
        """Show what was proposed; what is registered already is not ticked."""
        line = one.line
        self.text.setPlainText(line.text)
        self.side.setCurrentText(line.side)
        self.due.put_value(line.due)
        told = []
        if one.same:
            told.append("这次走访已登记过这项承诺")
            self.tick.setChecked(False)
        if line.when:
            told.append(f"时限按“{line.when}”定，可改" if line.due else f"“{line.when}”定不出日期，请填写")
        if one.mark:
            told.append(one.mark)
        self.says.show_text("；".join(told))
        self.says.setVisible(bool(told))
        show_light(self.says, "amber" if one.same or one.mark or (line.when and line.due is None) else "")

    def wanted(self) -> WantedPromise | None:
        """The promise as it was confirmed; None if it is not ticked. Raises :class:`BadValue` for a day not understood."""
        if not self.tick.isChecked():
            return None
        due: date | None = self.due.value()  # type: ignore[assignment]
        return WantedPromise(self.text.toPlainText().strip(), self.side.currentText(), self.owner.text().strip(), due)


class PromisePane(QWidget):
    """Beside the list of visits."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._offers = LedgerOffers(office, self)
        self.proposal: PromiseProposal | None = None
        self.cards: list[PromiseCard] = []
        self._writing = False
        self.title = Wrapped("登记承诺", "title")
        self.what = Wrapped("", "quiet")
        self.wrong = Wrapped("", "wrong")
        self.register = QPushButton("登记承诺")
        self.register.setProperty("role", "primary")
        self.register.clicked.connect(self.save)
        self.more = QPushButton("加一项")
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

    def show_proposal(self, found: PromiseProposal) -> None:
        """Show what a note promises."""
        self.proposal = found
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        day = found.day.isoformat() if found.day else "没有日期"
        self.title.show_text(f"登记承诺　{found.title}")
        number = f"从记录里找出 {len(found.promises)} 项" if found.promises else "没有找出承诺，请自己写"
        self.what.show_text(f"{found.enterprise}　{day} 走访。{number}；勾选、改好再登记。")
        self._complain("")
        for one in found.promises:
            self._add(one)
        if not found.promises:
            self._add(None)
        self._count()
        first = self.cards[0]
        (first.tick if found.promises else first.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, one: ProposedPromise | None) -> None:
        if self.proposal is None:
            return
        around = Surroundings(self._office.as_of, self._offers)
        day = self.proposal.day
        around.anchor = lambda: day
        card = PromiseCard(len(self.cards) + 1, around)
        if one is not None:
            card.show_proposed(one)
        card.changed.connect(self._count)
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)
        for widget in (card.tick, card.text, card.side, card.owner, card.due.target):
            widget.installEventFilter(self)
        if one is None:
            card.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self._count()

    def _count(self) -> None:
        number = sum(card.tick.isChecked() for card in self.cards)
        self.register.setText(f"登记 {number} 项承诺（Ctrl+回车）")
        self.register.setEnabled(bool(number) and not self._writing)

    def _complain(self, sentence: str) -> None:
        self.wrong.show_text(sentence)
        self.wrong.setVisible(bool(sentence))

    def save(self) -> None:
        """Register what is ticked."""
        found = self.proposal
        if found is None or self._writing or any(card.text.composing or card.owner.composing for card in self.cards):
            return
        wanted: list[WantedPromise] = []
        for card in self.cards:
            try:
                one = card.wanted()
            except BadValue as problem:
                self._complain(f"第 {card.place} 项的{card.due.doubt(problem, typing=False)}")
                card.due.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            if one is not None:
                wanted.append(one)
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
            lambda ledger: promising.record_promises(ledger, found.visit_id, wanted, actor),
            done,
            owner=self,
            failed=failed,
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


class NotePromises(QObject):
    """Mounted on the desk of visits once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.pane: PromisePane | None = None
        shortcut = keys.key("to_promises").keys[0]
        self.action: QAction = desk.bar.add("登记承诺", "handshake", self.begin, shortcut=shortcut, needs=1, most=1)
        desk.addAction(self.action)
        desk.office.shown_changed.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        shown = self._desk.office.shown
        self.action.setVisible(shown is not None and not shown.read_only)

    def begin(self) -> None:
        """Look through the note of the visit the cursor is on: what is selected in it, or all of it."""
        visit = self._desk.current_id
        if not visit:
            return
        selected = self._desk.detail.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        self._desk.office.work.ask(
            lambda ledger: promising.propose_promises(ledger, visit, selected), self._show, owner=self
        )

    def _show(self, found: PromiseProposal) -> None:
        if self.pane is None:
            self.pane = PromisePane(self._desk.office)
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
