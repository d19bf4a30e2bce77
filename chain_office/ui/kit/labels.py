"""Labels that never take text for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A plain-text label; ``role`` picks its look ("title", "quiet", "figure", "section", "stamp")."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def show_light(target: QLabel, light: str) -> None:
    """Colour a label by a light ("red", "amber", "green", "blue", "grey" or ""); its word stays."""
    target.setProperty("light", light)
    target.style().unpolish(target)
    target.style().polish(target)
