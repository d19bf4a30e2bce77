"""Lights of projects: which rule holds, what it says, how far behind a project is; which stage may follow which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.lights import Rule
from chain_office.domain.project_lights import CONDITIONS, ProjectFacts, evaluate, lag_of, points
from chain_office.domain.stages import MOVES, why_not

DAY = date(2021, 11, 19)
BUILDING = ProjectFacts("under_construction", ahead=Decimal("-7.4"), percent=Decimal("67.6"), month="2021-09")
NOT_BEGUN = ProjectFacts("planned", plan_start=date(2021, 11, 18))
PACED = "2021-09 完成年度计划的 67.6%，欠序时进度 30.0 个百分点"
USUAL = (Rule("green", "behind_at_most", 10), Rule("yellow", "behind_at_most", 30), Rule("red", "else"))


@pytest.mark.parametrize(
    ("facts", "rule", "why"),
    [
        (replace(BUILDING, node=("用地", date(2021, 10, 27))), Rule("red", "node_overdue", 23), "节点“用地”逾期 23 天"),
        (replace(BUILDING, node=("用地", date(2021, 10, 27))), Rule("red", "node_overdue", 24), ""),
        (NOT_BEGUN, Rule("red", "not_started", 1), "过了计划开工时间 1 天还没有开工"),
        (ProjectFacts("planned", plan_start=DAY), Rule("red", "not_started", 1), ""),
        (replace(BUILDING, plan_start=date(2021, 1, 1)), Rule("red", "not_started", 1), ""),
        (replace(BUILDING, plan_finish=date(2021, 11, 9)), Rule("red", "not_finished", 10), "过了计划竣工时间 10 天还没有竣工"),
        (replace(BUILDING, planned=False), Rule("yellow", "no_plan"), "在建，没有 2021 年度计划"),
        (ProjectFacts("planned", planned=False), Rule("yellow", "no_plan"), ""),
        (replace(BUILDING, silent=2), Rule("yellow", "months_silent", 2), "连续 2 个月没有报进展"),
        (replace(BUILDING, silent=1), Rule("yellow", "months_silent", 2), ""),
        (replace(BUILDING, silent=None), Rule("yellow", "months_silent", 2), "在建，从来没有报过进展"),
        (replace(BUILDING, causes=1), Rule("yellow", "held_up", 1), "有 1 个没有解决的制约问题"),
        (ProjectFacts("stopped"), Rule("grey", "stopped"), "停缓建"),
        (ProjectFacts("completed"), Rule("blue", "completed"), "已竣工"),
        (replace(BUILDING, ahead=Decimal("-30.01")), Rule("red", "behind_more", 30), PACED),
        (replace(BUILDING, ahead=Decimal(-30)), Rule("red", "behind_more", 30), ""),
    ],
)  # fmt: skip
def test_each_condition_holds_from_its_threshold_on(facts: ProjectFacts, rule: Rule, why: str) -> None:
    found = evaluate(facts, DAY, (rule,))
    assert (found.why if found else "") == why
    assert found is None or (found.light, found.condition) == (rule.light, rule.condition)


@pytest.mark.parametrize(
    ("ahead", "light"), [("3.5", "green"), ("-10", "green"), ("-10.1", "yellow"), ("-30", "yellow"), ("-30.1", "red")]
)
def test_the_first_rule_that_holds_decides(ahead: str, light: str) -> None:
    found = evaluate(replace(BUILDING, ahead=Decimal(ahead)), DAY, USUAL)
    assert found is not None
    assert found.light == light


def test_a_project_nothing_is_known_of_has_no_light() -> None:
    assert evaluate(ProjectFacts("under_construction"), DAY, USUAL) is None


@given(
    st.sampled_from(["planned", "under_construction", "completed", "stopped"]),
    st.lists(st.tuples(st.sampled_from(CONDITIONS), st.integers(0, 60)), max_size=6),
    st.one_of(st.none(), st.decimals(-100, 100, places=2)),
)
def test_a_light_always_says_why(stage: str, table: list[tuple[str, int]], ahead: Decimal | None) -> None:
    facts = ProjectFacts(stage, date(2021, 3, 1), date(2021, 9, 1), ahead is None, ahead)
    rules = tuple(Rule("red", condition, limit) for condition, limit in table)
    found = evaluate(facts, DAY, rules)
    assert found is None or found.why


def test_the_lag_is_the_longest_delay() -> None:
    facts = replace(BUILDING, node=("用地", date(2021, 10, 27)), plan_finish=date(2021, 11, 1))
    lag = lag_of(facts, DAY)
    assert lag is not None
    assert lag.said == "滞后 23 天（节点“用地”应完成于 2021-10-27）"
    assert lag_of(replace(facts, stage="completed"), DAY) is None
    later = lag_of(replace(facts, plan_finish=date(2021, 8, 11)), DAY)
    assert later is not None
    assert (later.days, later.what) == (100, "应竣工于")


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        ("7.333", "超序时进度 7.3 个百分点"),
        ("-0.05", "欠序时进度 0.1 个百分点"),
        ("0.04", "与序时进度持平"),
    ],
)
def test_points_are_said_with_one_decimal_half_up(ahead: str, said: str) -> None:
    assert points(Decimal(ahead)) == said


def test_a_stage_is_left_only_the_lawful_way() -> None:
    assert why_not("planned", "under_construction") == ""
    assert "要先登记在建" in why_not("planned", "completed")
    assert "不再变更阶段" in why_not("completed", "under_construction")
    assert why_not("", "completed") == ""
    assert all(why_not(stage, to) == "" for stage, ways in MOVES.items() for to in ways)
