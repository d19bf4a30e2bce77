"""One section of a form: labels and boxes in rows, two fields beside each other where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.ui.kit.form.editor import Editor

_LABEL_EMS = 8.2
"""A label longer than this is broken into two lines."""
_ROOM_BESIDE = 360
"""Below this width labels stand over their boxes."""
_ROOM_FOR_TWO = 600
"""From this width two fields stand beside each other."""
_ANY_WIDTH = 16_777_215
_TOP = Qt.AlignmentFlag.AlignTop


class SectionGrid(QWidget):
    """Built from rows of editors; told how much room there is."""

    def __init__(
        self, title: str, rows: Sequence[Sequence[Editor]], label_width: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._label_width = label_width
        self._ways: int | None = None
        self._labels: dict[Editor, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_heading(title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        column.addLayout(self._grid)
        for place, row in enumerate(rows):
            for editor in row:
                said = place == 0 and len(row) == 1 and says(title, editor.spec.label)
                self._labels[editor] = self._label(editor, said=said)
        self.arrange(_ROOM_BESIDE)

    def _label(self, editor: Editor, *, said: bool) -> QLabel:
        made = label(label_text(editor), wrap=True, parent=self)
        made.setBuddy(editor.target)
        made.setVisible(not (editor.wide and said))
        return made

    def arrange(self, width: int) -> None:
        """Put everything in its place for a width; the order of Tab stays."""
        ways = (width >= _ROOM_BESIDE) + (width >= _ROOM_FOR_TWO)
        if ways == self._ways:
            return
        self._ways = ways
        while self._grid.takeAt(0) is not None:
            continue
        at = 0
        for row in self._rows:
            at = self._place(row, at)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1 if ways == 2 else 0)

    def _place(self, row: Sequence[Editor], at: int) -> int:
        left = 0
        for editor in row:
            shown = self._labels[editor]
            if editor.wide or not self._ways:
                self._above(shown, wide=True)
                at += bool(left)
                if not shown.isHidden():
                    self._grid.addWidget(shown, at, 0, 1, 4 if self._ways == 2 else 2)
                    at += 1
                self._grid.addWidget(editor, at, 0, 1, 4 if self._ways == 2 else 2)
                at, left = at + 1, 0
                continue
            self._above(shown, wide=False)
            span = 3 if len(row) == 1 and self._ways == 2 and is_long(editor) else 1
            self._grid.addWidget(shown, at, left, _TOP)
            self._grid.addWidget(editor, at, left + 1, 1, span, _TOP)
            left += 2
            if self._ways < 2 or left >= 4:
                at, left = at + 1, 0
        return at + bool(left)

    def _above(self, shown: QLabel, *, wide: bool) -> None:
        """A label over its box, or at its left."""
        side = Qt.AlignmentFlag.AlignLeft if wide else Qt.AlignmentFlag.AlignRight
        shown.setAlignment(side | _TOP)
        shown.setMinimumWidth(0 if wide else self._label_width)
        shown.setMaximumWidth(_ANY_WIDTH if wide else self._label_width)
        shown.setContentsMargins(0, 0 if wide else 5, 0, 0)


def says(title: str, words: str) -> bool:
    """Whether a section's title says already what its field is called ("二问　困难和问题", "存在困难和问题")."""
    last = title.split("\u3000")[-1]
    return last in words or words in last


def is_long(editor: Editor) -> bool:
    """Whether what it holds needs the room of two fields: names and texts do, days, amounts and words of a set do not."""
    return bool(editor.field.link) or (editor.spec.kind.name in {"text", "name"} and not editor.spec.choices)


def label_text(editor: Editor) -> str:
    """A field's label, with the unit of a bare number."""
    unit = editor.spec.unit if editor.spec.kind.name in {"integer", "decimal"} else ""
    return f"{editor.spec.label}（{unit}）" if unit else editor.spec.label


def label_width(editors: Sequence[Editor]) -> int:
    """One width for all labels of a form, so that the boxes stand in a line."""
    if not editors:
        return 0
    metrics = editors[0].fontMetrics()
    longest = max((metrics.horizontalAdvance(label_text(one)) for one in editors if not one.wide), default=0)
    return min(longest, int(metrics.horizontalAdvance("字") * _LABEL_EMS)) + 2


def _heading(title: str) -> QHBoxLayout:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setProperty("role", "rule")
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label(title, "section"))
    row.addWidget(line, 1)
    return row
