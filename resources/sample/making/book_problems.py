"""04 问题交办清单及办理进展: three sheets by kind of unit, each laid out by another hand."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from making.problems import PROBLEMS, Problem
from making.sheet import Book, Page
from making.source import HANDOVER, SAMPLE_NOTE

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

TITLE = "2020年11月3日问题交办会交办问题清单及办理进展"
CUT_OFF = "截至2021年11月19日"
DONE_WORDS = {
    "A": {"verified": "已办结", "unverified": "已办结", "doing": "正在办理", "partial": "部分解决", "parked": "长期推进"},
    "B": {"verified": "是", "unverified": "是", "doing": "否", "reported": "已答复，待回访"},
    "C": {"verified": "√", "unverified": "√", "doing": "推进中", "reported": "申请办结", "parked": "长期推进",
          "returned": "退回", "assigned": "待签收"},
}  # fmt: skip


def write(path: Path) -> None:
    """Write the book."""
    book = Book(path)
    _city_one(book, [one for one in PROBLEMS if one.sheet == "A"])
    _city_two(book, [one for one in PROBLEMS if one.sheet == "B"])
    _counties(book, [one for one in PROBLEMS if one.sheet == "C"])
    book.close()


def _word(one: Problem) -> str:
    return DONE_WORDS[one.sheet][one.state]


def _merge_firms(page: Page, first: int, rows: list[Problem], columns: list[tuple[int, str]]) -> None:
    """Merge neighbours of one firm: its name, and its district where the sheet has one."""
    at = first
    for _, members in groupby(rows, key=lambda one: one.firm.key):
        group = list(members)
        for column, field in columns:
            page.merge_down(column, at, at + len(group) - 1, getattr(group[0].firm, field))
        at += len(group)


def _city_one(book: Book, rows: list[Problem]) -> None:
    page = book.page("市直单位（一）", [6, 34, 12, 14, 46, 26, 18, 22, 14, 16, 44, 12, 14, 12, 26])
    page.title(f"{TITLE}（市直单位一）")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 企业名称 县市区 问题类别 存在问题 企业诉求 交办情况 < < < 办理情况 < < < 备注",
        "^ ^ ^ ^ ^ ^ 牵头单位 配合单位 交办时间 办结时限 办理进展 是否办结 办结时间 企业满意度 ^",
    )
    first = page.at
    for number, one in enumerate(rows, 1):
        page.row(
            [number, one.firm.name, one.firm.district, one.category, one.text, one.demand, one.lead, one.co_units,
             HANDOVER if number % 3 else "2020年11月3日", one.deadline_written, one.progress, _word(one),
             _closed(one.closed_written, number), one.satisfaction, one.remark]
        )  # fmt: skip
    _merge_firms(page, first, rows, [(1, "name"), (2, "district")])
    page.note(f"注：1.本表{len(rows)}个问题；2.筛选依据见问题交办会会议材料。")


def _city_two(book: Book, rows: list[Problem]) -> None:
    page = book.page("市直单位（二）", [20, 34, 14, 46, 26, 34, 18, 14, 44, 14, 14, 12])
    page.title(f"{TITLE}（市直单位二）")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "编号 诉求企业 问题类型 问题内容 诉求 承办单位 完成时限 反馈时间 目前进展 是否完成 办结日期 是否满意",
    )
    for number, one in enumerate(rows, 1):
        page.row(
            [f"有色交〔2020〕{number}号", one.firm.name, one.category, one.text, one.demand, _units(one, number),
             one.deadline_written, one.reported or "", one.progress, _word(one), one.closed_written or "",
             one.satisfaction]
        )  # fmt: skip
    page.note("注：承办单位中注明（牵头）的为牵头单位，其余为配合单位。")


def _units(one: Problem, number: int) -> str:
    """The lead and the co-units in one cell, in three notations."""
    if not one.co_units:
        return one.lead
    return (
        f"{one.lead}（牵头）、{one.co_units}",
        f"牵头单位：{one.lead}\n配合单位：{one.co_units}",
        f"{one.lead}（牵头）\n{one.co_units.replace('、', ' ')}",
    )[number % 3]


def _counties(book: Book, rows: list[Problem]) -> None:
    page = book.page("县市区", [6, 16, 22, 34, 14, 44, 22, 14, 16, 42, 12, 14, 14, 12, 24])
    page.title("问题交办会交办县市区（园区）问题清单")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 主板单位 协办单位 企业 问题类别 具体问题 具体诉求 交办日期 办结时限 落实情况 办理状态 报结时间 办结日期 满意度 备注",
    )
    number = 0
    for lead, members in groupby(rows, key=lambda one: one.lead):
        group = list(members)
        first = page.at
        for one in group:
            number += 1
            page.row(
                [number, _county_name(lead), one.co_units, one.firm.name, one.category, one.text, one.demand,
                 "2020.11.3", one.deadline_written, one.progress, _word(one), _dotted(one.reported),
                 _dotted(one.closed_written), one.satisfaction, one.remark]
            )  # fmt: skip
        page.merge_down(1, first, page.at - 1, _county_name(lead))
    page.row(["合计", "", "", "", "", f"{number}个", "", "", "", "", "", "", "", "", ""], bold=True)
    page.note("注：县市区政府（园区管委会）为牵头单位的问题，市直配合单位按职责指导。")


def _county_name(lead: str) -> str:
    return f"{lead}管委会" if lead.endswith("区") and "经开" in lead else f"{lead}人民政府"


def _closed(day: date | None, number: int) -> Any:
    if day is None:
        return ""
    if day.year == 2020 and number % 2:
        return f"{day.month}月{day.day}日"
    return day


def _dotted(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""
