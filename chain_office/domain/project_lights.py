"""Lights of projects: an ordered table of rules, kept as data so that an office can edit it. Every light says why.

序时 is month ÷ 12 of the year's plan; thresholds differ from city to city (10 and 30 points in the first office).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from chain_office.domain.lights import Rule

BUILDING, PLANNED = "under_construction", "planned"
MOVING = frozenset({PLANNED, BUILDING})
"""Stages in which a day that has passed means something."""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules look at, as it stood on the day. ``ahead``: percent points above the calendar (below: < 0), None
    where plan or investment is not known; ``percent`` of the year's plan by ``month``. ``node``: the open node that should have
    been done longest ago, with its day. ``silent``: months ended without a report while it was built, None where it never
    reported. ``causes``: problems that hold it up and are not solved."""

    stage: str
    plan_start: date | None = None
    plan_finish: date | None = None
    planned: bool = True
    ahead: Decimal | None = None
    percent: Decimal = Decimal(0)
    month: str = ""
    node: tuple[str, date] | None = None
    silent: int | None = 0
    causes: int = 0

    @property
    def paced(self) -> str:
        """2021-09 完成年度计划的 67.8%，欠序时进度 7.2 个百分点; "" where it is not known."""
        return "" if self.ahead is None else paced(self.month, self.percent, self.ahead)


@dataclass(frozen=True, slots=True)
class Lag:
    """How many days a project is behind, since ``due``; ``what``: the node or the planned day it is measured by."""

    days: int
    due: date
    what: str

    @property
    def said(self) -> str:
        """滞后 23 天（节点“用地”应于 2021-10-27 完成）."""
        return f"滞后 {self.days} 天（{self.what} {self.due.isoformat()}）"


@dataclass(frozen=True, slots=True)
class ProjectLight:
    """``light``: a name of domain.lights. ``rule`` held, on these facts."""

    light: str
    rule: Rule
    facts: ProjectFacts
    day: date

    @property
    def condition(self) -> str:
        """What the rule looked at."""
        return self.rule.condition

    @property
    def why(self) -> str:
        """Why it holds; put into words only where somebody reads it."""
        return _CONDITIONS[self.rule.condition](self.facts, self.day, self.rule.limit)

    @property
    def due(self) -> date | None:
        """The planned day that passed, where that is what the rule looked at."""
        facts = self.facts
        known = {
            "node_overdue": facts.node[1] if facts.node is not None else None,
            "not_started": facts.plan_start,
            "not_finished": facts.plan_finish,
        }
        return known.get(self.rule.condition)


Condition: TypeAlias = "Callable[[ProjectFacts, date, int], str]"


def lag_of(facts: ProjectFacts, day: date) -> Lag | None:
    """The longest of the delays there are: an open node past its day, not begun, not finished; None where there is none."""
    found = []
    if facts.stage in MOVING and facts.node is not None and facts.node[1] < day:
        found.append((facts.node[1], f"节点“{facts.node[0]}”应完成于"))
    if facts.stage == PLANNED and facts.plan_start is not None and facts.plan_start < day:
        found.append((facts.plan_start, "应开工于"))
    if facts.stage in MOVING and facts.plan_finish is not None and facts.plan_finish < day:
        found.append((facts.plan_finish, "应竣工于"))
    if not found:
        return None
    due, what = min(found, key=lambda one: one[0])
    return Lag((day - due).days, due, what)


def told(light: ProjectLight | None, lag: Lag | None, because: str, pace: str) -> str:
    """Why a project has its light, how far behind it is and because of what. A light that is lit by that very delay does
    not say it twice: the year's pace stands in its place."""
    behind = "，".join(part for part in (lag.said if lag is not None else "", because) if part)
    if light is not None and lag is not None and light.due == lag.due:
        return "；".join(part for part in (behind, pace) if part)
    return "；".join(part for part in (light.why if light is not None else "", behind) if part)


def paced(month: str, percent: Decimal, ahead: Decimal) -> str:
    """How much of the year's plan is done by a month, and how that stands to the calendar."""
    done = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{month} 完成年度计划的 {done}%，{points(ahead)}"


def points(ahead: Decimal) -> str:
    """超序时进度 2.3 个百分点; 欠 … (one decimal, half up)."""
    size = abs(ahead).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if not size:
        return "与序时进度持平"
    return f"{'超' if ahead > 0 else '欠'}序时进度 {size} 个百分点"


def _late_node(facts: ProjectFacts, day: date, limit: int) -> str:
    if facts.stage not in MOVING or facts.node is None:
        return ""
    late = (day - facts.node[1]).days
    return f"节点“{facts.node[0]}”逾期 {late} 天" if late >= max(1, limit) else ""


def _not_started(facts: ProjectFacts, day: date, limit: int) -> str:
    if facts.stage != PLANNED or facts.plan_start is None:
        return ""
    late = (day - facts.plan_start).days
    return f"过了计划开工时间 {late} 天还没有开工" if late >= max(1, limit) else ""


def _not_finished(facts: ProjectFacts, day: date, limit: int) -> str:
    if facts.stage not in MOVING or facts.plan_finish is None:
        return ""
    late = (day - facts.plan_finish).days
    return f"过了计划竣工时间 {late} 天还没有竣工" if late >= max(1, limit) else ""


def _silent(facts: ProjectFacts, _day: date, limit: int) -> str:
    if facts.stage != BUILDING:
        return ""
    if facts.silent is None:
        return "在建，从来没有报过进展"
    return f"连续 {facts.silent} 个月没有报进展" if facts.silent >= max(1, limit) else ""


_MEASURED: dict[str, Callable[[Decimal, int], bool]] = {
    "behind_more": lambda ahead, limit: -ahead > limit,
    "behind_at_most": lambda ahead, limit: -ahead <= limit,
    "else": lambda _ahead, _limit: True,
}


_CONDITIONS: dict[str, Condition] = {
    "node_overdue": _late_node,
    "not_started": _not_started,
    "not_finished": _not_finished,
    "no_plan": lambda f, day, _n: f"在建，没有 {day.year} 年度计划" if f.stage == BUILDING and not f.planned else "",
    "months_silent": _silent,
    "held_up": lambda f, _d, n: (
        f"有 {f.causes} 个没有解决的制约问题" if f.stage in MOVING and f.causes >= max(1, n) else ""
    ),
    "stopped": lambda f, _d, _n: "停缓建" if f.stage == "stopped" else "",
    "completed": lambda f, _d, _n: "已竣工" if f.stage == "completed" else "",
    **dict.fromkeys(_MEASURED, lambda f, _d, _n: f.paced),
}
CONDITIONS = tuple(_CONDITIONS)
"""Every condition a rule may name; an office need not use them all. ``else`` speaks of projects with plan and figures
only: a project nothing is known of has no light, rather than a green one."""


def evaluate(facts: ProjectFacts, day: date, rules: Sequence[Rule]) -> ProjectLight | None:
    """The light of a project on ``day``: the first enabled rule that holds; None where none does."""
    for rule in rules:
        if rule.enabled and _holds(facts, day, rule):
            return ProjectLight(rule.light, rule, facts, day)
    return None


def _holds(facts: ProjectFacts, day: date, rule: Rule) -> bool:
    measure = _MEASURED.get(rule.condition)
    if measure is not None:
        return facts.ahead is not None and measure(facts.ahead, rule.limit)
    condition = _CONDITIONS.get(rule.condition)
    return condition is not None and bool(condition(facts, day, rule.limit))
