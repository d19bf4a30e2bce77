"""03 问题收集筛选表: what was collected, not handed over: rejected, pooled with a review day, yet to be screened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from making.book_visits import written_day
from making.problems import CANDIDATES
from making.sheet import Book
from making.source import SAMPLE_NOTE

if TYPE_CHECKING:
    from pathlib import Path

    from making.problems import Candidate


def write(path: Path) -> None:
    """Write the book."""
    book = Book(path)
    screened = [one for one in CANDIDATES if one.kind != "waiting"]
    _screened(book, screened)
    _waiting(book, [one for one in CANDIDATES if one.kind == "waiting"])
    book.close()


def _screened(book: Book, rows: list[Candidate]) -> None:
    page = book.page("未列入交办问题", [6, 34, 14, 14, 44, 20, 10, 12, 12, 16, 36, 16, 4])
    page.title("有色金属及新型合金产业链企业问题筛选情况表（未列入交办部分）")
    page.caption(SAMPLE_NOTE, "筛选日期：2020年10月30日")
    page.head(
        "序号 企业名称 收集时间 问题类别 反映问题 企业诉求 筛选原则 < < 状态 不予采纳原因 复核时间 ·",
        "^ ^ ^ ^ ^ ^ 企业很急需 条件又具备 政府办得到 ^ ^ ^ ·",
    )
    for kind, label in (("rejected", "一、不予采纳"), ("pooled", "二、暂不具备条件")):
        members = [one for one in rows if one.kind == kind]
        page.group(f"{label}（{len(members)}个）")
        for number, one in enumerate(members, 1):
            review = f"{one.review.year}年{one.review.month}月底前" if one.review else ""
            page.row(
                [number, one.firm.name, written_day(one.collected, number % 2 * 3), one.category, one.text, one.demand,
                 *(_tick(answer, number) for answer in one.criteria), one.verdict, one.reason, review, ""]
            )  # fmt: skip
    page.note("注：另有58个问题经筛选列入问题交办会交办，见交办清单。")


def _waiting(book: Book, rows: list[Candidate]) -> None:
    page = book.page("日常收集", [6, 34, 12, 16, 16, 46, 24, 14])
    page.title("企业问题日常收集登记表（2021年）")
    page.caption(SAMPLE_NOTE, "截至2021年11月19日")
    page.head(
        "序号 反映企业 县市区 问题类型 登记时间 问题描述 诉求内容 备注",
    )
    for number, one in enumerate(rows, 1):
        page.row(
            [number, one.firm.name, one.firm.district, one.category, written_day(one.collected, number), one.text,
             one.demand, ""]
        )  # fmt: skip
    page.note("注：以上问题尚未筛选。")


def _tick(answer: str, number: int) -> str:
    return answer if number % 2 else {"是": "√", "否": "×"}.get(answer, "")
