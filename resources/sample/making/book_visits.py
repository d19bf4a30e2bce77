"""02 走访记录: a sheet per visiting group, days written in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from making.sheet import Book, Page
from making.source import SAMPLE_NOTE
from making.visits import VISITS, Visit

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

TITLE = "2020年10月规模以上企业走访调研记录表"
TEAM = ("示例甲、示例乙", "示例丙、示例丁", "示例甲、示例戊", "示例己、示例庚")
CITY = {"雁峰区", "蒸湘区", "石鼓区", "珠晖区", ""}


def write(path: Path) -> None:
    """Write the book."""
    book = Book(path)
    groups = (
        ("第一组（常宁）", [v for v in VISITS if v.firm.district == "常宁市"]),
        ("第二组（耒阳、衡东）", [v for v in VISITS if v.firm.district in {"耒阳市", "衡东县"}]),
        ("第三组（城区及其他）", [v for v in VISITS if v.firm.district in CITY]),
        ("第四组（四县）", [v for v in VISITS if v.firm.district in {"衡南县", "祁东县", "衡阳县", "衡山县"}]),
    )
    for layout, (name, visits) in zip((_plain, _two_rows, _plain, _two_rows), groups, strict=True):
        layout(book, name, visits)
    book.close()


def written_day(day: date | None, number: int) -> Any:
    """A day as people write it: six notations in turn; the month where no day is known."""
    if day is None:
        return "2020年10月"
    return (
        day,
        f"{day.year}.{day.month}.{day.day}",
        f"{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
    )[number % 6]


def _open(book: Book, name: str, widths: list[int]) -> Page:
    page = book.page(name, widths)
    page.title(TITLE)
    page.caption(SAMPLE_NOTE, name)
    return page


def _end(page: Page, visits: list[Visit]) -> None:
    page.note(f"注：本组走访{len(visits)}家。只填“2020年10月”的企业仅列公开报道的走访月份，其余内容不编造。")
    page.note("填表人：示例　　审核人：示例")


def _plain(book: Book, name: str, visits: list[Visit]) -> None:
    page = _open(book, name, [6, 34, 14, 14, 18, 18, 40, 44, 40, 10])
    page.head(
        "序号 企业名称 走访时间 带队领导 走访人员 受访人及职务 生产经营情况 存在困难和问题 发展打算 备注",
    )
    for number, visit in enumerate(visits, 1):
        page.row(
            [number, visit.firm.name, written_day(visit.day, number), "示例" if visit.day else "",
             TEAM[number % 4] if visit.day else "", visit.met, visit.status, visit.problems, visit.plan, ""]
        )  # fmt: skip
    _end(page, visits)


def _two_rows(book: Book, name: str, visits: list[Visit]) -> None:
    page = _open(book, name, [6, 12, 34, 14, 18, 18, 40, 44, 40])
    page.head(
        "序号 走访对象 < 走访日期 走访人员 受访人 三问 < <",
        "^ 县市区 企业名称 ^ ^ ^ 目前生产经营怎么样 需要政府帮助解决的困难和问题 下步打算",
    )
    first = page.at
    for number, visit in enumerate(visits, 1):
        page.row(
            [number, visit.firm.district, visit.firm.name, written_day(visit.day, number),
             TEAM[number % 4] if visit.day else "", visit.met, visit.status, visit.problems, visit.plan]
        )  # fmt: skip
    for start, end in _runs([visit.firm.district for visit in visits]):
        page.merge_down(1, first + start, first + end, visits[start].firm.district)
    _end(page, visits)


def _runs(values: list[str]) -> list[tuple[int, int]]:
    """First and last index of each run of equal values."""
    starts = [i for i, value in enumerate(values) if i == 0 or values[i - 1] != value]
    return list(zip(starts, [start - 1 for start in starts[1:]] + [len(values) - 1], strict=True))
