"""Pasting into the monthly grid: a block from Excel or WPS laid by position or by firms' names, and told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.services.output.entering import lay_block
from chain_office.ui.pages.output_parts.entry_model import IDS

if TYPE_CHECKING:
    from chain_office.domain.output_paste import Laid
    from chain_office.ui.pages.output_parts.entry import EntryPart


class EntryPasting(QObject):
    """Mounted on the view once."""

    def __init__(self, part: EntryPart) -> None:
        super().__init__(part)
        self._part = part

    def paste(self, text: str) -> None:
        """Lay what was copied on the lines shown; numbers are read and names looked up on the database thread."""
        part = self._part
        if part.names is None or part.model.state.read_only:
            return
        now, names, lines, month = part.view.currentIndex(), part.names, part.model.lines, part.month
        unit, at = part.model.state.unit, (now.row(), IDS[now.column()])
        part.ask(
            lambda _ledger: lay_block(text, lines, names, month=month, unit=unit, at=at, columns=IDS),
            lambda laid: self._laid(laid, month, at),
        )

    def _laid(self, laid: Laid, month: str, at: tuple[int, str]) -> None:
        part = self._part
        if part.month != month:
            return
        told = {(firm, name): typed for firm, cells in laid.cells.items() for name, typed in cells.items()}
        part.model.put(told)
        unread = sum(bool(typed.problem) for typed in told.values())
        how = "按企业名称" if laid.by_name else "按位置"
        parts = [f"{how}粘贴了 {laid.count} 格（{len(laid.cells)} 家）"]
        if unread:
            parts.append(f"其中 {unread} 格读不懂，标红（F8 逐个看）")
        acts = [("撤销粘贴", part.take_back), *(part.unit_acts() if unread and not part.model.state.unit else [])]
        part.notice.tell("；".join([*parts, *laid.said]) + "。", *acts)
        rows = [row for row, line in enumerate(part.model.lines) if line.enterprise_id in laid.cells]
        places = sorted({IDS.index(name) for _firm, name in told})
        if rows and places and not laid.by_name:
            part.view.choose_block(rows[0], places[0], rows[-1], places[-1])
        elif rows:
            part.view.go_to(rows[0], IDS.index(at[1]))
