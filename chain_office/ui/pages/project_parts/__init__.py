"""The views of 项目 beside its list, in the order of the strip above them."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import THE_LIST, PartKind

_HERE: Final = "chain_office.ui.pages.project_parts"
PARTS: Final[tuple[PartKind, ...]] = (
    THE_LIST,
    PartKind("board", "看板", "square-kanban", f"{_HERE}.board:BoardPart"),
    PartKind("nodes", "节点", "list-checks", f"{_HERE}.nodes:NodesPart"),
    PartKind("timeline", "进度图", "calendar", f"{_HERE}.timeline:TimelinePart"),
    PartKind("month", "月调度", "calendar-days", f"{_HERE}.month:MonthPart"),
    PartKind("compare", "两月比对", "arrow-left-right", f"{_HERE}.compare:ComparePart"),
)
