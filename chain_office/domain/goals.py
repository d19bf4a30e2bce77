"""发展目标: what a goal of a year can be compared with, how far it is, and its light beside the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from chain_office.domain.growth import share
from chain_office.domain.periods import last_ended_month, month_parts
from chain_office.domain.textkinds import Choice, ChoiceKind

if TYPE_CHECKING:
    from collections.abc import Callable

Pace = Literal["year", "level", "rate"]
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """A number goals are set for. ``pace``: year (it grows from nothing through the year, and is held against 序时进度),
    level (it stands where it stands), rate (percent; the distance is in points)."""

    key: str
    label: str
    unit: str
    pace: Pace
    formula: str


MEASURES: Final = (
    Measure("output.total_yuan", "产值", "元", "year", "同口径企业本年累计产值"),
    Measure("output.yoy_percent", "产值同比增长（同口径）", "%", "rate", "产值同口径增速"),
    Measure("enterprises.total", "规上企业", "家", "level", "在册企业数"),
    Measure("register.entered", "本年新入规企业", "家", "year", "本年入规且截止日仍在册的企业"),
    Measure("projects.completed", "竣工项目", "个", "year", "本年竣工的项目"),
    Measure("projects.started", "本年开工项目", "个", "year", "本年进入在建阶段的项目"),
    Measure("projects.under_construction", "在建项目", "个", "level", "截止日在建的项目"),
    Measure("projects.invested_yuan", "本年完成投资", "元", "year", "各项目本年最近一次上报的年度累计完成投资之和"),
    Measure("finance.granted_yuan", "授信金额（累计）", "元", "level", "截止日以前全部授信之和"),
    Measure("finance.drawn_yuan", "放款金额（累计）", "元", "level", "截止日以前全部放款之和"),
    Measure("finance.granted_in_year_yuan", "本年授信金额", "元", "year", "本年日期的授信之和"),
    Measure("finance.drawn_in_year_yuan", "本年放款金额", "元", "year", "本年日期的放款之和"),
    Measure("problems.closed", "已销号问题", "个", "level", "截止日处于已销号状态的问题"),
    Measure("visits.enterprises_visited", "走访企业", "家", "level", "截止日以前走访过的不同企业"),
    Measure("prospects.signed", "本年签约招商项目", "个", "year", "签约时间在本年的招商项目"),
    Measure("prospects.signed_yuan", "本年签约招商金额", "元", "year", "签约时间在本年的招商项目拟投资额之和"),
    Measure("prospects.landed", "本年落地招商项目", "个", "year", "落地时间在本年的招商项目"),
    Measure("achievements.landed", "本年转化科研成果", "项", "year", "转化日期在本年的科研成果"),
)
_BY_KEY: Final = {one.key: one for one in MEASURES}
GOAL_FIGURE: Final = ChoiceKind("goal_figure", tuple(Choice(one.key, one.label) for one in MEASURES))
"""The field 对照数字."""


def measure(key: str | None) -> Measure | None:
    """The measure of a key; None for a goal that is compared with nothing."""
    return _BY_KEY.get(key or "")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a goal is. ``value`` and ``gap`` (value − goal) in the goal's unit; ``done`` in percent, one decimal;
    ``schedule``: 序时进度 in percent where it is held against that; ``light``: green, amber, red or ""."""

    value: int | Decimal | None
    gap: int | Decimal | None
    done: Decimal | None
    schedule: Decimal | None
    light: str
    word: str
    why: str


NOT_COMPARED: Final = Standing(None, None, None, None, "", "", "")


def reckoned(year: int, day: date) -> date | None:
    """The day a goal of ``year`` is looked at: ``day``, the year's last one once it is over, none before it begins."""
    if day.year < year:
        return None
    return day if day.year == year else date(year, 12, 31)


def standing(
    compared: Measure,
    goal: int | Decimal,
    value: int | Decimal | None,
    year: int,
    day: date,
    light_of: Callable[[Decimal], str],
) -> Standing:
    """How far a goal is at ``day``. ``light_of``: the office's rule for percent points ahead of 序时进度 (behind: < 0)."""
    if value is None:
        return Standing(None, None, None, None, "", "没有数", "截止日还没有这个数")
    gap = value - goal
    over = day > date(year, 12, 31)
    if compared.pace == "rate":
        points = abs(Decimal(gap))
        if gap >= 0:
            return Standing(
                value, gap, None, None, "green", "达到目标", f"高于目标 {points} 个百分点" if gap else "正好达到"
            )
        light = "red" if over else "amber"
        return Standing(value, gap, None, None, light, "低于目标", f"低于目标 {points} 个百分点")
    done = _share(value, goal)
    if gap >= 0:
        return Standing(value, gap, done, None, "green", "已完成", "已达到目标")
    if over:
        return Standing(value, gap, done, None, "red", "未完成", f"{year}年已过，没有达到目标")
    if compared.pace == "level" or done is None:
        return Standing(value, gap, done, None, "amber", "未达到", "还没有达到目标；这个数不随月份累计，不比序时进度")
    passed = month_parts(last_ended_month(day))[1] if last_ended_month(day)[:4] == f"{year:04d}" else 0
    schedule = Decimal(passed * 100) / _MONTHS
    ahead = done - schedule
    light = light_of(ahead)
    way = "高于" if ahead >= 0 else "低于"
    why = f"完成 {done}%，{way}序时进度 {abs(ahead).quantize(Decimal('0.1'))} 个百分点（已过 {passed} 个月）"
    words = {"green": "进度正常", "amber": "略慢", "red": "滞后"}
    return Standing(value, gap, done, schedule.quantize(Decimal("0.1")), light, words.get(light, ""), why)


def _share(value: int | Decimal, goal: int | Decimal) -> Decimal | None:
    """Value over goal in percent: below 100 it never reads as 100."""
    if goal <= 0:
        return None
    scale = 10_000
    return share(int(Decimal(value) * scale), int(Decimal(goal) * scale))
