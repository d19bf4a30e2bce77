"""What stands in the committed books: real names carry published facts only, everything invented carries the mark."""

from __future__ import annotations

import datetime
import re

import pytest

from making.source import table
from tests.sample.reading import MARK, TOTALS, sheets

REAL_FIRMS = {row[0]: row for row in table("real_firms")}
REAL_PROJECTS = {row[1]: row for row in table("projects") if MARK not in row[1]}
NAMES = (
    "企业名称",
    "单位名称",
    "单位详细名称",
    "企业",
    "诉求企业",
    "反映企业",
    "融资主体",
    "企业（园区）名称",
    "借款人",
    "项目名称",
)
ALL_SHEETS = tuple(sheets())
SHEETS = [pytest.param(sheet, id=f"{sheet.book[:2]} {sheet.name}") for sheet in ALL_SHEETS]
LISTS = [case for case, sheet in zip(SHEETS, ALL_SHEETS, strict=True) if "汇总" not in sheet.name]


def named(sheet):
    """(name, row) of every body row that is no total."""
    column = sheet.column(*NAMES)
    assert column is not None, sheet.headings
    for row in sheet.body_rows():
        name = str(row[column] or "").strip()
        if name and not name.startswith(TOTALS) and str(row[0]) != "合计":
            yield name, row


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_says_that_it_is_a_sample(sheet):
    assert any("示例数据" in str(value) for row in sheet.rows[:2] for value in row)


@pytest.mark.parametrize("sheet", LISTS)
def test_a_name_is_either_marked_or_real(sheet):
    names = [name for name, _ in named(sheet)]
    assert names
    assert [name for name in names if MARK not in name and name not in REAL_FIRMS and name not in REAL_PROJECTS] == []


@pytest.mark.parametrize("sheet", LISTS)
def test_a_real_name_carries_published_facts_only(sheet):
    for name, row in named(sheet):
        if MARK in name:
            continue
        rest = {str(value) for value in row[1:] if value not in (None, "", "—", "/", name)}
        if sheet.book.startswith("01"):
            assert rest <= set(REAL_FIRMS[name]), name
        elif sheet.book.startswith("02"):
            assert rest <= {"2020年10月", REAL_FIRMS[name][1]}, name
        else:
            assert sheet.book.startswith("06"), (sheet.book, name)
            published = REAL_PROJECTS[name]
            assert rest <= {*published, published[2].lstrip("="), "公开信息"}, name


def test_no_real_firm_stands_where_everything_is_invented():
    for sheet in sheets():
        if sheet.book[:2] in {"03", "04", "05", "07", "08", "09"}:
            texts = {str(value) for row in sheet.rows for value in row if value}
            assert not texts & set(REAL_FIRMS), sheet.book


def test_phones_are_of_a_prefix_no_operator_has():
    phones = [
        phone
        for sheet in sheets()
        for row in sheet.rows
        for value in row
        for phone in re.findall(r"(?<!\d)1\d{2}-?\d{4}-?\d{4}(?!\d)", str(value))
    ]
    assert len(phones) > 60
    assert {phone[:3] for phone in phones} == {"154"}


def number(value: object) -> float | None:
    """A cell as a number: text with thousands separators or full-width digits too."""
    if isinstance(value, bool | datetime.datetime) or value is None:
        return None
    if isinstance(value, int | float):
        return value
    text = str(value).translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,")).replace(",", "")
    if match := re.fullmatch(r"约?(\d+(?:\.\d+)?)(万元|亿元)?", text):
        return float(match[1]) * (10_000 if match[2] == "亿元" else 1)
    return None


def differences(sheet) -> set[str]:
    """Headings of the money columns whose stated totals differ from the rows they stand for."""
    money = re.compile(r"产值|本月|^\d+(-\d+)?月|累计$|上年同|金额|总投资|投资\n|职工人数")
    found = set()
    for column, heading in enumerate(sheet.headings):
        if not money.search(heading) or heading == "累计同比":
            continue
        whole, part = 0.0, 0.0
        stated: list[float] = []
        for row in sheet.body_rows():
            label = str(row[0] or row[1] or "")
            value = number(row[column]) or 0.0
            if label.startswith("小计"):
                if abs(value - part) > 0.005:
                    found.add(heading)
                part = 0.0
            elif label.startswith(TOTALS):
                stated.append(value)
            else:
                whole, part = whole + value, part + value
        if any(abs(value - whole) > 0.005 for value in stated):
            found.add(heading)
    return found


@pytest.mark.parametrize("sheet", LISTS)
def test_totals_add_up_except_the_one_that_says_so(sheet):
    meant = {"1-8月产值"} if (sheet.book[:2], sheet.name) == ("09", "8月") else set()
    assert differences(sheet) == meant
    notes = " ".join(str(row[0]) for row in sheet.rows[sheet.body :])
    assert ("有意保留" in notes) == bool(meant)


def test_totals_are_stated_in_many_sheets():
    stated = [s for s in sheets() if any(str(r[1] or r[0]).startswith(TOTALS) for r in s.body_rows())]
    assert len(stated) > 12
