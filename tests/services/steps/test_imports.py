"""A book that comes after the desk has worked on a problem: it brings it forward, never back, and what the desk recorded
stays; a difference is pointed out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from chain_office.domain.errors import KnownError
from chain_office.queries.problem_facts import facts_of
from chain_office.services import editing, steps
from chain_office.services.exporting import export_ledger
from chain_office.services.importing.service import apply_import, plan_import, undo_import
from chain_office.services.ledgers import open_or_make
from chain_office.services.problem_figures import problem_figures
from tests.services.steps.hand import GOOD, Hand

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger

HEAD = [
    "企业",
    "存在问题",
    "牵头单位",
    "交办时间",
    "办结时限",
    "反馈时间",
    "办结时间",
    "办理状态",
    "办理进展",
    "满意度",
]


def read_in(ledger: Ledger, place: Path, *cells: object, as_of: str = "2021年12月1日") -> tuple[list[str], int | None]:
    """Import one row; what was pointed out or refused, and the number of the write."""
    firm = ledger.value("SELECT name FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["问题交办清单"], [f"截至{as_of}"], HEAD, [firm, *cells]):
        sheet.append(row)
    book.save(place)
    plan = plan_import(ledger, [place])
    said = [one.reason for each in plan.sheets for one in (*each.warned, *each.refused)]
    return said, apply_import(ledger, plan)


@pytest.fixture
def made(hand: Hand) -> str:
    """A problem with the first unit, extended once and told of."""
    row = hand.handed_over("用地指标迟迟不批")
    lead = hand.units(1)[0]
    hand.take("extend", row, day=date(2021, 3, 20), due_day=date(2021, 4, 30), reason="待批复")
    hand.take("progress", row, day=date(2021, 3, 25), unit_id=lead, text="已上会")
    return row


def name_of(hand: Hand) -> str:
    return str(hand.ledger.value("SELECT name FROM unit WHERE id = ?", (hand.units(1)[0],)))


def test_an_older_book_takes_nothing_back(hand: Hand, ledger: Ledger, made: str, tmp_path: Path) -> None:
    before = steps.history(ledger, made)
    said, _ = read_in(
        ledger, tmp_path / "旧.xlsx", "用地指标迟迟不批", name_of(hand), "2021-03-10", "2021-03-31", None, None,
        "已交办", "尚未启动", None, as_of="2021年3月15日",
    )  # fmt: skip
    assert any("状态不随导入改变，请在问题台上办理" in one for one in said)
    assert hand.row(made, "state", "deadline", "original_deadline", "progress") == (
        "doing", "2021-04-30", "2021-03-31", "已上会",
    )  # fmt: skip
    assert any("没有更新的日期，没有导入" in one for one in said)
    assert steps.history(ledger, made) == before
    hand.look()


def test_a_newer_book_brings_it_forward_and_leaves_the_extension(
    hand: Hand, ledger: Ledger, made: str, tmp_path: Path
) -> None:
    said, number = read_in(
        ledger, tmp_path / "新.xlsx", "用地指标迟迟不批", name_of(hand), "2021-03-10", "2021-03-31", "2021-04-20",
        None, "已报结", "批复已下", None,
    )  # fmt: skip
    assert "办结时限在问题台上已记为“2021-04-30”，导入不改，请在问题台上办理" in said
    assert hand.row(made, "state", "deadline", "reported_day", "progress") == (
        "reported", "2021-04-30", "2021-04-20", "批复已下",
    )  # fmt: skip
    assert [one.kind for one in steps.history(ledger, made)][-2:] == ["import", "import"]
    hand.look()
    hand.take("verify", made, day=date(2021, 12, 2), **GOOD)
    with pytest.raises(KnownError):
        undo_import(ledger, number)
    hand.look()


def test_a_book_does_not_open_again_what_the_desk_closed(hand: Hand, ledger: Ledger, made: str, tmp_path: Path) -> None:
    hand.take("report", made, day=date(2021, 4, 1), text="已批")
    hand.take("verify", made, day=date(2021, 4, 2), **GOOD)
    said, _ = read_in(
        ledger, tmp_path / "又.xlsx", "用地指标迟迟不批", name_of(hand), "2021-03-10", None, None, None, "办理中", None,
        "不满意",
    )  # fmt: skip
    assert any("已核实销号，现为已销号，表里写的是办理中" in one for one in said)
    assert hand.row(made, "state", "closed_day", "satisfaction", "closed_verified") == (
        "closed",
        "2021-04-02",
        "满意",
        1,
    )
    said, _ = read_in(
        ledger, tmp_path / "再.xlsx", "用地指标迟迟不批", name_of(hand), "2021-03-10", None, None, "2021-05-01",
        "已办结", None, "基本满意",
    )  # fmt: skip
    assert "满意度在问题台上已记为“满意”，导入不改，请在问题台上办理" in said
    assert hand.row(made, "closed_day", "satisfaction") == ("2021-04-02", "满意")
    hand.look()


def test_what_the_office_declined_is_not_handed_over_by_a_book(hand: Hand, ledger: Ledger, tmp_path: Path) -> None:
    row = hand.problem("要求免税")
    hand.take("reject", row, day=date(2021, 3, 8), reason="政府办不到")
    said, _ = read_in(
        ledger, tmp_path / "交.xlsx", "要求免税", name_of(hand), "2021-04-01", "2021-04-30", None, None, "办理中", None,
        None,
    )  # fmt: skip
    assert any("现为不予采纳，表里写的是办理中" in one for one in said)
    assert hand.row(row, "state", "lead_unit_id", "assigned_day", "deadline") == ("rejected", None, None, None)
    assert ledger.value("SELECT count(*) FROM assignment WHERE problem_id = ?", (row,)) == 0
    hand.look()


def test_an_export_of_what_the_desk_did_imports_as_it_stands(
    hand: Hand, ledger: Ledger, made: str, tmp_path: Path
) -> None:
    other = hand.handed_over("用电紧张", co=True)
    hand.take("park", other, day=date(2021, 3, 12), reason="等规划", understood=True)
    pooled = hand.problem("要修铁路")
    hand.take("pool", pooled, day=date(2021, 3, 8), reason="条件不具备", due_day=date(2021, 9, 1))
    book = tmp_path / "导出.xlsx"
    export_ledger(ledger, book)
    plan = plan_import(ledger, [book])
    assert (plan.count("new"), plan.count("changed"), plan.count("refused")) == (0, 0, 0)
    assert made


def test_an_import_under_a_step_is_not_taken_back(hand: Hand, ledger: Ledger, made: str, tmp_path: Path) -> None:
    _, number = read_in(
        ledger, tmp_path / "新.xlsx", "用地指标迟迟不批", name_of(hand), "2021-03-10", None, None, None, "部分解决",
        None, None,
    )  # fmt: skip
    step = hand.take("remind", made, day=date(2021, 12, 2), method="电话")
    with pytest.raises(KnownError, match="请先撤销后来的步骤"):
        undo_import(ledger, number)
    hand.look()
    editing.undo(ledger, step.write_no, "张三")
    undo_import(ledger, number)
    hand.look()
    assert hand.row(made, "state") == ("doing",)


@pytest.mark.parametrize("rated", ["满意", "未评价"])
def test_what_a_book_said_of_a_closing_stays_true_of_its_days(
    hand: Hand, ledger: Ledger, tmp_path: Path, rated: str
) -> None:
    read_in(
        ledger, tmp_path / "旧账.xlsx", "厂区用水不足", name_of(hand), "2021-03-10", "2021-04-10", "2021-04-01", "2021-04-02",
        "已销号", "已通水", rated,
    )  # fmt: skip
    row = ledger.value("SELECT id FROM problem WHERE text = '厂区用水不足'")
    day = date(2021, 11, 1)

    def told() -> list[object]:
        figures = problem_figures(ledger, day)
        counts = [figures.count(key) for key in ("verified", "unverified")]
        return [*counts, figures.rate("satisfaction_rate"), facts_of(ledger, day)[row].verified]

    before, written = told(), steps.history(ledger, row)
    reopened = hand.take("reopen", row, day=date(2021, 12, 1), due_day=date(2021, 12, 20), reason="又停水")
    assert told() == before
    hand.undo(reopened)
    assert (told(), steps.history(ledger, row)) == (before, written)
    hand.take("reopen", row, day=date(2021, 12, 1), due_day=date(2021, 12, 20), reason="又停水")
    hand.take("report", row, day=date(2021, 12, 3), unit_id=hand.units(1)[0], text="已修复")
    hand.take("verify", row, day=date(2021, 12, 6), **{**GOOD, "rating": "基本满意"})
    assert told() == before
    assert not any(label == "问题是否解决" for label, _ in steps.history(ledger, row)[0].details)


def test_a_look_back_does_not_change_what_was_said_before_it(hand: Hand, ledger: Ledger, tmp_path: Path) -> None:
    read_in(
        ledger, tmp_path / "旧账.xlsx", "厂区用水不足", name_of(hand), "2021-03-10", "2021-04-10", "2021-04-01", "2021-04-02",
        "已销号", "已通水", "满意",
    )  # fmt: skip
    row = ledger.value("SELECT id FROM problem WHERE text = '厂区用水不足'")
    before = problem_figures(ledger, date(2021, 11, 1)).rate("satisfaction_rate")
    hand.take("look_back", row, day=date(2021, 12, 1), method="电话", contact="李总", solved="yes", rating="不满意")
    assert before.part == before.whole > 0
    assert problem_figures(ledger, date(2021, 11, 1)).rate("satisfaction_rate") == before
    assert problem_figures(ledger, date(2021, 12, 1)).rate("satisfaction_rate").part == before.part - 1


def test_what_an_unfinished_problem_was_rated_counts_also_after_an_export(
    hand: Hand, ledger: Ledger, tmp_path: Path
) -> None:
    """A dissatisfied enterprise whose problem is worked on again is one that has rated."""
    row = hand.handed_over("用电紧张")
    hand.take("report", row, day=date(2021, 3, 20), unit_id=hand.units(1)[0], text="已增容")
    bad = {**GOOD, "solved": "no", "rating": "不满意"}
    hand.take("fail", row, day=date(2021, 3, 22), due_day=date(2021, 4, 30), reason="仍然跳闸", **bad)
    day = date(2021, 12, 1)
    told = problem_figures(ledger, day).rate("satisfaction_rate")
    assert told.part == told.whole - 1
    book = tmp_path / "导出.xlsx"
    export_ledger(ledger, book)
    with open_or_make(tmp_path / "另一本.ledger") as other:
        apply_import(other, plan_import(other, [book]))
        assert problem_figures(other, day).rate("satisfaction_rate") == told
        copy = other.value("SELECT id FROM problem WHERE text = '用电紧张'")
        again = Hand(other)
        again.take("report", copy, day=date(2021, 12, 2), unit_id=again.row(copy, "lead_unit_id")[0], text="换了变压器")
        again.take("verify", copy, day=date(2021, 12, 3), **GOOD)
        assert problem_figures(other, day).rate("satisfaction_rate") == told
