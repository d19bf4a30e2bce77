"""The views of 问题 beside its list. One line a view, in the order of the strip above them; each is loaded when it is first
shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from chain_office.ui.pages.problem_parts.part import Part

_HERE = "chain_office.ui.pages.problem_parts"


@dataclass(frozen=True, slots=True)
class PartKind:
    """A view by what the strip has to know before it is shown. ``place``: "module:class" within this package; "" is the
    list itself."""

    id: str
    word: str
    icon_name: str
    place: str = ""

    def load(self) -> type[Part]:
        """The view's class."""
        module, _, name = self.place.partition(":")
        return cast("type[Part]", getattr(import_module(f"{_HERE}.{module}"), name))


LIST: Final = "list"
PARTS: Final = (
    PartKind(LIST, "清单", "list"),
    PartKind("today", "今日", "calendar-check", "today:TodayPart"),
    PartKind("screening", "筛选", "list-checks", "screening:ScreeningPart"),
    PartKind("meeting", "交办会", "file-plus", "meeting:MeetingPart"),
    PartKind("calls", "催办", "clock", "calls:CallsPart"),
    PartKind("feedback", "反馈", "message-square-reply", "feedback:FeedbackPart"),
    PartKind("papers", "材料", "printer", "papers:PapersPart"),
    PartKind("board", "看板", "square-kanban", "board:BoardPart"),
    PartKind("units", "单位", "landmark", "units:UnitsPart"),
    PartKind("firms", "企业", "building-2", "firms:FirmsPart"),
    PartKind("calendar", "日历", "calendar-days", "calendar:CalendarPart"),
    PartKind("common", "共性", "layers", "common_issues:CommonIssuesPart"),
)
