"""One finding of the health check: what was found with its numbers, what to do, what was said; answered by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.domain.money import show_money
from chain_office.domain.output_entry import LABELS
from chain_office.domain.output_health import KIND_WORDS, SEVERITY_WORDS
from chain_office.ui.kit.form.composing import Line
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.output_health import Finding

_LIGHTS: Final = {"severe": "red", "check": "amber", "note": "grey"}
_PHRASES: Final = ("停产检修", "订单减少", "价格上涨", "新增产能", "企业调整以前月份", "已与企业核对无误")


class AnswerPane(QFrame):
    """Enter in the line answers the findings chosen."""

    answered = Signal(str)
    """A text was given for what is chosen."""
    taken = Signal()
    """The suggested numbers are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.kind = label("", "section", wrap=True), label("")
        self.words, self.advice, self.suggested, self.said = Wrapped(), Wrapped(role="quiet"), Wrapped(), Wrapped()
        self.take = QPushButton("按建议改（Ctrl+回车）")
        self.take.clicked.connect(lambda: self.taken.emit())
        self.line = Line()
        self.line.setPlaceholderText("企业怎么说、为什么；回车记下，到下一条")
        self.line.setAccessibleName("说明")
        self.line.returnPressed.connect(self._answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for widget in (self.title, self.kind, self.words, self.advice, self.suggested, self.take, self.said):
            column.addWidget(widget)
        self.box = QWidget()
        inside = QVBoxLayout(self.box)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(label("说明", "section"))
        inside.addWidget(self.line)
        for some in (_PHRASES[:3], _PHRASES[3:]):
            row = QHBoxLayout()
            row.setSpacing(6)
            for phrase in some:
                row.addWidget(self._phrase(phrase))
            row.addStretch(1)
            inside.addLayout(row)
        column.addWidget(self.box)
        column.addStretch(1)

    def _phrase(self, phrase: str) -> QPushButton:
        button = QPushButton(phrase)
        button.setProperty("role", "chip")
        button.clicked.connect(lambda: self._put(phrase))
        return button

    def _put(self, phrase: str) -> None:
        text = self.line.text()
        self.line.put(f"{text}，{phrase}" if text else phrase)
        self.line.setFocus()

    def _answer(self) -> None:
        text = self.line.text().strip()
        if text and not self.line.composing:
            self.answered.emit(text)

    def show_findings(self, found: Sequence[Finding], *, read_only: bool) -> None:
        """Show the finding the cursor is on (the first) of those chosen."""
        self.setVisible(True)
        self.line.clear()
        if not found:
            for widget in (self.kind, self.words, self.advice, self.suggested, self.take, self.said, self.box):
                widget.hide()
            self.title.setText("没有选中疑点")
            return
        one = found[0]
        more = f"（选中 {len(found)} 家，说明对它们都记）" if len(found) > 1 else ""
        self.title.setText(f"{one.name}{more}")
        self.kind.setText(f"{KIND_WORDS[one.kind]}　{SEVERITY_WORDS[one.severity]}")
        show_light(self.kind, "green" if not one.open else _LIGHTS[one.severity])
        self.kind.show()
        self.words.show_text(one.words)
        self.words.show()
        self.advice.show_text(one.advice)
        self.advice.setVisible(bool(one.advice))
        suggested = "，".join(f"{LABELS[name]} {show_money(yuan)}" for name, yuan in one.suggested.items())
        self.suggested.show_text(f"建议改为：{suggested}")
        able = bool(suggested) and len(found) == 1
        self.suggested.setVisible(able)
        self.take.setVisible(able and not read_only)
        answer = one.answer
        when = f"，{answer.day.isoformat()}" if answer is not None and answer.day else ""
        self.said.show_text("" if answer is None else f"已说明：{answer.text}（{answer.actor}{when}）")
        self.said.setVisible(answer is not None)
        self.box.setVisible(not read_only)
