"""The form of a step as it looks: what it is, notices, what stands now above the fields, and the buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chain_office.ui import keys
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.steps.standing import StandingCard


class StepFrame(QWidget):
    """Widgets in their places. The fields of a step go into ``column``, below the card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Wrapped("", "title")
        self.what = Wrapped("", "quiet")
        self.state = Wrapped("", "quiet")
        self.draft_notice, self.moved_notice, self.fault_notice = Notice(), Notice(), Notice()
        self.standing = StandingCard()
        self.save_button = QPushButton("保存")
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(keys.hint("保存", "save"))
        self.back_button = QPushButton("返回")
        self.back_button.setToolTip(keys.hint("返回列表，没保存的内容留作草稿", "leave_form"))
        self.area = QScrollArea()
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self._lay_out()

    def _lay_out(self) -> None:
        self.inside.setProperty("role", "form")
        self.inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        card = QVBoxLayout()
        card.setContentsMargins(12, 8, 12, 0)
        card.addWidget(self.standing)
        self.column.addLayout(card)
        self.column.addStretch(1)
        self.area.setWidget(self.inside)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QFrame()
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.save_button)
        row.addWidget(self.back_button)
        row.addWidget(self.state, 1)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 6)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.what)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        for notice in (self.draft_notice, self.moved_notice, self.fault_notice):
            column.addWidget(notice)
        column.addWidget(self.area, 1)
        column.addWidget(foot)
        self.setMinimumWidth(300)
