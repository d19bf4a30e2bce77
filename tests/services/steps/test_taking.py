"""A step in one write: what it records, what repeats it, what the days before it still say, and how it is taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Faulty
from chain_office.domain.steps import StepEdit
from chain_office.queries.problems import count_overdue, counts_by_state
from chain_office.services import editing, steps
from chain_office.services.settings.entries import read_entries
from chain_office.services.settings.merging import merge
from tests.services.steps.hand import EVERYTHING, GOOD

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from tests.services.steps.hand import Hand


def at(ledger: Ledger, problem: str, day: str) -> tuple[object, ...]:
    """State, deadline, unit and round on a day."""
    return ledger.rows(
        "SELECT state, due_day, lead_unit_id, round FROM problem_span WHERE problem_id = ? AND day_from <= ? "
        "AND (day_until IS NULL OR day_until > ?)",
        (problem, day, day),
    )[0]


def test_a_problem_goes_from_a_sentence_to_a_verified_closure(hand: Hand, ledger: Ledger) -> None:
    lead, helper, other = hand.units(3)
    made = hand.handed_over(co=True)
    hand.take("acknowledge", made, day=date(2021, 3, 11), unit_id=lead, contact="赵科长")
    hand.take("return", made, day=date(2021, 3, 11), unit_id=lead, reason="属园区职责")
    assert ledger.value("SELECT count(*) FROM assignment WHERE problem_id = ? AND ended_day IS NULL", (made,)) == 0
    hand.take("reassign", made, day=date(2021, 3, 12), unit_id=other, due_day=date(2021, 4, 6), owner="钱局长")
    hand.take("progress", made, day=date(2021, 3, 20), unit_id=other, text="已上会", next_step="下周批复")
    hand.take("ask_extension", made, day=date(2021, 3, 25), unit_id=other, due_day=date(2021, 4, 20), reason="待批复")
    hand.take("extend", made, day=date(2021, 3, 26), due_day=date(2021, 4, 20), reason="待批复")
    hand.take("report", made, day=date(2021, 4, 15), unit_id=other, text="已批复")
    hand.take("verify", made, day=date(2021, 4, 18), due_day=date(2021, 5, 18), **GOOD)
    assert hand.row(
        made, "state", "lead_unit_id", "owner", "rounds", "assigned_day", "deadline", "original_deadline", "reported_day",
        "closed_day", "closed_verified", "satisfaction", "callback_day", "review_day", "progress", "next_step",
    ) == (
        "closed", other, "钱局长", 2, "2021-03-10", "2021-04-20", "2021-03-31", "2021-04-15", "2021-04-18", 1, "满意",
        "2021-04-18", "2021-05-18", "已批复", "下周批复",
    )  # fmt: skip
    parts = "SELECT unit_id, role, round, day, ended_day FROM assignment WHERE problem_id = ? ORDER BY id"
    assert ledger.rows(parts, (made,)) == [
        (lead, "lead", 1, "2021-03-10", "2021-03-11"), (helper, "co", 1, "2021-03-10", "2021-03-11"),
        (other, "lead", 2, "2021-03-12", None),
    ]  # fmt: skip
    assert at(ledger, made, "2021-03-10") == ("assigned", "2021-03-31", lead, 1)
    assert at(ledger, made, "2021-03-19") == ("assigned", "2021-04-06", other, 2)
    assert at(ledger, made, "2021-04-16") == ("reported", "2021-04-20", other, 2)
    told = steps.history(ledger, made)
    assert [one.label for one in told[-3:]] == ["延期", "报结", "核实销号"]
    assert told[0].label == "登记"
    assert dict(told[-1].details) == {"问题是否解决": "是", "诉求是否答复": "是", "部门是否主动对接": "是"}
    assert [one.seq for one in told] == list(range(1, len(told) + 1))


def test_a_form_opens_with_what_is_usual(hand: Hand, ledger: Ledger) -> None:
    made = hand.problem()
    hand.take("screen_in", made, day=date(2021, 3, 8))
    form = steps.step_form(ledger, "assign", [made], "张三")
    assert form.values["day"] == date(2021, 11, 19)  # the day the ledger is told at
    assert form.values["due_day"] == date(2021, 12, 10)
    assert form.values["actor"] == "张三"
    assert "办结时限按 15 个工作日计，当日不计；复杂问题 30 个工作日" in form.notes
    handed = hand.handed_over("用电难", co=True)
    offered = steps.step_form(ledger, "progress", [handed], "张三")
    lead, helper = hand.units(2)
    assert [one.id for one in offered.links["unit_id"]] == [lead, helper]
    assert offered.values["unit_id"] == lead
    assert {verb.id for verb in steps.offered(ledger, [made, handed], date(2021, 11, 19))} == set()


def test_a_step_is_taken_back_and_done_again(hand: Hand, ledger: Ledger) -> None:
    made = hand.handed_over(co=True)
    before = (hand.row(made, "state", "lead_unit_id", "rounds"), at(ledger, made, "2021-03-20"))
    saved = hand.take("return", made, day=date(2021, 3, 11), reason="属园区职责")
    after = hand.row(made, "state", "lead_unit_id", "rounds")
    undone = hand.undo(saved)
    assert undone.said.startswith("已撤销：退回")
    assert (hand.row(made, "state", "lead_unit_id", "rounds"), at(ledger, made, "2021-03-20")) == before
    hand.undo(undone)
    assert hand.row(made, "state", "lead_unit_id", "rounds") == after


def test_a_step_others_stand_on_stays(hand: Hand) -> None:
    made = hand.handed_over()
    first = hand.take("progress", made, day=date(2021, 3, 12), text="已对接")
    hand.take("remind", made, day=date(2021, 3, 15), method="电话")
    count = hand.count()
    with pytest.raises(KnownError, match="请先撤销后来的步骤"):
        editing.undo(hand.ledger, first.write_no, "张三")
    assert hand.count() == count
    hand.look()


def test_a_redone_step_does_not_take_the_place_of_another(hand: Hand) -> None:
    made = hand.handed_over()
    undone = hand.undo(hand.take("progress", made, day=date(2021, 3, 12), text="已对接"))
    hand.take("remind", made, day=date(2021, 3, 15), method="电话")
    with pytest.raises(KnownError, match="请先撤销后来的步骤"):
        editing.undo(hand.ledger, undone.write_no, "张三")
    hand.look()


def test_a_deadline_is_corrected_in_the_step_that_set_it(hand: Hand, ledger: Ledger) -> None:
    made = hand.handed_over()
    loaded = editing.load(ledger, "problem", made, date(2021, 11, 19))
    edit = Edit("problem", made, loaded.version, {"deadline": date(2021, 4, 30)})
    saved = editing.save(ledger, edit, "张三", accept=EVERYTHING)
    hand.look()
    assert "按更正登记，不算延期" in saved.said
    assert hand.row(made, "deadline", "original_deadline") == ("2021-04-30", "2021-04-30")
    assert at(ledger, made, "2021-03-10")[1] == "2021-04-30"
    edit = Edit("problem", made, 10**9, {"deadline": date(2021, 3, 10)})
    with pytest.raises(Faulty, match="不晚于“交办”的 2021-03-10"):
        editing.save(ledger, edit, "张三", accept=EVERYTHING)
    with pytest.raises(Faulty, match="不能清空"):
        editing.save(ledger, Edit("problem", made, 10**9, {"deadline": None}), "张三", accept=EVERYTHING)
    hand.undo(saved)
    assert hand.row(made, "deadline", "original_deadline") == ("2021-03-31", "2021-03-31")


def test_what_steps_say_is_not_typed_over(hand: Hand, ledger: Ledger) -> None:
    made = hand.handed_over()
    loaded = editing.load(ledger, "problem", made, date(2021, 11, 19))
    edit = Edit("problem", made, loaded.version, {"progress": "登记时的情况"})
    editing.save(ledger, edit, "张三", accept=EVERYTHING)  # nobody has told any yet
    hand.take("progress", made, day=date(2021, 3, 12), text="已对接")
    loaded = editing.load(ledger, "problem", made, date(2021, 11, 19))
    edit = Edit("problem", made, loaded.version, {"progress": "另写一段", "owner": "孙局长"})
    with pytest.raises(Faulty, match="办理进展随办理步骤记载"):
        editing.save(ledger, edit, "张三", accept=EVERYTHING)
    editing.save(ledger, Edit("problem", made, loaded.version, {"owner": "孙局长"}), "张三", accept=EVERYTHING)
    assert hand.row(made, "owner", "progress") == ("孙局长", "已对接")


def test_units_that_become_one_speak_with_one_voice(hand: Hand, ledger: Ledger) -> None:
    made = hand.handed_over(co=True)
    lead, helper = hand.units(2)
    hand.take("progress", made, day=date(2021, 3, 12), unit_id=lead, text="牵头单位的进展")
    hand.take("progress", made, day=date(2021, 3, 13), unit_id=helper, text="配合单位的进展")
    assert hand.row(made, "progress") == ("牵头单位的进展",)
    units = {one.id: one for one in read_entries(ledger, "unit").entries}
    saved = merge(ledger, "unit", units[helper], units[lead], "张三")
    hand.look()
    assert hand.row(made, "progress") == ("配合单位的进展",)
    hand.undo(saved)
    assert hand.row(made, "progress") == ("牵头单位的进展",)


def test_past_days_of_an_imported_problem_stay_as_they_were(hand: Hand, ledger: Ledger) -> None:
    """The office opens again what a book had closed: the days before are told by what the book recorded."""
    closed, reported = ledger.rows(
        "SELECT id, reported_day FROM problem WHERE state = 'closed' AND reported_day < closed_day AND deadline IS NOT NULL "
        "AND reported_day >= assigned_day ORDER BY number LIMIT 1"
    )[0]
    days = [date.fromisoformat(reported), date(2021, 1, 15), date(2021, 6, 30), date(2021, 11, 19)]
    stretches = "SELECT state, day_from, due_day, reported_day FROM problem_span WHERE problem_id = ? ORDER BY day_from"
    before = [(counts_by_state(ledger, day), count_overdue(ledger, day)) for day in days]
    was = ledger.rows(stretches, (closed,))
    hand.take("reopen", closed, day=date(2021, 12, 1), reason="又停了", due_day=date(2021, 12, 20))
    hand.take("report", closed, day=date(2021, 12, 10), text="又通了")
    assert [(counts_by_state(ledger, day), count_overdue(ledger, day)) for day in days] == before
    assert ledger.rows(stretches, (closed,))[: len(was)] == was
    assert hand.row(closed, "reported_day", "closed_day", "closed_verified") == ("2021-12-10", None, 0)


def test_steps_are_taken_on_every_problem_of_the_sample(hand: Hand, ledger: Ledger) -> None:
    """Whatever a book recorded, the desk carries on from there."""
    for row_id, _ in ledger.rows("SELECT id, state FROM problem WHERE deleted_at IS NULL"):
        verbs = {verb.id for verb in steps.offered(ledger, [row_id], date(2021, 11, 19))}
        verb = next(
            one for one in ("screen_in", "assign", "progress", "fail", "tell", "resume", "reassign") if one in verbs
        )
        typed = {
            "unit_id": hand.units(1)[0], "due_day": date(2022, 3, 1), "text": "接着办", "reason": "接着办", "method": "电话",
        }  # fmt: skip
        form = steps.step_form(ledger, verb, [row_id], "张三")
        missing = {
            field.name: typed[field.name] for field in form.form if field.required and form.values[field.name] is None
        }
        before = len(steps.history(ledger, row_id))
        steps.take(ledger, StepEdit(verb, form.seen, {**form.values, **missing}), "张三", accept=EVERYTHING)
        assert len(steps.history(ledger, row_id)) == before + 1
    hand.look()
