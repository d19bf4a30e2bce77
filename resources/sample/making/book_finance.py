"""05 银企对接: needs, what each bank answered, and the drawdowns, each on a sheet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from making.book_visits import written_day
from making.finance import MATCHES, NEEDS, Drawing, Match, is_park
from making.firms import BY_KEY, full_name
from making.sheet import Book, Page
from making.source import SAMPLE_NOTE

if TYPE_CHECKING:
    from pathlib import Path

EVENT = "2020年11月18日银企对接会"
CUT_OFF = "截至2021年11月19日"


def write(path: Path) -> None:
    """Write the book."""
    book = Book(path)
    _needs(book)
    _answers(book)
    _drawdowns(book)
    book.close()


def _needs(book: Book) -> None:
    page = book.page("融资需求", [6, 36, 18, 26, 12, 30, 18, 12, 22, 10])
    page.title(f"{EVENT}融资需求汇总表")
    page.caption(SAMPLE_NOTE, "单位：万元")
    page.head(
        "序号 融资主体 融资需求金额 贷款用途 期限 担保方式 现有贷款余额 是否首贷 联系人及电话 备注",
    )
    for label, members in (
        ("一、企业", [need for need in NEEDS if not is_park(need.borrower)]),
        ("二、工业园区", [need for need in NEEDS if is_park(need.borrower)]),
    ):
        page.group(f"{label}（{len(members)}{'个' if '园区' in label else '家'}）")
        for number, need in enumerate(members, 1):
            firm = BY_KEY.get(need.borrower)
            existing: Any = int(need.existing) if need.existing.isdigit() else need.existing
            page.row(
                [number, full_name(need.borrower), need.amount if number % 4 else f"{need.amount:,}", need.purpose,
                 need.term, need.guarantee, existing, need.first_loan, f"{firm.contact}{firm.phone}" if firm else "", ""],
                formats={2: "#,##0"},
            )  # fmt: skip
    page.row(["", "合计", sum(need.amount for need in NEEDS), "", "", "", "", "", "", ""], bold=True)
    page.note("注：示例甲、乙工业园区均为虚构园区。")


def _answers(book: Book) -> None:
    page = book.page("意向及授信", [6, 36, 16, 16, 16, 18, 36, 14])
    page.title(f"{EVENT}意向及授信情况表")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 企业（园区）名称 合作银行 意向金额\n（万元） 授信 < 未达成原因 备注",
        "^ ^ ^ ^ 授信金额\n（万元） 批复时间 ^ ^",
    )
    first = page.at
    for number, match in enumerate(MATCHES, 1):
        granted = "" if match.granted is None else match.granted
        day = written_day(match.granted_day, number * 3) if match.granted_day else ""
        page.row(
            [number, full_name(match.borrower), match.bank, match.intent, granted, day, match.refusal, ""],
            formats={3: "#,##0", 4: "#,##0"},
        )
    _merge_borrowers(page, first, [match.borrower for match in MATCHES])
    total = [sum(match.intent for match in MATCHES), sum(match.granted or 0 for match in MATCHES)]
    page.row(["", "合计", "", *total, "", "", ""], bold=True, formats={3: "#,##0", 4: "#,##0"})
    page.note("注：意向、授信、放款分别统计，不得相加；“批复时间”空缺的以对接会时间为准。")


def _drawdowns(book: Book) -> None:
    page = book.page("放款明细", [6, 36, 16, 18, 18, 14, 12, 20])
    page.title(f"{EVENT}贷款发放明细表")
    page.caption(f"{SAMPLE_NOTE}　{CUT_OFF}", "单位：万元")
    page.head(
        "序号 借款人 放款银行 放款金额 放款时间 新增/续贷 利率（%） 备注",
    )
    rows = [(match, drawing) for match in MATCHES for drawing in match.drawings]
    first = page.at
    for number, (match, drawing) in enumerate(rows, 1):
        page.row(_drawdown(number, match, drawing), formats={3: "#,##0"})
    _merge_borrowers(page, first, [match.borrower for match, _ in rows])
    page.row(
        ["", "合计", "", sum(drawing.amount for _, drawing in rows), "", "", "", ""], bold=True, formats={3: "#,##0"}
    )
    page.note("注：续贷单列，不计入新增。")


def _drawdown(number: int, match: Match, drawing: Drawing) -> list[Any]:
    amount: Any = drawing.amount
    if drawing.approximate:
        amount = f"约{drawing.amount}万元"
    elif number % 7 == 0:
        amount = f"{drawing.amount / 10000:g}亿元"
    elif number % 5 == 0:
        amount = f"{drawing.amount:,}"
    day = written_day(drawing.day, number * 3) if drawing.day else ""
    if drawing.day and number % 3 == 0:
        day = f"{drawing.day.year}.{drawing.day.month}.{drawing.day.day}"
    return [number, full_name(match.borrower), match.bank, amount, day, drawing.kind, drawing.rate, ""]


def _merge_borrowers(page: Page, first: int, borrowers: list[str]) -> None:
    at = first
    for borrower, members in groupby(borrowers):
        count = len(list(members))
        page.merge_down(1, at, at + count - 1, full_name(borrower))
        at += count
