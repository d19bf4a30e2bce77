"""Headings normalised, their units, and what lone rows are."""

from __future__ import annotations

import pytest

from chain_office.domain.headings import match_heading, normalise_heading, unit_line, unit_of
from chain_office.domain.rowmarks import mark_row


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


FIELDS = {"done": ["完成投资", "本月完成投资"], "total": ["总投资"], "lead": ["主办单位"], "help": ["协办单位"]}


@pytest.mark.parametrize(
    ("text", "field", "how"),
    [
        ("总投资（亿元）", "total", "exact"),
        ("9月完成投资", "done", "exact"),
        ("项目总投资额", "total", "contained"),
        ("主板单位", "lead", "fuzzy"),
    ],
)
def test_matching(text, field, how):
    match = match_heading(text, FIELDS.items())
    assert match is not None
    assert (match.field, match.how) == (field, how)


@pytest.mark.parametrize("text", ["备注", "X办单位", ""])
def test_no_or_no_unique_match(text):
    assert match_heading(text, FIELDS.items()) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("合 计", "total"),
        ("总计：", "total"),
        ("备注：本表不含税", "note"),
        ("制表人：张三", "footer"),
        ("截至2021年11月19日", "caption"),
        ("（一）续建项目", "group"),
        ("在建项目26个", "group"),
    ],
)
def test_rows_that_are_no_records(text, kind):
    mark = mark_row(text)
    assert mark is not None
    assert mark.kind == kind


@pytest.mark.parametrize("text", ["五矿铜业（湖南）有限公司", "1", "问题清单", "合计有限公司", ""])
def test_rows_that_may_be_records(text):
    assert mark_row(text) is None
