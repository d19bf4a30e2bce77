"""Lights of problems: an ordered table of rules, kept as data so that an office can edit it. Every light says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from chain_office.domain.workflow import OPEN_STATES, STATES

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
    """What the rules look at, all of it as it stood on the day. ``deadline``: while open or reported. ``review_day``: of a
    pooled problem. ``look_back_day``: of a closed one that has not been looked at again. ``updated``: when the unit was last
    heard of, or the hand-over. ``handed_day``: the hand-over to the unit that has it. ``returns``: times it was returned or
    failed its verification, ``extensions``: times its deadline was put off."""

    state: str
    deadline: date | None = None
    reported_day: date | None = None
    updated: date | None = None
    returns: int = 0
    verified: bool = False
    review_day: date | None = None
    look_back_day: date | None = None
    handed_day: date | None = None
    extensions: int = 0


DEFAULT_RULES = (
    Rule(GREY, "state_is_parked"),
    Rule(GREY, "state_is_rejected"),
    Rule(GREY, "state_is_pooled"),
    Rule(RED, "overdue"),
    Rule(RED, "returned_times", 2),
    Rule(BLUE, "closed_unverified"),
    Rule(BLUE, "reported"),
    Rule(BLUE, "look_back_due"),
    Rule(GREEN, "closed"),
    Rule(YELLOW, "workdays_left", 3),
    Rule(YELLOW, "days_without_update", 30),
    Rule(GREEN, "otherwise"),
)
"""逾期未办结或退回2次以上为红，剩余≤3个工作日或超过反馈周期未更新为黄，长期推进、不予采纳为灰，已办结待回访（含回看日已到）为蓝，其余为绿。"""

_OPEN = frozenset(OPEN_STATES)

Condition: TypeAlias = "Callable[[ProblemFacts, date, int, WorkCalendar], str]"


def is_overdue(facts: ProblemFacts, day: date) -> bool:
    """Past its inclusive deadline and still open, or reported later than the deadline."""
    if facts.deadline is None:
        return False
    if facts.state == "reported":
        return (facts.reported_day or day) > facts.deadline
    return facts.state in _OPEN and day > facts.deadline


def span_text(first: date, last: date, calendar: WorkCalendar) -> str:
    """How long from one day to a later one: "6 个工作日"; "9 天（没有2027年的节假日安排，按自然日计）" where the calendar
    does not know a year on the way."""
    missing = calendar.unknown_years(first, last)
    if missing:
        return f"{(last - first).days} 天（没有{'、'.join(str(year) for year in missing)}年的节假日安排，按自然日计）"
    return f"{calendar.workdays_between(first, last)} 个工作日"


def late_text(facts: ProblemFacts, day: date, calendar: WorkCalendar) -> str:
    """How late an overdue problem is: "逾期 6 个工作日"; "" for any other."""
    if not is_overdue(facts, day) or facts.deadline is None:
        return ""
    end = (facts.reported_day or day) if facts.state == "reported" else day
    said = span_text(facts.deadline, end, calendar)
    if said == "0 个工作日":
        return f"逾期 {(end - facts.deadline).days} 天（不满 1 个工作日）"
    return f"逾期 {said}"


def put_off(facts: ProblemFacts) -> str:
    """，已延期 1 次."""
    return f"，已延期 {facts.extensions} 次" if facts.extensions else ""


def _overdue(facts: ProblemFacts, day: date, _limit: int, calendar: WorkCalendar) -> str:
    late = late_text(facts, day, calendar)
    return late and f"{'报结时已' if facts.state == 'reported' else ''}{late}{put_off(facts)}"


def _unfinished(facts: ProblemFacts) -> bool:
    return facts.state in _OPEN or facts.state == "reported"


def _returned(facts: ProblemFacts, _day: date, limit: int, _calendar: WorkCalendar) -> str:
    return f"已退回 {facts.returns} 次" if _unfinished(facts) and facts.returns >= limit else ""


def _extended(facts: ProblemFacts, _day: date, limit: int, _calendar: WorkCalendar) -> str:
    return f"已延期 {facts.extensions} 次" if _unfinished(facts) and facts.extensions >= limit else ""


def _workdays_left(facts: ProblemFacts, day: date, limit: int, calendar: WorkCalendar) -> str:
    # Holidays never make more than two weeks of no work on end.
    if facts.state not in _OPEN or facts.deadline is None or (facts.deadline - day).days > 3 * limit + 14:
        return ""
    known = not calendar.unknown_years(day, facts.deadline)
    left = calendar.workdays_between(day, facts.deadline) if known else (facts.deadline - day).days
    if left > limit:
        return ""
    if facts.deadline == day:
        return f"今天到期{put_off(facts)}"
    if known and left == 0:
        return f"到时限 {facts.deadline.isoformat()} 已没有工作日{put_off(facts)}"
    return f"离时限还有 {span_text(day, facts.deadline, calendar)}{put_off(facts)}"


def _stale(facts: ProblemFacts, day: date, limit: int, _calendar: WorkCalendar) -> str:
    if facts.state not in _OPEN or facts.updated is None or (day - facts.updated).days <= limit:
        return ""
    return f"已 {(day - facts.updated).days} 天没有更新进展（反馈周期 {limit} 天）"


def _unacknowledged(facts: ProblemFacts, day: date, limit: int, calendar: WorkCalendar) -> str:
    since = facts.handed_day
    if facts.state != "assigned" or since is None or since >= day:
        return ""
    known = not calendar.unknown_years(since, day)
    waited = calendar.workdays_between(since, day) if known else (day - since).days
    return f"交办后 {span_text(since, day, calendar)}没有签收" if waited > limit else ""


def _review_due(facts: ProblemFacts, day: date, _limit: int, _calendar: WorkCalendar) -> str:
    due = facts.review_day
    return f"复核日 {due.isoformat()} 已到" if facts.state == "pooled" and due is not None and due <= day else ""


def _look_back_due(facts: ProblemFacts, day: date, _limit: int, _calendar: WorkCalendar) -> str:
    due = facts.look_back_day
    return f"回看日 {due.isoformat()} 已到" if facts.state == "closed" and due is not None and due <= day else ""


def _pooled(facts: ProblemFacts, _day: date, _limit: int, _calendar: WorkCalendar) -> str:
    if facts.state != "pooled":
        return ""
    return f"暂不具备条件，{facts.review_day.isoformat()} 复核" if facts.review_day else "暂不具备条件，没有定复核日"


def _otherwise(facts: ProblemFacts, day: date, _limit: int, calendar: WorkCalendar) -> str:
    if facts.state not in _OPEN and facts.state != "reported":
        return STATES[facts.state].label if facts.state in STATES else "未到期"
    if facts.deadline is None:
        return "没有时限，不作逾期判断"
    if facts.state == "reported" or facts.deadline < day:
        return "未到期"
    return f"未到期，离时限还有 {span_text(day, facts.deadline, calendar)}{put_off(facts)}"


def _state(*states: str, why: str) -> Condition:
    return lambda facts, _day, _limit, _calendar: why if facts.state in states else ""


_CONDITIONS: dict[str, Condition] = {
    "overdue": _overdue,
    "returned_times": _returned,
    "extended_times": _extended,
    "workdays_left": _workdays_left,
    "days_without_update": _stale,
    "unacknowledged": _unacknowledged,
    "state_is_parked": _state("parked", why="长期推进"),
    "state_is_rejected": _state("rejected", why="不予采纳"),
    "state_is_pooled": _pooled,
    "review_due": _review_due,
    "closed_unverified": lambda f, _d, _n, _c: "已办结，待回访核实" if f.state == "closed" and not f.verified else "",
    "reported": _state("reported", why="单位已报结，待核实"),
    "look_back_due": _look_back_due,
    "closed": _state("closed", why="已销号"),
    "otherwise": _otherwise,
}
CONDITIONS = tuple(_CONDITIONS)
"""Every condition a rule may name; an office need not use them all."""


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
