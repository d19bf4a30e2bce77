"""A month of projects signed off: kept and read again unchanged, its sums checked; what differs between two of them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.errors import KnownError
from chain_office.domain.project_changes import Difference, differences, restated
from chain_office.domain.project_months import (
    STAGE_ORDER,
    MonthLine,
    MonthNode,
    MonthTable,
    adds_up,
    from_text,
    table_of,
    to_text,
)

MONEY = st.one_of(st.none(), st.integers(-(10**12), 10**13))
LINES = st.builds(
    MonthLine,
    id=st.uuids().map(str), number=st.integers(1, 9999), name=st.text(max_size=12), place=st.text(max_size=4),
    stage=st.sampled_from(STAGE_ORDER), stage_day=st.just(""), total_yuan=MONEY, plan_yuan=MONEY, month_yuan=MONEY,
    year_yuan=MONEY, done_yuan=MONEY, year_month=st.sampled_from(["", "2021-09"]), text=st.text(max_size=20),
    light=st.sampled_from(["", "red", "amber", "green"]), why=st.text(max_size=10), reported=st.booleans(),
    due=st.booleans(),
    nodes=st.lists(st.builds(MonthNode, st.text(max_size=4), st.just("2021-08-01"), st.just("")), max_size=2).map(tuple),
)  # fmt: skip
TABLES = st.lists(LINES, max_size=8, unique_by=lambda line: line.id).map(
    lambda lines: table_of("2021-09", "2021-09-30", lines)
)


@given(TABLES)
def test_what_is_kept_is_read_again_and_adds_up(table: MonthTable) -> None:
    again = from_text(to_text(table), "2021-10-08", "李主任")
    assert again == replace(table, signed_day="2021-10-08", signed_by="李主任")
    assert adds_up(again)
    assert sum(one.count for one in again.sums) == len(again.lines) == again.whole.count


@given(TABLES)
def test_a_month_differs_from_itself_in_nothing_but_who_is_silent(table: MonthTable) -> None:
    assert {one.kind for one in differences(table, table)} <= {"silent"}
    assert restated(table, table) == ()


@given(TABLES, TABLES)
def test_every_project_of_one_month_only_is_told(first: MonthTable, second: MonthTable) -> None:
    found = differences(first, second)
    ids = [{line.id for line in table.lines} for table in (first, second)]
    assert {one.project for one in found if one.kind == "new"} == ids[1] - ids[0]
    assert {one.project for one in found if one.kind == "gone"} == ids[0] - ids[1]
    amounts = [one for one in found if one.kind in {"plan", "done"} and one.by is not None]
    assert all(one.by for one in amounts)


def test_sums_that_were_tampered_with_do_not_add_up() -> None:
    table = table_of("2021-09", "2021-09-30", (LINE,))
    kept = json.loads(to_text(table))
    kept["lines"][0]["year_yuan"] += 1
    assert not adds_up(from_text(json.dumps(kept), "2021-10-08", "李主任"))


@pytest.mark.parametrize("text", ["", "{", "{}", '{"lines": [{"id": 1}], "sums": [], "month": "", "day": ""}'])
def test_what_cannot_be_read_is_said_so(text: str) -> None:
    with pytest.raises(KnownError, match="读不出来"):
        from_text(text, "2021-10-08", "李主任")


LINE = MonthLine(
    "a", 31, "丙项目", "常宁市", "under_construction", "2021-03-01", 500_000_000, 120_000_000, None, 60_000_000, 200_000_000,
    "2021-08", "主体施工", "green", "", True, True, (MonthNode("用地", "2021-10-01", ""), MonthNode("封顶", "2021-12-01", "")),
)  # fmt: skip


def test_every_kind_of_difference_has_its_before_and_after() -> None:
    first = table_of("2021-09", "2021-09-30", (LINE, replace(LINE, id="b", number=32, name="丁项目")))
    moved = replace(
        LINE, stage="completed", stage_day="2021-10-20", plan_yuan=130_000_000, year_yuan=90_000_000, text="竣工投产",
        light="red", why="欠序时进度 31.0 个百分点",
        nodes=(MonthNode("用地", "2021-10-01", ""), MonthNode("封顶", "2022-01-15", "")),
    )  # fmt: skip
    second = table_of("2021-10", "2021-10-31", (moved, replace(LINE, id="c", number=33, name="戊项目", reported=False)))

    def one(kind: str, what: str, before: str, after: str, by: int | None = None, *, worse: bool = False) -> Difference:
        return Difference(kind, "a", 31, "丙项目", what, before, after, by, worse)

    assert differences(first, second) == (
        Difference("new", "c", 33, "戊项目", "项目", "—", "在建", 500_000_000),
        Difference("gone", "b", 32, "丁项目", "项目", "在建", "—"),
        one("moved", "阶段", "在建", "竣工（2021-10-20）"),
        one("red", "灯", "绿灯", "红灯：欠序时进度 31.0 个百分点", worse=True),
        one("slipped", "节点“用地”", "计划 2021-10-01", "逾期，应于 2021-10-01 完成", worse=True),
        one("slipped", "节点“封顶”", "计划 2021-12-01", "推迟到 2022-01-15", worse=True),
        one("plan", "年度计划", "1.20 亿元", "1.30 亿元", 10_000_000),
        one("done", "本年累计完成", "6,000 万元", "9,000 万元", 30_000_000),
        one("text", "形象进度", "主体施工", "竣工投产"),
    )


def test_what_was_put_right_after_signing_is_told() -> None:
    frozen = table_of("2021-09", "2021-09-30", (LINE,))
    live = table_of("2021-09", "2021-09-30", (replace(LINE, year_yuan=62_000_000),))
    assert restated(frozen, live) == (
        Difference("restated", "a", 31, "丙项目", "本年累计完成", "6,000 万元", "6,200 万元", 2_000_000),
    )
