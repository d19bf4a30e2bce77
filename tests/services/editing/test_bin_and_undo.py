"""The bin takes records with their parts; 撤销 and 重做 take one write back whole; 恢复此次修改 puts one value back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db import attachments
from chain_office.db.models import Visit
from chain_office.domain.errors import KnownError
from chain_office.queries import records
from chain_office.services import editing
from chain_office.services.importing.service import undo_import
from tests.services.editing.clerk import AS_OF, Clerk

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@pytest.fixture
def firm(clerk: Clerk) -> str:
    """An enterprise with a contact and a stay on the register."""
    made = clerk.new("enterprise", name="衡阳远山铜业有限公司", short_name="远山铜业").row_id
    clerk.new("contact", enterprise_id=made, name="李四", phone="13800138000")
    clerk.new("register_spell", enterprise_id=made, entry_day=date(2021, 1, 1))
    return made


def live(ledger: Ledger, table: str, column: str, value: str) -> int:
    return int(ledger.value(f"SELECT count(*) FROM {table} WHERE {column} = ? AND deleted_at IS NULL", (value,)))


# The bin.


def test_parts_go_to_the_bin_with_their_record_and_come_back_with_it(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    early = clerk.new("contact", enterprise_id=firm, name="早走的").row_id
    clerk.bin("contact", early)
    saved = clerk.bin("enterprise", firm)
    assert saved.said == "“远山铜业”已移入回收站（连同 2 条所属记录）"
    assert live(ledger, "contact", "enterprise_id", firm) == 0
    said = editing.unbin(ledger, "enterprise", [firm], "张三").said
    clerk.look()
    assert said == "“远山铜业”已从回收站恢复"
    assert live(ledger, "contact", "enterprise_id", firm) == 1  # the one binned before stays in the bin
    assert live(ledger, "register_spell", "enterprise_id", firm) == 1


def test_attachments_go_along(clerk: Clerk, ledger: Ledger) -> None:
    visit = clerk.new("visit", enterprise_id=clerk.firm(), day=date(2021, 11, 1)).row_id
    with ledger.write("张三", "附件") as writer:
        attachments.attach(writer, Visit, visit, "照片.jpg", b"x")
    saved = clerk.bin("visit", visit)
    assert live(ledger, "attachment", "row_id", visit) == 0
    clerk.undo(saved)
    assert live(ledger, "attachment", "row_id", visit) == 1


def test_what_others_name_stays_and_it_is_said_what_hangs_on_it(clerk: Clerk, firm: str) -> None:
    clerk.new("visit", enterprise_id=firm, day=date(2021, 11, 1))
    clerk.new("problem", enterprise_id=firm, text="用电紧张", collected_day=date(2021, 11, 1))
    with pytest.raises(KnownError, match="“远山铜业”还有 1 条走访记录、1 条问题，不能移入回收站"):
        clerk.bin("enterprise", firm)
    clerk.look()


def test_several_are_binned_in_one_write_or_not_at_all(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    busy = clerk.firm()
    with pytest.raises(KnownError, match="还有"):
        clerk.bin("enterprise", firm, busy)
    assert live(ledger, "enterprise", "id", firm) == 1
    visits = [
        row[0]
        for row in ledger.rows(
            "SELECT id FROM visit WHERE id NOT IN (SELECT visit_id FROM problem WHERE visit_id IS NOT NULL) LIMIT 5"
        )
    ]
    saved = clerk.bin("visit", *visits)
    assert saved.said == "5 条走访记录已移入回收站"
    clerk.undo(saved)
    assert all(live(ledger, "visit", "id", one) for one in visits)


def test_a_project_keeps_a_stage(clerk: Clerk, ledger: Ledger) -> None:
    project = clerk.new("project", name="远山项目").row_id
    only = ledger.value("SELECT id FROM stage_change WHERE project_id = ?", (project,))
    with pytest.raises(KnownError, match="至少要有一条阶段记录"):
        clerk.bin("stage_change", only)
    clerk.new("stage_change", project_id=project, stage="在建", day=date(2021, 5, 1))
    clerk.bin("stage_change", only)
    assert clerk.value("SELECT stage FROM project WHERE id = ?", project) == "under_construction"


def test_the_bin_lists_what_is_in_it_newest_first(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    contact = ledger.value("SELECT id FROM contact WHERE enterprise_id = ?", (firm,))
    clerk.bin("contact", contact)
    (line,) = editing.binned(ledger)
    assert (line.table, line.noun, line.title, line.actor) == ("contact", "联系人", "远山铜业 李四", "张三")
    assert line.at.startswith("2022-01-05")
    clerk.bin("enterprise", firm)
    assert [one.title for one in editing.binned(ledger)] == [
        "远山铜业"
    ]  # what went with it, or before it, comes back by itself
    with pytest.raises(KnownError, match="请先恢复那一条"):
        editing.unbin(ledger, "contact", [contact], "张三")


def test_a_place_that_was_taken_meanwhile_is_said(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    def report() -> str:
        return clerk.new(
            "monthly_output", enterprise_id=firm, month="2021-10", month_yuan=10**7, source="企业自报"
        ).row_id

    first = report()
    binned = clerk.bin("monthly_output", first)
    report()
    with pytest.raises(KnownError, match="已另有一条"):
        editing.unbin(ledger, "monthly_output", [first], "张三")
    with pytest.raises(KnownError, match="会有两条相同的记录"):
        editing.undo(ledger, binned.write_no, "张三")
    clerk.look()


def test_binning_and_restoring_what_is_not_there_is_said(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    with pytest.raises(KnownError, match="不在回收站里"):
        editing.unbin(ledger, "enterprise", [firm], "张三")
    clerk.bin("enterprise", firm)
    with pytest.raises(KnownError, match="已经在回收站里"):
        clerk.bin("enterprise", firm)


# Undo.


def test_an_edit_is_undone_and_done_again(clerk: Clerk) -> None:
    firm = clerk.firm()
    was = clerk.value("SELECT employees FROM enterprise WHERE id = ?", firm)
    saved = clerk.change("enterprise", firm, employees=777)
    undone = clerk.undo(saved)
    assert undone.said.startswith("已撤销：修改企业")
    assert undone.row_id == firm
    assert clerk.value("SELECT employees FROM enterprise WHERE id = ?", firm) == was
    redone = clerk.undo(undone)
    assert redone.said.startswith("已重做：修改企业")
    assert clerk.value("SELECT employees FROM enterprise WHERE id = ?", firm) == 777
    assert clerk.undo(redone).said.startswith("已撤销：修改企业")


def test_a_new_record_undone_takes_its_first_steps_with_it(clerk: Clerk, ledger: Ledger) -> None:
    saved = clerk.new("problem", enterprise_id=clerk.firm(), text="用电紧张", collected_day=date(2021, 11, 1))
    clerk.undo(saved)
    assert live(ledger, "problem_event", "problem_id", saved.row_id) == 0
    assert live(ledger, "problem", "id", saved.row_id) == 0


def test_undo_is_refused_while_later_work_stands_on_it(clerk: Clerk) -> None:
    firm = clerk.firm()
    first = clerk.change("enterprise", firm, remark="一")
    second = clerk.change("enterprise", firm, remark="二")
    with pytest.raises(KnownError, match="又被修改 1 处，不能整批撤销"):
        clerk.undo(first)
    clerk.undo(second)
    clerk.undo(first)  # the two later writes cancel each other


def test_undo_leaves_what_others_did_to_other_fields(clerk: Clerk, ledger: Ledger) -> None:
    firm = clerk.firm()
    first = clerk.change("enterprise", firm, chain_leader="甲")
    Clerk(ledger, "李四").change("enterprise", firm, employees=99)
    clerk.undo(first)
    assert ledger.rows("SELECT chain_leader, employees FROM enterprise WHERE id = ?", (firm,)) == [(None, 99)]


def test_undoing_one_of_two_loans_leaves_the_match_where_the_other_puts_it(clerk: Clerk, ledger: Ledger) -> None:
    def reached() -> Any:
        return ledger.rows("SELECT reached, matched_day FROM match WHERE id = ?", (match,))[0]

    bank = clerk.value("SELECT id FROM bank LIMIT 1")
    match = clerk.new("match", enterprise_id=clerk.firm(), bank_id=bank).row_id
    first = clerk.new("drawdown", match_id=match, drawn_yuan=10**6, day=date(2021, 3, 1))
    second = clerk.new("drawdown", match_id=match, drawn_yuan=2 * 10**6, day=date(2021, 2, 1))
    clerk.undo(first)
    assert reached() == ("drawn", "2021-02-01")
    clerk.undo(second)
    assert reached() == ("intent", None)


def test_undo_does_not_leave_parts_of_what_is_in_the_bin(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    contact = ledger.value("SELECT id FROM contact WHERE enterprise_id = ?", (firm,))
    binned = clerk.bin("contact", contact)
    clerk.bin("enterprise", firm)
    with pytest.raises(KnownError, match="“远山铜业”在回收站里"):
        clerk.undo(binned)


def test_a_write_that_changed_nothing_or_is_not_there_is_said(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="不用撤销"):
        editing.undo(ledger, 999, "张三")


def test_an_import_is_undone_by_the_same_door_and_done_again(clerk: Clerk, ledger: Ledger) -> None:
    number = ledger.value("SELECT write_no FROM import_batch")
    undone = editing.undo(ledger, number, "张三")
    clerk.look()
    assert "01_规上企业名册.xlsx" in undone.said
    assert live(ledger, "problem", "state", "closed") == 0
    with pytest.raises(KnownError, match="已经撤销过"):
        editing.undo(ledger, number, "张三")
    clerk.undo(undone)
    assert live(ledger, "problem", "state", "closed") == 45
    assert undo_import(ledger)[1]["binned"] > 1000  # and it is an import that can be taken back again


# One change put back.


def changes_of(ledger: Ledger, firm: str) -> list[records.Change]:
    record = records.enterprise(ledger, firm, AS_OF)
    assert record is not None
    return list(record.changes)


def test_a_change_in_the_history_can_be_put_back(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    clerk.change("enterprise", firm, remark="一")
    clerk.change("enterprise", firm, remark="二", employees=5)
    (first,) = [one for one in changes_of(ledger, firm) if one.what == "备注" and one.after == "二"]
    saved = editing.restore_change(ledger, first.no, "张三")
    clerk.look()
    assert saved.said == "备注已恢复为修改前的值"
    assert ledger.rows("SELECT remark, employees FROM enterprise WHERE id = ?", (firm,)) == [("一", 5)]
    assert "现在就是" in editing.restore_change(ledger, first.no, "张三").said


def test_what_follows_from_something_offers_no_way_back(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    clerk.change("enterprise", firm, name="湖南近水合金有限公司")
    offered = {one.what: one.no for one in changes_of(ledger, firm)}
    assert offered["企业名称"] > 0
    assert offered["新建"] == 0
    core = ledger.value("SELECT max(no) FROM history WHERE field = 'name_core'")
    with pytest.raises(KnownError, match="由企业名称得出"):
        editing.restore_change(ledger, core, "张三")
    made = ledger.value("SELECT max(no) FROM history WHERE op = 'insert' AND table_name = 'enterprise'")
    with pytest.raises(KnownError, match="请移入回收站"):
        editing.restore_change(ledger, made, "张三")
    with pytest.raises(KnownError, match="找不到这次修改"):
        editing.restore_change(ledger, 10**9, "张三")


def test_a_way_to_the_bin_is_put_back_as_a_way_out_of_it(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    contact = ledger.value("SELECT id FROM contact WHERE enterprise_id = ?", (firm,))
    clerk.bin("contact", contact)
    (gone,) = [one for one in changes_of(ledger, firm) if one.what == "联系人：移入回收站"]
    editing.restore_change(ledger, gone.no, "张三")
    assert live(ledger, "contact", "id", contact) == 1


def test_steps_of_a_problem_do_not_come_out_of_the_bin_alone(clerk: Clerk, ledger: Ledger) -> None:
    made = clerk.new("problem", enterprise_id=clerk.firm(), text="用电紧张", collected_day=date(2021, 11, 1))
    clerk.bin("problem", made.row_id)
    gone = ledger.value("SELECT max(no) FROM history WHERE table_name = 'problem_event' AND field = 'deleted_at'")
    with pytest.raises(KnownError, match="由程序记载"):
        editing.restore_change(ledger, gone, "张三")


def test_a_restored_value_is_looked_at_like_any_other(clerk: Clerk, ledger: Ledger) -> None:
    project = clerk.new("project", name="远山项目", start_day=date(2021, 3, 1), finish_day=date(2021, 5, 1)).row_id
    clerk.change("project", project, start_day=date(2021, 2, 1))
    back = ledger.value("SELECT max(no) FROM history WHERE field = 'start_day' AND table_name = 'project'")
    clerk.change("project", project, finish_day=date(2021, 2, 20))
    with pytest.raises(KnownError, match="早于开工时间"):
        editing.restore_change(ledger, back, "张三")
    clerk.look()


@pytest.mark.parametrize(
    ("table", "adds"),
    [
        ("enterprise", {"contact", "register_spell", "attachment"}),
        ("match", {"credit", "drawdown", "attachment"}),
        ("project", {"stage_change", "project_plan", "project_month", "project_node", "attachment"}),
    ],
)
def test_every_part_shown_says_which_form_changes_it(ledger: Ledger, table: str, adds: set[str]) -> None:
    row = ledger.value(f"SELECT id FROM {table} ORDER BY number LIMIT 1")
    record = records.match(ledger, row) if table == "match" else getattr(records, table)(ledger, row, AS_OF)
    assert record is not None
    assert {table for section in record.sections for table in section.adds.split()} >= adds
    for line in (line for section in record.sections for line in section.lines if line.edits):
        part, _, part_id = line.edits.partition(":")
        assert editing.load(ledger, part, part_id, AS_OF).title


def test_attachments_are_shown_with_their_sizes(clerk: Clerk, ledger: Ledger) -> None:
    visit = clerk.value("SELECT id FROM visit LIMIT 1")
    with ledger.write("张三", "附件") as writer:
        found = attachments.attach(writer, Visit, visit, "纪要.docx", b"x" * 2048)
    record = records.visit(ledger, visit, AS_OF)
    assert record is not None
    (section,) = [one for one in record.sections if one.title == "附件"]
    assert [(line.cells, line.edits) for line in section.lines] == [(("纪要.docx", "2 KB", ""), f"attachment:{found}")]


def test_what_comes_back_contradicts_nothing_recorded_since(clerk: Clerk, ledger: Ledger, firm: str) -> None:
    """Two live projects never share a code, two stays on the register never overlap, however one of them came back."""
    first = clerk.new("project", name="一号项目", code="2021-430400-01")
    clerk.bin("project", first.row_id)
    second = clerk.new("project", name="二号项目", code="2021-430400-01")
    with pytest.raises(KnownError, match="项目代码与“二号项目”"):
        editing.unbin(ledger, "project", [first.row_id], "张三")
    clerk.change("project", second.row_id, code="2021-430400-02")
    editing.unbin(ledger, "project", [first.row_id], "张三")
    spell = clerk.value("SELECT id FROM register_spell WHERE enterprise_id = ?", firm)
    gone = clerk.bin("register_spell", spell)
    clerk.new("register_spell", enterprise_id=firm, entry_day=date(2021, 6, 1))
    with pytest.raises(KnownError, match="时间重叠"):
        editing.undo(ledger, gone.write_no, "张三")
    with pytest.raises(KnownError, match="时间重叠"):
        editing.unbin(ledger, "register_spell", [spell], "张三")
    clerk.look()


def test_undoing_an_edit_does_not_take_what_another_has_taken_since(clerk: Clerk, ledger: Ledger) -> None:
    first = clerk.new("project", name="一号项目", code="2021-430400-01").row_id
    changed = clerk.change("project", first, code="2021-430400-09")
    clerk.new("project", name="二号项目", code="2021-430400-01")
    with pytest.raises(KnownError, match="项目代码与“二号项目”"):
        editing.undo(ledger, changed.write_no, "张三")
    assert clerk.value("SELECT code FROM project WHERE id = ?", first) == "2021-430400-09"
