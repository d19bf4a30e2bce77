"""The command `lists`: 五单一图谱 into a folder, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.five_lists import MAP_TITLE
from chain_office.services.ledgers import cut_off, open_existing
from chain_office.services.lists.writing import EVERYTHING, MAP, order_lists, write_order

if TYPE_CHECKING:
    from pathlib import Path


def run(ledger_file: Path, folder: Path, *, as_of: str | None = None) -> list[str]:
    """Write the five lists and the map; one line each for what was written."""
    with open_existing(ledger_file, read_only=True) as ledger:
        order = order_lists(ledger, cut_off(ledger, as_of))
    written = write_order(order, folder)
    lines = [f"截止 {order.day.isoformat()}" + ("  示例数据" if order.five.sample else "")]
    for item, path in zip(EVERYTHING, written, strict=True):
        title = MAP_TITLE if item == MAP else order.five.of(item).title
        said = f"在册企业{order.chain.firms}家" if item == MAP else order.five.of(item).said
        lines.append(f"{title}  {said}  {path.name}")
    lines.append(f"五单一图谱已写出 {len(written)} 个文件：{folder}")
    return lines
