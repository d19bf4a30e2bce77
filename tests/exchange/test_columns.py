"""Headings of strangers' tables and the fields they name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chain_office.db.desks import desk, desks
from chain_office.exchange.columns import map_columns
from chain_office.exchange.headblock import Column
from chain_office.exchange.matches import CONTAINED, EXACT, FUZZY, PERIOD, Match
from chain_office.exchange.vocabulary import heading_unit, lexicon

LEXICON = lexicon(desks(), frozenset({"建设银行"}))
VOCABULARIES = {one.desk.id: one for one in LEXICON.vocabularies}


def match(desk_id: str, *levels: str, title: str = "") -> Match | None:
    """How one desk reads one heading, given from the top level down."""
    unit = next((stated for level in reversed(levels) if (stated := heading_unit(level))), "")
    mapping = map_columns((Column(0, levels, unit),), VOCABULARIES[desk_id], LEXICON, title)
    return mapping.matches[0] if mapping.matches else None


def field(desk_id: str, *levels: str) -> str | None:
    """The name of the field a heading is read as."""
    found = match(desk_id, *levels)
    return found.spec.name if found else None


def test_every_heading_a_field_declares_names_that_field_on_its_desk() -> None:
    taken: set[tuple[str, str]] = set()
    for one in desks():
        for spec in one:
            for heading in spec.headings:
                found = match(one.id, heading)
                assert found is not None, (one.id, heading)
                assert found.how in {EXACT, PERIOD}
                first_owner = next(other for other in one if heading in other.headings)
                assert found.spec.name == first_owner.name, (one.id, heading)
                taken.add((one.id, found.spec.name))
    assert len(taken) == sum(len(one.fields) for one in desks())


@pytest.mark.parametrize(
    ("desk_id", "levels", "expected"),
    [
        ("problems", ("主板单位",), "lead_unit"),
        ("projects", ("总投资\n（亿元）",), "total_yuan"),
        ("enterprises", ("县（市、区）",), "district"),
        ("projects", ("2023年1-12月累计完成投资(万元)",), "year_done_yuan"),
        ("projects", ("1至9月完成投资",), "year_done_yuan"),
        ("projects", ("9月完成投资",), "month_done_yuan"),
        ("projects", ("2021年计划投资",), "year_plan_yuan"),
        ("projects", ("自开工以来累计完成投资",), "total_done_yuan"),
        ("projects", ("计划", "开工时间"), "plan_start"),
        ("projects", ("实际", "开工时间"), "start_day"),
        ("projects", ("项目基本情况", "项目名称"), "name"),
        ("projects", ("总投资额（万元）",), "total_yuan"),
        ("output", ("9月产值",), "month_yuan"),
        ("output", ("2021年1-9月",), "cum_yuan"),
        ("output", ("1—9月工业总产值（现价）",), "cum_yuan"),
        ("output", ("去年1-9月",), "cum_prev_yuan"),
        ("output", ("上年同期", "本月"), "month_prev_yuan"),
        ("output", ("上年", "1—本月"), "cum_prev_yuan"),
        ("output", ("9月用电量(万千瓦时)",), "power_kwh"),
        ("output", ("1-9月用电量",), None),
        ("output", ("上半年累计产值",), "cum_yuan"),
        ("output", ("前三季度",), "cum_yuan"),
        ("output", ("9月同比增长%",), "month_yoy"),
        ("output", ("1-9月增幅(%)",), "cum_yoy"),
        ("finance", ("放款情况", "金额（万元）"), "drawn_yuan"),
        ("finance", ("放款情况", "时间"), "drawn_day"),
        ("finance", ("授信", "金额"), "granted_yuan"),
        ("problems", ("企业反映的主要问题",), "text"),
        ("problems", ("问题个数",), None),
        ("problems", ("牵头单位数",), None),
        ("projects", ("项目个数",), None),
        ("projects", ("总投资占比",), None),
        ("enterprises", ("企业类别",), "class_text"),
        ("visits", ("企业存在的主要困难和问题",), "q2_problem"),
        ("problems", ("进展",), "progress"),
        ("finance", ("已达成授信（万元）",), "granted_yuan"),
    ],
)
def test_headings_in_other_words(desk_id: str, levels: tuple[str, ...], expected: str | None) -> None:
    assert field(desk_id, *levels) == expected


def test_how_a_heading_was_found() -> None:
    found = {how: match(desk_id, word) for how, desk_id, word in (
        (EXACT, "problems", "主办单位"),
        (FUZZY, "problems", "主板单位"),
        (CONTAINED, "problems", "企业反映的主要问题"),
        (PERIOD, "output", "9月产值"),
    )}  # fmt: skip
    assert {how: one.how if one else None for how, one in found.items()} == {how: how for how in found}


def test_periods_in_headings() -> None:
    found = match("output", "2021年1-9月产值")
    assert found is not None
    assert found.period is not None
    assert found.period.text == "2021-01..2021-09"


def test_a_typing_error_is_only_guessed_where_one_field_is_near() -> None:
    assert field("problems", "状熊") is None
    assert field("enterprises", "企业明称") is None  # 企业名称 or 企业简称
    assert field("enterprises", "统一社会信用代马") == "uscc"
    assert field("enterprises", "统一社会信代码") == "uscc"


def test_the_vocabulary_knows_the_headings_the_trade_uses() -> None:
    """Every synonym collected from real forms is read, on its desk, as some field; a few words say too little."""
    forms = {"enterprise": "enterprises", "visit": "visits", "issue": "problems", "finance": "finance"}
    forms |= {"project": "projects", "output": "output"}
    reference = json.loads((Path("resources") / "reference.json").read_text(encoding="utf-8"))
    synonyms = reference.get("header_synonyms", {})
    unread = {
        (form, word)
        for form, desk_id in forms.items()
        for name, words in synonyms.get(form, {}).items()
        for word in words
        if name != "seq" and field(desk_id, word) is None
    }
    assert unread <= {("enterprise", "项目业主"), ("enterprise", "其他"), ("finance", "对接人")}


def test_the_first_field_of_every_desk_is_one_of_its_identities() -> None:
    for one in desks():
        assert any(spec.weight == "key" for spec in one), one.id
    assert desk("projects").field("name").weight == "key"
