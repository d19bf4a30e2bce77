"""The views of 走访 beside its list, in the order of the strip above them."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import LIST, THE_LIST, PartKind

_HERE = "chain_office.ui.pages.visit_parts"
PARTS: Final[tuple[PartKind, ...]] = (
    THE_LIST,
    PartKind("today", "今日", "calendar-check", f"{_HERE}.today:TodayPart"),
    PartKind("plan", "计划", "calendar-days", f"{_HERE}.plan:PlanPart"),
    PartKind("coverage", "覆盖", "columns-3", f"{_HERE}.coverage:CoveragePart"),
    PartKind("due", "下次走访", "clock", f"{_HERE}.due:DuePart"),
    PartKind("promises", "承诺", "handshake", f"{_HERE}.promises:PromisesPart"),
    PartKind("papers", "材料", "printer", f"{_HERE}.papers:PapersPart"),
)

__all__ = ["LIST", "PARTS"]
