"""The views of 银企 beside its list, in the order of the strip above them."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import THE_LIST, PartKind

_HERE: Final = "chain_office.ui.pages.finance_parts"
PARTS: Final[tuple[PartKind, ...]] = (
    THE_LIST,
    PartKind("grid", "对接表", "columns-3", f"{_HERE}.grid:GridPart"),
    PartKind("ladder", "阶梯", "arrow-down-wide-narrow", f"{_HERE}.ladder:LadderPart"),
    PartKind("look_backs", "回访", "history", f"{_HERE}.look_back:LookBackPart"),
)
