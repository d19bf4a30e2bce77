"""Accepted proposals are recorded in one write with their files, and are taken back whole; or nothing is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain import feedback
from chain_office.domain.errors import KnownError
from chain_office.services.checks import check_ledger
from chain_office.services.editing import undo
from chain_office.services.feedback import NotAccepted, accept, add_row
from chain_office.services.feedback.plan import ADDED, CONFLICT, READY, SAME
from tests.exchange.feedback.forms import Filled
from tests.services.feedback.conftest import CO, LEAD, Case

if TYPE_CHECKING:
    from chain_office.services.feedback.plan import FeedbackPlan


def ready(plan: FeedbackPlan) -> list[str]:
    return [one.id for one in plan.of(READY)]


def sound(case: Case) -> None:
    assert [one for one in check_ledger(case.ledger) if not one.passed] == []


def test_all_at_once_with_the_files_hung_on_their_steps_and_taken_back_whole(case: Case) -> None:
    lead = case.form(
        case.line(received="是", received_by="李四", received_day="11月9日", status=feedback.DONE, done="办完了")
    )
    co = case.form(case.line(status="办理中", done="我们配合了"), unit=CO, name="配合.xlsx")
    plan = case.plan(lead, co)
    assert len(ready(plan)) == 2
    saved = accept(case.ledger, plan, ready(plan), "王敏")
    assert sorted(kind for kind, *_ in case.events()) == ["acknowledge", "progress", "report"]
    assert case.events()[-1][0] == "report", "the lead's last word comes after the helping unit's"
    assert case.state == "reported"
    hung = case.ledger.rows(
        "SELECT a.name FROM attachment a JOIN problem_event e ON e.id = a.row_id WHERE a.table_name = 'problem_event' "
        "AND e.problem_id = ? AND a.deleted_at IS NULL ORDER BY a.name",
        (case.problem,),
    )
    assert [name for (name,) in hung] == ["反馈表.xlsx", "配合.xlsx"]
    assert [one.verdict for one in case.plan(lead, co).proposals] == [SAME, SAME], (
        "the same forms again propose nothing"
    )
    sound(case)
    undo(case.ledger, saved.write_no, "王敏")
    assert (case.events(), case.state) == ([], "assigned")
    sound(case)


def test_a_conflict_may_be_accepted_by_name_but_never_with_all(case: Case) -> None:
    case.take("extend", day=date(2021, 11, 12), due_day=date(2021, 12, 10), reason="市里同意")
    plan = case.plan(case.form(case.line(status="办理中", done="正在办")))
    (one,) = plan.of(CONFLICT)
    assert ready(plan) == []
    accept(case.ledger, plan, [one.id], "王敏")
    assert case.state == "doing"
    sound(case)


def test_what_moved_on_since_it_was_planned_is_refused_at_its_line_and_nothing_is_written(case: Case) -> None:
    line = Filled({"record_no": "WT0053", "status": "办理中", "done": "在办", "filled_day": "2021-11-19"})
    other = case.form(line, name="b.xlsx")
    plan = case.plan(case.form(case.line(status="办理中", done="正在办")), other)
    assert len(ready(plan)) == 2
    case.take("acknowledge", day=date(2021, 11, 9), unit_id=case.units[LEAD])
    before = case.events()
    with pytest.raises(NotAccepted) as refused:
        accept(case.ledger, plan, ready(plan), "王敏")
    assert list(refused.value.faults) == [plan.proposals[0].id]
    assert case.events() == before
    accept(case.ledger, plan, [one for one in ready(plan) if one not in refused.value.faults], "王敏")


def test_a_file_changed_after_it_was_read_is_not_taken_for_what_was_read(case: Case) -> None:
    path = case.form(case.line(status="办理中", done="正在办"))
    plan = case.plan(path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(NotAccepted, match="改动或移走"):
        accept(case.ledger, plan, ready(plan), "王敏")
    assert case.events() == []


def test_what_is_not_acceptable_is_not_accepted_even_when_asked_for(case: Case) -> None:
    plan = case.plan(case.form(case.line(status=feedback.DONE)))
    with pytest.raises(KnownError, match="没有可以接受"):
        accept(case.ledger, plan, [one.id for one in plan.proposals], "王敏")
    assert case.events() == []


def test_an_added_row_becomes_a_problem_that_waits_when_a_person_says_so(case: Case) -> None:
    added = Filled({"enterprise": case.enterprise, "problem": "本单位新发现的问题", "done": "在办"})
    plan = case.plan(case.form(added))
    (one,) = plan.of(ADDED)
    saved = add_row(case.ledger, one, "王敏")
    found = case.ledger.rows("SELECT text, state FROM problem WHERE id = ?", (saved.row_id,))
    assert found == [("本单位新发现的问题", "waiting")]
    unknown = case.plan(case.form(Filled({"enterprise": "从没听说过的厂", "problem": "别的问题"}))).proposals[0]
    with pytest.raises(KnownError, match="名册里没有"):
        add_row(case.ledger, unknown, "王敏")
