"""Lights of problems: an ordered table of rules, kept as data so that an office can edit it. Every light says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.domain.workdays import WorkCalendar

GREEN, YELLOW, RED, GREY, BLUE = "green", "yellow", "red", "grey", "blue"
LABELS = {GREEN: "绿灯", YELLOW: "黄灯", RED: "红灯", GREY: "灰灯", BLUE: "蓝灯"}


@dataclass(frozen=True, slots=True)
class Rule:
    """When ``condition`` holds (with its ``limit``), the light is ``light``. Rules are tried in order."""

    light: str
    condition: str
    limit: int = 0
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Light:
    """A light and the Chinese clause that explains it."""

    light: str
    why: str

    @property
    def label(self) -> str:
        """绿灯, 黄灯 ..."""
        return LABELS[self.light]


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """What the rules look at. ``updated``: the day of the last progress entry (or hand-over). ``reported_day``:
    the day the unit reported it done. ``returns``: times it was returned."""

    state: str
    deadline: date | None = None
    reported_day: date | None = None
    updated: date | None = None
    returns: int = 0
    verified: bool = False


DEFAULT_RULES = (
    Rule(GREY, "state_is_parked"),
    Rule(GREY, "state_is_rejected"),
    Rule(GREY, "state_is_pooled"),
    Rule(RED, "overdue"),
    Rule(RED, "returned_times", 2),
    Rule(BLUE, "closed_unverified"),
    Rule(BLUE, "reported"),
    Rule(GREEN, "closed"),
    Rule(YELLOW, "workdays_left", 3),
    Rule(YELLOW, "days_without_update", 30),
    Rule(GREEN, "otherwise"),
)
"""逾期未办结或退回2次以上为红，剩余≤3个工作日或超过反馈周期未更新为黄，长期推进、不予采纳为灰，已办结待回访为蓝，其余为绿。"""

_OPEN = frozenset({"assigned", "acknowledged", "doing", "returned", "partial"})


def is_overdue(facts: ProblemFacts, day: date) -> bool:
    """Past its inclusive deadline and still open, or reported later than the deadline."""
    if facts.deadline is None:
        return False
    if facts.state == "reported":
        return (facts.reported_day or day) > facts.deadline
    return facts.state in _OPEN and day > facts.deadline


def _overdue(facts: ProblemFacts, day: date, _limit: int, _calendar: WorkCalendar) -> str:
    if not is_overdue(facts, day) or facts.deadline is None:
        return ""
    if facts.state == "reported" and facts.reported_day is not None:
        late = (facts.reported_day - facts.deadline).days
        return f"报结时已逾期{late}天（时限{facts.deadline.isoformat()}）"
    return f"已逾期{(day - facts.deadline).days}天（时限{facts.deadline.isoformat()}）"


def _returned(facts: ProblemFacts, _day: date, limit: int, _calendar: WorkCalendar) -> str:
    unfinished = facts.state in _OPEN or facts.state == "reported"
    return f"已退回{facts.returns}次" if unfinished and facts.returns >= limit else ""


def _workdays_left(facts: ProblemFacts, day: date, limit: int, calendar: WorkCalendar) -> str:
    if facts.state not in _OPEN or facts.deadline is None or (facts.deadline - day).days > 3 * limit + 14:
        return ""
    missing = {day.year, facts.deadline.year} - calendar.known_years
    if missing:
        left = (facts.deadline - day).days
        years = "、".join(str(year) for year in sorted(missing))
        return f"离时限还有{left}天（没有{years}年的节假日安排，按自然日计）" if left <= limit else ""
    left = calendar.workdays_between(day, facts.deadline)
    return f"离时限只剩{left}个工作日" if left <= limit else ""


def _stale(facts: ProblemFacts, day: date, limit: int, _calendar: WorkCalendar) -> str:
    if facts.state not in _OPEN or facts.updated is None or (day - facts.updated).days <= limit:
        return ""
    return f"已{(day - facts.updated).days}天没有更新进展（反馈周期{limit}天）"


def _state(*states: str, why: str) -> Callable[[ProblemFacts, date, int, WorkCalendar], str]:
    return lambda facts, _day, _limit, _calendar: why if facts.state in states else ""


_CONDITIONS: dict[str, Callable[[ProblemFacts, date, int, WorkCalendar], str]] = {
    "overdue": _overdue,
    "returned_times": _returned,
    "workdays_left": _workdays_left,
    "days_without_update": _stale,
    "state_is_parked": _state("parked", why="长期推进"),
    "state_is_rejected": _state("rejected", why="不予采纳"),
    "state_is_pooled": _state("pooled", why="暂不具备条件"),
    "closed_unverified": lambda f, _d, _n, _c: "已办结，待回访核实" if f.state == "closed" and not f.verified else "",
    "reported": _state("reported", why="单位已报结，待核实"),
    "closed": _state("closed", why="已销号"),
    "otherwise": lambda f, _d, _n, _c: "未到期" if f.deadline is not None else "没有时限，不作逾期判断",
}
CONDITIONS = tuple(_CONDITIONS)


def evaluate(facts: ProblemFacts, day: date, calendar: WorkCalendar, rules: tuple[Rule, ...] = DEFAULT_RULES) -> Light:
    """The light of a problem on ``day``: the first enabled rule that holds. A rule with an unknown condition is skipped
    and said in the reason of the light that follows."""
    unknown: list[str] = []
    for rule in rules:
        condition = _CONDITIONS.get(rule.condition)
        if condition is None:
            unknown.append(rule.condition)
            continue
        why = condition(facts, day, rule.limit, calendar) if rule.enabled else ""
        if why:
            return Light(rule.light, why + (f"（规则“{'、'.join(unknown)}”不认识，已跳过）" if unknown else ""))
    return Light(GREEN, "没有规则适用")
