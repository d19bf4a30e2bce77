"""What a step is refused for, and what is merely pointed out: in words, at the field, and without a trace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.models import Officer, Screening
from chain_office.domain.errors import BugError, KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.steps import Overtaken, StepEdit
from chain_office.services import editing, steps
from tests.services.steps.hand import EVERYTHING, GOOD

if TYPE_CHECKING:
    from chain_office.domain.forms import Fault
    from tests.services.steps.hand import Hand

NOTHING: frozenset[str] = frozenset()


def faults(hand: Hand, verb: str, *problems: str, **values: Any) -> dict[str, Fault]:
    """What a step is not taken for, by field; nothing is written."""
    before = hand.count()
    with pytest.raises(Faulty) as caught:
        hand.take(verb, *problems, accept=NOTHING, **values)
    assert hand.count() == before
    return {fault.name: fault for fault in caught.value.faults}


def test_a_step_that_does_not_fit_the_state_is_refused_and_says_what_would(hand: Hand) -> None:
    waiting = hand.problem()
    with pytest.raises(KnownError, match=r"现为待筛选，不能办“报结”；可以办的状态是：已交办、"):
        steps.step_form(hand.ledger, "report", [waiting], "张三")
    edit = StepEdit("verify", steps.seen(hand.ledger, [waiting]), {"day": date(2021, 4, 1), **GOOD})
    with pytest.raises(KnownError, match="不能办“核实销号”"):
        steps.take(hand.ledger, edit, "张三", accept=EVERYTHING)
    assert "verify" not in {verb.id for verb in steps.offered(hand.ledger, [waiting], date(2021, 4, 1))}


def test_days_run_neither_back_nor_ahead(hand: Hand) -> None:
    made = hand.handed_over()
    lead = hand.units(1)[0]
    early = faults(hand, "acknowledge", made, day=date(2021, 3, 9), unit_id=lead)
    assert early["day"].message == "签收时间 2021-03-09 早于上一步“交办”的 2021-03-10，请核对"
    assert early["day"].stops
    late = faults(hand, "acknowledge", made, day=date(2022, 1, 6), unit_id=lead)
    assert late["day"].message == "签收时间 2022-01-06 还没有到（今天 2022-01-05），请核对"


def test_a_deadline_is_after_the_hand_over(hand: Hand) -> None:
    made = hand.problem()
    hand.take("screen_in", made, day=date(2021, 3, 8))
    unit = hand.units(1)[0]
    same = faults(hand, "assign", made, day=date(2021, 3, 10), due_day=date(2021, 3, 10), unit_id=unit)
    assert same["due_day"].message == "办结时限 2021-03-10 不晚于交办时间 2021-03-10（当日不计），请核对"


def test_units_that_are_unknown_or_not_its_own_do_not_speak_about_it(hand: Hand) -> None:
    made = hand.handed_over(co=True)
    lead, helper, stranger = hand.units(3)
    day = date(2021, 3, 12)
    found = faults(hand, "progress", made, day=day, unit_id=stranger, text="已对接")
    assert "不是这个问题的承办单位" in found["unit_id"].message
    found = faults(hand, "report", made, day=day, unit_id=helper, text="办好了")
    assert found["unit_id"].message.endswith("配合单位的情况请用“进展反馈”登记")
    found = faults(hand, "progress", made, day=day, unit_id="nobody", text="已对接")
    assert "已不在台账里" in found["unit_id"].message
    hand.take("progress", made, day=day, unit_id=helper, text="配合单位的进展")
    assert hand.row(made, "state", "progress") == ("assigned", None)
    hand.take("progress", made, day=day, unit_id=lead, text="牵头单位的进展")
    assert hand.row(made, "state", "progress") == ("doing", "牵头单位的进展")


def test_a_unit_takes_one_part(hand: Hand) -> None:
    made = hand.problem()
    hand.take("screen_in", made, day=date(2021, 3, 8))
    lead, helper = hand.units(2)
    values = {"day": date(2021, 3, 10), "due_day": date(2021, 3, 31), "unit_id": lead}
    assert "不能同时是配合单位" in faults(hand, "assign", made, co_units=(lead,), **values)["co_units"].message
    assert "有重复" in faults(hand, "assign", made, co_units=(helper, helper), **values)["co_units"].message


def test_nothing_is_closed_that_the_enterprise_does_not_call_solved(hand: Hand) -> None:
    made = hand.handed_over()
    hand.take("report", made, day=date(2021, 3, 25), text="办好了")
    day = date(2021, 3, 26)
    found = faults(hand, "verify", made, day=day)
    assert {"solved", "answered", "approached", "rating", "method", "contact"} <= set(found)
    found = faults(hand, "verify", made, day=day, **GOOD | {"solved": "no", "rating": "不满意"})
    assert found["solved"].message == "企业说问题没有解决，不能销号；请改用“核实不过”"
    assert found["rating"].stops
    found = faults(hand, "verify", made, day=day, **GOOD | {"solved": "partly"})
    assert not found["solved"].stops
    hand.take("fail", made, day=day, reason="只办了一半", due_day=date(2021, 4, 20), **GOOD | {"solved": "no"})
    assert hand.row(made, "state", "rounds", "deadline", "reported_day", "reason") == (
        "doing", 2, "2021-04-20", None, "只办了一半",
    )  # fmt: skip


def test_long_term_needs_the_enterprise_to_know(hand: Hand) -> None:
    made = hand.handed_over()
    found = faults(hand, "park", made, day=date(2021, 3, 12), reason="等规划")
    assert found["understood"].message == "转长期推进要企业知晓：请先向企业说明，再勾选“企业知晓”"
    hand.take("park", made, day=date(2021, 3, 12), reason="等规划", understood=True)
    assert hand.row(made, "state") == ("parked",)


def test_an_extension_is_asked_in_time_and_granted_on_request(hand: Hand) -> None:
    made = hand.handed_over()
    later = date(2021, 4, 15)
    late = faults(hand, "ask_extension", made, day=date(2021, 4, 2), due_day=later, reason="要上会")
    assert late["day"].message == "延期应在办结时限（2021-03-31）前至少 1 个工作日申请，现在已过时限 2 个工作日"
    assert not late["day"].stops
    short = faults(hand, "ask_extension", made, day=date(2021, 3, 12), due_day=date(2021, 3, 31), reason="要上会")
    assert "不晚于现在的办结时限 2021-03-31" in short["due_day"].message
    unasked = faults(hand, "extend", made, day=date(2021, 3, 12), due_day=later, reason="要上会")
    assert unasked["due_day"].message == "没有登记过单位的延期申请，请核对"
    hand.take("ask_extension", made, accept=NOTHING, day=date(2021, 3, 30), due_day=later, reason="要上会")
    form = steps.step_form(hand.ledger, "extend", [made], "张三")
    assert (form.values["due_day"], form.values["reason"]) == (later, "要上会")
    hand.take("extend", made, accept=NOTHING, day=date(2021, 3, 31))
    assert hand.row(made, "deadline", "original_deadline") == ("2021-04-15", "2021-03-31")


def test_objections_and_hand_overs_that_are_late_are_pointed_out(hand: Hand) -> None:
    made = hand.problem()
    hand.take("screen_in", made, day=date(2021, 3, 1))
    unit = hand.units(1)[0]
    values: dict[str, Any] = {"due_day": date(2021, 3, 31), "unit_id": unit}
    late = faults(hand, "assign", made, day=date(2021, 3, 10), **values)
    assert late["day"].message == "筛选后应在 3 个工作日内办，自 2021-03-01 起已 7 个工作日，晚了 4 个"
    hand.take("assign", made, day=date(2021, 3, 10), **values)
    late = faults(hand, "return", made, day=date(2021, 3, 15), reason="不是本单位职责")
    assert late["day"].message.startswith("对交办有异议应在交办后 1 个工作日内办")
    assert not late["day"].stops


def test_working_days_of_an_unknown_year_are_not_guessed(hand: Hand) -> None:
    made = hand.problem(day=date(1999, 3, 1))
    unit = hand.units(1)[0]
    hand.take("screen_in", made, day=date(1999, 3, 8))
    hand.take("assign", made, day=date(1999, 3, 10), due_day=date(1999, 3, 31), unit_id=unit)
    found = faults(hand, "return", made, day=date(1999, 3, 15), reason="不是本单位职责")
    assert found["day"].message == "没有1999年的节假日安排，无法推算工作日，没有核对“对交办提出异议”（1 个工作日）"
    assert not found["day"].stops


def test_decisions_are_held_against_the_verdicts(hand: Hand) -> None:
    made = hand.problem()
    found = faults(hand, "screen_in", made, day=date(2021, 3, 8))
    assert "“企业很急需”、“条件又具备”、“政府办得到”还没有结论" in found[""].message
    with hand.ledger.write("张三", "筛选") as writer:
        one, other = (writer.insert(Officer, {"name": name}) for name in ("李四", "王五"))
        for criterion in ("urgent", "gov_can"):
            writer.insert(Screening, {"problem_id": made, "criterion": criterion, "verdict": "yes", "officer_id": one})
        for officer, verdict in ((one, "no"), (other, "pending")):
            writer.insert(
                Screening, {"problem_id": made, "criterion": "feasible", "verdict": verdict, "officer_id": officer}
            )
    found = faults(hand, "screen_in", made, day=date(2021, 3, 8))
    assert found[""].message == "“条件又具备”没有人判为“是”（李四：否、王五：待定），请核对"
    hand.take("reject", made, accept=NOTHING, day=date(2021, 3, 8), reason="用地指标不够")
    other_one = hand.problem("缺人")
    found = faults(hand, "reject", other_one, day=date(2021, 3, 8), reason="以后再说")
    assert not found["reason"].stops
    hand.take("reject", other_one, accept=NOTHING, day=date(2021, 3, 8), reason="条件还不具备")


def test_two_clerks_on_the_same_version_conflict_in_words(hand: Hand) -> None:
    made = hand.handed_over()
    lead = hand.units(1)[0]
    mine = steps.step_form(hand.ledger, "progress", [made], "张三")
    hand.take("acknowledge", made, day=date(2021, 3, 11), unit_id=lead)
    before = hand.count()
    edit = StepEdit("progress", mine.seen, {**mine.values, "day": date(2021, 3, 12), "text": "已对接"})
    with pytest.raises(Overtaken, match=r"2021-03-11 .*签收") as caught:
        steps.take(hand.ledger, edit, "李四", accept=EVERYTHING)
    assert [one.kind for one in caught.value.since] == ["acknowledge"]
    assert caught.value.problems == (made,)
    assert hand.count() == before


def test_several_are_taken_together_or_not_at_all(hand: Hand) -> None:
    one, other = hand.handed_over("用地难"), hand.handed_over("用电难")
    lead = hand.units(1)[0]
    with pytest.raises(KnownError, match="要一个问题一个问题地办"):
        hand.take("report", one, other, day=date(2021, 3, 12), unit_id=lead, text="办好了")
    hand.take("acknowledge", one, day=date(2021, 3, 15), unit_id=lead)
    found = faults(hand, "acknowledge", one, other, day=date(2021, 3, 12), unit_id=lead)
    assert found["day"].message.startswith("“WT")
    assert "用地难" in found["day"].message
    assert "用电难" not in found["day"].message
    saved = hand.take("acknowledge", one, other, day=date(2021, 3, 16), unit_id=lead)
    assert saved.said == "2 个问题已登记“签收”"
    hand.undo(saved)
    assert [len(steps.history(hand.ledger, row)) for row in (one, other)] == [4, 3]


def test_a_problem_in_the_bin_takes_no_step(hand: Hand) -> None:
    made = hand.handed_over()
    form = steps.step_form(hand.ledger, "remind", [made], "张三")
    editing.bin_records(hand.ledger, "problem", [made], "张三")
    with pytest.raises(KnownError, match="已不在台账里"):
        steps.take(hand.ledger, StepEdit("remind", form.seen, dict(form.values)), "张三", accept=EVERYTHING)
    assert steps.offered(hand.ledger, [made], date(2021, 3, 12)) == ()
    with pytest.raises(BugError):
        steps.step_form(hand.ledger, "nonsense", [made], "张三")
