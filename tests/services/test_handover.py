"""交办会: suggestions say what speaks for a unit; the hand-over is one write, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Faulty
from chain_office.domain.steps import StepEdit
from chain_office.services import editing, steps
from chain_office.services.handover import HandOver, Item, desk, hand_over, likely_units, usual_deadline
from chain_office.services.ledgers import open_existing
from chain_office.ui.kit.steps.opening import open_step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_existing(office) as opened:
        yield opened


def one(ledger: Ledger, table: str, name: str) -> str:
    found = ledger.value(f'SELECT id FROM "{table}" WHERE short = ? OR name = ?', (name, name))
    assert isinstance(found, str)
    return found


def waiting(ledger: Ledger, text: str, category: str = "", level: str = "", district: str = "") -> str:
    """A problem collected and screened in."""
    firm = ledger.value("SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1")
    changes: dict[str, object] = {"text": text, "enterprise_id": firm, "collected_day": date(2021, 11, 8)}
    if category:
        changes["category_id"] = one(ledger, "category", category)
    if level:
        changes["level"] = level
    if district:
        changes["district_id"] = one(ledger, "district", district)
    made = editing.save(ledger, Edit("problem", "", 0, changes), "王").row_id
    step = StepEdit("screen_in", steps.seen(ledger, [made]), {"day": date(2021, 11, 18)})
    steps.take(ledger, step, "王", accept={"", "text", "day", "reason"})
    return made


def test_experience_speaks_before_the_list(ledger: Ledger) -> None:
    made = waiting(ledger, "缺少流动资金，银行不予续贷", "融资")
    (found,) = [each for each in desk(ledger, DAY).candidates if each.problem.id == made]
    assert "以往" in found.likely[0].why
    assert "由它牵头" in found.likely[0].why
    counted = ledger.value(
        "SELECT count(*) FROM problem WHERE lead_unit_id = ? AND category_id = ?",
        (found.likely[0].unit_id, found.problem.category_id),
    )
    assert f"{counted} 个由它牵头" in found.likely[0].why


def test_without_a_category_the_words_are_gone_by_and_it_says_so(ledger: Ledger) -> None:
    made = waiting(ledger, "贷款到期，过桥资金难找，抵押不足")
    (found,) = [each for each in desk(ledger, DAY).candidates if each.problem.id == made]
    assert found.guessed_category == "融资"
    assert found.likely[0].why.startswith("按用词像“融资”类")


def test_a_county_problem_goes_to_its_county_first(ledger: Ledger) -> None:
    made = waiting(ledger, "厂区道路破损", level="县级", district="常宁市")
    (found,) = [each for each in desk(ledger, DAY).candidates if each.problem.id == made]
    assert found.likely[0].unit == "常宁市"


def test_the_usual_deadline_counts_working_days_and_a_strange_year_is_said(ledger: Ledger) -> None:
    assert usual_deadline(ledger, date(2021, 9, 27)).day == date(2021, 10, 22)  # 国庆 and its shifted days between
    far = usual_deadline(ledger, date(2099, 12, 20))
    assert far.day is None
    assert "2099" in far.says


def test_a_meeting_hands_over_many_in_one_write_that_undoes_whole(ledger: Ledger) -> None:
    first, second = waiting(ledger, "用电紧张", "用电用能"), waiting(ledger, "招工难", "用工人才")
    unit, other = one(ledger, "unit", "市发改委"), one(ledger, "unit", "市人社局")
    seen = steps.seen(ledger, [first, second])
    due = date(2021, 12, 10)
    items = (Item(first, seen[first], unit, due, (other,)), Item(second, seen[second], other, due))
    saved = hand_over(ledger, HandOver(DAY, items, meeting="11月问题交办会"), "李", accept={"day", "due_day"})
    assert "2 个问题" in saved.said
    states = ledger.rows(
        "SELECT state, lead_unit_id, meeting_id FROM problem WHERE id IN (?, ?) ORDER BY number", (first, second)
    )
    assert [row[:2] for row in states] == [("assigned", unit), ("assigned", other)]
    assert states[0][2] == states[1][2]
    held = {name.name: name.problems for name in desk(ledger, DAY).meetings}
    assert held["11月问题交办会"] == 2
    editing.undo(ledger, saved.write_no, "李")
    assert ledger.rows("SELECT DISTINCT state FROM problem WHERE id IN (?, ?)", (first, second)) == [("to_assign",)]
    assert "11月问题交办会" not in {name.name for name in desk(ledger, DAY).meetings}


def test_one_bad_item_refuses_the_whole_meeting_and_names_the_record(ledger: Ledger) -> None:
    first, second = waiting(ledger, "用电紧张"), waiting(ledger, "招工难")
    unit, seen = one(ledger, "unit", "市发改委"), steps.seen(ledger, [first, second])
    good = Item(first, seen[first], unit, date(2021, 12, 10))
    bad = Item(second, seen[second], unit, date(2021, 11, 1))
    writes = ledger.value("SELECT count(*) FROM write_log")
    with pytest.raises(Faulty) as caught:
        hand_over(ledger, HandOver(DAY, (good, bad), meeting="11月问题交办会"), "李", accept={"day"})
    number = ledger.value("SELECT number FROM problem WHERE id = ?", (second,))
    assert f"WT{number:04d}" in caught.value.message
    assert ledger.value("SELECT count(*) FROM write_log") == writes
    assert ledger.value("SELECT state FROM problem WHERE id = ?", (first,)) == "to_assign"


def test_a_meeting_of_that_name_on_another_day_is_pointed_out(ledger: Ledger) -> None:
    made = waiting(ledger, "用电紧张")
    item = Item(made, steps.seen(ledger, [made])[made], one(ledger, "unit", "市发改委"), date(2021, 12, 10))
    known = desk(ledger, DAY).meetings[0]
    with pytest.raises(KnownError, match=known.name):
        hand_over(ledger, HandOver(DAY, (item,), meeting=known.name), "李", accept={"day"})
    assert replace(known, problems=58) in desk(ledger, DAY).meetings


def test_one_problem_is_told_the_units_the_meeting_would_be_told(ledger: Ledger) -> None:
    waiting(ledger, "缺少流动资金，银行不予续贷", "融资")
    waiting(ledger, "厂区道路破损", level="县级", district="常宁市")
    offered = desk(ledger, DAY).candidates
    assert len(offered) >= 2
    for one in offered:
        assert likely_units(ledger, one.problem.id) == one.likely
    assert likely_units(ledger, "没有") == ()


def test_the_form_of_a_single_hand_over_names_the_likely_units_and_fills_in_none(ledger: Ledger) -> None:
    made = waiting(ledger, "缺少流动资金，银行不予续贷", "融资")
    likely = likely_units(ledger, made)
    opened = open_step(ledger, "assign", [made], DAY, "张三")
    (note,) = [one for one in opened.form.notes if one.startswith("可能的牵头单位")]
    assert likely[0].unit in note
    assert likely[0].why in note
    assert opened.form.values.get("unit_id") is None
