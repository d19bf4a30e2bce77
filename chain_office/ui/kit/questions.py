"""What only a person can tell, asked line by line: the choices there are, or a text of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.tables import Question

MOST: Final = 40
"""Asked at a time; answers to these often settle the rest."""


class QuestionsPanel(QFrame):
    """The questions of a plan. Answers given before stay when the plan is made again. Enter goes to the next question not
    answered, and after the last asks for a new plan."""

    finished = Signal()
    """Every question asked has an answer, and Enter was pressed on one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._given: dict[str, str] = {}
        self._asked: dict[str, QComboBox | QLineEdit] = {}
        self._title = label("", "section")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setStyleSheet("QScrollArea, #qt_scrollarea_viewport, #questions { background: transparent; }")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)

    def ask(self, questions: Sequence[Question]) -> None:
        """Ask these."""
        self._asked.clear()
        inside = QWidget()
        inside.setObjectName("questions")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setColumnStretch(0, 1)
        for place, question in enumerate(questions[:MOST]):
            where = "" if question.sheet in question.text else f"{question.sheet}："
            grid.addWidget(label(f"{where}{question.text}", wrap=True), place, 0)
            editor = self._editor(question)
            grid.addWidget(editor, place, 1)
            self._asked[question.id] = editor
            line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
            if line is not None:
                line.returnPressed.connect(lambda asked=question.id: self._next(asked))
        grid.setRowStretch(len(questions), 1)
        self._scroll.setWidget(inside)
        rest = f"（先列 {MOST} 个）" if len(questions) > MOST else ""
        self._title.setText(f"有 {len(questions)} 个问题要您回答{rest}，回车到下一个，答完点“重新预览”")
        self.setVisible(bool(questions))

    def _editor(self, question: Question) -> QComboBox | QLineEdit:
        given = self._given.get(question.id, "")
        editor: QComboBox | QLineEdit
        if question.choices:
            editor = QComboBox()
            line = QLineEdit()
            line.setPlaceholderText("请选择或填写")
            editor.setLineEdit(line)
            editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            editor.addItems(question.choices)
            editor.setCurrentIndex(-1)
            editor.setEditText(given)
        else:
            editor = QLineEdit(given)
            editor.setPlaceholderText("请填写")
        editor.setMinimumWidth(170)
        editor.setAccessibleName(question.text)
        return editor

    def _text(self, question_id: str) -> str:
        editor = self._asked[question_id]
        return (editor.currentText() if isinstance(editor, QComboBox) else editor.text()).strip()

    def _next(self, question_id: str) -> None:
        """To the next one without an answer, round to the first; done when there is none."""
        ids = list(self._asked)
        after = ids.index(question_id) + 1
        empty = next((one for one in (*ids[after:], *ids[:after]) if not self._text(one)), "")
        if empty:
            self.go_to(empty)
        else:
            self.finished.emit()

    def go_to(self, question_id: str) -> None:
        """Put the cursor on a question; on the first without an answer if that one is not asked."""
        wanted = (
            question_id
            if question_id in self._asked
            else next((one for one in self._asked if not self._text(one)), next(iter(self._asked), ""))
        )
        if wanted:
            self._scroll.ensureWidgetVisible(self._asked[wanted])
            self._asked[wanted].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def answers(self) -> dict[str, str]:
        """Everything answered so far, of this plan and the ones before it."""
        for question_id in self._asked:
            text = self._text(question_id)
            if text:
                self._given[question_id] = text
            else:
                self._given.pop(question_id, None)
        return dict(self._given)

    def answer(self, question_id: str, text: str) -> None:
        """Fill in an answer."""
        editor = self._asked[question_id]
        if isinstance(editor, QComboBox):
            editor.setEditText(text)
        else:
            editor.setText(text)

    def forget(self) -> None:
        """Other workbooks: start afresh."""
        self._given.clear()
        self._asked.clear()
