"""The last step put right: its texts corrected, or taken back alone, also where several problems took it together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.steps import StepEdit
from chain_office.services import steps
from chain_office.services.editing import undo
from chain_office.services.steps.correcting import correct, correction, take_back

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

DAY = date(2021, 11, 19)
STANDING = "SELECT state, lead_unit_id, deadline, rounds, progress FROM problem WHERE id = ?"


def problems(ledger: Ledger, state: str, number: int) -> list[str]:
    sql = "SELECT id FROM problem WHERE state = ? AND deleted_at IS NULL ORDER BY number LIMIT ?"
    return [one for (one,) in ledger.rows(sql, (state, number))]


def take(ledger: Ledger, verb: str, ids: list[str], **values: object) -> int:
    accept = {"", *(field.name for field in steps.step_form(ledger, verb, ids, "李四").form)}
    return steps.take(ledger, StepEdit(verb, steps.seen(ledger, ids), values), "李四", accept=accept).write_no


def last(ledger: Ledger, problem: str) -> str:
    return steps.history(ledger, problem)[-1].id


def parts(ledger: Ledger, problem: str) -> int:
    sql = "SELECT count(*) FROM assignment WHERE problem_id = ? AND deleted_at IS NULL AND ended_day IS NULL"
    return int(ledger.value(sql, (problem,)))


def test_of_a_step_taken_by_several_only_one_is_taken_back(ledger: Ledger) -> None:
    first, second = ids = problems(ledger, "waiting", 2)
    take(ledger, "screen_in", ids, day=DAY)
    unit, beside = (one for (one,) in ledger.rows("SELECT id FROM unit WHERE deleted_at IS NULL LIMIT 2"))
    before = ledger.rows(STANDING, (first,))
    write = take(ledger, "assign", ids, day=DAY, unit_id=unit, co_units=(beside,), due_day=date(2021, 12, 10))
    after = ledger.rows(STANDING, (first,))
    assert parts(ledger, first) == 2

    saved = take_back(ledger, last(ledger, first), "张三")
    assert ledger.rows(STANDING, (first,)) == before
    assert parts(ledger, first) == 0
    assert ledger.rows(STANDING, (second,)) == after
    assert parts(ledger, second) == 2
    assert dict(steps.seen(ledger, ids)) == {first: 2, second: 3}
    with pytest.raises(KnownError):
        undo(ledger, write, "李四")

    undo(ledger, saved.write_no, "张三")
    assert ledger.rows(STANDING, (first,)) == after
    assert parts(ledger, first) == 2


def test_only_the_last_step_a_person_took_is_taken_back_or_corrected(ledger: Ledger) -> None:
    (problem,) = problems(ledger, "doing", 1)
    opening = last(ledger, problem)
    with pytest.raises(KnownError, match="不是逐步办理的步骤"):
        take_back(ledger, opening, "张三")
    take(ledger, "remind", [problem], day=DAY, method="电话")
    first = last(ledger, problem)
    take(ledger, "remind", [problem], day=DAY, method="发函")
    for act in (lambda: take_back(ledger, first, "张三"), lambda: correction(ledger, first)):
        with pytest.raises(KnownError, match="之后又有新的步骤"):
            act()


def test_a_corrected_text_is_that_of_the_problem_too_and_the_step_can_still_be_taken_back(ledger: Ledger) -> None:
    (problem,) = problems(ledger, "doing", 1)
    before = ledger.rows(STANDING, (problem,))
    take(ledger, "progress", [problem], day=DAY, unit_id=before[0][1], text="用地已披")
    event = last(ledger, problem)
    assert set(correction(ledger, event).values) == {"text", "reason", "next_step", "contact"}
    with pytest.raises(Faulty):
        correct(ledger, event, {"text": ""}, "张三")
    assert correct(ledger, event, {"text": "用地已披"}, "张三").write_no == 0
    correct(ledger, event, {"text": "用地已批", "day": date(2020, 1, 1)}, "张三")
    assert (steps.history(ledger, problem)[-1].text, steps.history(ledger, problem)[-1].day) == ("用地已批", DAY)
    assert ledger.rows(STANDING, (problem,))[0][4] == "用地已批"
    take_back(ledger, event, "张三")
    assert ledger.rows(STANDING, (problem,)) == before
