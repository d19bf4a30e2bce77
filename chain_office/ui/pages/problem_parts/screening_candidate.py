"""The candidate on the bench: its text large, what the firm wants, who the firm is, and the note it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from chain_office.domain.money import show_money
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.domain.category_words import Guess, Kind
    from chain_office.queries.screening import Candidate, Output
    from chain_office.services.screening import Shown

_LARGER = 1.6


class CandidateCard(QScrollArea):
    """Has the focus while verdicts are given."""

    wanted = Signal(str, str)
    """A record that bears on it: its page and reference."""
    category_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("待筛选的问题")
        self.number, self.firm, self.visit = _link(), _link(), _link()
        self.woken = QLabel("复核")
        self.woken.setProperty("role", "stamp")
        self.text, self.demand = Wrapped(), Wrapped()
        self.facts, self.decided, self.note = Wrapped("", "quiet"), Wrapped("", "quiet"), Wrapped()
        self.note_head = label("", "quiet")
        self.category = QComboBox()
        self.category.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.category.setAccessibleName("问题类别")
        self.category.activated.connect(lambda _at: self._chose())
        self.guessed = label("", "quiet")
        for link, go in ((self.number, self._to_problem), (self.firm, self._to_firm), (self.visit, self._to_visit)):
            link.clicked.connect(go)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "form")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.number)
        head.addWidget(self.woken)
        head.addWidget(self.firm)
        head.addStretch(1)
        head.addWidget(self.guessed)
        head.addWidget(self.category)
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.text.setFont(font)
        beside = QHBoxLayout()
        beside.addWidget(self.note_head)
        beside.addWidget(self.visit)
        beside.addStretch(1)
        column.addLayout(head)
        for widget in (self.text, self.demand, self.facts, self.decided):
            column.addWidget(widget)
        column.addLayout(beside)
        column.addWidget(self.note)
        column.addStretch(1)
        self.setWidget(inside)

    # Showing.

    def offer_kinds(self, kinds: tuple[Kind, ...]) -> None:
        """The categories there are."""
        if self.category.count() != len(kinds) + 1:
            self.category.clear()
            self.category.addItem("未分类", "")
            for kind in kinds:
                self.category.addItem(kind.label, kind.id)
            self._choose()

    def show_candidate(self, shown: Shown) -> None:
        """Show a candidate."""
        self._shown = shown
        one = shown.candidate
        self.number.setText(one.title)
        self.woken.setVisible(one.woken)
        self.firm.setText(one.enterprise or "未写明企业")
        self.firm.setEnabled(bool(one.enterprise_id))
        self.text.show_text(one.text)
        self.demand.show_text(f"诉求：{one.demand}")
        self.demand.setVisible(bool(one.demand))
        self.facts.show_text(_facts(one))
        due = f"；复核时间 {one.review_day}" if one.woken else ""
        self.decided.show_text(f"上次：{one.decided}{due}")
        self.decided.setVisible(bool(one.decided))
        note = one.note
        self.note_head.setText(
            "　".join(part for part in ("走访记录", note.day.isoformat() if note.day else "", note.leader) if part)
            if note
            else ""
        )
        self.visit.setText(f"ZF{note.number:04d}" if note else "")
        for widget in (self.note_head, self.visit, self.note):
            widget.setVisible(note is not None)
        self.note.show_text(note.problem if note else "")
        self._choose()
        self.setAccessibleDescription(f"{one.title} {one.enterprise}：{one.text}")
        self.verticalScrollBar().setValue(0)

    def _choose(self) -> None:
        if self._shown is None:
            return
        one, guess = self._shown.candidate, self._shown.guess
        self.category.setCurrentIndex(max(0, self.category.findData(one.category_id or "")))
        self.guessed.setText(_guessed(guess))
        self.guessed.setVisible(guess is not None)

    # What is done on it.

    def _chose(self) -> None:
        if self.category.currentData():
            self.category_chosen.emit(self.category.currentData())
        self.setFocus()

    def take_category(self) -> None:
        """Take the category its words point to; where there is none, or one is set, open the list of them."""
        if self._shown is not None and self._shown.guess is not None:
            self.category_chosen.emit(self._shown.guess.id)
        else:
            self.category.setFocus()
            self.category.showPopup()

    def _to_problem(self) -> None:
        if self._shown is not None:
            self.wanted.emit("problems", f"problem:{self._shown.candidate.id}")

    def _to_firm(self) -> None:
        if self._shown is not None and self._shown.candidate.enterprise_id:
            self.wanted.emit("enterprises", f"enterprise:{self._shown.candidate.enterprise_id}")

    def _to_visit(self) -> None:
        if self._shown is not None and self._shown.candidate.note is not None:
            self.wanted.emit("visits", f"visit:{self._shown.candidate.note.id}")


def _link() -> QToolButton:
    made = QToolButton()
    made.setProperty("role", "flat")
    made.setStyleSheet("QToolButton { padding: 2px 0; color: palette(link); }")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _guessed(guess: Guess | None) -> str:
    if guess is None:
        return ""
    return f"用词（{'、'.join(guess.words[:3])}）像“{guess.label}”类，按 4 定为此类"


def _facts(one: Candidate) -> str:
    staff = f"{one.employees} 人" if one.employees else ""
    first = [part for part in (one.segment, one.district, staff, one.products, _made(one.output)) if part]
    collected = f"{one.collected_day.isoformat()} 收集" if one.collected_day else ""
    second = [part for part in (one.source, one.level, collected) if part]
    return "\n".join("　".join(line) for line in (first, second) if line)


def _made(output: Output | None) -> str:
    if output is None or output.month_yuan is None:
        return ""
    told = f"{output.month} 产值 {show_money(output.month_yuan)}"
    if not output.month_prev_yuan:
        return told
    change = (output.month_yuan - output.month_prev_yuan) / output.month_prev_yuan * 100
    return f"{told}，同比 {change:+.1f}%"
