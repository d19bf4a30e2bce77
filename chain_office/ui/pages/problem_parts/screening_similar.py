"""Problems that read like the candidate: how each ended, with whom, and what both have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.domain.steps import Verdict
    from chain_office.queries.similar_problems import Similar

_REFERENCE = int(Qt.ItemDataRole.UserRole)


class SimilarList(QWidget):
    """The likest first; Enter or a double click opens one."""

    opened = Signal(str)
    """A problem was chosen: its reference."""

    def __init__(self) -> None:
        super().__init__()
        self.head = label("相似的问题", "section")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setAccessibleName("相似的问题")
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_REFERENCE)))
        self.none = label("台账里没有相似的问题。", "quiet", wrap=True)
        self.earlier_head = label("以前的筛选", "section")
        self.earlier = label("", "quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(6)
        for widget in (self.earlier_head, self.earlier, self.head):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1, Qt.AlignmentFlag.AlignTop)
        self.show_similar(())
        self.show_earlier(())

    def show_similar(self, found: tuple[Similar, ...]) -> None:
        """Show these."""
        self.list.clear()
        for one in found:
            item = QListWidgetItem(_words(one))
            item.setData(_REFERENCE, f"problem:{one.id}")
            self.list.addItem(item)
        self.head.setText(f"相似的问题（{len(found)}）" if found else "相似的问题")
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)

    def show_earlier(self, said: tuple[Verdict, ...]) -> None:
        """What was said of the candidate in screenings before its last decision."""
        from chain_office.domain.screening import CRITERIA
        from chain_office.ui.pages.problem_parts.screening_criteria import told

        self.earlier.setText("\n".join(f"{CRITERIA[one.criterion]}　{told(one)}" for one in said))
        self.earlier_head.setVisible(bool(said))
        self.earlier.setVisible(bool(said))


def _words(one: Similar) -> str:
    head = "　".join(part for part in (one.title, one.state_word, one.unit, one.enterprise) if part)
    both = "、".join(f"“{word}”" for word in one.words)
    why = "，".join(part for part in (f"都有{both}" if both else "", *one.shares) if part)
    return "\n".join(part for part in (head, one.text, one.outcome, why) if part)
