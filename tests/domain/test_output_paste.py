"""A block from Excel laid on the monthly grid: by position, by firms' names, by headings; what does not fit is told."""

from __future__ import annotations

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.output_entry import EntryLine
from chain_office.domain.output_paste import MOST, Laid, Names, block, heading_field, lay

LINES = (
    EntryLine("a", 1, "衡阳赤松铜业有限公司", keys=("赤松铜业", "91430400MA4L0000XX")),
    EntryLine("b", 2, "湖南云岭锌业股份有限公司", keys=("云岭",)),
    EntryLine("c", 3, "常宁鼎岩铅业有限公司"),
)
COLUMNS = (
    "name",
    "last",
    "month_yuan",
    "cum_yuan",
    "diff",
    "month_prev_yuan",
    "cum_prev_yuan",
    "rate",
    "stop",
    "reason",
    "source",
)
PLACES = ("衡阳市", "衡阳", "湖南省", "湖南", "常宁市", "常宁")


def laid(text: str, at: tuple[int, str] = (0, "month_yuan"), unit: str = "万元", month: str = "2021-09") -> Laid:
    return lay(block(text), LINES, Names(LINES, PLACES), month=month, unit=unit, at=at, columns=COLUMNS)


def values(found: Laid) -> dict[str, dict[str, object]]:
    return {firm: {name: typed.value for name, typed in cells.items()} for firm, cells in found.cells.items()}


def test_numbers_alone_go_where_the_cursor_is() -> None:
    found = laid("1,234.5\t2亿\n7\t\n")
    assert values(found) == {
        "a": {"month_yuan": 12_345_000, "cum_yuan": 200_000_000},
        "b": {"month_yuan": 70_000},
    }
    assert found.said == ()
    assert not found.by_name


def test_what_falls_on_a_column_that_is_worked_out_is_told() -> None:
    found = laid("1\t2\t3\t4", at=(1, "month_yuan"))
    assert values(found) == {"b": {"month_yuan": 10_000, "cum_yuan": 20_000, "month_prev_yuan": 40_000}}
    assert found.said == ("落在算出来的列上，没有用：1 列",)


def test_what_goes_beyond_the_sheet_is_told() -> None:
    found = laid("1\n2\n3\n4\n5", at=(1, "month_yuan"))
    assert set(found.cells) == {"b", "c"}
    assert found.said == ("超出最后一行，没有用：3 行",)
    assert laid("a\tb\tc", at=(0, "reason")).said == ("超出表格右边，没有用：1 列",)


def test_names_in_the_first_column_decide_the_line_in_any_order() -> None:
    found = laid("云岭\t5\t6\n衡阳赤松铜业有限责任公司\t7\t8", at=(2, "stop"))
    assert found.by_name
    assert values(found) == {
        "b": {"month_yuan": 50_000, "cum_yuan": 60_000},
        "a": {"month_yuan": 70_000, "cum_yuan": 80_000},
    }


def test_codes_and_record_numbers_name_a_firm_too() -> None:
    assert set(laid("91430400MA4L0000XX\t1\nQY0003\t2").cells) == {"a", "c"}


def test_headings_say_what_a_column_is_and_in_which_unit() -> None:
    text = (
        "2021年9月规上企业产值\t\t\t\t\n单位：千元\t\t\t\t\n"
        "序号\t企业名称\t9月产值\t1-9月累计（万元）\t去年同期\t同比增长（%）\t生产状态\n"
        "1\t赤松铜业\t１２３\t45\t40\t12.5\t正常生产\n"
        "2\t没有的公司\t1\t1\t1\t1\t\n"
        "\t合计\t124\t46\t41\t\t\n"
    )
    found = laid(text, unit="")
    assert values(found) == {
        "a": {"month_yuan": 123_000, "cum_yuan": 450_000, "cum_prev_yuan": 40_000, "stop": "正常生产"}
    }
    assert found.said == (
        "没有用上的列（是算出来的）：“同比增长（%）”",
        "名册里没有这家企业，没有用：没有的公司",
        "合计行没有用：合计",
    )


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("本月", "month_yuan"), ("9月产值（万元）", "month_yuan"), ("累计", "cum_yuan"), ("1—9月", "cum_yuan"),
        ("上年同月", "month_prev_yuan"), ("上年同期", "cum_prev_yuan"), ("2020年9月", "month_prev_yuan"),
        ("2020年1-9月累计", "cum_prev_yuan"), ("企业名称", "name"), ("单位名称", "name"), ("序号", "skip"),
        ("增速", "skip"), ("下降原因", "reason"), ("数据来源", "source"), ("随便什么", ""),
    ],
)  # fmt: skip
def test_headings_as_offices_write_them(heading: str, field: str) -> None:
    assert heading_field(heading, "2021-09")[0] == field


def test_a_column_of_another_month_is_not_taken_for_this_one() -> None:
    found = laid("企业名称\t8月产值\t1-9月累计\n赤松铜业\t5\t60")
    assert values(found) == {"a": {"cum_yuan": 600_000}}
    assert found.said == ("没有用上的列（不是 2021-09 的）：“8月产值”",)


def test_a_firm_named_twice_is_told_and_the_first_row_stands() -> None:
    found = laid("赤松铜业\t1\n云岭\t2\n赤松铜业\t3")
    assert values(found)["a"] == {"month_yuan": 10_000}
    assert found.said == ("同一家企业有两行，后一行没有用：赤松铜业",)


def test_a_text_that_is_no_number_is_laid_with_its_reason() -> None:
    typed = laid("停产\n5").cells["a"]["month_yuan"]
    assert typed.text == "停产"
    assert typed.problem


def test_an_empty_cell_takes_nothing_away() -> None:
    assert values(laid("\t5\n3\t")) == {"a": {"cum_yuan": 50_000}, "b": {"month_yuan": 30_000}}


def test_what_is_no_table_or_too_large_is_refused_in_words() -> None:
    with pytest.raises(KnownError, match="没有内容"):
        block("\r\n\r\n")
    with pytest.raises(KnownError, match="一次最多"):
        block("\t".join("1" for _ in range(MOST + 1)))
