"""What the problems stand at now, above the form of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from chain_office.ui.kit.elided import Elided
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import show_light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.queries.step_offers import Selected, Standing

_MOST = 8


class StandingCard(QFrame):
    """Lines of small print; of several problems a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "standing")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 6, 10, 6)
        self._column.setSpacing(3)
        self.lines: list[QLabel] = []

    def tell(self, problems: Sequence[Selected], now: Standing | None, notes: Sequence[str]) -> None:
        """Say how they stand, and what a person should know before."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        if now is not None:
            why = now.why if now.why != now.state else ""
            told = "　".join(part for part in (now.state, now.light, why) if part)
            self._say(told, light=now.colour)
            if now.unit:
                self._say(f"牵头单位：{now.unit}")
            if now.last:
                self._say(f"上一步：{now.last}")
        else:
            for one in problems[:_MOST]:
                self._row("　".join((one.number, one.word, " ".join(one.text.split()))))
            if len(problems) > _MOST:
                self._say(f"等 {len(problems)} 个")
        for note in notes:
            self._say(note, role="quiet")
        self.setVisible(bool(self.lines))

    def _say(self, text: str, *, light: str = "", role: str = "") -> None:
        line = Wrapped(text, role)
        if light:
            show_light(line, light)
        self._column.addWidget(line)
        self.lines.append(line)

    def _row(self, text: str) -> None:
        """A line that is cut where there is no room for all of it."""
        line = Elided(mode=Qt.TextElideMode.ElideRight)
        line.setText(text)
        line.setToolTip(text)
        self._column.addWidget(line)
        self.lines.append(line)
