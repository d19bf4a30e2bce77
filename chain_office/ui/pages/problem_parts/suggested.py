"""Under the table of a hand-over: the problem in full, and each unit something speaks for, to be taken with a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.pages.problem_parts.meeting_rows import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.handover import Candidate
    from chain_office.ui.pages.problem_parts.meeting_rows import Choice


class Suggested(QFrame):
    """``choose`` is told the unit clicked."""

    def __init__(self, choose: Callable[[str], None]) -> None:
        super().__init__()
        self._choose = choose
        self.setProperty("role", "card")
        self.text = label("", wrap=True)
        self.why = label("", "quiet", wrap=True)
        self.buttons: tuple[QPushButton, ...] = ()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        for part in (self.text, self.why):
            column.addWidget(part)
        column.addLayout(self._row)

    def show_candidate(self, candidate: Candidate, choice: Choice, *, may: bool) -> None:
        """Tell of a problem and the units it may go to."""
        problem = candidate.problem
        demand = f"\n诉求：{problem.demand}" if problem.demand else ""
        self.text.setText(f"WT{problem.number:04d}　{problem.enterprise}：{problem.text}{demand}")
        self.why.setText(f"牵头单位：{why(candidate, choice)}")
        while (item := self._row.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.buttons = tuple(QPushButton(one.unit) for one in candidate.likely)
        for one, button in zip(candidate.likely, self.buttons, strict=True):
            button.setProperty("role", "chip")
            button.setEnabled(may)
            button.setToolTip(plain_tip(one.why))
            button.setAccessibleName(f"交给{one.unit}：{one.why}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, unit=one.unit_id: self._choose(unit))
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.show()
