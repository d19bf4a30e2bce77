"""外观: light or dark, the size of texts, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chain_office.ui import appearance, keys
from chain_office.ui.kit.attached import keep_originals, keeps_originals
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.settings_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QLayout

    from chain_office.ui.office import Office

_OWN_KEYS = (
    ("F2 或回车", "修改这一格（直接打字也行）"),
    ("Tab", "改完到下一格"),
    ("Ctrl+回车", "多行的格子写完"),
    ("Delete", "把这一条移入回收站"),
    ("空格", "勾选；日历上切换上班和放假"),
    ("Esc", "不改了"),
)
_KEYS_WIDTH = 190


class LooksPart(Part):
    """外观."""

    title: ClassVar[str] = "外观"
    hint: ClassVar[str] = "只管这台电脑，马上生效。"
    icon_name: ClassVar[str] = "sun-moon"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.modes: dict[str, QRadioButton] = {}
        self.sizes: dict[str, QRadioButton] = {}
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label("颜色"), 0, 0)
        grid.addLayout(self._choices(appearance.MODES, self.modes, lambda one: appearance.choose(mode=one)), 0, 1)
        grid.addWidget(label("文字"), 1, 0)
        grid.addLayout(self._choices(appearance.SIZES, self.sizes, lambda one: appearance.choose(size=one)), 1, 1)
        grid.addWidget(label("照片"), 2, 0)
        self.originals = QCheckBox("放入记录的照片，除了缩小的一份，原图也存一份（占空间）")
        self.originals.clicked.connect(keep_originals)
        grid.addWidget(self.originals, 2, 1)
        self.column.addWidget(card)
        self.column.addWidget(self.said)
        self.column.addWidget(label("快捷键", "section"))
        self.column.addWidget(self._keys(), 1)

    def _choices(
        self, words: Mapping[str, str], kept: dict[str, QRadioButton], choose: Callable[[str], None]
    ) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        group = QButtonGroup(self)
        for one, word in words.items():
            button = QRadioButton(word)
            group.addButton(button)
            button.clicked.connect(lambda _on, one=one: choose(one))
            kept[one] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _keys(self) -> QScrollArea:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
        grid.setColumnStretch(1, 1)
        row = 0
        groups = [(group.title, [(keys.shown(one.id), one.says) for one in group.keys]) for group in keys.GROUPS]
        for title, lines in (*groups, ("设置里的表", list(_OWN_KEYS))):
            heading = label(title, "section")
            heading.setContentsMargins(0, 8 if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            for pressed, says in lines:
                grid.addWidget(label(pressed, "quiet"), row, 0)
                grid.addWidget(label(says, wrap=True), row, 1)
                row += 1
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(room)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def refresh(self) -> None:
        """Mark what is chosen."""
        look = appearance.current()
        self.modes[look.mode].setChecked(True)
        self.sizes[look.size].setChecked(True)
        self.originals.setChecked(keeps_originals())
