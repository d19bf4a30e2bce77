"""Editors of what is typed: a line (text, numbers, money, days, months, telephone numbers), a code, several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.ui.kit.form.composing import Line, Paragraph
from chain_office.ui.kit.form.editor import BoxEditor
from chain_office.ui.kit.form.understood import hint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_office.domain.kinds import BadValue

_CODE_LENGTH = 18


class LineEditor(BoxEditor):
    """One line. What it may say, and what is understood of it, is the kind's affair."""

    def build(self) -> QWidget:
        """A line."""
        self.box: Line = Line()
        if self.field.required:
            self.box.setPlaceholderText("必填")
        self.box.setAccessibleDescription(hint(self.spec))
        self.box.returnPressed.connect(self.went_on)
        self.listen()
        return self.box

    def text(self) -> str:
        """What stands in the line."""
        return self.box.text()


class CreditCodeEditor(LineEditor):
    """统一社会信用代码: while it is typed, how many of the 18 characters stand there."""

    def doubt(self, problem: BadValue, *, typing: bool) -> str:
        """A code that is not whole yet is not wrong yet."""
        length = len(self.text().strip())
        if not typing or length >= _CODE_LENGTH:
            return super().doubt(problem, typing=typing)
        said = f"{length} / {_CODE_LENGTH} 位"
        self.say(said)
        return said


class ParagraphEditor(BoxEditor):
    """Several lines, over the whole width."""

    wide = True

    def build(self) -> QWidget:
        """A box that grows."""
        self.box: Paragraph = Paragraph()
        if self.field.required:
            self.box.setPlaceholderText("必填")
        self.listen()
        return self.box

    def text(self) -> str:
        """What stands in the box."""
        return self.box.toPlainText()
