"""Verdicts, decisions, wake-ups and phrases, as the bench uses them."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.screening import reason, suggestion
from chain_office.domain.steps import Overtaken, Verdict
from chain_office.queries.screening import candidate
from chain_office.services import editing, screening, steps
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.services.screening import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2021, 11, 19)
THREE = ("urgent", "feasible", "gov_can")


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copyfile(sample_office, tmp_path / "a.ledger")
    with open_ledger(tmp_path / "a.ledger") as opened:
        yield opened


def first(ledger: Ledger, screener: str = "张三") -> str:
    return screening.read_bench(ledger, DAY, screener).waiting[0].id


def seq(ledger: Ledger, problem: str) -> int:
    return steps.seen(ledger, [problem])[problem]


def state(ledger: Ledger, problem: str) -> str:
    return str(ledger.value("SELECT state FROM problem WHERE id = ?", (problem,)))


def answer(ledger: Ledger, problem: str, officer: str, *verdicts: str, basis: str = "") -> None:
    for criterion, verdict in zip(THREE, verdicts, strict=True):
        screening.save_verdict(ledger, problem, Verdict(criterion, verdict, basis, officer), DAY, officer)


def decide(ledger: Ledger, problem: str, verb: str, actor: str = "张三", **values: object) -> None:
    decision = Decision(problem, seq(ledger, problem), verb, DAY, {"actor": actor, **values})
    screening.decide(ledger, decision, actor)


def test_two_screeners_are_kept_apart_and_the_decision_names_who_took_it(ledger: Ledger) -> None:
    one = first(ledger)
    answer(ledger, one, "张三", "yes", "yes", "yes")
    answer(ledger, one, "李四", "yes", "no", "yes", basis="规划未批复")
    screening.save_verdict(ledger, one, Verdict("urgent", "pending", "", "张三"), DAY, "张三")
    screening.save_verdict(ledger, one, Verdict("urgent", "yes", "影响交付", "张三"), DAY, "张三")
    found = candidate(ledger, one, DAY, DAY)
    assert found is not None
    said = {(each.officer, each.criterion): (each.verdict, each.basis) for each in found.verdicts}
    assert len(found.verdicts) == 6
    assert said["张三", "urgent"] == ("yes", "影响交付")
    assert said["李四", "feasible"] == ("no", "规划未批复")
    decide(ledger, one, "screen_in", actor="王主任")
    assert state(ledger, one) == "to_assign"
    assert steps.history(ledger, one)[-1].actor == "王主任"
    assert ledger.value("SELECT count(*) FROM screening WHERE problem_id = ? AND deleted_at IS NULL", (one,)) == 6
    assert set(screening.officers(ledger)) >= {"张三", "李四"}


def test_a_decision_brings_what_was_being_written_and_is_taken_back_whole(ledger: Ledger) -> None:
    one = first(ledger)
    said = tuple(Verdict(name, "yes", "要件齐全", "张三") for name in THREE)
    saved = screening.decide(ledger, Decision(one, seq(ledger, one), "screen_in", DAY, {"actor": "张三"}, said), "张三")
    assert ledger.value("SELECT count(*) FROM screening WHERE problem_id = ?", (one,)) == 3
    editing.undo(ledger, saved.write_no, "张三")
    assert state(ledger, one) == "waiting"
    assert ledger.value("SELECT count(*) FROM screening WHERE problem_id = ? AND deleted_at IS NULL", (one,)) == 0


def test_a_decision_against_the_verdicts_is_pointed_out_and_writes_nothing(ledger: Ledger) -> None:
    one = first(ledger)
    answer(ledger, one, "张三", "yes", "no", "yes")
    before = ledger.value("SELECT count(*) FROM problem_event")
    with pytest.raises(Faulty, match="条件又具备"):
        decide(ledger, one, "screen_in")
    assert ledger.value("SELECT count(*) FROM problem_event") == before
    edit = Decision(one, seq(ledger, one), "screen_in", DAY)
    screening.decide(ledger, edit, "张三", accept=frozenset({""}))
    assert state(ledger, one) == "to_assign"


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(ledger: Ledger) -> None:
    one = first(ledger)
    old = Decision(one, seq(ledger, one) - 1, "escalate", DAY, {"text": "请省里支持"})
    with pytest.raises(Overtaken):
        screening.decide(ledger, old, "李四")
    decide(ledger, one, "escalate", text="请省里支持")
    with pytest.raises(KnownError, match="不再筛选"):
        screening.save_verdict(ledger, one, Verdict("urgent", "yes", "", "李四"), DAY, "李四")


def test_a_pooled_problem_wakes_on_its_review_day_with_the_verdicts_of_then(ledger: Ledger) -> None:
    one = first(ledger)
    answer(ledger, one, "张三", "yes", "no", "yes", basis="用地指标未落实")
    decide(ledger, one, "pool", reason="不符合“条件又具备”", due_day=date(2021, 12, 1))
    assert one not in {each.id for each in screening.read_bench(ledger, date(2021, 11, 30), "张三").waiting}
    woken = {each.id: each for each in screening.read_bench(ledger, date(2021, 12, 1), "张三").waiting}
    assert woken[one].woken
    assert woken[one].judged == 0
    found = screening.read_candidate(ledger, one, date(2021, 12, 1))
    assert found is not None
    assert found.candidate.verdicts == ()
    assert {each.basis for each in found.candidate.earlier} == {"用地指标未落实"}
    assert "列入暂不具备" in found.candidate.decided
    again = Decision(
        one, seq(ledger, one), "repool", date(2021, 12, 1), {"reason": "仍未落实", "due_day": date(2022, 3, 1)}
    )
    screening.decide(ledger, again, "张三")
    assert one not in {each.id for each in screening.read_bench(ledger, date(2021, 12, 2), "张三").waiting}


def test_what_is_left_open_comes_last(ledger: Ledger) -> None:
    ids = [each.id for each in screening.read_bench(ledger, DAY, "张三").waiting]
    answer(ledger, ids[0], "张三", "yes", "pending", "yes")
    now = [each.id for each in screening.read_bench(ledger, DAY, "张三").waiting]
    assert now == [*ids[1:], ids[0]]
    assert [each.id for each in screening.read_bench(ledger, DAY, "李四").waiting] == ids


def test_phrases_are_the_offices_own_by_use_and_found_by_initials(ledger: Ledger) -> None:
    ids = [each.id for each in screening.read_bench(ledger, DAY, "张三").waiting]
    for one in ids[:2]:
        answer(ledger, one, "张三", "yes", "yes", "no", basis="由市里定")
    answer(ledger, ids[2], "张三", "yes", "yes", "no", basis="由企业自己定")
    offered = screening.phrases(ledger, "gov_can", "no", None)
    assert [one.label for one in offered[:2]] == ["由市里定", "由企业自己定"]
    assert offered[0].hint == "用过 2 次"
    assert "ysld" in offered[0].keys
    assert "属市场行为，应由企业自主解决" in [one.label for one in offered]


@pytest.mark.parametrize(
    ("said", "verb"),
    [
        (("yes", "yes", "yes"), "screen_in"), (("yes", "no", "yes"), "pool"), (("no", "yes", "yes"), "reject"),
        (("yes", "no", "no"), "reject"), (("yes", "pending", "yes"), ""), (("yes", "pending", "no"), "reject"),
        (("yes", "", ""), ""),
    ],
)  # fmt: skip
def test_the_verdicts_speak_for_a_step(said: tuple[str, ...], verb: str) -> None:
    assert suggestion(dict(zip(THREE, said, strict=True))).verb == verb


def test_the_reason_names_each_criterion_with_its_basis() -> None:
    said = [Verdict("urgent", "yes", "急"), Verdict("feasible", "no", "规划未批复。"), Verdict("gov_can", "no")]
    assert reason(said) == "不符合“条件又具备”：规划未批复；不符合“政府办得到”"
