"""Deadlines that are rules rather than dates: 15个工作日, 7日内, 立行立改, 长期坚持."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue, Reading
from chain_office.domain.numbers import small_number

if TYPE_CHECKING:
    from chain_office.domain.workdays import WorkCalendar

IMMEDIATE = "immediate"
LONG_TERM = "long_term"
_IMMEDIATE = re.compile(r"立行立改|立即|立刻|马上|即知即改|边查边改|立查立改|立整立改|即时|即办|当场|现场办结|现场解决")
_LONG_TERM = re.compile(r"长期|持续|常态|中长期|坚持|不断")
_NUMERAL = r"(\d+|[一二两三四五六七八九十]+)"
_DURATION = re.compile(
    rf"(?:收到|交办|签收|下发|接到|自|从|在)*[^\d一二两三四五六七八九十]{{0,8}}{_NUMERAL}"
    r"(个?工作日|个?自然日|日内|日之内|天|个?星期|个?周|周|个月)(?:以?内|之内|前|办结|完成|解决|反馈|回复|答复)*$"
)


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day where there is none."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _count(rule: str) -> tuple[str, int]:
    name, _, number = rule.partition(":")
    return name, int(number or 0)


def read_rule(text: str, anchor: date | None) -> Reading | None:
    """A deadline that is a rule; None if ``text`` is not one.

    Days, weeks and months are counted at once when the hand-over date is known. Working days need a calendar:
    they stay ``rule="workdays:15"`` until :func:`settle_deadline`.
    """
    text = re.sub(r"^半年(?=$|以?内|之内)", "6个月", text)
    has_date = re.search(r"\d+[月年/.-]|\d{4}", re.sub(r"\d+个月", "", text)) is not None
    match = None if has_date else _DURATION.match(text)
    if match is not None:
        number = small_number(match.group(1))
        if number is None or number > 1000:
            return None
        unit = match.group(2).removeprefix("个")
        rule = {"工作日": f"workdays:{number}", "月": f"months:{number}"}.get(unit)
        if rule is None:
            rule = f"days:{number * 7}" if unit in {"周", "星期"} else f"days:{number}"
        return settle_deadline(Reading(None, rule=rule), anchor)
    if has_date:
        return None
    if _LONG_TERM.search(text):
        return Reading(None, rule=LONG_TERM)
    if _IMMEDIATE.search(text):
        return Reading(None, rule=IMMEDIATE)
    return None


def settle_deadline(reading: Reading, anchor: date | None, calendar: WorkCalendar | None = None) -> Reading:
    """Turn "workdays:15", "days:7", "months:1" into a day once the hand-over date (and the calendar) are known.

    The hand-over day itself does not count. The rule stays on the reading. A year the calendar does not know raises
    :class:`~chain_office.domain.kinds.BadValue`; a missing anchor or calendar leaves the reading as it is.
    """
    name, number = _count(reading.rule) if ":" in reading.rule else (reading.rule, 0)
    if reading.value is not None or anchor is None:
        return reading
    if name == "days":
        return replace(reading, value=anchor + timedelta(days=number))
    if name == "months":
        return replace(reading, value=add_months(anchor, number))
    if name == "workdays" and calendar is not None:
        return replace(reading, value=calendar.add_workdays(anchor, number))
    return reading


def require_deadline(reading: Reading) -> date | None:
    """The day of a settled deadline, None where there is none by rule; a rule still open is a question."""
    if isinstance(reading.value, date):
        return reading.value
    if ":" in reading.rule:
        reason = "办结时限要从交办日推算，但没有交办日期"
        raise BadValue(reason, question=True, topic="date")
    return None
