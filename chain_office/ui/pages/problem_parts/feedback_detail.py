"""One line of a form beside the problem it is about: what stands in the ledger, what the unit wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.pages.problem_parts.feedback_rows import told

if TYPE_CHECKING:
    from chain_office.services.feedback.plan import FormRead, Proposal

_OLD, _NEW = "台账现在", "表上填的"


class FeedbackDetail(QScrollArea):
    """Read only; long texts wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("这一行的内容，旧的和新的对照")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sentences: tuple[str, ...] = ()
        """What is said above the table, for whoever reads it aloud or tests it."""

    def show_proposal(self, one: Proposal | None, file: FormRead | None) -> None:
        """Show a line, or of a file that could not be read why."""
        sheet = QFrame()
        sheet.setProperty("role", "card")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        self.sentences = ()
        if one is not None:
            self._write(column, one, file)
        elif file is not None and file.refused:
            column.addWidget(label(file.name, "section", wrap=True))
            self._say(column, file.refused, "red")
        else:
            column.addWidget(label("选中一行，这里对照台账现在的情况和表上填的内容。", "quiet", wrap=True))
        column.addStretch(1)
        self.setWidget(sheet)

    def _write(self, column: QVBoxLayout, one: Proposal, file: FormRead | None) -> None:
        title = " ".join(part for part in (one.record_no, one.enterprise) if part) or "没有记录号的一行"
        column.addWidget(label(title, "section", wrap=True))
        where = f"{file.name} {one.place}" if file is not None else one.place
        state = f"　现为{one.state}" if one.state else ""
        column.addWidget(label(f"{one.text}", wrap=True))
        column.addWidget(label(f"{where}{state}", "quiet", wrap=True))
        for sentence, light in told(one):
            self._say(column, sentence, light)
        if one.changes:
            column.addSpacing(4)
            column.addLayout(self._grid(one))

    def _say(self, column: QVBoxLayout, sentence: str, light: str) -> None:
        said = label(sentence, "" if light else "quiet", wrap=True)
        show_light(said, light)
        column.addWidget(said)
        self.sentences = (*self.sentences, sentence)

    @staticmethod
    def _grid(one: Proposal) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for place, word in enumerate(("", _OLD, _NEW)):
            grid.addWidget(label(word, "section"), 0, place)
        for row, change in enumerate(one.changes, start=1):
            for place, (text, role) in enumerate(
                ((change.label, "quiet"), (change.old or "（空）", "quiet"), (change.new, ""))
            ):
                made = label(text, role, wrap=place > 0)
                made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(made, row, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid
