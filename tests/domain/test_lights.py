"""Every rule of the lights, their order, and that each light says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chain_office.domain import lights
from chain_office.domain.lights import DEFAULT_RULES, ProblemFacts, Rule, evaluate
from chain_office.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar.build([2021], [date(2021, 10, d) for d in (1, 4, 5, 6, 7)], [date(2021, 10, 9)])
TODAY = date(2021, 9, 28)
OPEN = ProblemFacts("doing", deadline=date(2021, 12, 31), updated=date(2021, 9, 20))


@pytest.mark.parametrize(
    ("facts", "light", "why"),
    [
        (OPEN, "green", "未到期，离时限还有"),
        (replace(OPEN, deadline=None), "green", "没有时限"),
        (replace(OPEN, deadline=date(2021, 9, 27)), "red", "逾期 1 个工作日"),
        (replace(OPEN, deadline=date(2021, 9, 17), extensions=1), "red", "逾期 7 个工作日，已延期 1 次"),
        (replace(OPEN, deadline=TODAY), "yellow", "今天到期"),
        (replace(OPEN, deadline=date(2021, 10, 8)), "yellow", "离时限还有 3 个工作日"),
        (replace(OPEN, deadline=date(2021, 10, 9)), "green", "离时限还有 4 个工作日"),
        (replace(OPEN, returns=2), "red", "已退回 2 次"),
        (replace(OPEN, updated=date(2021, 8, 28)), "yellow", "31 天没有更新"),
        (replace(OPEN, state="parked", deadline=date(2021, 1, 1)), "grey", "长期推进"),
        (replace(OPEN, state="rejected"), "grey", "不予采纳"),
        (replace(OPEN, state="pooled", review_day=date(2021, 10, 8)), "grey", "2021-10-08 复核"),
        (replace(OPEN, state="reported", reported_day=date(2021, 9, 1)), "blue", "待核实"),
        (
            replace(OPEN, state="reported", reported_day=TODAY, deadline=date(2021, 9, 17)),
            "red",
            "报结时已逾期 7 个工作日",
        ),
        (ProblemFacts("closed"), "blue", "待回访"),
        (ProblemFacts("closed", verified=True), "green", "已销号"),
        (ProblemFacts("closed", verified=True, look_back_day=date(2021, 10, 9)), "green", "已销号"),
        (ProblemFacts("closed", verified=True, look_back_day=TODAY), "blue", "回看日 2021-09-28 已到"),
        (ProblemFacts("waiting"), "green", "待筛选"),
    ],
)
def test_default_rules(facts, light, why):
    found = evaluate(facts, TODAY, CALENDAR)
    assert found.light == light
    assert why in found.why
    assert found.label in lights.LABELS.values()


def test_reported_in_time_is_never_overdue_later():
    facts = ProblemFacts("reported", deadline=date(2021, 3, 1), reported_day=date(2021, 3, 1))
    assert not lights.is_overdue(facts, TODAY)
    assert lights.is_overdue(replace(facts, reported_day=date(2021, 3, 2)), TODAY)


def test_a_year_without_a_calendar_counts_natural_days_and_says_so():
    facts = ProblemFacts("doing", deadline=date(2022, 1, 1))
    found = evaluate(facts, date(2021, 12, 30), CALENDAR)
    assert found.light == "yellow"
    assert "没有2022年的节假日安排" in found.why


def test_days_late_over_a_weekend_only_are_said_as_such():
    # 2021-09-25 is a Saturday.
    facts = replace(OPEN, deadline=date(2021, 9, 24))
    assert evaluate(facts, date(2021, 9, 26), CALENDAR).why == "逾期 2 天（不满 1 个工作日）"


@pytest.mark.parametrize(
    ("rule", "facts", "why"),
    [
        (Rule("yellow", "review_due"), ProblemFacts("pooled", review_day=date(2021, 5, 1)), "复核日 2021-05-01 已到"),
        (Rule("yellow", "review_due"), ProblemFacts("pooled", review_day=date(2021, 9, 29)), ""),
        (Rule("red", "extended_times", 2), replace(OPEN, extensions=2), "已延期 2 次"),
        (Rule("red", "extended_times", 2), replace(OPEN, extensions=1), ""),
        (
            Rule("yellow", "unacknowledged", 1),
            ProblemFacts("assigned", handed_day=date(2021, 9, 24)),
            "交办后 2 个工作日没有签收",
        ),
        (Rule("yellow", "unacknowledged", 2), ProblemFacts("assigned", handed_day=date(2021, 9, 24)), ""),
        (Rule("yellow", "unacknowledged", 1), ProblemFacts("acknowledged", handed_day=date(2021, 9, 1)), ""),
    ],
)
def test_conditions_an_office_may_add(rule, facts, why):
    found = evaluate(facts, TODAY, CALENDAR, (rule,))
    assert found.why == (why or "没有规则适用")


def test_rules_are_data():
    rules = tuple(replace(r, limit=10) if r.condition == "workdays_left" else r for r in DEFAULT_RULES)
    facts = replace(OPEN, deadline=date(2021, 10, 14))
    assert evaluate(facts, TODAY, CALENDAR).light == "green"
    assert evaluate(facts, TODAY, CALENDAR, rules).light == "yellow"
    off = tuple(replace(r, enabled=r.condition != "overdue") for r in DEFAULT_RULES)
    late = replace(OPEN, deadline=date(2021, 9, 1))
    assert evaluate(late, TODAY, CALENDAR, off).light == "yellow"
    assert "不认识" in evaluate(OPEN, TODAY, CALENDAR, (Rule("red", "moon_phase"), *DEFAULT_RULES)).why
    assert {rule.condition for rule in DEFAULT_RULES} < set(lights.CONDITIONS)
    assert evaluate(OPEN, TODAY, CALENDAR, ()).light == "green"
