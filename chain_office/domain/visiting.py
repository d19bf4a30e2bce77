"""Rules of visits: how a plan is spread over days, where a planned line and a promise stand, when a firm is due again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.domain.kinds import BadValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.domain.workdays import WorkCalendar

DONE, WAITING, LATE = "done", "waiting", "late"
PLAN_WORDS: Final[Mapping[str, str]] = {DONE: "已走访", WAITING: "待走访", LATE: "逾期"}
"""Where a planned line stands. 走访计划's own words; nobody types them."""
PROMISE_WORDS: Final[Mapping[str, str]] = {
    DONE: "已兑现",
    WAITING: "未到期",
    LATE: "逾期",
    "today": "今天到期",
    "open": "没有时限",
}
LIGHTS: Final[Mapping[str, str]] = {DONE: "green", WAITING: "", LATE: "red", "today": "amber", "open": "grey"}
_LONGEST_SPAN: Final = 400


def plan_state(due: date | None, visited: date | None, until: date | None, day: date) -> str:
    """A planned line at ``day``: done by a visit dated up to then; late once its own day, or where it has none the
    campaign's last (``until``), has passed."""
    if visited is not None and visited <= day:
        return DONE
    last = due or until
    return LATE if last is not None and last < day else WAITING


def promise_state(due: date | None, done: date | None, day: date) -> str:
    """A promise at ``day``: kept by then, overdue, due that very day, waiting, or without a day."""
    if done is not None and done <= day:
        return DONE
    if due is None:
        return "open"
    if due == day:
        return "today"
    return LATE if due < day else WAITING


def working_days(first: date, last: date, calendar: WorkCalendar) -> tuple[tuple[date, ...], bool]:
    """The working days from one day to another, both included, and whether the calendar knew them all: in a year it does
    not know, Monday to Friday are taken. Raises :class:`KnownError` for a stretch that ends before it begins."""
    if last < first:
        raise KnownError(f"结束日期 {last} 早于开始日期 {first}，请核对。")
    if (last - first).days > _LONGEST_SPAN:
        raise KnownError(f"从 {first} 到 {last} 超过一年，请分几次安排。")
    known, found = True, []
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        try:
            works = calendar.is_workday(day)
        except BadValue:
            known, works = False, day.weekday() < 5
        if works:
            found.append(day)
    return tuple(found), known


def spread(firms: Sequence[str], days: Sequence[date], per_day: int = 0, group: int = 0) -> dict[str, date]:
    """Firm → its day, in the order given: as evenly as the days allow, or ``per_day`` a day from the first day on (0: as
    evenly). ``group``: the how manieth team goes there; those under way at once do not all begin on the first day.
    Raises :class:`KnownError` where there is no day, or there are too few of them."""
    if not days:
        raise KnownError("这段时间里没有工作日，请换日期。")
    if per_day and len(firms) > per_day * len(days):
        raise KnownError(
            f"{len(firms)} 家每天 {per_day} 家要 {-(-len(firms) // per_day)} 个工作日，只有 {len(days)} 个；"
            "请延长日期或每天多走几家。"
        )
    if per_day:
        return {firm: days[place // per_day] for place, firm in enumerate(firms)}
    late = group * 62 % 100  # hundredths of a firm's share of the days, well apart from one team to the next
    return {firm: days[(place * 100 + late) * len(days) // (len(firms) * 100)] for place, firm in enumerate(firms)}


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the office wants to visit: a firm every so many days, one under protection by a rule of its own, and how
    many visits a month to such a one are too many."""

    every_days: int = 90
    protected_days: int = 180
    monthly_most: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """When a firm is to be visited next. ``day`` None: it was never visited, so it is due at once. ``late_days``: how long
    past that, 0 for not yet; None where it was never visited."""

    day: date | None
    late_days: int | None
    since_days: int | None


def next_due(last: date | None, protected: bool, pace: Pace, day: date) -> Due:
    """When a firm last visited on ``last`` is due again, looked at on ``day``."""
    if last is None:
        return Due(None, None, None)
    due = last + timedelta(days=pace.protected_days if protected else pace.every_days)
    return Due(due, max(0, (day - due).days), (day - last).days)


def is_protected(since: date | None, day: date | None) -> bool:
    """Whether a firm was under protection (赋码保护) on a day: from the day it was put under it on."""
    return since is not None and day is not None and since <= day
