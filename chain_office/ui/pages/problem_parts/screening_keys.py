"""The keys of the bench: which entry of the table of keys was pressed, and which of its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from chain_office.ui import keys

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTRIES: Final = (
    "answer_criterion", "write_basis", "take_category", "decide", "decide_suggested", "skip_candidate", "candidate_before",
    "open_candidate",
)  # fmt: skip
WORDS: Final = (
    "1 2 3 依次换 是、否、待定　Q W E 写依据　4 类别　5 筛选入　6 不予采纳　7 暂不具备　8 现场解决　9 上报　"
    "回车 按建议办　0 跳过　退格 上一个　O 打开记录"
)
"""The keys as the bench shows them."""


def entry(event: QKeyEvent) -> tuple[str, int] | None:
    """The entry a key belongs to, and its place among the entry's keys; the numeric pad counts as the row of digits."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    pressed = QKeySequence(event.key()).toString()
    pressed = "Return" if pressed == "Enter" else pressed
    for key_id in _ENTRIES:
        if pressed in keys.key(key_id).keys:
            return key_id, keys.key(key_id).keys.index(pressed)
    return None


def is_typing() -> bool:
    """Whether the focus is in a box for text, whose keys are its own."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
