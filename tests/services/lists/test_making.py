"""The five lists of the sample at its date: what is on them, and that it is what the figures count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.five_lists import ACHIEVEMENTS, FIVE, PROBLEMS, PROJECTS, PROSPECTS, TARGETS
from chain_office.domain.forms import Edit, Faulty
from chain_office.domain.goals import MEASURES
from chain_office.queries.five_lists import prospects
from chain_office.queries.goal_values import goal_value
from chain_office.services import editing
from chain_office.services.figures import headline
from chain_office.services.ledgers import open_ledger
from chain_office.services.lists.making import five_lists_of, list_counts, one_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.domain.five_lists import ListRow
    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    """A copy of the sample."""
    with open_ledger(office) as opened:
        yield opened


def rows(ledger: Ledger, list_id: str, day: date = DAY) -> list[ListRow]:
    return [row for group in one_list(ledger, list_id, day).groups for row in group.rows]


def cell(ledger: Ledger, list_id: str, row: ListRow, heading: str) -> object:
    headings = [column.heading for column in one_list(ledger, list_id, DAY).columns]
    return row.cells[headings.index(heading)]


def test_the_lists_count_what_the_figures_count(ledger: Ledger) -> None:
    told = headline(ledger, DAY)
    unsolved = told.number("problems.open") + told.number("problems.reported") + told.number("problems.parked")
    assert len(rows(ledger, PROJECTS)) == told.number("projects.under_construction") == 26
    assert len(rows(ledger, PROBLEMS)) == unsolved
    late = [row for row in rows(ledger, PROBLEMS) if row.cells[-1] == "逾期"]
    assert len(late) == told.number("problems.overdue")
    found = five_lists_of(ledger, DAY)
    assert {one.id: one.count for one in found.lists} == list_counts(ledger, DAY)
    assert [one.title for one in found.lists] == list(FIVE.values())


def test_every_measure_goals_can_name_is_counted_and_those_of_the_headline_agree_with_it(ledger: Ledger) -> None:
    told = headline(ledger, DAY)
    known = {figure.key: figure for figure in told.figures}
    for one in MEASURES:
        value = goal_value(ledger, one.key, DAY)
        if one.key in known:
            assert (value, one.unit) == (known[one.key].value, known[one.key].unit), one.key
        else:
            assert value is not None, one.key
    # grants and drawings of 2021 alone, against all there are
    for year_key, key in (("granted_in_year_yuan", "granted_yuan"), ("drawn_in_year_yuan", "drawn_yuan")):
        whole, before = (told.value(f"finance.{key}"), headline(ledger, date(2020, 12, 31)).value(f"finance.{key}"))
        assert isinstance(whole, int)
        assert isinstance(before, int)
        assert goal_value(ledger, f"finance.{year_key}", DAY) == whole - before


def test_the_most_pressing_problems_with_the_numbers_of_all(ledger: Ledger) -> None:
    whole, few = one_list(ledger, PROBLEMS, DAY), one_list(ledger, PROBLEMS, DAY, 4)
    assert few.groups[0].rows == whole.groups[0].rows[:4]
    assert few.said == f"{whole.said}（这里列出最急的4个）"
    deadlines = [one for row in whole.groups[0].rows if isinstance(one := row.cells[9], date)]
    assert deadlines[:9] == sorted(deadlines[:9])


def test_a_goal_stands_beside_its_number(ledger: Ledger) -> None:
    (output,) = [row for row in rows(ledger, TARGETS) if "产值" in str(row.cells[1])]
    assert cell(ledger, TARGETS, output, "单位") == "亿元"
    assert cell(ledger, TARGETS, output, "目标") == 320
    assert cell(ledger, TARGETS, output, "当前") == 235
    assert cell(ledger, TARGETS, output, "完成率(%)") == Decimal("73.4")
    assert cell(ledger, TARGETS, output, "差额") == -85


def test_a_prospects_stage_follows_from_its_days(ledger: Ledger) -> None:
    stages = {one.name: one.stage for one in prospects(ledger, DAY)}
    assert stages["示例铜基复合带材项目"] == "签约"
    assert stages["示例锌合金卫浴件项目"] == "终止"
    before = {one.name: one.stage for one in prospects(ledger, date(2021, 6, 1))}
    assert before["示例铜基复合带材项目"] == "在谈"  # signed on 28 September
    assert before["示例锌合金卫浴件项目"] == "在谈"
    assert "示例高纯铟磷化物项目" not in before  # first met in August


def test_ended_prospects_are_shown_but_not_handed_on(ledger: Ledger) -> None:
    one = one_list(ledger, PROSPECTS, DAY)
    handed = [row for group in one.handed_on() for row in group.rows]
    assert len(handed) == one.count == len(rows(ledger, PROSPECTS)) - 1
    total = sum(value for row in handed if isinstance(value := row.cells[4], int))
    assert one.total(4) == total


def test_telephones_are_masked(ledger: Ledger) -> None:
    editing.save(
        ledger,
        Edit("achievement", "", 0, {"name": "新工艺", "contact": "李工", "phone": "13812345678", "day": DAY}),
        "王敏",
    )
    said = [cell for row in rows(ledger, ACHIEVEMENTS) for cell in row.cells]
    assert "138****5678" in said
    assert not any("13812345678" in str(one) for one in said)


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"name": "产值", "year": 2021}, "goal_yuan", "至少填一项"),
        ({"name": "产值", "year": 2021, "goal_yuan": 1, "goal": Decimal(2)}, "goal", "只能是金额或数字中的一种"),
        (
            {"name": "产值", "year": 2021, "figure_key": "output.total_yuan", "goal": Decimal(2), "unit": "家"},
            "goal_yuan",
            "是金额",
        ),
        (
            {"name": "企业", "year": 2021, "figure_key": "enterprises.total", "goal": Decimal(72), "unit": "个"},
            "unit",
            "计量单位请选“家”",
        ),
        ({"name": "企业", "year": 2021, "goal": Decimal(72)}, "unit", "没有写计量单位"),
        ({"name": "企业", "year": 21, "goal": Decimal(72), "unit": "家"}, "year", "应写成 2021 这样"),
    ],
)
def test_a_goal_that_cannot_be_read_is_refused_where_it_is_typed(
    ledger: Ledger, changes: dict[str, object], name: str, words: str
) -> None:
    with pytest.raises(Faulty) as refused:
        editing.save(ledger, Edit("target", "", 0, changes), "王敏")
    assert any(fault.name == name and words in fault.message for fault in refused.value.faults)


def test_the_unit_of_a_goal_follows_from_its_number(ledger: Ledger) -> None:
    changes = {"name": "走访", "year": 2021, "figure_key": "visits.enterprises_visited", "goal": Decimal(80)}
    saved = editing.save(ledger, Edit("target", "", 0, changes), "王敏")
    assert ledger.value("SELECT unit FROM target WHERE id = ?", (saved.row_id,)) == "家"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"name": "甲", "met_day": date(2021, 5, 1), "signed_day": date(2021, 4, 1)}, "signed_day"),
        ({"name": "甲", "signed_day": date(2021, 5, 1), "landed_day": date(2021, 4, 1)}, "landed_day"),
        ({"name": "甲", "total_yuan": -1}, "total_yuan"),
    ],
)
def test_a_prospect_whose_days_run_backwards_is_refused(ledger: Ledger, changes: dict[str, object], name: str) -> None:
    with pytest.raises(Faulty) as refused:
        editing.save(ledger, Edit("prospect", "", 0, changes), "王敏")
    assert name in {fault.name for fault in refused.value.faults}


def test_a_flow_goes_from_one_segment_to_another(ledger: Ledger) -> None:
    one = ledger.value("SELECT id FROM segment ORDER BY rowid")
    with pytest.raises(Faulty, match="不能是环节自己"):
        editing.save(ledger, Edit("segment_flow", "", 0, {"source_id": one, "target_id": one}), "王敏")
