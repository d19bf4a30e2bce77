"""Buttons with a sign and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon


def pushed(sign: QIcon, word: str, do: Callable[[], object], *, role: str = "") -> QToolButton:
    """A button that shows its sign beside its word."""
    button = QToolButton()
    button.setIcon(sign)
    button.setIconSize(QSize(16, 16))
    button.setText(word)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    if role:
        button.setProperty("role", role)
    button.clicked.connect(lambda: do())
    return button
