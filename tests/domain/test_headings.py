"""Headings normalised, their units, and what lone rows are."""

from __future__ import annotations

import pytest

from chain_office.domain.headings import normalise_heading, unit_line, unit_of


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("县（市、区）", "县市区", None),
        ("产值(千元)", "产值", "千元"),
        ("同比±%", "同比", "%"),
        ("占年度计划%", "占年度计划", "%"),
        ("用地(亩)", "用地", "亩"),
        ("用电量（万千瓦时）", "用电量", "万千瓦时"),
        ("总投资，万元", "总投资", "万元"),
        ("金额/万元", "金额", "万元"),
        ("总投资（单位：亿元）", "总投资", "亿元"),
        ("本月产值 单位：千元", "本月产值", "千元"),
        ("工业总产值(当年价格)(千元)", "工业总产值当年价格", "千元"),
        ("1—本月", "1-本月", None),
        ("走访(调研)时间", "走访调研时间", None),
        ("NO.", "no", None),
        ("办结\n时限", "办结时限", None),
    ],
)
def test_normalised(text, name, unit):
    assert normalise_heading(text) == (name, unit)


def test_unit_lines():
    assert unit_line("单位：个、亿元") == "亿元"
    assert unit_line("（计量单位：千元）") == "千元"
    assert unit_line("填报单位（盖章）：") is None
    assert unit_line("单位名称") is None
    assert unit_of("家、%") == "家"
