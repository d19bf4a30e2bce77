"""The history: one row a changed field, by triggers, for this program and for any other."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank, Enterprise, Problem, ProblemEvent, Setting
from chain_office.db.session import Conflict
from chain_office.services.checks import check_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger

LINES = (
    "SELECT w.actor, w.reason, h.op, h.field, h.before, h.after FROM history h LEFT JOIN write_log w ON w.no = h.write_no "
    "WHERE h.row_id = ? ORDER BY h.no"
)


def lines(ledger: Ledger, row_id: str) -> list[tuple[Any, ...]]:
    return ledger.rows(LINES, (row_id,))


def add_bank(ledger: Ledger, name: str = "示例银行") -> str:
    with ledger.write("张三", "登记银行") as writer:
        return writer.insert(Bank, {"name": name, "verified": True})


def test_a_new_record_is_one_line(ledger: Ledger) -> None:
    assert lines(ledger, add_bank(ledger)) == [("张三", "登记银行", "insert", None, None, None)]


def test_each_changed_field_is_one_line_and_an_equal_one_none(ledger: Ledger) -> None:
    row_id = add_bank(ledger)
    with ledger.write("李四", "改简称和备注") as writer:
        writer.update(Bank, row_id, {"short": "示例", "remark": "备", "name": "示例银行", "verified": False})
    assert lines(ledger, row_id)[1:] == [
        ("李四", "改简称和备注", "update", "short", None, "示例"),
        ("李四", "改简称和备注", "update", "verified", "1", "0"),
        ("李四", "改简称和备注", "update", "remark", None, "备"),
    ]


def test_saving_what_is_there_leaves_no_line_but_counts_a_save(ledger: Ledger) -> None:
    row_id = add_bank(ledger)
    with ledger.write("李四", "无改动") as writer:
        writer.update(Bank, row_id, {"name": "示例银行"})
    assert len(lines(ledger, row_id)) == 1
    assert ledger.value("SELECT version FROM bank WHERE id = ?", (row_id,)) == 2


def test_binning_and_taking_out_are_kept_and_the_row_stays(ledger: Ledger) -> None:
    row_id = add_bank(ledger)
    with ledger.write("李四", "删") as writer:
        writer.bin(Bank, row_id, version=1)
    assert ledger.value("SELECT deleted_at FROM bank WHERE id = ?", (row_id,)) == "2022-01-05T12:00:00.000Z"
    with ledger.write("李四", "恢复") as writer:
        writer.unbin(Bank, row_id)
    assert ledger.rows("SELECT deleted_at, version FROM bank WHERE id = ?", (row_id,)) == [(None, 3)]
    assert [(line[1], line[3], line[4], line[5]) for line in lines(ledger, row_id)[1:]] == [
        ("删", "deleted_at", None, "2022-01-05T12:00:00.000Z"),
        ("恢复", "deleted_at", "2022-01-05T12:00:00.000Z", None),
    ]


def test_an_old_version_is_a_conflict_and_changes_nothing(ledger: Ledger) -> None:
    row_id = add_bank(ledger)
    with ledger.write("李四", "先改") as writer:
        writer.update(Bank, row_id, {"short": "甲"}, version=1)
    with pytest.raises(Conflict) as caught, ledger.write("王五", "后改") as writer:
        writer.update(Bank, row_id, {"short": "乙"}, version=1)
    assert caught.value.current["short"] == "甲"
    assert (caught.value.table, caught.value.row_id) == ("bank", row_id)
    assert ledger.value("SELECT short FROM bank WHERE id = ?", (row_id,)) == "甲"
    assert ledger.value("SELECT count(*) FROM write_log") == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET after = 'x'",
        "DELETE FROM history",
        "UPDATE write_log SET actor = 'x'",
        "DELETE FROM write_log",
    ],
)
def test_history_only_grows(path: Path, ledger: Ledger, statement: str) -> None:
    add_bank(ledger)
    before = ledger.rows("SELECT * FROM history, write_log")
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    other.close()
    assert ledger.rows("SELECT * FROM history, write_log") == before


def test_a_change_by_another_program_shows_without_an_actor_and_check_says_so(path: Path) -> None:
    with open_ledger(path) as ledger:
        row_id = add_bank(ledger)
        assert {one.name: one.passed for one in check_ledger(ledger)}["没有本程序之外的修改"]
    with sqlite3.connect(path) as other:
        other.execute("UPDATE bank SET name = '改过的银行', short = '改'")
    other.close()
    with open_ledger(path, read_only=True) as ledger:
        assert lines(ledger, row_id)[1:] == [
            (None, None, "update", "name", "示例银行", "改过的银行"),
            (None, None, "update", "short", None, "改"),
        ]
        found = {one.name: one for one in check_ledger(ledger)}["没有本程序之外的修改"]
    assert not found.passed
    assert "2 处" in found.detail


def test_a_deletion_by_another_program_keeps_what_was_there(path: Path) -> None:
    with open_ledger(path) as ledger:
        row_id = add_bank(ledger)
    with sqlite3.connect(path) as other:
        other.execute("DELETE FROM bank")
    other.close()
    with open_ledger(path, read_only=True) as ledger:
        kept = {line[3]: line[4] for line in lines(ledger, row_id) if line[2] == "delete"}
    assert kept == {"name": "示例银行", "verified": "1"}


def test_derived_tables_leave_no_history(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        problem = writer.insert(Problem, {"text": "缺工", "state": "waiting"})
        writer.insert(ProblemEvent, {"problem_id": problem, "seq": 1, "kind": "opening", "state": "waiting"})
    assert ledger.value("SELECT count(*) FROM problem_span") == 1
    tables = {row[0] for row in ledger.rows("SELECT DISTINCT table_name FROM history")}
    assert tables == {"problem", "problem_event"}


def test_a_renamed_firm_gets_new_initials(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        row_id = writer.insert(Enterprise, {"name": "示例铜业有限公司"})
    assert ledger.value("SELECT initials FROM enterprise WHERE id = ?", (row_id,)) == "sltyyxgs"
    with ledger.write("张三", "更名") as writer:
        writer.update(Enterprise, row_id, {"name": "样板铝业有限公司"})
    assert ledger.value("SELECT initials FROM enterprise WHERE id = ?", (row_id,)) == "yblyyxgs"


def test_numbers_go_on_behind_a_binned_record(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        first, second = writer.insert_many(Enterprise, [{"name": "甲公司"}, {"name": "乙公司"}])
    with ledger.write("张三", "删") as writer:
        writer.bin(Enterprise, second)
    with ledger.write("张三", "登记") as writer:
        third = writer.insert(Enterprise, {"name": "丙公司"})
    numbers = dict(ledger.rows("SELECT id, number FROM enterprise"))
    assert (numbers[first], numbers[second], numbers[third]) == (1, 2, 3)


def test_times_of_history_sort_as_text(ledger: Ledger) -> None:
    add_bank(ledger)
    at = ledger.value("SELECT at FROM history")
    assert len(at) == len("2022-01-05T12:00:00.000Z")
    assert at.endswith("Z")


def test_a_setting_is_changed_in_place(ledger: Ledger) -> None:
    for value in ("甲", "乙"):
        with ledger.write("张三", "设置") as writer:
            found = writer.select("SELECT id FROM setting WHERE key = 'k'")
            if found:
                writer.update(Setting, found[0][0], {"value": value})
            else:
                writer.insert(Setting, {"key": "k", "value": value})
    assert ledger.rows("SELECT before, after FROM history WHERE op = 'update'") == [("甲", "乙")]
