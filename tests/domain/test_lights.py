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
        (OPEN, "green", "未到期"),
        (replace(OPEN, deadline=None), "green", "没有时限"),
        (replace(OPEN, deadline=date(2021, 9, 27)), "red", "已逾期1天"),
        (replace(OPEN, deadline=TODAY), "yellow", "只剩0个工作日"),
        (replace(OPEN, deadline=date(2021, 10, 8)), "yellow", "只剩3个工作日"),
        (replace(OPEN, deadline=date(2021, 10, 9)), "green", "未到期"),
        (replace(OPEN, returns=2), "red", "已退回2次"),
        (replace(OPEN, updated=date(2021, 8, 28)), "yellow", "31天没有更新"),
        (replace(OPEN, state="parked", deadline=date(2021, 1, 1)), "grey", "长期推进"),
        (replace(OPEN, state="rejected"), "grey", "不予采纳"),
        (replace(OPEN, state="pooled"), "grey", "暂不具备"),
        (replace(OPEN, state="reported", reported_day=date(2021, 9, 1)), "blue", "待核实"),
        (replace(OPEN, state="reported", reported_day=TODAY, deadline=date(2021, 9, 1)), "red", "报结时已逾期27天"),
        (ProblemFacts("closed", deadline=date(2021, 1, 1)), "blue", "待回访"),
        (ProblemFacts("closed", deadline=date(2021, 1, 1), verified=True), "green", "已销号"),
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


def test_rules_are_data():
    rules = tuple(replace(r, limit=10) if r.condition == "workdays_left" else r for r in DEFAULT_RULES)
    facts = replace(OPEN, deadline=date(2021, 10, 14))
    assert evaluate(facts, TODAY, CALENDAR).light == "green"
    assert evaluate(facts, TODAY, CALENDAR, rules).light == "yellow"
    off = tuple(replace(r, enabled=r.condition != "overdue") for r in DEFAULT_RULES)
    late = replace(OPEN, deadline=date(2021, 9, 1))
    assert evaluate(late, TODAY, CALENDAR, off).light == "yellow"
    assert "不认识" in evaluate(OPEN, TODAY, CALENDAR, (Rule("red", "moon_phase"), *DEFAULT_RULES)).why
    assert {rule.condition for rule in DEFAULT_RULES} == set(lights.CONDITIONS)
    assert evaluate(OPEN, TODAY, CALENDAR, ()).light == "green"
