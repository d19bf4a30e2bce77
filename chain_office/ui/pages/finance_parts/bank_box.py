"""Which banks have a column in 对接表: a list to tick, remembered on this computer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from chain_office.ui.kit.tick_list import Tick, TickList, TickModel
from chain_office.ui.kit.ticks import Ticked
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.domain.loans import LadderRow

KEPT: Final = "finance/grid_banks"
_WIDE, _TALL = 220, 300


class BankBox(QToolButton):
    """A button with a list of the banks; how many matches each has stands behind its name."""

    chosen = Signal()
    """The person ticked others."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: dict[str, bool] = _read()
        """What was said of a bank, by name; one nothing was said of shows when it has answered somebody."""
        self.setText("全部银行")
        self.setAccessibleName("列哪些银行")
        self.setToolTip("勾选要列的银行；合计总是全部银行的")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.ticks = TickModel(self)
        self.list = TickList(self.ticks)
        self.list.setItemDelegate(Ticked(self.list))
        self.list.setAccessibleName("要列的银行")
        self.list.setFixedSize(QSize(scaled(_WIDE), scaled(_TALL)))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        for word, act in (("全部", self._all), ("只列有对接的", self._active)):
            button = QPushButton(word)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        column.addLayout(row)
        self._menu = QMenu(self)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(inside)
        self._menu.addAction(action)
        self._menu.aboutToShow.connect(self.list.setFocus)
        self.setMenu(self._menu)
        self._offered: tuple[LadderRow, ...] = ()
        self._shown: frozenset[str] = frozenset()
        self._matches: Mapping[str, int] = {}
        self.ticks.ticked_changed.connect(self._ticked)

    def offer(self, banks: Sequence[LadderRow], shown: frozenset[str], matches: Mapping[str, int]) -> None:
        """These banks there are; those of these ids have a column. ``matches``: how many each has."""
        rows = [Tick((one.id,), one.name, matches.get(one.id, 0)) for one in banks]
        self._offered, self._shown, self._matches = tuple(banks), shown, matches
        self.ticks.ticked = set(shown)
        self.ticks.show(rows)
        out = len(banks) - len(shown)
        self.setText(f"{len(shown)}/{len(banks)} 家银行" if out else f"{len(banks)} 家银行")
        self.setVisible(bool(banks))

    def _ticked(self) -> None:
        """Remember what was said, and show it; a grid without any bank is no grid."""
        now = frozenset(self.ticks.ticked)
        if now == self._shown or not now:
            return
        for bank in self._offered:
            if (bank.id in now) != (bank.id in self._shown):
                self.wanted[bank.name] = bank.id in now
        self._shown = now
        QSettings().setValue(KEPT, json.dumps(self.wanted, ensure_ascii=False))
        self.chosen.emit()

    def _all(self) -> None:
        self.ticks.tick([one.id for one in self._offered], on=True)

    def _active(self) -> None:
        """Those that answered somebody."""
        active = {one.id for one in self._offered if self._matches.get(one.id)}
        if active:
            self.ticks.ticked = active
            self.ticks.tick((), on=True)


def _read() -> dict[str, bool]:
    """What this computer remembers; nothing of what cannot be read."""
    try:
        kept = json.loads(str(QSettings().value(KEPT, "") or "{}"))
    except ValueError:
        return {}
    return {str(name): bool(on) for name, on in kept.items()} if isinstance(kept, dict) else {}
