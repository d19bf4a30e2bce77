"""A project behind says how far and why; a solved problem is a cause no more; nodes come by template in one act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import ProjectNode
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Faulty
from chain_office.queries.projects_desk.node_list import OVERDUE, WITHOUT, node_lines
from chain_office.queries.projects_desk.standing import standing_of, standings
from chain_office.queries.records import problem as problem_record
from chain_office.queries.records import project as project_record
from chain_office.services import editing
from chain_office.services.calendar import work_calendar
from chain_office.services.projects.causes import link_causes, new_cause, offer
from chain_office.services.projects.templates import apply_template, finish_nodes, save_template, template

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

DAY = date(2021, 11, 19)
WHO = "张三"


def a_node(ledger: Ledger, project: str, name: str, day: date | None) -> str:
    with ledger.write(WHO, "节点") as writer:
        return writer.insert(ProjectNode, {"project_id": project, "name": name, "plan_day": day, "owner": "李明"})


def handed_problem(ledger: Ledger) -> tuple[str, str, str]:
    """An open problem with its lead unit, its number, and the unit."""
    rows = ledger.rows(
        "SELECT p.id, p.number, coalesce(nullif(u.short, ''), u.name) FROM problem_span s JOIN problem p ON p.id = s.problem_id "
        "JOIN unit u ON u.id = s.lead_unit_id WHERE s.state = 'doing' AND s.day_until IS NULL ORDER BY p.number LIMIT 1"
    )
    return rows[0][0], f"WT{rows[0][1]:04d}", rows[0][2]


def test_a_project_behind_says_how_far_and_because_of_which_problem(ledger: Ledger, building: str) -> None:
    a_node(ledger, building, "用地", date(2021, 10, 27))
    problem, number, unit = handed_problem(ledger)
    saved = link_causes(ledger, building, [problem], "用地", WHO)
    stood = standings(ledger, DAY)[building]
    assert stood.behind == f"滞后 23 天（节点“用地”应完成于 2021-10-27），因用地 {number}，{unit}"
    assert (stood.label, stood.reason) == ("黄灯", "节点“用地”逾期 23 天"), (
        "a node overdue is not green, whatever the pace"
    )
    assert stood.why == f"{stood.behind}；{stood.facts.paced}", "the delay is said once"
    assert standing_of(ledger, DAY, building) == stood
    assert standings(ledger, date(2021, 10, 27))[building].lag is None, "its day is not past"
    mine = project_record(ledger, building, DAY)
    theirs = problem_record(ledger, problem, DAY, work_calendar(ledger))
    assert mine is not None
    assert theirs is not None
    assert any(line.reference == f"problem:{problem}" for part in mine.sections for line in part.lines)
    assert any(line.reference == f"project:{building}" for part in theirs.sections for line in part.lines)
    editing.undo(ledger, saved.write_no, WHO)
    assert standings(ledger, DAY)[building].because == ""


def test_a_solved_problem_holds_nothing_up(ledger: Ledger, building: str) -> None:
    closed, at = ledger.rows(
        "SELECT p.id, s.day_from FROM problem_span s JOIN problem p ON p.id = s.problem_id WHERE s.state = 'closed' "
        "AND s.day_until IS NULL AND s.day_from > '2020-11-10' ORDER BY p.number LIMIT 1"
    )[0]
    with pytest.raises(KnownError, match="已经解决"):
        link_causes(ledger, building, [closed], "", WHO)
    edit = Edit("project_cause", "", 0, {"project_id": building, "problem_id": closed})
    with pytest.raises(Faulty) as told:
        editing.save(ledger, edit, WHO)
    assert not told.value.faults[0].stops
    editing.save(ledger, edit, WHO, accept=frozenset({"problem_id"}))
    assert standings(ledger, DAY)[building].because == ""
    before = date.fromisoformat(at).replace(day=1)
    assert standings(ledger, before)[building].because != "", "it was not solved then"


def test_the_same_problem_is_linked_once(ledger: Ledger, building: str) -> None:
    problem, number, _unit = handed_problem(ledger)
    link_causes(ledger, building, [problem], "", WHO)
    with pytest.raises(KnownError, match=number):
        link_causes(ledger, building, [problem], "", WHO)
    with pytest.raises(Faulty, match="不用重复登记"):
        editing.save(ledger, Edit("project_cause", "", 0, {"project_id": building, "problem_id": problem}), WHO)
    assert problem not in {one.id for one in offer(ledger, building, DAY).problems}


def test_a_problem_made_from_a_project_is_one_act(ledger: Ledger, planned: str) -> None:
    live = "(SELECT count(*) FROM {} WHERE deleted_at IS NULL)"
    counted = f"SELECT {live.format('problem')}, {live.format('project_cause')}"
    before = ledger.rows(counted)[0]
    saved = new_cause(ledger, planned, "供地指标没有下达", "用地", "", WHO)
    assert ledger.rows(counted)[0] == (before[0] + 1, before[1] + 1)
    assert standings(ledger, date(2022, 1, 5))[planned].because == "因用地 WT0088，待筛选"
    assert "WT0088" in saved.said
    editing.undo(ledger, saved.write_no, WHO)
    assert ledger.rows(counted)[0] == before
    with pytest.raises(KnownError, match="写清楚"):
        new_cause(ledger, planned, "  ", "", "", WHO)


def test_a_template_is_put_under_a_project_in_one_act(ledger: Ledger, bare: str, planned: str) -> None:
    groups = {(line.stood.id, line.group) for line in node_lines(ledger, DAY)}
    assert (bare, WITHOUT) in groups
    a_node(ledger, bare, "用地", date(2021, 10, 27))
    saved = apply_template(ledger, [bare, planned], WHO)
    names = [
        row[0]
        for row in ledger.rows("SELECT name FROM project_node WHERE project_id = ? AND deleted_at IS NULL", (bare,))
    ]
    assert sorted(names) == sorted([*template(ledger, "技改"), "用地"]), "what it has stays"
    begun = ledger.rows("SELECT done_day FROM project_node WHERE project_id = ? AND name = '开工'", (bare,))
    assert begun == [("2020-10-15",)], "it began on the day its record says"
    assert apply_template(ledger, [bare, planned], WHO).write_no == 0, "nothing is missing"
    editing.undo(ledger, saved.write_no, WHO)
    assert ledger.rows("SELECT name FROM project_node WHERE project_id = ? AND deleted_at IS NULL", (bare,)) == [
        ("用地",)
    ]


def test_the_office_keeps_its_own_template(ledger: Ledger) -> None:
    assert "用地" not in template(ledger, "技改")
    save_template(ledger, "技改", ["备案", " 投产 ", ""], WHO)
    assert template(ledger, "技改") == ("备案", "投产")
    with pytest.raises(KnownError, match="写了两次"):
        save_template(ledger, "技改", ["投产", "投产"], WHO)


def overdue(ledger: Ledger, project: str, day: date) -> list[str]:
    """The nodes of a project that are overdue on a day."""
    lines = (line for line in node_lines(ledger, day) if line.group == OVERDUE and line.stood.id == project)
    return [line.node.id for line in lines if line.node is not None]


def test_nodes_done_are_no_longer_overdue(ledger: Ledger, bare: str) -> None:
    late = a_node(ledger, bare, "用地", date(2021, 10, 27))
    a_node(ledger, bare, "封顶", None)
    assert overdue(ledger, bare, DAY) == [late]
    finish_nodes(ledger, [late], DAY, WHO)
    assert overdue(ledger, bare, DAY) == []
    assert overdue(ledger, bare, date(2021, 11, 1)) == [late]
    with pytest.raises(KnownError, match="都已经登记完成"):
        finish_nodes(ledger, [late], DAY, WHO)
    with pytest.raises(KnownError, match="还没有到"):
        finish_nodes(ledger, [late], date(2030, 1, 1), WHO)
