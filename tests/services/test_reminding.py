"""催办: who is near or past the deadline by the office's own rule, and the log of what they said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.queries.problems import count_overdue, counts_by_state
from chain_office.services import editing, steps
from chain_office.services.ledgers import open_existing
from chain_office.services.reminding import Call, log_calls, reminding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_existing(office) as opened:
        yield opened


def test_units_with_overdue_problems_stand_first_and_every_one_is_there(ledger: Ledger) -> None:
    found = reminding(ledger, DAY)
    late = [unit.overdue for unit in found.units]
    assert late == sorted(late, reverse=True)
    reported_late = ledger.value(
        "SELECT count(*) FROM problem WHERE state = 'reported' AND deadline < reported_day AND deleted_at IS NULL"
    )
    assert sum(late) == count_overdue(ledger, DAY) - int(reported_late)
    assert all(one.due_day <= found.until for unit in found.units for one in unit.problems)


def test_what_was_said_is_a_step_of_each_problem_and_moves_none(ledger: Ledger) -> None:
    states = counts_by_state(ledger, DAY)
    first, second = reminding(ledger, DAY).units[:2]
    calls = [
        Call(unit.unit_id, tuple((one.id, one.seq) for one in unit.problems), "电话", "张科长", "下周三前报结")
        for unit in (first, second)
    ]
    saved = log_calls(ledger, calls, DAY, "李")
    assert f"{len(first.problems) + len(second.problems)} 个问题" in saved.said
    assert counts_by_state(ledger, DAY) == states
    again = {unit.unit: unit for unit in reminding(ledger, DAY).units}
    for one in again[first.unit].problems:
        assert (one.reminded, one.last_day, one.last_contact, one.last_reply) == (1, DAY, "张科长", "下周三前报结")
    told = steps.history(ledger, first.problems[0].id)[-1]
    assert (told.label, told.unit, told.method, told.actor) == ("催办", first.unit, "电话", "李")
    editing.undo(ledger, saved.write_no, "李")
    assert all(one.reminded == 0 for unit in reminding(ledger, DAY).units for one in unit.problems)


def test_a_reminder_is_not_news_from_the_unit(ledger: Ledger) -> None:
    """The clock of 反馈周期 goes on: only a unit's own word sets it back."""
    unit = reminding(ledger, DAY).units[0]
    before = [ledger.value("SELECT progress FROM problem WHERE id = ?", (one.id,)) for one in unit.problems]
    log_calls(ledger, [Call(unit.unit_id, tuple((one.id, one.seq) for one in unit.problems), "发函")], DAY, "李")
    assert [ledger.value("SELECT progress FROM problem WHERE id = ?", (one.id,)) for one in unit.problems] == before


def test_nothing_chosen_is_said(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="选定"):
        log_calls(ledger, [], DAY, "李")
