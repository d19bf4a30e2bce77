"""Small words of papers: days, deadlines, units, blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import STATES
from chain_office.queries.paper_rows import CO
from chain_office.reports.content import chinese_date
from chain_office.services.packing.wording import UNRECORDED, said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chain_office.queries.paper_rows import PaperProblem, PaperUnit

NO_UNIT: Final = "未明确"
ROLES: Final = {"lead": "牵头", CO: "配合"}
_TO_SIGN: Final = "　　　　年　　月　　日"


def known(text: str) -> str:
    """A recorded text in a cell; 未登记 where there is none."""
    return said(text) or UNRECORDED


def when(day: date | None) -> str:
    """2021年3月31日; 未登记."""
    return UNRECORDED if day is None else chinese_date(day)


def deadline(problem: PaperProblem) -> str:
    """The deadline in a cell: a day; the words it was set in where they name none; 未定."""
    if problem.deadline is not None:
        return problem.deadline.isoformat()
    return said(problem.deadline_text) or "未定"


def unit(one: PaperUnit | None) -> str:
    """市发改委; 未明确."""
    return NO_UNIT if one is None else said(one.short)


def units(many: Iterable[PaperUnit], none: str = "无") -> str:
    """市发改委、市工信局."""
    return "、".join(said(one.short) for one in many) or none


def state(problem: PaperProblem) -> str:
    """The state's word."""
    return STATES[problem.state].label


def what(problem: PaperProblem) -> str:
    """The problem and what the firm asks for."""
    asked = said(problem.demand)
    text = known(problem.text)
    return f"{text}\n诉求：{asked}" if asked and asked != text else text


def told(problem: PaperProblem) -> str:
    """The last that was heard, and when."""
    if not problem.told:
        return "未反馈"
    day = problem.told_day.isoformat() if problem.told_day else "未记日期"
    return f"{said(problem.told)}（{day}）"


def blank_day() -> str:
    """Room for a day."""
    return _TO_SIGN


def numeral(number: int) -> str:
    """1 → 一 … 99."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens - 1]}十"
    return head + (digits[ones - 1] if ones else "")
