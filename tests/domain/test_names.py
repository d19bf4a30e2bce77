"""Name keys, cores and problem cores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.names import name_core, name_key, text_core

PLACES = ("湖南省", "湖南", "衡阳市", "衡阳", "常宁市", "常宁", "水口山")


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("五矿铜业（湖南）有限公司", "五矿铜业"),
        ("五矿铜业湖南有限公司", "五矿铜业"),
        ("五矿铜业", "五矿铜业"),
        ("湖南五矿铜业有限公司", "五矿铜业"),
        ("湖南省常宁市甲乙丙实业股份有限公司", "甲乙丙实业"),
        ("甲乙丙（集团）有限责任公司", "甲乙丙"),
        ("株冶集团", "株冶"),
        ("特变电工衡阳变压器有限公司", "特变电工衡阳变压器"),
    ],
)
def test_core(name, core):
    assert name_core(name, PLACES) == core


@pytest.mark.parametrize(
    "name", ["湖南有色金属有限公司", "衡阳市新材料科技有限公司", "水口山有色金属有限责任公司", "常宁有限公司"]
)
def test_a_name_without_anything_distinctive_is_its_own_core(name):
    assert name_core(name, PLACES) == name_key(name)


def test_a_branch_is_not_its_parent():
    assert name_core("甲乙丙有限公司衡阳分公司", PLACES) != name_core("甲乙丙有限公司", PLACES)


CHARACTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
    st.sampled_from("（）【】《》〔〕“”、，。·—　湖南衡阳市有限公司集团"),
)


@given(st.text(CHARACTERS, max_size=30))
def test_keys_and_cores_are_stable(text):
    assert name_key(name_key(text)) == name_key(text)
    assert bool(name_core(text, PLACES)) == bool(name_key(text))


@pytest.mark.parametrize(
    "text",
    [
        "用地指标不足",
        "1. 用地指标不足。",
        "（一）用地指标 不足",
        "一是用地指标不足；",
        "①用地指标不足",
        "2、用地\n指标不足",
    ],
)
def test_the_same_problem_under_any_numbering(text):
    assert text_core(text) == "用地指标不足"


def test_a_decimal_point_is_not_punctuation():
    assert text_core("缺口2.5亿元") != text_core("缺口25亿元")
    assert text_core("2.5亿元缺口") != text_core("5亿元缺口")
