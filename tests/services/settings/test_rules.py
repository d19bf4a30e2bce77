"""亮灯规则: what a draft would do is what the lists show once it is saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.db import reference
from chain_office.domain.forms import Faulty
from chain_office.domain.lights import CONDITIONS as KNOWN
from chain_office.domain.lights import evaluate
from chain_office.domain.project_lights import CONDITIONS as KNOWN_OF_PROJECTS
from chain_office.domain.project_lights import ProjectFacts
from chain_office.domain.project_lights import evaluate as evaluate_project
from chain_office.queries import list_window
from chain_office.queries.desk_lists import problems_at
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.projects_desk.standing import project_rules, standings
from chain_office.services.calendar import work_calendar
from chain_office.services.editing import undo
from chain_office.services.settings.lights import label_of, preview_lights
from chain_office.services.settings.rules import (
    CONDITIONS,
    PROBLEMS,
    PROJECTS,
    RuleDraft,
    check_rules,
    default_rules,
    offered,
    read_rules,
    save_rules,
    with_condition,
    with_threshold,
)

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


def place_of(rules: tuple[RuleDraft, ...], condition: str) -> int:
    return next(place for place, rule in enumerate(rules) if rule.condition == condition)


def lights_of_the_list(ledger: Ledger, day: date) -> dict[str, str]:
    """Record → light, as the desk of problems shows it."""
    kind, rules, calendar = problems_at(day), problem_rules(ledger), work_calendar(ledger)
    shown = {}
    for row_id, line in list_window.lines(ledger, kind, list_window.ids_in_order(ledger, kind)).items():
        if line.state:
            facts = line.facts
            shown[f"problem:{row_id}"] = evaluate(facts, day, calendar, rules).light
    return shown


@pytest.mark.parametrize(
    ("condition", "threshold", "day"),
    [
        ("workdays_left", 12, date(2020, 11, 18)),
        ("days_without_update", 7, date(2020, 11, 30)),
        ("returned_times", 1, date(2021, 4, 20)),
    ],
)
def test_the_preview_of_problems_is_what_the_list_shows_after_saving(
    ledger: Ledger, condition: str, threshold: int, day: date
) -> None:
    before = lights_of_the_list(ledger, day)
    rules = read_rules(ledger, PROBLEMS)
    draft = with_threshold(rules, place_of(rules, condition), threshold)
    seen = preview_lights(ledger, PROBLEMS, draft, day)
    assert seen.turned
    assert seen.before == Counter(before.values())
    assert read_rules(ledger, PROBLEMS) == rules, "looking writes nothing"
    saved = save_rules(ledger, PROBLEMS, draft, "张三")
    assert saved is not None
    after = lights_of_the_list(ledger, day)
    assert seen.after == Counter(after.values())
    assert {one.reference: (one.before, one.after) for one in seen.turned} == {
        row: (light, after[row]) for row, light in before.items() if after[row] != light
    }
    undo(ledger, saved.write_no, "张三")
    assert lights_of_the_list(ledger, day) == before


def lights_of_projects(ledger: Ledger) -> dict[str, str]:
    """Reference → the light the list shows."""
    return {f"project:{one.id}": one.label or "无灯" for one in standings(ledger, DAY).values() if one.counted}


def test_the_preview_of_projects_is_what_the_list_shows_after_saving(ledger: Ledger) -> None:
    before = lights_of_projects(ledger)
    rules = read_rules(ledger, PROJECTS)
    draft = with_threshold(rules, place_of(rules, "else") - 1, 5)
    seen = preview_lights(ledger, PROJECTS, draft, DAY)
    save_rules(ledger, PROJECTS, draft, "张三")
    after = lights_of_projects(ledger)
    assert Counter(after.values()) == {label_of(light): number for light, number in seen.after.items()}
    assert {one.reference: label_of(one.after) for one in seen.turned} == {
        row: label for row, label in after.items() if label != before[row]
    }
    assert seen.turned


def test_every_condition_the_program_knows_has_words() -> None:
    assert set(CONDITIONS[PROBLEMS]) == set(KNOWN)
    shipped = reference.load()["light_rules"]
    assert set(CONDITIONS[PROJECTS]) == set(KNOWN_OF_PROJECTS)
    assert {entry["condition"] for entry in shipped if entry["desk"] == PROJECTS} <= set(KNOWN_OF_PROJECTS)


def test_wording_follows_the_threshold(ledger: Ledger) -> None:
    rules = read_rules(ledger, PROJECTS)
    tighter = with_threshold(rules, len(rules) - 2, 5)
    assert [rule.text for rule in tighter[-2:]] == ["低于序时超过 5 个百分点", "达到序时，或低于序时不超过 5 个百分点"]
    assert tighter[:-2] == rules[:-2]
    nodes = place_of(rules, "node_overdue")
    assert with_threshold(rules, nodes, 45)[nodes].text == "有节点逾期满 45 天"


@pytest.mark.parametrize(
    ("facts", "light", "why"),
    [
        (
            ProjectFacts("under_construction", node=("用地", date(2021, 10, 21)), ahead=Decimal(8)),
            "yellow",
            "逾期 29 天",
        ),
        (ProjectFacts("under_construction", node=("用地", date(2021, 10, 20)), ahead=Decimal(8)), "red", "逾期 30 天"),
        (
            ProjectFacts("under_construction", node=("用地", DAY), ahead=Decimal(8), month="2021-09"),
            "green",
            "超序时进度",
        ),
        (ProjectFacts("planned", plan_start=date(2021, 11, 18)), "yellow", "过了计划开工时间 1 天"),
        (ProjectFacts("planned", plan_start=date(2021, 8, 15)), "red", "过了计划开工时间 96 天"),
        (ProjectFacts("under_construction", plan_finish=date(2021, 9, 30), ahead=Decimal(5)), "red", "竣工时间 50 天"),
        (ProjectFacts("under_construction", ahead=Decimal("-30.01"), month="2021-09"), "red", "欠序时进度 30.0"),
        (ProjectFacts("under_construction", ahead=Decimal(-30), month="2021-09"), "yellow", "欠序时进度 30.0"),
        (ProjectFacts("under_construction", ahead=Decimal(-10), month="2021-09"), "green", "欠序时进度 10.0"),
        (ProjectFacts("completed", plan_finish=date(2021, 1, 1), ahead=Decimal(-60)), "blue", "已竣工"),
        (ProjectFacts("stopped", plan_finish=date(2021, 1, 1), ahead=Decimal(-60)), "grey", "停缓建"),
    ],
)
def test_the_usual_lights_of_projects(ledger: Ledger, facts: ProjectFacts, light: str, why: str) -> None:
    found = evaluate_project(facts, DAY, project_rules(ledger))
    assert found is not None
    assert (found.light, why in found.why) == (light, True)


@pytest.mark.parametrize("desk", [PROBLEMS, PROJECTS])
def test_what_a_ledger_starts_with_is_in_order_and_can_be_gone_back_to(ledger: Ledger, desk: str) -> None:
    first = read_rules(ledger, desk)
    assert check_rules(desk, first) == ()
    assert default_rules(desk, first) == first
    assert save_rules(ledger, desk, first, "张三") is None
    last = first[-1]
    save_rules(ledger, desk, (replace(last, light="red"),), "张三")
    now = read_rules(ledger, desk)
    assert [rule.light for rule in now] == ["red"]
    save_rules(ledger, desk, default_rules(desk, now), "张三")
    again = read_rules(ledger, desk)
    assert [replace(rule, id="") for rule in again] == [replace(rule, id="") for rule in first]


def test_what_is_wrong_is_said_in_words(ledger: Ledger) -> None:
    rules = read_rules(ledger, PROBLEMS)
    left = place_of(rules, "workdays_left")

    def said(draft: tuple[RuleDraft, ...], desk: str = PROBLEMS) -> str:
        return "；".join(fault.message for fault in check_rules(desk, draft))

    assert "最后一条要是“其余情况”" in said(rules[:-1])
    assert "永远轮不到，请把它移到最后" in said((rules[-1], *rules))
    assert "1 到 366 之间的整数（天）" in said(with_threshold(rules, left + 1, 0))
    assert "前面同样条件的规则已经包括了它" in said(
        (*rules[: left + 1], replace(rules[left], threshold=2), *rules[left + 1 :])
    )
    assert said((*rules[: left + 1], replace(rules[left], id="", threshold=9), *rules[left + 1 :])) == ""
    assert "不认识" in said((replace(rules[0], condition="moon_is_full"), *rules[1:]))
    assert "没有选灯" in said((replace(rules[0], light=""), *rules[1:]))
    assert "密级标志" in said((replace(rules[0], text="绝密★ 事项"), *rules[1:]))
    assert "一条规则也没有" in said(())
    projects = read_rules(ledger, PROJECTS)
    assert "前面同样条件的规则" in said(with_threshold(projects, len(projects) - 2, 40), PROJECTS)


def test_a_wrong_draft_is_not_saved(ledger: Ledger) -> None:
    rules = read_rules(ledger, PROBLEMS)
    with pytest.raises(Faulty, match="其余情况"):
        save_rules(ledger, PROBLEMS, rules[:-1], "张三")
    assert read_rules(ledger, PROBLEMS) == rules


def test_moving_a_rule_moves_it(ledger: Ledger) -> None:
    rules = read_rules(ledger, PROBLEMS)
    draft = (rules[1], rules[0], *rules[2:])
    save_rules(ledger, PROBLEMS, draft, "张三")
    assert read_rules(ledger, PROBLEMS) == draft
    assert [rule.condition for rule in problem_rules(ledger)] == [rule.condition for rule in draft]


def test_a_condition_not_yet_used_is_added_where_it_gets_its_turn(ledger: Ledger) -> None:
    rules = read_rules(ledger, PROBLEMS)
    assert set(offered(PROBLEMS, rules)) == {"review_due", "extended_times", "unacknowledged"}
    for condition in offered(PROBLEMS, rules):
        rules = with_condition(PROBLEMS, rules, condition)
    order = [rule.condition for rule in rules]
    assert order.index("review_due") < order.index("state_is_pooled")
    assert order[-1] == "otherwise"
    assert not check_rules(PROBLEMS, rules)
    assert save_rules(ledger, PROBLEMS, rules, "张三") is not None
    assert offered(PROBLEMS, read_rules(ledger, PROBLEMS)) == ()
