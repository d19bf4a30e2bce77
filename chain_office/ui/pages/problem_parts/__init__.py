"""The views of 问题 beside its list, in the order of the strip above them."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import LIST, THE_LIST, PartKind

_HERE = "chain_office.ui.pages.problem_parts"
PARTS: Final = (
    THE_LIST,
    PartKind("today", "今日", "calendar-check", f"{_HERE}.today:TodayPart"),
    PartKind("screening", "筛选", "list-checks", f"{_HERE}.screening:ScreeningPart"),
    PartKind("meeting", "交办会", "file-plus", f"{_HERE}.meeting:MeetingPart"),
    PartKind("calls", "催办", "clock", f"{_HERE}.calls:CallsPart"),
    PartKind("feedback", "反馈", "message-square-reply", f"{_HERE}.feedback:FeedbackPart"),
    PartKind("papers", "材料", "printer", f"{_HERE}.papers:PapersPart"),
    PartKind("board", "看板", "square-kanban", f"{_HERE}.board:BoardPart"),
    PartKind("units", "单位", "landmark", f"{_HERE}.units:UnitsPart"),
    PartKind("firms", "企业", "building-2", f"{_HERE}.firms:FirmsPart"),
    PartKind("calendar", "日历", "calendar-days", f"{_HERE}.calendar:CalendarPart"),
    PartKind("common", "共性", "layers", f"{_HERE}.common_issues:CommonIssuesPart"),
)

__all__ = ["LIST", "PARTS"]
