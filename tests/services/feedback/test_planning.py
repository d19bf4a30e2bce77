"""Each line of a form becomes the steps its unit meant, beside what stands; what cannot be recorded says why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office import clock
from chain_office.domain import feedback
from chain_office.services.feedback import accept, plan
from chain_office.services.feedback.plan import ADDED, BLANK, CONFLICT, FAULTY, READY, SAME
from tests.exchange.feedback.forms import Filled, word_form
from tests.services.feedback.conftest import CO, LEAD, OTHER, Case

if TYPE_CHECKING:
    from chain_office.services.feedback.plan import Proposal


def verbs(one: Proposal) -> list[str]:
    return [edit.verb for edit in one.steps]


def changes(one: Proposal) -> dict[str, tuple[str, str]]:
    return {change.label: (change.old, change.new) for change in one.changes}


@pytest.mark.parametrize(
    ("values", "steps", "state"),
    [
        ({"status": feedback.DOING, "done": "正在办"}, ["progress"], "办理中"),
        ({"status": feedback.PARTIAL, "done": "办了一半", "reason": "缺钱"}, ["partial"], "部分解决"),
        ({"status": feedback.DONE, "done": "办完了"}, ["report"], "已报结待核实"),
        ({"status": feedback.RETURN, "reason": "非本单位职责"}, ["return"], "退回重派"),
        ({"status": feedback.EXTEND, "reason": "等批复", "due_day": "12月31日"}, ["ask_extension"], ""),
        (
            {"status": feedback.EXTEND, "done": "已报省里", "reason": "等批复", "due_day": "12月31日"},
            ["progress", "ask_extension"],
            "办理中",
        ),
        ({"status": feedback.PARK, "done": "列入规划"}, ["progress"], "办理中"),
        ({"received": "是", "received_by": "李四", "received_day": "11月9日"}, ["acknowledge"], "已签收"),
        ({"received": "是", "status": "办理中", "done": "正在办"}, ["acknowledge", "progress"], "办理中"),
        ({"done": "正在办"}, ["progress"], "办理中"),
    ],
)
def test_what_a_lead_unit_fills_in_becomes_these_steps(
    case: Case, values: dict[str, str], steps: list[str], state: str
) -> None:
    one = case.proposal(**values)
    assert (one.verdict, one.faults) == (READY, ())
    assert verbs(one) == steps
    assert changes(one).get("状态", ("", ""))[1] == state
    assert all(edit.values["unit_id"] == case.units[LEAD] for edit in one.steps)


def test_old_stands_beside_new_and_days_are_the_form_s_own(case: Case) -> None:
    case.take("progress", day=date(2021, 11, 9), unit_id=case.units[LEAD], text="已受理")
    case.left += 1
    one = case.proposal(status=feedback.EXTEND, done="已报省里", reason="等批复", due_day="12月31日")
    assert changes(one)["办理情况"] == ("已受理", "已报省里")
    assert changes(one)["办结时限"] == ("2021-11-29", "申请延至 2021-12-31")
    assert {edit.values["day"] for edit in one.steps} == {date(2021, 11, 15)}


@pytest.mark.parametrize("status", [feedback.PARTIAL, feedback.DONE, feedback.RETURN])
def test_a_co_unit_tells_progress_and_the_state_is_the_lead_s(case: Case, status: str) -> None:
    one = case.proposal(unit=CO, status=status, done="我们的部分办了")
    assert (one.verdict, verbs(one), one.role) == (READY, ["progress"], feedback.CO)
    assert "状态" not in changes(one)
    assert any("牵头单位" in note for note in one.notes)


@pytest.mark.parametrize(
    ("unit", "values", "says"),
    [
        (OTHER, {"status": "办理中", "done": "x"}, "不是"),
        ("某某局", {"status": "办理中", "done": "x"}, "名录里没有"),
        (LEAD, {"status": "见附件", "done": "x"}, "看不出"),
        (LEAD, {"status": feedback.DONE}, "没有写办理情况"),
        (LEAD, {"status": feedback.EXTEND, "reason": "等批复"}, "没有写延到哪一天"),
        (LEAD, {"status": feedback.EXTEND, "reason": "等批复", "due_day": "尽快"}, "预计办结时间"),
        (LEAD, {"status": feedback.EXTEND, "reason": "等批复", "due_day": "11月20日"}, "不晚于"),
        (LEAD, {"status": feedback.RETURN}, "退回原因"),
        (LEAD, {"status": "办理中", "done": "x", "filled_day": "2月30日"}, "没有"),
        (LEAD, {"status": "办理中", "done": "x", "filled_day": "2023-01-01"}, "还没有到"),
        (LEAD, {"status": "办理中", "done": "x", "code": "WT9999-1", "record_no": "WT9999"}, "没有编号"),
        (
            LEAD,
            {"status": "办理中", "done": "x", "enterprise": "别的厂有限公司", "problem": "完全是另一回事的问题"},
            "对不上",
        ),
    ],
)
def test_what_cannot_be_recorded_says_why(case: Case, unit: str, values: dict[str, str], says: str) -> None:
    one = case.proposal(unit=unit, **values)
    assert one.verdict == FAULTY
    assert says in "；".join(one.faults)


def test_a_line_nobody_filled_in_proposes_nothing(case: Case) -> None:
    assert case.proposal(filled_day="").verdict == BLANK
    assert case.proposal().verdict == BLANK


def test_a_step_the_state_does_not_allow_is_refused_as_everywhere(case: Case) -> None:
    case.take("report", day=date(2021, 11, 10), unit_id=case.units[LEAD], text="办完了")
    one = case.proposal(status="办理中", done="其实还在办")
    assert one.verdict == FAULTY
    assert "已报结待核实" in one.faults[0]


def test_a_form_for_an_older_state_is_a_conflict_that_shows_what_happened_since(case: Case) -> None:
    case.take("extend", day=date(2021, 11, 12), due_day=date(2021, 12, 10), reason="市里同意")
    one = case.proposal(status="办理中", done="正在办")
    assert one.verdict == CONFLICT
    assert [step.kind for step in one.since] == ["extend"]
    assert verbs(one) == ["progress"], "it may still be accepted"


def test_reminders_and_what_others_told_do_not_make_a_form_old(case: Case) -> None:
    case.take("acknowledge", day=date(2021, 11, 9), unit_id=case.units[LEAD])
    case.take("remind", day=date(2021, 11, 12), method="电话")
    case.take("progress", day=date(2021, 11, 13), unit_id=case.units[CO], text="配合单位说")
    one = case.proposal(status="办理中", done="正在办")
    assert one.verdict == READY
    assert [step.kind for step in one.since] == ["acknowledge", "remind", "progress"], "but they are shown"


def test_the_same_form_kept_by_the_unit_and_filled_in_again_is_its_next_answer(case: Case) -> None:
    first = case.plan(case.form(case.line(status="办理中", done="十一月在办")))
    accept(case.ledger, first, [first.proposals[0].id], "王敏")
    assert case.proposal(status="办理中", done="十一月在办").verdict == SAME
    later = case.proposal(status="办理中", done="十二月在办", filled_day="2021-12-15")
    assert (later.verdict, changes(later)["办理情况"]) == (READY, ("十一月在办", "十二月在办"))
    again = case.proposal(status="办理中", done="十一月在办", filled_day="2021-12-15")
    assert again.verdict == READY, "the same words a month later are news"
    other = case.proposal(status="办理中", done="同一天另一种说法")
    assert other.verdict == CONFLICT


def test_a_day_before_the_last_step_is_recorded_on_its_day_and_said(case: Case) -> None:
    case.take("remind", day=date(2021, 11, 18), method="电话")
    one = case.proposal(status="办理中", done="正在办")
    assert one.steps[0].values["day"] == date(2021, 11, 18)
    assert any("2021-11-15" in note for note in one.notes)


def test_without_a_day_it_is_recorded_on_the_day_it_came_and_said(case: Case) -> None:
    one = case.proposal(status="办理中", done="正在办", filled_day="")
    assert one.steps[0].values["day"] == clock.today()
    assert any("填报日期" in note for note in one.notes)


def test_a_row_without_a_number_is_known_by_its_words_or_is_new(case: Case) -> None:
    known = case.line(code="", record_no="", status="办理中", done="正在办")
    added = Filled({"enterprise": case.enterprise, "problem": "本单位新发现的问题", "done": "在办"})
    one, other = case.plan(case.form(known, added)).proposals
    assert (one.verdict, one.problem_id) == (READY, case.problem)
    assert any("认作" in note for note in one.notes)
    assert (other.verdict, other.problem_id, other.steps) == (ADDED, "", ())


def test_the_unit_is_told_by_its_paper_where_the_form_does_not(case: Case) -> None:
    (one,) = case.plan(case.form(case.line(status="办理中", done="x", role=feedback.CO), unit="")).proposals
    assert one.unit_id == case.units[CO]
    (one,) = case.plan(case.form(case.line(status="办理中", done="x"), unit="")).proposals
    assert (one.verdict, "哪个单位" in one.faults[0]) == (FAULTY, True)


def test_one_answer_in_two_files_counts_once_and_two_answers_are_a_conflict(case: Case) -> None:
    line = case.line(status="办理中", done="正在办")
    sheet = case.form(line, name="一.xlsx")
    word = word_form(case.folder / "二.docx", [line], unit=LEAD, day="2021-11-15")
    assert [one.verdict for one in case.plan(sheet, word).proposals] == [READY, SAME]
    other = case.form(case.line(status="办理中", done="另一种说法"), name="三.xlsx")
    found = case.plan(sheet, other).proposals
    assert [one.verdict for one in found] == [CONFLICT, CONFLICT]
    assert "三.xlsx" in found[0].notes[0]
    assert "一.xlsx" in found[1].notes[0]


def test_a_binned_problem_takes_no_answers(case: Case) -> None:
    path = case.form(case.line(status="办理中", done="x"))
    from chain_office.services.editing import bin_records

    bin_records(case.ledger, "problem", [case.problem], "王敏")
    (one,) = plan(case.ledger, [path]).proposals
    assert "回收站" in one.faults[0]
